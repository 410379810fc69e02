package dev.podium.desktop.create;

import dev.podium.desktop.control.Phrases;
import dev.podium.fleet.model.offer.BootDiskType;
import dev.podium.fleet.model.offer.MachineType;
import dev.podium.fleet.model.offer.PriceList;
import java.util.Locale;
import java.util.OptionalDouble;
import org.jspecify.annotations.Nullable;

/// What the VMs of a form will cost and use, known before the button is pressed.
///
/// @param cost list price an hour, and until the lifetime ends
/// @param use what it takes of the project's quota; empty where the form cannot say
public record CreateEstimate(String cost, String use) {
  static CreateEstimate of(CreateForm form, @Nullable MachineType type) {
    return of(form, type, PriceList.FREE);
  }

  /// @param prices what is charged beside machines
  static CreateEstimate of(CreateForm form, @Nullable MachineType type, PriceList prices) {
    int count = CreateForm.number(form.count()).orElse(0);
    int hours = CreateForm.number(form.hours()).orElse(0);
    int disk = CreateForm.number(form.diskGb()).orElse(0);
    if (type == null || count < 1 || hours < 1 || disk < 1) {
      return new CreateEstimate("The cost shows here", "once the form is filled in.");
    }
    String use =
        String.format(
            Locale.ROOT,
            "Uses %,d vCPUs, %s GB of memory and %,d GB of disk.",
            (long) count * type.guestCpus(),
            gigabytes((double) count * type.memoryMb() / 1024),
            (long) count * disk);
    OptionalDouble each = each(form, type, disk, prices);
    if (each.isEmpty()) {
      return new CreateEstimate(
          "Price not known", use + " It is not free: see Google's price list.");
    }
    double hourly = count * each.getAsDouble();
    if (hourly <= 0) {
      return new CreateEstimate("Free of charge", use);
    }
    String most = form.spot() ? "at most " : "";
    return new CreateEstimate(
        most
            + Phrases.money(hourly)
            + " an hour, "
            + Phrases.money(hourly * hours)
            + " in "
            + hours
            + " h",
        use + parts(form, type, disk, prices));
  }

  private static OptionalDouble each(
      CreateForm form, MachineType type, int disk, PriceList prices) {
    OptionalDouble machine =
        type.priceKnown() ? OptionalDouble.of(type.costPerHour()) : OptionalDouble.empty();
    return prices.newVm(machine, BootDiskType.usual(type.name()), disk, form.spot());
  }

  /// What the price of one is made of, where that was read, and what comes on top.
  private static String parts(CreateForm form, MachineType type, int disk, PriceList prices) {
    if (prices.source().isEmpty()) {
      return " List price without disk and traffic.";
    }
    String address =
        prices.newVmsHaveAddresses()
            ? ", external address " + Phrases.money(prices.address(form.spot()))
            : ", no external address";
    return " Each: machine "
        + Phrases.money(type.costPerHour())
        + ", disk "
        + Phrases.money(prices.disk(BootDiskType.usual(type.name()), disk).orElse(0))
        + address
        + ". "
        + prices.source().get().words()
        + "; traffic and Pub/Sub come on top.";
  }

  /// An amount with one decimal place where it needs one.
  static String gigabytes(double amount) {
    return amount == Math.rint(amount)
        ? String.format(Locale.ROOT, "%,.0f", amount)
        : String.format(Locale.ROOT, "%,.1f", amount);
  }
}
