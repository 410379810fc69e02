package dev.podium.fleet.model;

import dev.podium.wire.model.PodiumException;
import java.util.regex.Pattern;

/// The name of a VM, unique in its zone and, by Podium's rule, in its fleet.
///
/// @param value 1 to 63 lower-case letters, digits and hyphens. The first is a letter, the last no
///   hyphen (RFC 1035, as Compute Engine asks)
public record VmName(String value) implements Comparable<VmName> {
  private static final Pattern FORM = Pattern.compile("[a-z](?:[-a-z0-9]{0,61}[a-z0-9])?");

  /// @throws PodiumException.Invalid if the value is not a name
  public VmName {
    if (!FORM.matcher(value).matches()) {
      throw new PodiumException.Invalid(
          "'" + value + "' is not a name for a VM",
          "a name is 1 to 63 lower-case letters, digits and hyphens, starts with a letter and does not end in a hyphen",
          "Choose a name such as 'class-a-1'.");
    }
  }

  @Override
  public int compareTo(VmName other) {
    return value.compareTo(other.value);
  }

  @Override
  public String toString() {
    return value;
  }
}
