package dev.podium.desktop.policy;

import dev.podium.desktop.control.Phrases;
import dev.podium.fleet.CreateRequest;
import dev.podium.fleet.model.offer.BootDiskType;
import dev.podium.fleet.model.offer.PriceList;
import dev.podium.fleet.policy.AvailableMachines;
import dev.podium.fleet.policy.PolicyDraft;
import dev.podium.fleet.policy.PolicyMember;
import dev.podium.wire.text.CountText;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;

/// What a policy could come to cost, known before it is saved.
///
/// @param most at most an hour
/// @param why how that is reckoned
public record PolicyEstimate(String most, String why) {
  static final PolicyEstimate NOTHING =
      new PolicyEstimate("The cost shows here", "once the form has no fault.");

  /// @param spent US dollars since the fleet was given a total budget
  static PolicyEstimate of(
      PolicyDraft draft,
      Map<PolicyMember, String> faults,
      Optional<AvailableMachines> offer,
      double spent) {
    String type = draft.text(PolicyMember.MACHINE_TYPE).strip();
    if (faults.isEmpty() && offer.filter(it -> it.isUnpriced(draft.zones(), type)).isPresent()) {
      return new PolicyEstimate(
          "Price not known",
          "A VM of %s is not free: see Google's price list. With a budget, none is made."
              .formatted(type));
    }
    Optional<Double> machine = offer.flatMap(known -> known.dearest(draft.zones(), type));
    if (!faults.isEmpty() || machine.isEmpty()) {
      return NOTHING;
    }
    PriceList prices = offer.map(AvailableMachines::prices).orElse(PriceList.FREE);
    OptionalDouble price =
        prices.newVm(
            OptionalDouble.of(machine.get()),
            BootDiskType.usual(type),
            CreateRequest.defaults().diskSizeGb(),
            false);
    if (price.isEmpty()) {
      return new PolicyEstimate(
          "Price not known",
          "The disk of a VM of %s is not free: see Google's price list. With a budget, none is made."
              .formatted(type));
    }
    int minimum = number(draft, PolicyMember.MINIMUM);
    int maximum = number(draft, PolicyMember.MAXIMUM);
    if (price.getAsDouble() <= 0) {
      return new PolicyEstimate("Free of charge", "up to " + CountText.vms(maximum) + ".");
    }
    return charged(draft, price.getAsDouble(), prices, minimum, maximum, spent);
  }

  private static PolicyEstimate charged(
      PolicyDraft draft, double price, PriceList prices, int minimum, int maximum, double spent) {
    double budget = amount(draft, PolicyMember.HOURLY_BUDGET);
    boolean held = budget > 0 && budget < maximum * price;
    List<String> why = new ArrayList<>();
    why.add(
        "%s of %s at %s each, %s."
            .formatted(
                CountText.vms(maximum),
                draft.text(PolicyMember.MACHINE_TYPE).strip(),
                Phrases.money(price),
                basis(prices)));
    if (held) {
      why.add("The hourly budget holds it to %s.".formatted(CountText.vms((int) (budget / price))));
    }
    if (amount(draft, PolicyMember.TOTAL_BUDGET) > 0) {
      why.add(
          spent > 0
              ? "Of the total budget %s is spent.".formatted(Phrases.money(spent))
              : "Nothing of the total budget is spent yet.");
    }
    if (minimum > 0) {
      why.add(
          "%s also when nobody is there: %s an hour."
              .formatted(CountText.vms(minimum), Phrases.money(minimum * price)));
    }
    if (!draft.text(PolicyMember.PROVISIONING).equalsIgnoreCase("STANDARD")) {
      why.add("Spot VMs cost less.");
    }
    return new PolicyEstimate(
        "At most " + Phrases.money(held ? budget : maximum * price) + " an hour",
        String.join(" ", why));
  }

  private static String basis(PriceList prices) {
    return prices
        .source()
        .map(source ->
            "with disk"
                + (prices.newVmsHaveAddresses() ? " and external address" : "")
                + "; "
                + source.words()
                + ", without traffic and Pub/Sub")
        .orElse("the list price in the dearest zone without disk and traffic");
  }

  private static int number(PolicyDraft draft, PolicyMember member) {
    return Integer.parseInt(draft.text(member).strip());
  }

  private static double amount(PolicyDraft draft, PolicyMember member) {
    String text = draft.text(member).strip();
    return text.isEmpty() ? 0 : Double.parseDouble(text);
  }
}
