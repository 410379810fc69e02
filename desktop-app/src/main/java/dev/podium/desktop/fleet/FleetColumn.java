package dev.podium.desktop.fleet;

import dev.podium.desktop.control.NaturalOrder;
import dev.podium.desktop.control.Phrases;
import dev.podium.fleet.model.FleetVm;
import dev.podium.fleet.model.VmState;
import dev.podium.wire.text.DurationText;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.Locale;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.function.Supplier;

/// The table's columns: what each says of a VM and how it sorts.
// The functions hold nothing and so are as immutable as the names.
@SuppressWarnings("ImmutableEnumChecker")
enum FleetColumn {
  HEALTH(
      "Health",
      "Unreachable",
      false,
      (vm, now) -> vm.health().word(),
      always(Comparator.comparing(FleetVm::health))),
  NAME(
      "Name",
      "class-us-central1-a-1",
      false,
      (vm, now) -> vm.name().value(),
      byText(vm -> vm.name().value())),
  ZONE("Zone", "us-central1-a", false, (vm, now) -> vm.vm().zone(), byText(vm -> vm.vm().zone())),
  STATUS(
      "Status",
      "Terminated",
      false,
      (vm, now) -> status(vm.vm().state()),
      always(Comparator.comparing(vm -> vm.vm().state()))),
  PEOPLE(
      "People",
      "500 / 500",
      true,
      (vm, now) -> vm.participants().present() + " / " + vm.participants().seats(),
      always(Comparator.comparingInt(vm -> vm.participants().present()))),
  CHAT("Chat", "203.0.113.24:8080", false, (vm, now) -> chat(vm), byText(FleetColumn::chat)),
  AGE(
      "Age",
      "23 h 59 min",
      true,
      (vm, now) -> DurationText.twoUnits(age(vm, now)),
      always(Comparator.comparing((FleetVm vm) -> vm.vm().created()).reversed())),
  IDLE(
      "Idle",
      "59 min",
      true,
      (vm, now) -> vm.idle().map(DurationText::twoUnits).orElse("–"),
      always(Comparator.comparing(vm -> vm.idle().orElse(Duration.ZERO)))),
  HEARTBEAT(
      "Heartbeat",
      "59 min ago",
      true,
      (vm, now) -> vm.lastHeartbeat().map(at -> Phrases.ago(at, now)).orElse("–"),
      always(Comparator.comparing(vm -> vm.lastHeartbeat().orElse(Instant.MIN)))),
  MACHINE(
      "Machine type",
      "n2-standard-2",
      false,
      (vm, now) -> vm.vm().machineType(),
      byText(vm -> vm.vm().machineType())),
  COST(
      "Cost",
      "$0.000",
      true,
      (vm, now) -> vm.priceKnown() ? Phrases.money(costSoFar(vm, now)) : "not known",
      now -> Comparator.comparingDouble(vm -> costSoFar(vm, now.get()))),
  OWNER(
      "Owner",
      "ann_example_org",
      false,
      (vm, now) -> vm.vm().owner(),
      byText(vm -> vm.vm().owner()));

  private static final double MILLIS_AN_HOUR = 3_600_000;

  private final String title;
  private final String sample;
  private final boolean number;
  private final BiFunction<FleetVm, Instant, String> text;
  private final Function<Supplier<Instant>, Comparator<FleetVm>> order;

  FleetColumn(
      String title,
      String sample,
      boolean number,
      BiFunction<FleetVm, Instant, String> text,
      Function<Supplier<Instant>, Comparator<FleetVm>> order) {
    this.title = title;
    this.sample = sample;
    this.number = number;
    this.text = text;
    this.order = order;
  }

  private static Function<Supplier<Instant>, Comparator<FleetVm>> byText(
      Function<FleetVm, String> text) {
    return always((a, b) -> NaturalOrder.compare(text.apply(a), text.apply(b)));
  }

  // An order that does not depend on the time.
  private static Function<Supplier<Instant>, Comparator<FleetVm>> always(
      Comparator<FleetVm> order) {
    return now -> order;
  }

  private static String status(VmState state) {
    String word = state.name().toLowerCase(Locale.ROOT);
    return Character.toUpperCase(word.charAt(0)) + word.substring(1);
  }

  // Host and port are what tells one from another; scheme and path are the same for all.
  private static String chat(FleetVm vm) {
    return vm.vm().chatUrl().map(URI::getAuthority).orElse("–");
  }

  private static Duration age(FleetVm vm, Instant now) {
    return Duration.between(vm.vm().created(), now);
  }

  private static double costSoFar(FleetVm vm, Instant now) {
    return vm.costPerHour() * Math.max(0, age(vm, now).toMillis()) / MILLIS_AN_HOUR;
  }

  /// The column's heading.
  String title() {
    return title;
  }

  /// A text as wide as those that are usual in it.
  String sample() {
    return sample;
  }

  /// Whether it is flush right.
  boolean number() {
    return number;
  }

  /// Whether its look changes though the VM does not: behind a name stands whether it is held.
  boolean ages() {
    return this == NAME || this == AGE || this == HEARTBEAT || this == COST;
  }

  /// What it says of a VM.
  String text(FleetVm vm, Instant now) {
    return text.apply(vm, now);
  }

  /// How it sorts, upwards: by what it shows.
  ///
  /// @param now the time at which it is sorted, asked at each comparison; it must not move during a
  ///   sort
  Comparator<FleetVm> order(Supplier<Instant> now) {
    return order.apply(now);
  }
}
