package dev.podium.fleet.scaler;

import dev.podium.fleet.policy.Placement;
import dev.podium.fleet.policy.ScalingPolicy;
import dev.podium.wire.cloud.ClockReading;
import dev.podium.wire.model.PodiumException;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;

/// What the policy's limits have to say against one more VM.
final class ScalerRefusals {
  private ScalerRefusals() {}

  /// @return why the VM may not be made; empty if it may
  static Optional<PodiumException> over(
      ScalingPolicy policy,
      Scaler.View view,
      Demand demand,
      Placement place,
      ScalerMemory memory,
      ClockReading now) {
    if (demand.existing() >= policy.maximum()) {
      return refuse(
          "the fleet has " + demand.existing() + " VMs and its policy allows " + policy.maximum(),
          "Raise the policy's maximum, or wait until somebody leaves.");
    }
    if (policy.hourlyBudget() == 0 && policy.totalBudget() == 0) {
      return Optional.empty();
    }
    OptionalDouble price = view.price().apply(place.zone());
    if (price.isEmpty()) {
      return refuse(
          "the price of "
              + policy.machineType()
              + " in "
              + place.zone()
              + " is not known yet, and the policy sets a budget",
          "Wait a moment; if it stays so, check the machine type's name, choose one of another family,"
              + " such as e2, or set the budgets to 0.");
    }
    double messages = view.messages().applyAsDouble(demand.existing() + 1);
    return hourly(policy, demand.costPerHour() + messages, price.getAsDouble())
        .or(() -> total(policy, view, price.getAsDouble(), demand, memory, now));
  }

  private static Optional<PodiumException> hourly(ScalingPolicy policy, double cost, double price) {
    if (policy.hourlyBudget() == 0 || cost + price <= policy.hourlyBudget()) {
      return Optional.empty();
    }
    return refuse(
        "another VM would bring the fleet to "
            + dollars(cost + price)
            + " an hour, and the policy allows "
            + dollars(policy.hourlyBudget()),
        "Raise the budget, or wait until somebody leaves.");
  }

  private static Optional<PodiumException> total(
      ScalingPolicy policy,
      Scaler.View view,
      double price,
      Demand demand,
      ScalerMemory memory,
      ClockReading now) {
    if (policy.totalBudget() == 0) {
      return Optional.empty();
    }
    double spent = memory.spending().spent(now.cloud());
    double committed = Spending.committed(view.vms(), policy.runLimit(), now.cloud());
    // VMs that were asked for and are not in the list yet will run for as long as this one.
    int unseen = demand.existing() - Demand.of(view.vms(), view.reserved()).existing();
    double messages = view.messages().applyAsDouble(demand.existing() + 1);
    double more = ((unseen + 1) * price + messages) * Spending.hours(policy.runLimit());
    if (spent + committed + more <= policy.totalBudget()) {
      return Optional.empty();
    }
    return refuse(
        "another VM could bring the fleet's whole cost to "
            + dollars(spent + committed + more)
            + " ("
            + dollars(spent)
            + " spent, "
            + dollars(committed + more)
            + " if all run to their limit), and the policy allows "
            + dollars(policy.totalBudget()),
        "Raise the total budget, or shorten the run limit.");
  }

  private static Optional<PodiumException> refuse(String why, String remedy) {
    return Optional.of(new PodiumException.NoCapacity("No VM can be created", why, remedy, null));
  }

  private static String dollars(double amount) {
    return String.format(Locale.ROOT, "$%.2f", amount);
  }
}
