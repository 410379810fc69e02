package dev.podium.desktop.program;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

class ShutdownTest {
  private final List<String> stopped = new CopyOnWriteArrayList<>();
  private final Shutdown shutdown = new Shutdown();

  @Test
  void what_started_last_stops_first() {
    shutdown.add("the cloud", () -> stopped.add("cloud"));
    shutdown.add("the server", () -> stopped.add("server"));

    shutdown.close();
    shutdown.close();

    assertThat(stopped).containsExactly("server", "cloud");
    assertThat(shutdown.failures()).isEmpty();
  }

  @Test
  void a_part_that_fails_or_hangs_is_named_and_does_not_keep_the_others_up() {
    CountDownLatch never = new CountDownLatch(1);
    shutdown.add("the cloud", () -> stopped.add("cloud"));
    shutdown.add("the sleeper", never::await);
    shutdown.add(
        "the broken one",
        () -> {
          throw new IOException("no more disk");
        });

    shutdown.close();

    assertThat(stopped).containsExactly("cloud");
    assertThat(shutdown.failures())
        .hasSize(2)
        .anyMatch(failure -> failure.contains("the sleeper did not stop in time"))
        .anyMatch(failure -> failure.contains("no more disk"));
  }

  @Test
  void a_part_that_starts_too_late_is_stopped_at_once_and_ends_the_start() {
    shutdown.close();

    assertThatThrownBy(() -> shutdown.add("the late one", () -> stopped.add("late")))
        .isInstanceOf(IllegalStateException.class);

    assertThat(stopped).containsExactly("late");
  }

  @Test
  void a_dropped_part_stops_at_once_and_only_once() {
    AutoCloseable session = shutdown.add("the session", () -> stopped.add("session"));

    shutdown.drop(session);
    shutdown.close();

    assertThat(stopped).containsExactly("session");
  }
}
