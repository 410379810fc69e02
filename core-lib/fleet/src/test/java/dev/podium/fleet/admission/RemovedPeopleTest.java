package dev.podium.fleet.admission;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.podium.fleet.FleetVms;
import dev.podium.fleet.directory.ActivityLog;
import dev.podium.fleet.event.EventStream;
import dev.podium.fleet.event.FleetEvent;
import dev.podium.fleet.event.FleetEvent.Actor;
import dev.podium.fleet.model.FleetVm;
import dev.podium.fleet.model.Health;
import dev.podium.fleet.model.Participants;
import dev.podium.fleet.model.Person;
import dev.podium.fleet.testing.ManualTicker;
import dev.podium.wire.chat.Pulse;
import dev.podium.wire.model.PodiumException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;

class RemovedPeopleTest {
  private final ManualTicker ticker = new ManualTicker();
  private final EventStream events = new EventStream();
  private final List<Pulse> sent = new CopyOnWriteArrayList<>();
  private boolean busFails;
  private final RemovedPeople people =
      new RemovedPeople(
          events, this::publish, new ActivityLog(events, ticker, Actor.OPERATOR), ticker);

  private CompletableFuture<String> publish(Pulse pulse) {
    if (busFails) {
      return CompletableFuture.failedFuture(new IllegalStateException("no bus"));
    }
    sent.add(pulse);
    return CompletableFuture.completedFuture("id");
  }

  private void beat(String... ids) {
    FleetVm vm = FleetVms.vm("vm-1", Health.HEALTHY, ids.length, 50);
    List<Person> present =
        List.of(ids).stream().map(id -> new Person(id, "Name of " + id, "lobby")).toList();
    events.publish(
        new FleetEvent.VmChanged(
            new FleetVm(
                vm.vm(),
                vm.verdict(),
                new Participants(ids.length, 50, present),
                vm.idle(),
                vm.lastHeartbeat(),
                0)));
  }

  @Test
  void every_vm_is_told_once_and_told_again_if_they_are_seen_later() {
    beat("p-1", "p-2");
    Instant until = people.remove("p-1", Duration.ofHours(1));
    assertThat(until).isEqualTo(ticker.wall().plus(Duration.ofHours(1)));
    assertThat(sent).containsExactly(new Pulse.PersonRemoved("p-1", Duration.ofHours(1)));

    beat("p-1", "p-2");
    assertThat(sent).hasSize(1);
    ticker.pass(Duration.ofMinutes(10));
    beat("p-2");
    beat("p-1");
    await().until(() -> sent.size() == 2);
    assertThat(sent.getLast()).isEqualTo(new Pulse.PersonRemoved("p-1", Duration.ofMinutes(50)));
    ticker.pass(Duration.ofHours(1));
    beat("p-1");
    assertThat(sent).hasSize(2);
  }

  @Test
  void who_is_not_there_and_what_cannot_be_told_are_said_plainly() {
    beat("p-1");
    assertThatThrownBy(() -> people.remove("p-9", Duration.ofHours(1)))
        .isInstanceOf(PodiumException.NotFound.class);
    busFails = true;
    assertThatThrownBy(() -> people.remove("p-1", Duration.ofHours(1)))
        .isInstanceOf(PodiumException.Unavailable.class)
        .hasMessageContaining("Name of p-1");
  }
}
