package dev.podium.agent.bridge;

import static org.assertj.core.api.Assertions.assertThat;

import dev.podium.agent.ManualTicker;
import dev.podium.agent.bridge.PathCheck.Finding;
import dev.podium.wire.model.PodiumException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class PathCheckTest {
  private final ManualTicker ticker = new ManualTicker();
  private final List<Consumer<@Nullable Throwable>> sent = new ArrayList<>();
  private final List<Finding> findings = new ArrayList<>();
  private final PathCheck check =
      new PathCheck((patience, arrived) -> sent.add(arrived), ticker, findings::add);

  @Test
  void nothing_is_sent_before_the_history_is_complete() {
    pass(Duration.ofMinutes(1));
    assertThat(sent).isEmpty();
    check.begin();
    pass(PathCheck.EVERY);
    assertThat(sent).hasSize(1);
  }

  @Test
  void one_marker_is_on_its_way_at_a_time_and_the_next_comes_after_a_while() {
    check.begin();
    pass(PathCheck.EVERY.multipliedBy(3));
    assertThat(sent).hasSize(1);
    sent.getFirst().accept(null);
    assertThat(findings).containsExactly(new Finding.Late(), new Finding.Came());
    pass(Duration.ofSeconds(1));
    assertThat(sent).hasSize(1);
    pass(PathCheck.EVERY);
    assertThat(sent).hasSize(2);
  }

  @Test
  void what_is_lost_is_told_with_why_and_tried_again_soon() {
    check.begin();
    pass(PathCheck.EVERY);
    sent.getFirst().accept(new TimeoutException());
    assertThat(findings)
        .containsExactly(
            new Finding.Lost(
                "what this VM says on the chat topic has not come back for 10 s", false));
    pass(PathCheck.AGAIN);
    sent.get(1)
        .accept(new PodiumException.NotFound("It was not sent", "it is gone", "Wait.", null));
    assertThat(findings.getLast())
        .isEqualTo(new Finding.Lost("It was not sent: it is gone", false));
  }

  @Test
  void a_minute_of_silence_calls_for_a_new_subscription() {
    check.begin();
    pass(PathCheck.EVERY);
    for (int lost = 1; lost <= 5; lost++) {
      sent.getLast().accept(new TimeoutException());
      assertThat(((Finding.Lost) findings.getLast()).forLong()).isEqualTo(lost == 5);
      pass(PathCheck.AGAIN);
    }
  }

  @Test
  void what_was_sent_for_an_earlier_subscription_says_nothing() {
    check.begin();
    pass(PathCheck.EVERY);
    check.end();
    check.begin();
    sent.getFirst().accept(null);
    assertThat(findings).isEmpty();
  }

  private void pass(Duration span) {
    for (long second = 0; second < span.toSeconds(); second++) {
      ticker.pass(Duration.ofSeconds(1));
      check.look();
    }
  }
}
