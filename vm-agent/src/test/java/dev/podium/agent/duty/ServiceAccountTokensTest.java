package dev.podium.agent.duty;

import static org.assertj.core.api.Assertions.assertThat;

import dev.podium.wire.cloud.Ticker;
import dev.podium.wire.model.PodiumException;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

class ServiceAccountTokensTest {
  private static final Optional<String> SILENT = Optional.of("silent");

  private final AtomicLong elapsed = new AtomicLong();
  private final AtomicInteger asked = new AtomicInteger();
  private final AtomicReference<Optional<String>> answer = new AtomicReference<>(Optional.empty());
  private final ServiceAccountTokens tokens =
      new ServiceAccountTokens(
          path -> {
            assertThat(path).isEqualTo("instance/service-accounts/default/token");
            asked.incrementAndGet();
            if (answer.get().equals(SILENT)) {
              throw new PodiumException.Unavailable("It", "is silent", "Wait.", null);
            }
            return answer.get();
          },
          new Ticker() {
            @Override
            public long nanos() {
              return elapsed.get();
            }

            @Override
            public Instant wall() {
              return Instant.EPOCH.plusNanos(elapsed.get());
            }
          });

  private void after(Duration time) {
    elapsed.addAndGet(time.toNanos());
  }

  private static Optional<String> issued(String token, int seconds) {
    return Optional.of(
        "{\"access_token\":\"%s\",\"expires_in\":%d,\"token_type\":\"Bearer\"}"
            .formatted(token, seconds));
  }

  @Test
  void a_token_is_kept_and_replaced_before_its_end() {
    answer.set(issued("one", 3_600));
    assertThat(tokens.token()).isEqualTo("one");
    assertThat(tokens.expires()).isEqualTo(Instant.ofEpochSecond(3_600));
    after(Duration.ofMinutes(56));
    answer.set(issued("two", 3_600));
    assertThat(tokens.token()).isEqualTo("one");
    assertThat(asked).hasValue(1);
    after(Duration.ofSeconds(16));
    assertThat(tokens.token()).isEqualTo("two");
  }

  @Test
  void a_silent_server_leaves_the_token_until_its_end_and_is_not_pressed() {
    answer.set(issued("one", 3_600));
    assertThat(tokens.token()).isEqualTo("one");
    answer.set(SILENT);
    after(Duration.ofMinutes(57));
    assertThat(tokens.token()).isEqualTo("one");
    assertThat(tokens.token()).isEqualTo("one");
    assertThat(asked).hasValue(2);
    after(Duration.ofMinutes(3));
    assertThat(tokens.token()).isEmpty();
    answer.set(issued("two", 3_600));
    after(Duration.ofSeconds(10));
    assertThat(tokens.token()).isEqualTo("two");
  }

  @Test
  void who_has_no_account_asks_as_nobody() {
    assertThat(tokens.token()).isEmpty();
    assertThat(tokens.token()).isEmpty();
    assertThat(asked).hasValue(1);
    answer.set(Optional.of("no json {"));
    after(Duration.ofSeconds(10));
    assertThat(tokens.token()).isEmpty();
  }

  @Test
  void a_token_that_was_refused_is_fetched_anew() {
    answer.set(issued("one", 3_600));
    assertThat(tokens.token()).isEqualTo("one");
    answer.set(issued("two", 3_600));
    tokens.refused("older");
    assertThat(tokens.token()).isEqualTo("one");
    tokens.refused("one");
    assertThat(tokens.token()).isEqualTo("two");
  }
}
