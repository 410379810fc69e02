package dev.podium.localcloud.state.fault;

import dev.podium.localcloud.state.Refusal;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/// What is not as it should be with the project itself: what a person meets in the first hour with
/// one of their own.
///
/// @param denied permissions that are taken away, by e-mail address; `*` means everybody
/// @param disabledApis services that are switched off, such as `pubsub.googleapis.com`
/// @param billingOff whether nobody pays
/// @param orgPolicies the organisation's constraints that are in force, by name such as
///   `constraints/compute.vmExternalIpAccess`, each with the values that it allows; of one that is
///   on or off, and of one that allows nothing, the list is empty
/// @param network how the default network is
/// @param defaultAccount how the default service account is
public record ProjectFaults(
    Map<String, Set<String>> denied,
    Set<String> disabledApis,
    boolean billingOff,
    Map<String, List<String>> orgPolicies,
    Network network,
    DefaultAccount defaultAccount) {
  /// Everybody, among those whom something is denied.
  public static final String EVERYBODY = "*";

  /// How the network `default` is.
  public enum Network {
    THERE,
    /// Somebody deleted it, or the organisation makes none.
    MISSING,
    /// It comes into being after the first VM that asks for it was refused.
    YOUNG
  }

  /// How the account is that VMs run as where nobody names one.
  public enum DefaultAccount {
    THERE,
    /// There is none, nor any other of the project that nobody made.
    MISSING,
    DISABLED,
    /// As in new organisations: it is there, and may do nothing.
    WITHOUT_ROLE
  }

  /// @throws Refusal if a name is not in its form
  public ProjectFaults {
    denied =
        denied.entrySet().stream()
            .collect(
                Collectors.toUnmodifiableMap(
                    Map.Entry::getKey, entry -> Set.copyOf(entry.getValue())));
    disabledApis = Set.copyOf(disabledApis);
    orgPolicies =
        orgPolicies.entrySet().stream()
            .collect(
                Collectors.toUnmodifiableMap(
                    Map.Entry::getKey, entry -> List.copyOf(entry.getValue())));
    disabledApis.forEach(api -> requireForm("disabledApis", api, "[a-z]+\\.googleapis\\.com"));
    orgPolicies
        .keySet()
        .forEach(name -> requireForm("orgPolicies", name, "constraints/[A-Za-z]+\\.[A-Za-z]+"));
  }

  private static void requireForm(String member, String value, String form) {
    if (!value.matches(form)) {
      throw Refusal.invalidField(
          "project." + member, value, "Must be in the form that Google has for it: " + form);
    }
  }

  /// All is well.
  public static ProjectFaults none() {
    return new ProjectFaults(
        Map.of(), Set.of(), false, Map.of(), Network.THERE, DefaultAccount.THERE);
  }

  /// Whether a permission is taken away from somebody.
  public boolean denies(String email, String permission) {
    return denied.getOrDefault(EVERYBODY, Set.of()).contains(permission)
        || denied.getOrDefault(email, Set.of()).contains(permission);
  }

  /// The same with those services switched on.
  public ProjectFaults without(Set<String> services) {
    Set<String> off = new java.util.HashSet<>(disabledApis);
    off.removeAll(services);
    return new ProjectFaults(denied, off, billingOff, orgPolicies, network, defaultAccount);
  }
}
