package dev.podium.fleet.simulation;

import static org.assertj.core.api.Assertions.fail;

import java.time.Duration;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/// Shows that the simulator would notice: each rule is broken on purpose, and a promise breaks.
class MutationTest {
  private static final Duration SPAN = Duration.ofHours(4);
  private static final int SEEDS = 300;

  /// Each with the promise that it breaks, and a seed at which to begin: the first that notices, or
  /// a little before it. A tab that was left open shows best where nothing else goes wrong.
  static Stream<Arguments> mutations() {
    String throttled = "health deletions are throttled across consoles";
    String drained = "no VM but the stolen one drains for what it says";
    return Stream.of(
        Arguments.of(
            "no doubt", new Mutations.NoDoubt(), "a console that hears nothing ends nothing", 350),
        Arguments.of(
            "no fence on a drain", new Mutations.NoFence(), "a drained VM's door is closed", 120),
        Arguments.of(
            "any agent's word counts",
            new Mutations.AnyAgent(),
            "a drained VM's door is closed",
            140),
        Arguments.of("no throttle", new Mutations.NoThrottle(), throttled, 28),
        Arguments.of(
            "no breaker",
            new Mutations.NoBreaker(),
            "nothing ends for its health while most of the fleet is bad",
            51),
        Arguments.of(
            "sockets are use",
            new Mutations.SocketsAreUse(),
            "nothing useless outlives its limit",
            40),
        Arguments.of(
            "one poll is trusted",
            new Mutations.OnePoll(),
            "a VM is dead only after a long silence, the longer if it was in use",
            18),
        Arguments.of("no last look", new Mutations.NoLastLook(), throttled, 260),
        Arguments.of(
            "what ended before is not read",
            new Mutations.NoHistory(),
            "a share of the fleet at most ends for its health",
            30),
        Arguments.of("claims are ignored", new Mutations.ClaimIgnored(), throttled, 925),
        Arguments.of(
            "slots have random names",
            new Mutations.RandomNames(),
            "no two machines for one slot",
            3),
        Arguments.of(
            "sleep is not noticed",
            new Mutations.NoSleep(),
            "nothing ends until a console that slept is calm",
            158),
        Arguments.of("signatures are not checked", new IdentityMutations.NoSignature(), drained, 1),
        Arguments.of("age is not checked", new IdentityMutations.NoAge(), drained, 286),
        Arguments.of("numbers are not checked", new IdentityMutations.NoNumber(), drained, 325),
        Arguments.of(
            "names are not matched to keys",
            new IdentityMutations.AnyName(),
            "no VM but the stolen one is muted for what it says",
            10),
        Arguments.of(
            "revisions are not checked",
            new IdentityMutations.AnyRoster(),
            "nobody goes by an older roster",
            1),
        Arguments.of(
            "addresses come from heartbeats",
            new IdentityMutations.OwnAddress(),
            "nobody is sent off the roster",
            2),
        Arguments.of(
            "wants are without a bound",
            new IdentityMutations.EndlessWants(),
            "a stolen VM makes the fleet grow by 200 seats at most",
            10),
        Arguments.of(
            "a blocked path is the VMs' fault",
            new SightMutations.NoPath(),
            "nothing ends because a console's way to it is blocked",
            1),
        Arguments.of(
            "the computer's clock is the cloud's",
            new SightMutations.OwnClock(),
            "no held VM is destroyed before its hold ends by the cloud's clock",
            1),
        Arguments.of(
            "deafness is not noticed",
            new SightMutations.NoDeafness(),
            "nobody is called healthy by a console that hears nothing",
            1),
        Arguments.of("who drains need not sign", new IdentityMutations.AnyAsker(), drained, 1));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("mutations")
  void a_broken_rule_breaks_a_promise_that_is_kept_without_it(
      String name, Mutation mutation, String promise, long from) {
    for (long seed = from; seed < from + SEEDS; seed++) {
      Optional<Broken> noticed = broken(seed, faults(mutation), mutation);
      if (noticed.filter(one -> one.promise.equals(promise)).isPresent()
          && broken(seed, faults(mutation), new Mutation()).isEmpty()) {
        System.out.printf("%s: %s%n", name, noticed.get().getMessage());
        return;
      }
    }
    fail("no seed from " + from + " on notices: " + name);
  }

  private static Optional<Broken> broken(long seed, @Nullable Faults faults, Mutation mutation) {
    try {
      new Simulation(seed, faults, mutation).run(SPAN);
      return Optional.empty();
    } catch (Broken noticed) {
      return Optional.of(noticed);
    }
  }

  static @Nullable Faults faults(Mutation mutation) {
    return switch (mutation) {
      case Mutations.SocketsAreUse _ -> Faults.none();
      case SightMutations.NoPath _ -> Faults.cutProbes();
      case SightMutations.OwnClock _ -> Faults.skewedClocks();
      case SightMutations.NoDeafness _ -> Faults.deletedTopics();
      case Mutations.NoHistory _ -> Faults.deathsAndCrashes();
      case Mutations.AnyAgent _ -> Faults.restartsUnheard();
      case IdentityMutations.EndlessWants _ -> Faults.greed();
      case IdentityMutations.NoSignature _,
          IdentityMutations.NoAge _,
          IdentityMutations.NoNumber _,
          IdentityMutations.AnyName _,
          IdentityMutations.AnyRoster _,
          IdentityMutations.OwnAddress _,
          IdentityMutations.AnyAsker _ ->
          Faults.theft();
      default -> null;
    };
  }
}
