package dev.podium.agent.checker;

import static org.assertj.core.api.Assertions.assertThat;

import dev.podium.agent.checker.Nemesis.Misfortune;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/// A short run with every build.
class CheckerTest {
  @TempDir static Path folder;

  @Test
  @DisabledOnOs(value = OS.WINDOWS, disabledReason = "Windows has no signals to stop a VM with")
  void whatever_happens_every_acknowledged_message_is_shown_once_in_one_order_and_gaps_are_told()
      throws Exception {
    Checker.Scale scale = new Checker.Scale(300, 2, 5, 2, 300, 1_000, List.of(Misfortune.values()));
    long seed = Long.getLong("podium.seed", System.nanoTime() >>> 20);
    Verdict verdict =
        Checker.run(scale, seed, Machines.agent("-XX:TieredStopAtLevel=1"), folder, System.out);
    assertThat(verdict.good()).as(verdict.toString()).isTrue();
    assertThat(verdict.acknowledged()).isGreaterThanOrEqualTo(scale.messages());
  }
}
