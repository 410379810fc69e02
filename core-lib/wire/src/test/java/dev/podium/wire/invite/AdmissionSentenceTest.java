package dev.podium.wire.invite;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

/// What somebody reads whose link does not open the chat.
class AdmissionSentenceTest {
  private static final List<Admission.Refused> ALL =
      List.of(
          new Admission.Malformed("it has not three parts"),
          new Admission.UnknownKey("k-1"),
          new Admission.Forged(),
          new Admission.Expired(Instant.parse("2026-11-30T08:50:12Z")),
          new Admission.WrongFleet("class-b"),
          new Admission.WrongVm("room-2"),
          new Admission.Revoked("i-1"));

  @Test
  void every_refusal_is_one_plain_sentence() {
    assertThat(ALL)
        .extracting(Admission.Refused::sentence)
        .doesNotHaveDuplicates()
        .allSatisfy(sentence ->
            assertThat(sentence)
                .matches("This [^.]*\\.")
                .doesNotContainPattern("parts|signature|fleet|VM|token|T\\d\\d:"));
    assertThat(ALL.get(3).sentence()).isEqualTo("This invite expired on 30 November, 08:50 UTC.");
  }
}
