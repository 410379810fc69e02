package dev.podium.fleet.directory;

import dev.podium.fleet.config.VmDefaults;
import dev.podium.fleet.health.record.HealthLimits;
import dev.podium.wire.model.Labels;
import dev.podium.wire.model.PodiumException;
import java.util.Optional;
import java.util.regex.Pattern;

/// Whose fleet it is, and who acts.
///
/// @param fleet its name: lower-case letters, digits and hyphens, starting with a letter, at most
///   40 characters
/// @param operator the e-mail address of who is signed in; empty if nobody is
/// @param console this console's id, another at each start: lower-case letters, digits and hyphens
/// @param version of Podium, for people who read metadata
/// @param limits the health rules' numbers
/// @param defaults where and of what VMs are made, as the project's profile says
public record FleetSettings(
    String fleet,
    String operator,
    String console,
    String version,
    HealthLimits limits,
    VmDefaults defaults) {
  private static final Pattern FORM = Pattern.compile("[a-z](?:[-a-z0-9]{0,38}[a-z0-9])?");

  /// @throws PodiumException.Invalid if one of the names is not in its form
  public FleetSettings {
    check("fleet", fleet);
    check("console", console);
  }

  /// Of a project whose profile says nothing of its VMs.
  public FleetSettings(
      String fleet, String operator, String console, String version, HealthLimits limits) {
    this(fleet, operator, console, version, limits, VmDefaults.none());
  }

  /// The type of boot disks, if the profile names one.
  public Optional<String> diskType() {
    return defaults.diskType();
  }

  /// The port on which VMs serve the chat, if the profile names one.
  public Optional<Integer> port() {
    return defaults.port();
  }

  /// The operator in the form of a label; `unknown` if nobody is signed in.
  public String ownerLabel() {
    return operator.isBlank() ? "unknown" : Labels.value(operator);
  }

  private static void check(String member, String name) {
    if (!FORM.matcher(name).matches()) {
      throw new PodiumException.Invalid(
          "'" + name + "' cannot be the name of a " + member,
          "it must be 1 to 40 lower-case letters, digits and hyphens, start with a letter and not"
              + " end in a hyphen",
          "Choose a name such as 'classroom'.");
    }
  }
}
