package dev.podium.fleet.health;

import static org.assertj.core.api.Assertions.assertThat;

import dev.podium.fleet.cloud.HealthProbe;
import dev.podium.fleet.event.EventStream;
import dev.podium.fleet.event.FleetEvent;
import dev.podium.fleet.health.record.HealthAction.End;
import dev.podium.fleet.health.record.HealthLimits;
import dev.podium.fleet.model.Health;
import dev.podium.fleet.model.Vm;
import dev.podium.fleet.testing.ManualTicker;
import dev.podium.fleet.testing.VmBuilder;
import dev.podium.wire.chat.Pulse;
import dev.podium.wire.cloud.ClockReading;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// A console whose probes get through to no VM, because of a firewall, sees VMs that are well.
class BlockedPathTest {
  private static final Duration LONGER_THAN_THE_BOOT_LIMIT = Duration.ofMinutes(25);

  private final ManualTicker ticker = new ManualTicker();
  private final EventStream events = new EventStream();
  private final List<Vm> vms = new ArrayList<>();
  private final List<Vm> probed = new ArrayList<>();
  private final Set<String> reachable = new HashSet<>();
  private final List<String> ended = new ArrayList<>();
  private final List<Pulse> sent = new ArrayList<>();
  private Optional<String> banner = Optional.empty();
  private long sequence;
  private boolean caughtUp = true;

  private final FleetWatch watch =
      new FleetWatch(
          HealthLimits.standard(),
          Rulebook.of(HealthLimits.standard()),
          "me",
          FleetSizing.atLeast(1),
          new Requests(),
          events,
          new OperatorView(() -> 50, _ -> OptionalDouble.of(0)),
          now());

  BlockedPathTest() {
    events.subscribe(event -> {
      if (event instanceof FleetEvent.MonitorTicked ticked) {
        banner = ticked.banner();
      }
    });
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 30})
  void vms_that_say_they_are_ready_are_ready_and_none_ends_where_no_probe_gets_through(int count) {
    create(count);
    pass(Duration.ofMinutes(2));
    assertThat(healths()).isSubsetOf(Health.HEALTHY, Health.IDLE);
    assertThat(banner.orElseThrow()).contains("8080", "firewall");
    pass(LONGER_THAN_THE_BOOT_LIMIT);
    assertThat(healths()).isSubsetOf(Health.HEALTHY, Health.IDLE);
    assertThat(ended).isEmpty();
    assertThat(sent).noneMatch(Pulse.DrainRequest.class::isInstance);
  }

  @Test
  void a_vm_that_never_caught_up_is_not_ready_for_it() {
    caughtUp = false;
    create(1);
    pass(Duration.ofMinutes(5));
    assertThat(healths()).containsOnly(Health.STARTING);
    assertThat(banner).isEmpty();
  }

  @Test
  void one_silent_page_among_vms_that_answer_is_another_matter() {
    create(3);
    reachable.add("vm-1");
    reachable.add("vm-2");
    pass(Duration.ofMinutes(12));
    assertThat(healths()).contains(Health.BROKEN);
    assertThat(banner).isEmpty();
  }

  @Test
  void the_banner_goes_when_the_way_is_open_again() {
    create(2);
    pass(Duration.ofMinutes(5));
    assertThat(banner).isPresent();
    reachable.add("vm-1");
    reachable.add("vm-2");
    pass(Duration.ofSeconds(30));
    assertThat(banner).isEmpty();
    assertThat(healths()).isSubsetOf(Health.HEALTHY, Health.IDLE);
  }

  @Test
  void what_answered_in_another_network_proves_nothing_here() {
    create(1);
    reachable.add("vm-1");
    pass(Duration.ofMinutes(1));
    reachable.clear();
    watch.networkChanged();
    create(1);
    pass(LONGER_THAN_THE_BOOT_LIMIT);
    assertThat(healths()).isSubsetOf(Health.HEALTHY, Health.IDLE);
    assertThat(ended).isEmpty();
  }

  @Test
  void what_answered_before_a_sleep_proves_nothing_after_it() {
    create(1);
    reachable.add("vm-1");
    pass(Duration.ofMinutes(1));
    reachable.clear();
    ticker.pass(Duration.ofHours(1));
    create(1);
    pass(LONGER_THAN_THE_BOOT_LIMIT);
    assertThat(healths()).isSubsetOf(Health.HEALTHY, Health.IDLE);
    assertThat(ended).isEmpty();
  }

  private void create(int count) {
    for (int i = 0; i < count; i++) {
      String number = Integer.toString(vms.size() + 1);
      Vm vm = VmBuilder.vm(number, "vm-" + number).created(ticker.wall()).build();
      vms.add(vm);
      watch.created(vm, now());
    }
  }

  private List<Health> healths() {
    return events.fleet().stream().map(vm -> vm.health()).toList();
  }

  /// A second at a time; a heartbeat every five.
  private void pass(Duration span) {
    for (long second = 0; second < span.toSeconds(); second++) {
      ticker.pass(Duration.ofSeconds(1));
      watch.tick(now());
      List.copyOf(sent).stream()
          .filter(Pulse.Canary.class::isInstance)
          .forEach(canary -> watch.heard(canary, ticker.wall(), now()));
      sent.removeIf(Pulse.Canary.class::isInstance);
      List<Vm> asked = List.copyOf(probed);
      probed.clear();
      asked.forEach(vm -> watch.probed(vm.id(), answer(vm), now()));
      if (second % 5 == 0) {
        sequence++;
        vms.forEach(vm -> watch.heard(heartbeat(vm), ticker.wall(), now()));
      }
    }
  }

  private HealthProbe.Result answer(Vm vm) {
    return reachable.contains(vm.name().value())
        ? new HealthProbe.Result.Answered(true, "boot", "ok", 0, 1)
        : new HealthProbe.Result.Silent("no answer in 5 s");
  }

  private Pulse heartbeat(Vm vm) {
    return new Pulse.Heartbeat(
        vm.name().value(),
        vm.id(),
        "boot",
        sequence,
        "",
        0,
        50,
        1,
        caughtUp,
        false,
        List.of(),
        List.of(),
        0);
  }

  private ClockReading now() {
    return ClockReading.of(ticker);
  }

  private final class Requests implements Effects {
    @Override
    public void probe(Vm vm) {
      probed.add(vm);
    }

    @Override
    public void send(Pulse pulse) {
      sent.add(pulse);
    }

    @Override
    public void list() {
      watch.listed(List.copyOf(vms), now());
    }

    @Override
    public void confirmMissing(Vm vm) {}

    @Override
    public void end(Vm vm, End end, String reason) {
      ended.add(vm.name() + ": " + reason);
    }
  }
}
