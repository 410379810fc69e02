package dev.podium.agent.bridge;

import static org.assertj.core.api.Assertions.assertThat;

import dev.podium.agent.ManualTicker;
import java.time.Instant;
import org.junit.jupiter.api.Test;

/// Which rooms a booting VM has to see complete.
class CatchUpTest {
  private final CatchUp catchUp = new CatchUp(new ManualTicker());

  @Test
  void whoever_names_ten_thousand_rooms_makes_a_vm_wait_for_the_latest_only() {
    for (int room = 0; room < 10_000; room++) {
      catchUp.messageCame("room " + room, Instant.EPOCH);
      catchUp.messageCame("lobby", Instant.EPOCH);
    }
    assertThat(catchUp.takeOldRooms())
        .hasSize(CatchUp.MOST_ROOMS)
        .contains("lobby", "room 9999")
        .doesNotContain("room 0");
    assertThat(catchUp.takeOldRooms()).isEmpty();
  }

  @Test
  void what_was_published_after_the_marker_is_waited_for_by_nobody() {
    catchUp.markerCame(Instant.EPOCH);
    catchUp.messageCame("new", Instant.EPOCH.plusMillis(1));
    catchUp.messageCame("old", Instant.EPOCH);
    assertThat(catchUp.takeOldRooms()).containsExactly("old");
  }
}
