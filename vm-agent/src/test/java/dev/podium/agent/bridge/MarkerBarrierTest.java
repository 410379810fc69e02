package dev.podium.agent.bridge;

import static org.assertj.core.api.Assertions.assertThat;

import dev.podium.wire.chat.ChatMarker;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/// Markers of a room, and those that somebody else sets in this VM's name.
class MarkerBarrierTest {
  private final List<ChatMarker> published = new ArrayList<>();
  private final MarkerBarrier barrier =
      new MarkerBarrier(
          new ChatMarker("vm-a", "boot"),
          (marker, room) -> {
            published.add(marker);
            return CompletableFuture.completedFuture("1");
          },
          Runnable::run);

  @Test
  void a_marker_counts_in_its_own_rooms_order_only() {
    CompletableFuture<Void> passed = barrier.pass("lobby");
    barrier.came(published.getFirst(), Optional.empty());
    barrier.came(published.getFirst(), Optional.of("other"));
    assertThat(passed).isNotDone();
    barrier.came(published.getFirst(), Optional.of("lobby"));
    assertThat(passed).isCompleted();
  }

  @Test
  void a_markers_number_is_not_guessed_from_the_one_before() {
    Set<Integer> steps = new HashSet<>();
    int before = barrier.next().number();
    for (int marker = 0; marker < 20; marker++) {
      int number = barrier.next().number();
      steps.add(number - before);
      before = number;
    }
    assertThat(steps).hasSizeGreaterThan(15);
  }
}
