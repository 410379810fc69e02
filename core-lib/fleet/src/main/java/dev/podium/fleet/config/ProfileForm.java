package dev.podium.fleet.config;

import dev.podium.wire.model.PodiumException;
import java.util.regex.Pattern;

/// Holds what a profile says to the forms that Google's names have.
final class ProfileForm {
  private ProfileForm() {}

  /// @param what the value should be, such as `fleet name`
  /// @param example one that is
  /// @throws PodiumException.Invalid if it is not
  static void require(Pattern form, String what, String value, String example) {
    if (!form.matcher(value).matches()) {
      throw refused(what, value, example);
    }
  }

  /// The refusal of what is not in its form.
  static PodiumException.Invalid refused(String what, String value, String example) {
    String article = "aeiou".indexOf(what.charAt(0)) < 0 ? "a " : "an ";
    return new PodiumException.Invalid(
        "'" + value + "' is not " + article + what,
        "it is not in the form of '" + example + "'",
        "Enter " + article + what + " such as '" + example + "'.");
  }
}
