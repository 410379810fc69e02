package dev.podium.fleet.directory;

import dev.podium.fleet.cloud.ComputeCloud;
import dev.podium.fleet.model.Vm;
import dev.podium.fleet.model.offer.MachineType;
import dev.podium.fleet.model.offer.PriceList;
import dev.podium.wire.model.PodiumException;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/// What machine types there are and what they cost, read once for each zone. May be used from any
/// thread.
public final class MachineCatalog {
  private final ComputeCloud cloud;
  private final Map<String, List<MachineType>> types = new ConcurrentHashMap<>();
  private final Set<String> asked = ConcurrentHashMap.newKeySet();
  private volatile @Nullable List<String> zones;

  public MachineCatalog(ComputeCloud cloud) {
    this.cloud = cloud;
  }

  /// Blocks at the first call.
  public List<String> zones() {
    List<String> known = zones;
    if (known == null) {
      known = List.copyOf(cloud.zones());
      zones = known;
    }
    return known;
  }

  /// Blocks at the first call for a zone.
  public List<MachineType> machineTypes(String zone) {
    List<MachineType> known = types.get(zone);
    if (known == null) {
      known = List.copyOf(cloud.machineTypes(zone));
      types.put(zone, known);
    }
    return known;
  }

  /// What is charged beside machines.
  public PriceList prices() {
    return cloud.prices();
  }

  /// US dollars an hour with disk and address, on demand; what a spot VM costs changes by the day
  /// and is less. Answers at once: 0 until it is known.
  public double costPerHour(Vm vm) {
    return known(vm).orElse(0);
  }

  /// The same, empty until it is known.
  public OptionalDouble known(Vm vm) {
    return prices().vm(known(vm.zone(), vm.machineType()), vm.resources(), vm.spot());
  }

  /// The same of a VM that is to be made.
  public OptionalDouble newVm(String zone, String machineType, String diskType, long diskSizeGb) {
    return prices().newVm(known(zone, machineType), diskType, diskSizeGb, false);
  }

  /// The machine's price alone, empty until the zone's prices have been read in the background, and
  /// where the cloud has none for that machine type. Never blocks.
  public OptionalDouble known(String zone, String machineType) {
    List<MachineType> known = types.get(zone);
    if (known == null) {
      readInBackground(zone);
      return OptionalDouble.empty();
    }
    return price(known, machineType);
  }

  private static OptionalDouble price(List<MachineType> types, String name) {
    return types.stream()
        .filter(type -> type.name().equals(name) && type.priceKnown())
        .mapToDouble(MachineType::costPerHour)
        .findFirst();
  }

  private void readInBackground(String zone) {
    if (asked.add(zone)) {
      Thread.ofVirtual()
          .start(() -> {
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
