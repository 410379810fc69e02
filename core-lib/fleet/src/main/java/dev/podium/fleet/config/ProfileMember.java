package dev.podium.fleet.config;

import java.util.Locale;

/// What a person says of a profile, in the order in which it is asked for.
public enum ProfileMember {
  /// What the person calls it.
  NAME,
  /// The project's id.
  PROJECT,
  /// The fleet's name.
  FLEET,
  /// A VPC network, by name or URL.
  NETWORK,
  /// A subnet, by name or URL.
  SUBNET,
  /// Whether VMs have addresses that the internet reaches: `yes` or `no`.
  EXTERNAL_ADDRESS,
  /// The account that VMs run as.
  SERVICE_ACCOUNT,
  /// OAuth scopes of the VMs' tokens, with blanks or commas between them.
  SCOPES,
  /// Network tags, with blanks or commas between them.
  TAGS,
  /// Whether VMs boot signed kernels only: `yes` or `no`.
  SECURE_BOOT,
  /// The region of VMs.
  REGION,
  /// The zones of VMs, the best first, with blanks or commas between them.
  ZONES,
  /// The image of VMs.
  IMAGE,
  /// The type of their boot disks.
  DISK_TYPE,
  /// The port on which they serve the chat.
  PORT;

  /// Its name in a sentence: `service account`.
  public String words() {
    return name().toLowerCase(Locale.ROOT).replace('_', ' ');
  }
}
