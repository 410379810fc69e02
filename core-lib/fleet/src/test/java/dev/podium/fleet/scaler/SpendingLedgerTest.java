package dev.podium.fleet.scaler;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.podium.fleet.FleetVms;
import dev.podium.fleet.config.PrivateFile;
import dev.podium.fleet.event.EventStream;
import dev.podium.fleet.event.FleetEvent.VmChanged;
import dev.podium.fleet.event.FleetEvent.VmGone;
import dev.podium.fleet.health.FleetSizing.WatchStatus;
import dev.podium.fleet.model.FleetVm;
import dev.podium.fleet.model.Health;
import dev.podium.fleet.policy.ScalingPolicy;
import dev.podium.fleet.policy.ScalingPolicy.Provisioning;
import dev.podium.fleet.scaler.Spending.Running;
import dev.podium.fleet.testing.ManualTicker;
import dev.podium.wire.cloud.ClockReading;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SpendingLedgerTest {
  private static final Instant NINE = Instant.parse("2026-03-02T09:00:00Z");
  private static final FleetVm FIRST = FleetVms.vm("vm-1", Health.IDLE, 0, 10, Map.of(), 1);
  private static final FleetVm SECOND = FleetVms.vm("vm-2", Health.IDLE, 0, 10, Map.of(), 2);

  private final ManualTicker ticker = new ManualTicker();
  private EventStream events = new EventStream();
  private double budget = 20;
  @TempDir private Path folder;

  private SpendingLedger ledger() {
    return SpendingLedger.open(new FileStore(file()), Runnable::run);
  }

  private Path file() {
    return folder.resolve("project").resolve("class.json");
  }

  private record FileStore(Path path) implements SpendingLedger.Store {
    private PrivateFile file() {
      return new PrivateFile(path);
    }

    @Override
    public Optional<String> read() {
      return file().read();
    }

    @Override
    public void write(String text) {
      file().write(text);
    }

    @Override
    public String putAside() {
      return file().putAside().toString();
    }
  }

  /// A console that begins.
  private Scaling console() {
    events = new EventStream();
    return new Scaling(
        "class", this::policy, events, SeatDemand.none(), (_, _) -> price(), none(), ledger());
  }

  private static OptionalDouble price() {
    return OptionalDouble.of(1);
  }

  private static Scaling.Growth none() {
    return (_, _) -> {};
  }

  private ScalingPolicy policy() {
    return new ScalingPolicy(
        0,
        10,
        10,
        0,
        Duration.ofMinutes(30),
        List.of("us-central1-a"),
        "e2-small",
        "image",
        Provisioning.STANDARD,
        Duration.ofHours(8),
        0,
        budget);
  }

  private void look(Scaling scaling) {
    scaling.vmsToKeep(new WatchStatus(true, ticker.nanos(), 0, true), ClockReading.of(ticker));
  }

  private void lookBlindly(Scaling scaling) {
    scaling.vmsToKeep(new WatchStatus(false, 0, 0, false), ClockReading.of(ticker));
  }

  private void gone(FleetVm vm) {
    events.publish(new VmGone(vm.name(), vm.vm().id(), "gone"));
  }

  private static FleetVm unpriced(FleetVm vm) {
    return new FleetVm(
        vm.vm(), vm.verdict(), vm.participants(), vm.idle(), vm.lastHeartbeat(), 0, false);
  }

  private double spent(Scaling scaling) {
    return scaling.spent(ticker.wall());
  }

  @Test
  void a_console_that_begins_goes_on_from_what_was_spent_before() {
    Scaling before = console();
    events.publish(new VmChanged(FIRST));
    events.publish(new VmChanged(SECOND));
    look(before);
    ticker.pass(Duration.ofHours(2));
    gone(FIRST);
    look(before);
    ticker.pass(Duration.ofHours(1));
    assertThat(spent(before)).isEqualTo(2 * 1 + 3 * 2);

    Scaling after = console();
    lookBlindly(after);
    assertThat(spent(after)).as("one list is to come").isEqualTo(8);
    events.publish(new VmChanged(SECOND));
    look(after);
    ticker.pass(Duration.ofHours(1));
    assertThat(spent(after)).isEqualTo(10);
    gone(SECOND);
    look(after);
    ticker.pass(Duration.ofHours(5));
    assertThat(spent(console())).isEqualTo(10);
  }

  @Test
  void a_fleet_without_a_total_budget_counts_nothing_and_one_that_gets_a_new_one_counts_anew() {
    Scaling scaling = console();
    events.publish(new VmChanged(FIRST));
    look(scaling);
    ticker.pass(Duration.ofHours(1));
    gone(FIRST);
    look(scaling);
    assertThat(spent(scaling)).isEqualTo(1);

    budget = 0;
    look(scaling);
    assertThat(spent(scaling)).isZero();
    assertThat(spent(console())).as("nor does the next console").isZero();
    budget = 5;
    look(scaling);
    assertThat(spent(scaling)).isZero();
  }

  @Test
  void a_vm_that_no_console_saw_end_costs_no_longer_than_until_its_run_limit() {
    Running limited = new Running(NINE, 1, Optional.of(Duration.ofHours(8)));
    Running unlimited = new Running(NINE, 2, Optional.empty());
    ledger().keep(new Spending(0.5, Map.of("1", limited, "2", unlimited)));
    ticker.pass(Duration.ofHours(60));
    assertThat(ledger().first().spent(ticker.wall())).isCloseTo(0.5 + 8 + 2 * 60, within(1e-9));
    Spending seen = ledger().first().with(List.of(), ticker.wall());
    assertThat(seen.running()).isEmpty();
    assertThat(seen.ended()).isCloseTo(0.5 + 8 + 2 * 60, within(1e-9));
  }

  @Test
  void a_vm_past_its_limit_that_is_still_there_counts_once_however_often_a_console_begins() {
    Running limited = new Running(NINE, 1, Optional.of(Duration.ofHours(8)));
    ledger().keep(new Spending(0, Map.of(FIRST.vm().id(), limited)));
    ticker.pass(Duration.ofHours(10));
    for (int start = 0; start < 3; start++) {
      SpendingLedger next = ledger();
      assertThat(next.first().spent(ticker.wall())).isEqualTo(8);
      next.keep(next.first());
    }
  }

  @Test
  void a_price_that_is_not_known_yet_does_not_replace_one_that_was() {
    FleetVm unpriced = unpriced(FIRST);
    Running known = new Running(NINE, 1, Optional.empty());
    Spending before = new Spending(0, Map.of(FIRST.vm().id(), known));
    ticker.pass(Duration.ofHours(3));
    Spending after = before.with(List.of(unpriced), ticker.wall());
    assertThat(after).isSameAs(before);
    assertThat(after.with(List.of(unpriced, SECOND), ticker.wall()).spent(ticker.wall()))
        .isEqualTo(3 + 2 * 3);
  }

  @Test
  void a_damaged_file_is_put_aside_and_counting_begins_anew() throws IOException {
    for (String text :
        List.of("{", "{\"running\":{\"1\":{\"created\":\"yesterday\"}}}", "[]", "")) {
      Files.createDirectories(file().getParent());
      Files.writeString(file(), text);
      assertThat(ledger().first()).isEqualTo(Spending.NONE);
      assertThat(Files.exists(file())).as(text).isEqualTo(false);
    }
    ledger().keep(new Spending(3, Map.of()));
    assertThat(ledger().first().ended()).isEqualTo(3);
  }

  @Test
  void what_cannot_be_written_does_no_other_harm() throws IOException {
    Files.writeString(folder.resolve("project"), "no folder");
    SpendingLedger ledger = ledger();
    ledger.keep(new Spending(3, Map.of()));
    assertThat(ledger().first()).isEqualTo(Spending.NONE);
  }
}
