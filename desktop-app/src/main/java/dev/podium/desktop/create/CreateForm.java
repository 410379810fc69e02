package dev.podium.desktop.create;

import dev.podium.fleet.CreateRequest;
import java.time.Duration;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Pattern;

/// What was typed into the form, as text, and the rules that it must keep.
///
/// @param zone the preferred one
/// @param otherZones where to go on when that one is full, in order
record CreateForm(
    String count,
    String prefix,
    String zone,
    List<String> otherZones,
    String machineType,
    String image,
    String diskGb,
    boolean spot,
    String hours,
    String seats) {
  // A hyphen and up to four digits follow the prefix, and a name has 63 characters at most.
  private static final Pattern PREFIX = Pattern.compile("[a-z](?:[-a-z0-9]{0,56}[a-z0-9])?");
  private static final int LONGEST_HOURS = (int) Duration.ofDays(120).toHours();
  private static final int LARGEST_DISK_GB = 65_536;

  /// A field of the form.
  enum Field {
    COUNT,
    PREFIX,
    ZONE,
    MACHINE_TYPE,
    IMAGE,
    DISK,
    HOURS,
    SEATS
  }

  /// What is wrong, by field; empty if nothing is.
  Map<Field, String> faults() {
    Map<Field, String> faults = new EnumMap<>(Field.class);
    between(count, 1, CreateRequest.MOST).ifPresent(fault -> faults.put(Field.COUNT, fault));
    if (!PREFIX.matcher(prefix).matches()) {
      faults.put(
          Field.PREFIX,
          "Lower-case letters, digits and hyphens; starts with a letter, does not end in a hyphen.");
    }
    if (zone.isBlank()) {
      faults.put(Field.ZONE, "Choose a zone.");
    }
    if (machineType.isBlank()) {
      faults.put(Field.MACHINE_TYPE, "Choose a machine type.");
    }
    if (image.isBlank() || image.contains(" ")) {
      faults.put(Field.IMAGE, "An image or family, such as global/images/family/podium-agent.");
    }
    between(diskGb, 10, LARGEST_DISK_GB).ifPresent(fault -> faults.put(Field.DISK, fault));
    between(hours, 1, LONGEST_HOURS).ifPresent(fault -> faults.put(Field.HOURS, fault));
    between(seats, 1, 10_000).ifPresent(fault -> faults.put(Field.SEATS, fault));
    return faults;
  }

  private static Optional<String> between(String text, int least, int most) {
    Optional<Integer> number = number(text);
    return number.isPresent() && number.get() >= least && number.get() <= most
        ? Optional.empty()
        : Optional.of(
            String.format(java.util.Locale.ROOT, "A number from %d to %,d.", least, most));
  }

  /// The text as a whole number, if it is one.
  static Optional<Integer> number(String text) {
    try {
      return Optional.of(Integer.parseInt(text.strip()));
    } catch (NumberFormatException noNumber) {
      return Optional.empty();
    }
  }

  /// The same for another number of VMs.
  CreateForm withCount(int other) {
    return new CreateForm(
        Integer.toString(other),
        prefix,
        zone,
        otherZones,
        machineType,
        image,
        diskGb,
        spot,
        hours,
        seats);
  }

  /// The request that a form without faults stands for. Each has an idempotency key of its own, so
  /// that a repeat by the network makes no VMs twice.
  ///
  /// @param diskType of the boot disk, such as `pd-balanced`
  CreateRequest request(String diskType) {
    List<String> zones =
        java.util.stream.Stream.concat(
                java.util.stream.Stream.of(zone), otherZones.stream().filter(z -> !z.equals(zone)))
            .toList();
    return new CreateRequest(
        Integer.parseInt(count.strip()),
        prefix,
        zones,
        machineType,
        image.strip(),
        diskType,
        Integer.parseInt(diskGb.strip()),
        spot,
        Duration.ofHours(Integer.parseInt(hours.strip())),
        Integer.parseInt(seats.strip()),
        Map.of(),
        Optional.of(UUID.randomUUID().toString()));
  }
}
