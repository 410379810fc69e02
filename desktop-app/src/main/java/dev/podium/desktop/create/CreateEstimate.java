package dev.podium.desktop.create;

import dev.podium.desktop.control.Phrases;
import dev.podium.fleet.model.MachineType;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// What the VMs of a form will cost and use, known before the button is pressed.
///
/// @param cost list price an hour, and until the lifetime ends
/// @param use what it takes of the project's quota; empty where the form cannot say
public record CreateEstimate(String cost, String use) {
  static CreateEstimate of(CreateForm form, @Nullable MachineType type) {
    int count = CreateForm.number(form.count()).orElse(0);
    int hours = CreateForm.number(form.hours()).orElse(0);
    int disk = CreateForm.number(form.diskGb()).orElse(0);
    if (type == null || count < 1 || hours < 1 || disk < 1) {
      return new CreateEstimate("The cost shows here", "once the form is filled in.");
    }
    double hourly = count * type.costPerHour();
    String use =
        String.format(
            Locale.ROOT,
            "Uses %,d vCPUs, %s GB of memory and %,d GB of disk.",
            (long) count * type.guestCpus(),
            gigabytes((double) count * type.memoryMb() / 1024),
            (long) count * disk);
    if (!type.priceKnown()) {
      return new CreateEstimate(
          "Price not known", use + " It is not free: see Google's price list.");
    }
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
        use + " List price without disk and traffic.");
  }

  /// An amount with one decimal place where it needs one.
  static String gigabytes(double amount) {
    return amount == Math.rint(amount)
        ? String.format(Locale.ROOT, "%,.0f", amount)
        : String.format(Locale.ROOT, "%,.1f", amount);
  }
}
