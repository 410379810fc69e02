package dev.podium.fleet.scaler;

import dev.podium.fleet.model.Vm;
import dev.podium.fleet.model.VmName;
import dev.podium.wire.model.Labels;
import java.util.Map;
import java.util.regex.Pattern;

/// A place in the fleet that the scaler fills with one VM. Its VM's name follows from it alone. Two
/// consoles that fill the same slot at once ask for the same name, and the cloud refuses the
/// second.
///
/// The zone is part of the name because the cloud keeps names apart only within a zone. A slot that
/// could move to another zone could be filled twice.
///
/// @param zone short name
/// @param number 1 or more
public record Slot(String fleet, String zone, int number) {
  private static final int LONGEST_NAME = 63;
  private static final int LONGEST_NUMBER = 5;
  private static final Pattern ZONE = Pattern.compile("[a-z]+-[a-z]+[0-9]+-[a-z]|z[0-9a-f]{8}");

  /// The name of the VM that fills it.
  public VmName name() {
    return new VmName(prefix() + "-" + number);
  }

  private String prefix() {
    String plain = fleet + "-" + zone;
    return plain.length() + LONGEST_NUMBER <= LONGEST_NAME
        ? plain
        : fleet + "-z" + String.format("%08x", zone.hashCode());
  }

  /// The labels by which a VM is known to fill it.
  public Map<String, String> labels() {
    return Map.of(Labels.SLOT, Integer.toString(number));
  }

  /// Whether the VM fills a slot, rather than having been made by a person.
  public static boolean fills(Vm vm) {
    return vm.labels().containsKey(Labels.SLOT);
  }

  /// Whether VMs named `prefix-1`, `prefix-2`, … would take the names of the fleet's slots.
  public static boolean reserves(String fleet, String prefix) {
    return prefix.startsWith(fleet + "-")
        && ZONE.matcher(prefix.substring(fleet.length() + 1)).matches();
  }
}
