package dev.podium.desktop.program.open;

import static org.assertj.core.api.Assertions.assertThat;

import dev.podium.fleet.event.EventStream;
import dev.podium.fleet.event.FleetEvent.MonitorTicked;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(20)
class MonitorReadinessTest {
  private static final Duration LONG = Duration.ofMinutes(5);

  private final EventStream events = new EventStream();

  private CompletableFuture<Void> waiting() {
    return CompletableFuture.runAsync(new MonitorReadiness(events, LONG)::await);
  }

  private void tick(int doubt, boolean listed) {
    events.publish(
        new MonitorTicked(Instant.parse("2026-01-01T10:00:00Z"), doubt, Optional.empty(), listed));
  }

  @Test
  void a_fleet_is_ready_when_its_monitor_has_told_the_first_list() {
    tick(0, false);
    CompletableFuture<Void> ready = waiting();
    assertThat(ready).isNotDone();
    tick(0, true);
    ready.join();
  }

  @Test
  void who_comes_after_the_first_list_waits_for_nothing() {
    tick(0, true);
    waiting().join();
  }

  @Test
  void nobody_waits_for_a_cloud_that_refuses() {
    CompletableFuture<Void> ready = waiting();
    tick(1, false);
    ready.join();
  }

  @Test
  void a_cloud_that_does_not_answer_keeps_a_fleet_from_being_ready_for_a_moment_only() {
    tick(0, false);
    new MonitorReadiness(events, Duration.ofMillis(50)).await();
    assertThat(events.fleet()).isEmpty();
  }
}
