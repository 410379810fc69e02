package dev.podium.core.fleet;

import dev.podium.core.cloud.ComputeCloud;
import dev.podium.core.model.MachineType;
import dev.podium.core.model.PodiumException;
import dev.podium.core.model.Vm;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/// What machine types there are and what they cost, read once for each zone. May be used from any
/// thread.
final class Prices {
  private final ComputeCloud cloud;
  private final Map<String, List<MachineType>> types = new ConcurrentHashMap<>();
  private final Set<String> asked = ConcurrentHashMap.newKeySet();
  private volatile @Nullable List<String> zones;

  Prices(ComputeCloud cloud) {
    this.cloud = cloud;
  }

  /// Blocks at the first call.
  List<String> zones() {
    List<String> known = zones;
    if (known == null) {
      known = List.copyOf(cloud.zones());
      zones = known;
    }
    return known;
  }

  /// Blocks at the first call for a zone.
  List<MachineType> machineTypes(String zone) {
    List<MachineType> known = types.get(zone);
    if (known == null) {
      known = List.copyOf(cloud.machineTypes(zone));
      types.put(zone, known);
    }
    return known;
  }

  /// US dollars an hour on demand; what a spot VM costs changes by the day and is less. Answers at
  /// once: 0 until the zone's prices have been read in the background.
  double costPerHour(Vm vm) {
    List<MachineType> known = types.get(vm.zone());
    if (known == null) {
      readInBackground(vm.zone());
      return 0;
    }
    return price(known, vm.machineType());
  }

  /// The price, empty until the zone's prices have been read in the background. Never blocks.
  OptionalDouble known(String zone, String machineType) {
    List<MachineType> known = types.get(zone);
    if (known == null) {
      readInBackground(zone);
      return OptionalDouble.empty();
    }
    return known.stream()
        .filter(type -> type.name().equals(machineType))
        .mapToDouble(MachineType::costPerHour)
        .findFirst();
  }

  private static double price(List<MachineType> types, String name) {
    for (MachineType type : types) {
      if (type.name().equals(name)) {
        return type.costPerHour();
      }
    }
    return 0;
  }

  private void readInBackground(String zone) {
    if (asked.add(zone)) {
      Thread.ofVirtual()
          .start(
              () -> {
                try {
                  machineTypes(zone);
                } catch (PodiumException _) {
                  // A price is a convenience; the next VM of the zone asks again.
                  asked.remove(zone);
                }
              });
    }
  }
}
