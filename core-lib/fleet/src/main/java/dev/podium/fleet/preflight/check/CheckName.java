package dev.podium.fleet.preflight.check;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/// What is checked, in the order in which people read it.
public enum CheckName {
  SIGN_IN("Signed in"),
  PROJECT("Project"),
  BILLING("Billing"),
  APIS("APIs"),
  RIGHTS("Your rights"),
  POLICIES("The organisation's rules"),
  IMAGE("VM image"),
  NETWORK("Network"),
  FIREWALL("Firewall"),
  SERVICE_ACCOUNT("The VMs' service account"),
  VM_ROLE("Its role"),
  ZONES("Zones"),
  QUOTAS("Quotas"),
  CLOCK("Clock"),
  PUBSUB("Pub/Sub"),
  /// Only where somebody asks for it: it makes a topic.
  MESSAGE("A message there and back");

  private final String title;

  CheckName(String title) {
    this.title = title;
  }

  /// For people.
  public String title() {
    return title;
  }

  /// For command lines and programs: lower-case letters and hyphens, as in `vm-role`.
  public String id() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /// The one with that id.
  public static Optional<CheckName> of(String id) {
    return Arrays.stream(values()).filter(check -> check.id().equals(id)).findFirst();
  }
}
