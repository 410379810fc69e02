package dev.podium.fleet.policy;

import dev.podium.fleet.model.offer.MachineType;
import dev.podium.fleet.model.offer.PriceList;
import java.util.List;

/// Who can say which machines there are to choose from.
public interface MachineOffers {
  /// The zones to choose from. Blocks at its first call.
  List<String> zones();

  /// What is charged beside machines. Answers at once.
  default PriceList prices() {
    return PriceList.FREE;
  }

  /// The machine types of a zone, with their prices. Blocks at its first call for a zone.
  List<MachineType> machineTypes(String zone);
}
