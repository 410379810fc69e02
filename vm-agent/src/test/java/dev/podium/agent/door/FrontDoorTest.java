package dev.podium.agent.door;

import static org.assertj.core.api.Assertions.assertThat;

import dev.podium.agent.ManualTicker;
import dev.podium.agent.room.ChatListener;
import dev.podium.agent.room.ChatState;
import dev.podium.agent.room.Condition;
import dev.podium.agent.room.RoomMessage;
import dev.podium.wire.chat.Pulse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/// Who waits at the door of a full fleet.
class FrontDoorTest {
  private final ManualTicker ticker = new ManualTicker();
  private final List<Integer> asked = new ArrayList<>();
  private final ChatState chat =
      new ChatState("vm-a", 1, ticker, (id, message) -> new byte[0], new Nobody());
  private final FrontDoor door =
      new FrontDoor(
          chat,
          () -> new Condition(true, Collections.unmodifiableSortedMap(new TreeMap<>())),
          (waiting, room) -> asked.add(waiting),
          ticker);

  private int await(String who, String network) {
    return door.await(who, network, Optional.empty());
  }

  @Test
  void who_asks_again_is_one_and_who_asks_no_more_is_gone() {
    assertThat(await("ann", "192.0.2.1")).isEqualTo(1);
    assertThat(await("bob", "192.0.2.2")).isEqualTo(2);
    ticker.pass(Duration.ofSeconds(6));
    assertThat(await("ann", "192.0.2.1")).isEqualTo(2);
    ticker.pass(Duration.ofSeconds(6));
    assertThat(await("ann", "192.0.2.1")).isEqualTo(1);
    door.found("ann");
    assertThat(await("carol", "192.0.2.1")).isEqualTo(1);
  }

  @Test
  void one_address_under_many_names_does_not_make_the_fleet_grow_without_end() {
    for (int n = 0; n < 1_000; n++) {
      await("name " + n, "192.0.2.1");
    }
    assertThat(await("one more", "192.0.2.1")).isEqualTo(100);
    assertThat(await("ann", "192.0.2.2")).isEqualTo(101);
  }

  @Test
  void the_consoles_are_asked_at_once_and_then_every_few_seconds() {
    await("ann", "192.0.2.1");
    await("bob", "192.0.2.2");
    assertThat(asked).containsExactly(1);
    ticker.pass(Duration.ofSeconds(4));
    await("ann", "192.0.2.1");
    assertThat(asked).containsExactly(1, 2);
  }

  @Test
  void who_is_shown_the_waiting_page_is_counted_when_it_asks_and_only_once() {
    door.comes(Optional.empty());
    assertThat(asked).containsExactly(1);
    assertThat(await("ann", "192.0.2.1")).isEqualTo(1);
    assertThat(await("bob", "192.0.2.2")).isEqualTo(2);
    ticker.pass(Duration.ofSeconds(4));
    door.comes(Optional.empty());
    assertThat(asked).containsExactly(1, 2);
  }

  @Test
  void who_was_sent_to_a_vm_counts_there_for_some_seconds_and_then_no_more() {
    chat.heard(
        new Pulse.Heartbeat(
            "vm-b", "1", "boot", 1, "b", 0, 3, 0, true, false, List.of(), List.of(), 0));
    for (int time = 0; time < 2; time++) {
      assertThat(Stream.generate(door::seat).limit(4).map(Optional::orElseThrow))
          .containsExactly("b", "b", "/", "b");
      ticker.pass(Duration.ofSeconds(7));
    }
  }

  private static final class Nobody implements ChatListener {
    @Override
    public void said(String room, RoomMessage message) {}

    @Override
    public void historyLost(String room) {}

    @Override
    public void membersChanged(String room) {}

    @Override
    public void peersChanged() {}

    @Override
    public void occupancyChanged() {}

    @Override
    public void drainChanged(boolean draining) {}
  }
}
