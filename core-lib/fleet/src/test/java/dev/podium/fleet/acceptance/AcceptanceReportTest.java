package dev.podium.fleet.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.podium.fleet.acceptance.AcceptanceStep.Result;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

/// What a user attaches to an issue.
class AcceptanceReportTest {
  private static AcceptanceReport report(AcceptanceStep... steps) {
    return new AcceptanceReport(
        "1.0",
        "class-1",
        "us-central1-a",
        Instant.parse("2026-03-02T09:00:00Z"),
        0.012,
        List.of(steps));
  }

  private static AcceptanceStep step(Result result, String finding) {
    return new AcceptanceStep("A promise", result, Duration.ofSeconds(3), finding);
  }

  @Test
  void it_holds_no_token_no_invite_and_no_persons_address() {
    String text =
        report(
                step(
                    Result.BROKEN,
                    "ann.lee@example.org was refused at http://10.0.0.1:8080/#t=eyJhbGci.e30.c2ln with"
                        + " ya29.secret-Token and eyJhbGciOi.abc.def"))
            .text();
    assertThat(text)
        .contains("…@example.org", "#t=…", "BROKEN")
        .doesNotContain("ann.lee", "eyJhbGci.e30", "secret-Token", "abc.def");
  }

  @Test
  void it_passes_only_where_every_promise_was_kept() {
    assertThat(report(step(Result.KEPT, "")).passed()).isTrue();
    assertThat(report(step(Result.KEPT, ""), step(Result.NOT_TRIED, "")).passed()).isFalse();
    assertThat(report().passed()).isFalse();
    assertThat(report(step(Result.KEPT, "")).text())
        .contains("It could cost $0.01 at most at list prices.", "Every promise was kept.");
  }
}
