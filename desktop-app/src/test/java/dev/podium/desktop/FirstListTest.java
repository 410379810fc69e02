package dev.podium.desktop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.podium.core.event.EventStream;
import dev.podium.core.event.FleetEvent;
import dev.podium.core.model.FleetVm;
import dev.podium.core.model.PodiumException;
import dev.podium.core.model.Vm;
import dev.podium.desktop.testing.Vms;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(20)
class FirstListTest {
  private static final Duration LONG = Duration.ofMinutes(5);

  private final EventStream events = new EventStream();
  private final FleetVm one = Vms.vm("vm-1");
  private final FleetVm two = Vms.vm("vm-2");

  private FirstList first(Supplier<List<Vm>> cloud, Duration patience) {
    return new FirstList(cloud, events, patience);
  }

  private void tell(FleetVm vm) {
    events.publish(new FleetEvent.VmChanged(vm));
  }

  @Test
  void a_fleet_is_ready_when_its_monitor_has_told_every_vm() {
    tell(one);
    AtomicBoolean listed = new AtomicBoolean();
    FirstList first =
        first(
            () -> {
              listed.set(true);
              return List.of(one.vm(), two.vm());
            },
            LONG);
    CompletableFuture<Void> ready = CompletableFuture.runAsync(first::await);
    await().untilTrue(listed);
    assertThat(ready).isNotDone();
    tell(two);
    ready.join();
  }

  @Test
  void nobody_waits_for_a_fleet_that_is_empty_or_a_cloud_that_refuses() {
    first(List::of, LONG).await();
    first(
            () -> {
              throw new PodiumException.Unavailable("No answer", "it is off", "Wait.", null);
            },
            LONG)
        .await();
    assertThat(events.fleet()).isEmpty();
  }

  @Test
  void a_cloud_that_does_not_answer_keeps_a_fleet_from_being_ready_for_a_moment_only() {
    CompletableFuture<List<Vm>> never = new CompletableFuture<>();
    first(never::join, Duration.ofMillis(50)).await();
    assertThat(never).isNotDone();
  }
}
