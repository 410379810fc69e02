package dev.podium.fleet.directory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.podium.fleet.FleetVms;
import dev.podium.fleet.event.EventStream;
import dev.podium.fleet.event.FleetEvent;
import dev.podium.fleet.model.FleetVm;
import dev.podium.fleet.model.Health;
import dev.podium.wire.model.PodiumException;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(20)
class VmWaitersTest {
  private final EventStream events = new EventStream();
  private final VmWaiters waiters = new VmWaiters(events);

  @AfterEach
  void close() {
    waiters.close();
  }

  private void publish(Health health) {
    events.publish(new FleetEvent.VmChanged(FleetVms.vm("vm-1", health, 2)));
  }

  @Test
  void nobody_waits_for_a_vm_that_comes_up_broken() {
    publish(Health.STARTING);
    CompletableFuture<FleetVm> ready = waiters.ready("id-vm-1");
    assertThat(ready).isNotDone();
    publish(Health.BROKEN);
    await().until(ready::isDone);
    assertThat(ready.exceptionNow())
        .isInstanceOf(PodiumException.Unavailable.class)
        .hasMessageContaining("'vm-1' did not become ready");
  }

  @Test
  void a_drain_that_was_refused_is_told_once_and_forgotten() {
    publish(Health.IDLE);
    CompletableFuture<Void> drained = waiters.gone("id-vm-1");
    publish(Health.DRAINING);
    publish(Health.HEALTHY);
    await().until(drained::isDone);
    assertThat(drained.exceptionNow()).isInstanceOf(PodiumException.Conflict.class);
    assertThat(waiters.awaitsEnd("id-vm-1")).isFalse();
  }
}
