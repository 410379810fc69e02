package dev.podium.localcloud.compute.body;

import dev.podium.localcloud.state.Refusal;
import java.util.regex.Pattern;

/// The rule for nearly every resource's name.
public final class ResourceName {
  private static final Pattern NAME = Pattern.compile("(?:[a-z](?:[-a-z0-9]{0,61}[a-z0-9])?)");

  private ResourceName() {}

  /// @throws Refusal if it breaks the rule
  public static String check(String field, String name) {
    if (!NAME.matcher(name).matches()) {
      throw Refusal.invalidField(field, name, "Must be a match of regex '" + NAME.pattern() + "'");
    }
    return name;
  }
}
