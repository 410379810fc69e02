package dev.podium.agent.checker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.podium.agent.checker.Nemesis.Misfortune;
import dev.podium.bench.Emulator;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/// A short run with every build.
class CheckerTest {
  private static final Checker.Scale SCALE =
      new Checker.Scale(300, 2, 5, 2, 300, 1_000, List.of(Misfortune.values()), true);

  @TempDir static Path folder;
  private final long seed = Long.getLong("podium.seed", System.nanoTime() >>> 20);

  @Test
  @DisabledOnOs(value = OS.WINDOWS, disabledReason = "Windows has no signals to stop a VM with")
  void whatever_happens_every_acknowledged_message_is_shown_once_in_one_order_and_gaps_are_told()
      throws Exception {
    Verdict verdict = Checker.run(SCALE, seed, folder, System.out);
    assertThat(verdict.good()).as(verdict.toString()).isTrue();
    assertThat(verdict.acknowledged()).isGreaterThanOrEqualTo(SCALE.messages());
  }

  @Test
  @DisabledOnOs(value = OS.WINDOWS, disabledReason = "Windows has no signals to stop a VM with")
  void the_same_but_for_the_order_holds_on_googles_emulator() throws Exception {
    Optional<Path> jar = Emulator.jar();
    assumeTrue(
        jar.isPresent(),
        "Google's Pub/Sub emulator is not installed: install gcloud and its component"
            + " pubsub-emulator to run this test");
    try (Emulator emulator = Emulator.start(jar.orElseThrow())) {
      Verdict verdict = Checker.run(SCALE, seed, folder, emulator, System.out);
      // Its subscriptions disagree on the order of what is published at the same moment.
      assertThat(verdict.withoutOrder().good()).as(verdict.toString()).isTrue();
      assertThat(verdict.acknowledged()).isGreaterThanOrEqualTo(SCALE.messages());
    }
  }
}
