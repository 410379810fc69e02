package dev.podium.localcloud.state.token;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

class IssuedTokensTest {
  private final AtomicReference<Instant> now =
      new AtomicReference<>(Instant.parse("2026-11-22T17:00:00Z"));
  private final IssuedTokens tokens = new IssuedTokens(now::get);

  @Test
  void a_token_speaks_for_its_account_until_it_expires() {
    String token = tokens.issue("vm@podium.local", List.of("a", "b"), Duration.ofHours(1));

    now.updateAndGet(time -> time.plusSeconds(3599));
    assertThat(tokens.find(token))
        .hasValueSatisfying(grant -> {
          assertThat(grant.email()).isEqualTo("vm@podium.local");
          assertThat(grant.scopes()).containsExactly("a", "b");
        });

    now.updateAndGet(time -> time.plusSeconds(1));
    assertThat(tokens.find(token)).isEmpty();
  }

  @Test
  void a_revoked_token_is_worthless_at_once() {
    String token = tokens.issue("operator@podium.local", List.of("a"), Duration.ofHours(1));

    assertThat(tokens.revoke(token)).isTrue();
    assertThat(tokens.find(token)).isEmpty();
    assertThat(tokens.revoke(token)).isFalse();
  }

  @Test
  void all_tokens_of_one_person_can_be_revoked_and_whoever_renews_them_is_told() {
    String operator = tokens.issue("operator@podium.local", List.of("a"), Duration.ofHours(1));
    String viewer = tokens.issue("viewer@podium.local", List.of("a"), Duration.ofHours(1));
    List<Optional<String>> told = new ArrayList<>();
    tokens.onRevokeAll(told::add);

    assertThat(tokens.revokeAll(Optional.of("operator@podium.local"))).isEqualTo(1);
    assertThat(tokens.find(operator)).isEmpty();
    assertThat(tokens.find(viewer)).isPresent();
    assertThat(tokens.revokeAll(Optional.empty())).isEqualTo(1);
    assertThat(tokens.find(viewer)).isEmpty();
    assertThat(told).containsExactly(Optional.of("operator@podium.local"), Optional.empty());
  }

  @Test
  void an_account_keeps_its_number() {
    assertThat(IssuedTokens.subjectOf("Operator@podium.local"))
        .matches("1[0-9]{20}")
        .isEqualTo(IssuedTokens.subjectOf("operator@podium.local"))
        .isNotEqualTo(IssuedTokens.subjectOf("viewer@podium.local"));
  }
}
