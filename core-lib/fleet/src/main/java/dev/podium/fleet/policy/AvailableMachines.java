package dev.podium.fleet.policy;

import dev.podium.fleet.model.offer.MachineType;
import dev.podium.fleet.model.offer.PriceList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// What the cloud has, as far as a policy needs it.
///
/// @param zones all there are
/// @param types by zone, of those zones that were asked for
/// @param prices what is charged beside machines
public record AvailableMachines(
    List<String> zones, Map<String, List<MachineType>> types, PriceList prices) {
  /// Where nothing is charged beside machines.
  public AvailableMachines(List<String> zones, Map<String, List<MachineType>> types) {
    this(zones, types, PriceList.FREE);
  }

  public AvailableMachines {
    zones = List.copyOf(zones);
    types = Map.copyOf(types);
  }

  /// Asks the cloud; blocks at its first call for a zone.
  ///
  /// @param named zones whose machine types matter; one that does not exist is left out
  public static AvailableMachines read(MachineOffers cloud, List<String> named) {
    List<String> zones = cloud.zones();
    Map<String, List<MachineType>> types = new HashMap<>();
    named.stream()
        .filter(zones::contains)
        .forEach(zone -> types.put(zone, cloud.machineTypes(zone)));
    return new AvailableMachines(zones, types, cloud.prices());
  }

  /// US dollars an hour that a VM costs in the dearest of those zones, on demand; nothing where no
  /// zone offers that machine type, or its price is not known.
  public Optional<Double> dearest(List<String> among, String machineType) {
    return among.stream()
        .flatMap(zone -> types.getOrDefault(zone, List.of()).stream())
        .filter(type -> type.name().equals(machineType) && type.priceKnown())
        .map(MachineType::costPerHour)
        .max(Double::compare);
  }

  /// Whether one of those zones offers that machine type at a price that is not known.
  public boolean isUnpriced(List<String> among, String machineType) {
    return among.stream()
        .flatMap(zone -> types.getOrDefault(zone, List.of()).stream())
        .anyMatch(type -> type.name().equals(machineType) && !type.priceKnown());
  }

  boolean has(String zone, String machineType) {
    return types.getOrDefault(zone, List.of()).stream()
        .anyMatch(type -> type.name().equals(machineType));
  }
}
