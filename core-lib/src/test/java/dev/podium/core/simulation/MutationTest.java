package dev.podium.core.simulation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import java.time.Duration;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/// Shows that the simulator would notice: each rule is broken on purpose, and a promise breaks.
class MutationTest {
  private static final Duration SPAN = Duration.ofHours(4);
  private static final int SEEDS = 300;

  /// The seed is the first that notices, or a little before it. A tab that was left open shows best
  /// where nothing else goes wrong.
  static Stream<Arguments> mutations() {
    return Stream.of(
        Arguments.of("no doubt", new Mutations.NoDoubt(), 14),
        Arguments.of("no fence on a drain", new Mutations.NoFence(), 70),
        Arguments.of("no throttle", new Mutations.NoThrottle(), 3),
        Arguments.of("no breaker", new Mutations.NoBreaker(), 30),
        Arguments.of("sockets are use", new Mutations.SocketsAreUse(), 34),
        Arguments.of("one poll is trusted", new Mutations.OnePoll(), 8),
        Arguments.of("no last look", new Mutations.NoLastLook(), 84),
        Arguments.of("claims are ignored", new Mutations.ClaimIgnored(), 181),
        Arguments.of("slots have random names", new Mutations.RandomNames(), 2),
        Arguments.of("sleep is not noticed", new Mutations.NoSleep(), 50));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("mutations")
  void a_broken_rule_breaks_a_promise(String name, Mutation mutation, long from) {
    for (long seed = from; seed < from + SEEDS; seed++) {
      try {
        new Simulation(seed, faults(mutation), mutation).run(SPAN);
      } catch (Broken noticed) {
        System.out.printf("%s: %s%n", name, noticed.getMessage());
        assertThat(noticed.promise).isNotBlank();
        return;
      }
    }
    fail("no seed from " + from + " on notices: " + name);
  }

  static @Nullable Faults faults(Mutation mutation) {
    return mutation instanceof Mutations.SocketsAreUse ? Faults.none() : null;
  }
}
