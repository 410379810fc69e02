package dev.podium.fleet.scaler;

import dev.podium.fleet.model.FleetVm;
import dev.podium.fleet.model.Health;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// What the fleet has cost since it was given a total budget, at list prices, with all that the VMs
/// it had then cost before. A VM costs from its creation until it is gone, or until its run limit:
/// whoever slept or was away does not see it end. What came and went meanwhile is not in it.
///
/// @param ended US dollars for VMs that are gone
/// @param running what is known of each VM that still costs, by its id
record Spending(double ended, Map<String, Running> running) {
  static final Spending NONE = new Spending(0, Map.of());

  /// @param price US dollars an hour; 0 until it is known
  /// @param limit from its creation, after which the cloud ends it
  record Running(Instant created, double price, Optional<Duration> limit) {
    double until(Instant now) {
      Instant last = limit.map(created::plus).filter(end -> end.isBefore(now)).orElse(now);
      return price * hours(Duration.between(created, last));
    }
  }

  /// With what the fleet's list says now; the same object if nothing came or went.
  Spending with(List<FleetVm> vms, Instant now) {
    boolean same = vms.size() == running.size();
    for (int i = 0; same && i < vms.size(); i++) {
      Running known = running.get(vms.get(i).vm().id());
      same = known != null && known.price() == price(vms.get(i));
    }
    if (same) {
      return this;
    }
    Map<String, Running> next = new HashMap<>();
    vms.forEach(vm ->
        next.put(vm.vm().id(), new Running(vm.vm().created(), price(vm), vm.vm().runLimit())));
    double gone = 0;
    for (Map.Entry<String, Running> one : running.entrySet()) {
      if (!next.containsKey(one.getKey())) {
        gone += one.getValue().until(now);
      }
    }
    return new Spending(ended + gone, Map.copyOf(next));
  }

  /// A console that has just begun does not know the price yet that was known before.
  private double price(FleetVm vm) {
    Running known = running.get(vm.vm().id());
    return vm.priceKnown() || known == null ? vm.costPerHour() : known.price();
  }

  /// US dollars spent until now.
  double spent(Instant now) {
    double sum = ended;
    for (Running one : running.values()) {
      sum += one.until(now);
    }
    return sum;
  }

  /// US dollars that the VMs there are can still cost if nobody ends them before their run limit.
  ///
  /// @param otherwise the limit, from now on, that a VM without one is taken to have
  static double committed(List<FleetVm> vms, Duration otherwise, Instant now) {
    double sum = 0;
    for (FleetVm vm : vms) {
      if (vm.health() != Health.TERMINATED && vm.health() != Health.DELETING) {
        sum += vm.costPerHour() * hours(vm.vm().left(now).orElse(otherwise));
      }
    }
    return sum;
  }

  static double hours(Duration span) {
    return Math.max(0, span.toSeconds()) / 3_600.0;
  }
}
