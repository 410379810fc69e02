package dev.podium.fleet.scaler;

import dev.podium.fleet.model.FleetVm;
import dev.podium.fleet.model.Health;
import dev.podium.fleet.policy.ScalingPolicy;
import java.util.List;
import java.util.Map;

/// The fleet's seats, counted, and what follows for its size.
///
/// The size that is wanted is `ceil((participants + waiting + spare) / seats)`; it is counted here
/// by what is missing, so that VMs with other numbers of seats, made by people, count for what they
/// are.
///
/// @param existing VMs that cost: all but those on their way out and those that are off
/// @param usable those that take people, or may soon
/// @param working those that take people now
/// @param starting slots' VMs that have not been ready yet
/// @param free seats free on VMs that take people or are about to
/// @param freeWorking the same on VMs that take people now
/// @param freeSuspect the same on VMs whose heartbeat is late: no newcomer is sent there
/// @param largest the most seats that a working VM has
/// @param costPerHour US dollars, of the existing ones
record Demand(
    int existing,
    int usable,
    int working,
    int starting,
    int free,
    int freeWorking,
    int freeSuspect,
    int largest,
    double costPerHour) {

  /// @param reserved seats that were handed out and that nobody sits on yet, by the VM's id
  static Demand of(List<FleetVm> vms, Map<String, Integer> reserved) {
    int existing = 0;
    int usable = 0;
    int working = 0;
    int starting = 0;
    int free = 0;
    int freeWorking = 0;
    int freeSuspect = 0;
    int largest = 0;
    double cost = 0;
    for (FleetVm vm : vms) {
      boolean outdated = vm.vm().outdated();
      // No front door sends anybody to a VM that signs nothing.
      int seats =
          outdated
              ? 0
              : Math.max(0, vm.participants().free() - reserved.getOrDefault(vm.vm().id(), 0));
      switch (vm.health()) {
        case HEALTHY, IDLE -> {
          if (outdated && vm.health() == Health.IDLE) {
            break; // It goes as soon as another takes its place.
          }
          usable++;
          working++;
          free += seats;
          freeWorking += seats;
          largest = Math.max(largest, vm.participants().seats());
        }
        case STARTING -> {
          usable++;
          free += seats;
          starting += Slot.fills(vm.vm()) ? 1 : 0;
        }
        case UNKNOWN -> {
          usable++;
          free += seats;
        }
        case SUSPECT -> {
          usable++;
          freeSuspect += seats;
        }
        case UNREACHABLE, BROKEN, DRAINING, CONDEMNED -> {}
        case DELETING, TERMINATED -> {
          continue;
        }
      }
      existing++;
      cost += vm.costPerHour();
    }
    return new Demand(
        existing, usable, working, starting, free, freeWorking, freeSuspect, largest, cost);
  }

  /// With `count` more on their way, of which nobody has seen anything yet.
  Demand with(int count, int seats, double price) {
    return new Demand(
        existing + count,
        usable + count,
        working,
        starting + count,
        free + count * seats,
        freeWorking,
        freeSuspect,
        largest,
        costPerHour + count * price);
  }

  /// How many VMs more it takes; 0 or less if none.
  int missing(ScalingPolicy policy, int waiting) {
    int forWaiting = waiting == 0 ? 0 : waiting - free;
    int forSpare = waiting + policy.spare() - free - freeSuspect;
    int lacking = Math.max(forWaiting, policy.spare() == 0 ? forWaiting : forSpare);
    return Math.max(-Math.floorDiv(-lacking, policy.seats()), policy.minimum() - usable);
  }

  /// How many of the working VMs must stay. Whatever is above may be drained, and what is drained
  /// for that is never missed afterwards: both count the same seats.
  int vmsToKeep(ScalingPolicy policy, int waiting) {
    int size = Math.max(policy.seats(), largest);
    int surplus = Math.floorDiv(freeWorking - waiting - policy.spare(), size);
    return Math.max(policy.minimum(), working - surplus);
  }
}
