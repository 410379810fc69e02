package dev.podium.fleet.health.record;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.podium.fleet.health.record.HealthLimits.Ends;
import dev.podium.fleet.health.record.HealthLimits.Observer;
import dev.podium.fleet.health.record.HealthLimits.Silence;
import dev.podium.fleet.health.record.HealthLimits.Use;
import dev.podium.fleet.health.record.HealthLimits.Watching;
import dev.podium.wire.model.PodiumException;
import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.RecordComponent;
import java.time.Duration;
import java.util.Arrays;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class HealthLimitRangesTest {
  // Where one number must not exceed the next, they lie far apart, so that each can be moved to
  // both ends of its range alone.
  private static final Watching WATCHING = HealthLimits.standard().watching();
  private static final Silence SILENCE =
      new Silence(
          seconds(12), hours(1), hours(6), 3, days(1), 2, minutes(10), minutes(5), minutes(10));
  private static final Use USE = HealthLimits.standard().use();
  private static final Observer OBSERVER =
      new Observer(seconds(3), minutes(10), seconds(2), minutes(2), seconds(10), minutes(10), 0.55);
  private static final Ends ENDS = new Ends(minutes(2), days(7), 0.2, 3, 0.55, minutes(3));

  /// One member and the range that it must be in.
  ///
  /// @param words what a refusal calls it
  record Range(Record group, String member, String words, Object least, Object most) {
    @Override
    public String toString() {
      return name(group.getClass(), member);
    }
  }

  static Stream<Range> ranges() {
    return Stream.of(
        new Range(WATCHING, "heartbeat", "the heartbeat's interval", seconds(1), minutes(1)),
        new Range(WATCHING, "tick", "the monitor's tick", millis(50), seconds(5)),
        new Range(WATCHING, "list", "the list's interval", millis(500), minutes(5)),
        new Range(WATCHING, "probe", "the probe's interval", millis(200), minutes(5)),
        new Range(WATCHING, "probeTimeout", "the probe's timeout", millis(100), minutes(1)),
        new Range(SILENCE, "late", "the lateness of a heartbeat", seconds(1), hours(1)),
        new Range(SILENCE, "suspect", "the limit for SUSPECT", SILENCE.late(), hours(1)),
        new Range(SILENCE, "unreachable", "the limit for UNREACHABLE", SILENCE.suspect(), hours(6)),
        new Range(SILENCE, "failedProbes", "the number of failed probes", 1, 20),
        new Range(SILENCE, "condemned", "the limit for CONDEMNED", SILENCE.unreachable(), days(1)),
        new Range(SILENCE, "signsToReturn", "the number of signs", 1, 20),
        new Range(SILENCE, "boot", "the limit for booting", seconds(5), days(1)),
        new Range(SILENCE, "broken", "the limit for BROKEN", seconds(1), days(1)),
        new Range(SILENCE, "stopped", "the limit for a stopped VM", seconds(1), days(30)),
        new Range(USE, "window", "the window of use", minutes(1), days(1)),
        new Range(USE, "emptyHeartbeats", "the number of empty heartbeats", 1, 100),
        new Range(USE, "idle", "the idle limit", seconds(5), days(30)),
        new Range(USE, "minimumAge", "the minimum age", Duration.ZERO, days(30)),
        new Range(USE, "drainAnswer", "the wait for a drain", millis(500), minutes(10)),
        new Range(USE, "drainRetry", "the wait after a refusal", millis(500), days(1)),
        new Range(USE, "condemnedInUse", "the wait for the operator", seconds(1), days(7)),
        new Range(OBSERVER, "lateTick", "the lateness of a tick", millis(100), minutes(1)),
        new Range(OBSERVER, "sleep", "the gap that means sleep", OBSERVER.lateTick(), minutes(10)),
        new Range(OBSERVER, "drift", "the drift of the clocks", millis(100), minutes(1)),
        new Range(OBSERVER, "calm", "the calm after a sleep", Duration.ZERO, hours(1)),
        new Range(OBSERVER, "canary", "the canary's interval", millis(500), minutes(5)),
        new Range(OBSERVER, "canaryLimit", "the canary's limit", OBSERVER.canary(), minutes(10)),
        new Range(OBSERVER, "silentShare", "the silent share", 0.0, 1.0),
        new Range(ENDS, "every", "the pause between deletions", Duration.ZERO, days(1)),
        new Range(ENDS, "window", "the window of deletions", ENDS.every(), days(7)),
        new Range(ENDS, "share", "the share of deletions", 0.0, 1.0),
        new Range(ENDS, "breakerCount", "the breaker's count", 1, 10_000),
        new Range(ENDS, "breakerShare", "the breaker's share", 0.0, 1.0),
        new Range(ENDS, "claim", "the life of a claim", seconds(1), hours(1)));
  }

  static Stream<Range> shares() {
    return ranges().filter(range -> range.least() instanceof Double);
  }

  @Test
  void every_number_has_a_range() {
    assertThat(ranges().map(Range::toString))
        .containsExactlyElementsOf(
            Arrays.stream(HealthLimits.class.getRecordComponents())
                .map(RecordComponent::getType)
                .flatMap(group ->
                    Arrays.stream(group.getRecordComponents())
                        .map(member -> name(group, member.getName())))
                .toList());
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("ranges")
  void a_number_at_either_end_of_its_range_is_accepted(Range range) {
    assertThatCode(() -> with(range, range.least())).doesNotThrowAnyException();
    assertThatCode(() -> with(range, range.most())).doesNotThrowAnyException();
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("ranges")
  void a_number_just_below_its_range_is_refused_by_name(Range range) {
    assertRefused(range, beside(range.least(), -1));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("ranges")
  void a_number_just_above_its_range_is_refused_by_name(Range range) {
    assertRefused(range, beside(range.most(), 1));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("shares")
  void a_share_that_is_no_number_is_refused_by_name(Range range) {
    assertRefused(range, Double.NaN);
  }

  private static void assertRefused(Range range, Object value) {
    assertThatThrownBy(() -> with(range, value))
        .isInstanceOf(InvocationTargetException.class)
        .cause()
        .isInstanceOf(PodiumException.Invalid.class)
        .hasMessageContaining(range.words() + " is ");
  }

  /// Makes the member's group with this value for it, and the others as they are.
  private static void with(Range range, Object value) throws ReflectiveOperationException {
    RecordComponent[] members = range.group().getClass().getRecordComponents();
    Object[] values = new Object[members.length];
    for (int i = 0; i < members.length; i++) {
      values[i] =
          members[i].getName().equals(range.member())
              ? value
              : members[i].getAccessor().invoke(range.group());
    }
    Constructor<?> canonical =
        range
            .group()
            .getClass()
            .getConstructor(
                Arrays.stream(members).map(RecordComponent::getType).toArray(Class<?>[]::new));
    canonical.newInstance(values);
  }

  /// The value next to this one, the way of the sign.
  private static Object beside(Object value, int sign) {
    return switch (value) {
      case Duration span -> span.plusNanos(sign);
      case Integer count -> count + sign;
      case Double share -> sign > 0 ? Math.nextUp(share) : Math.nextDown(share);
      default -> throw new IllegalArgumentException("No range goes from " + value);
    };
  }

  private static String name(Class<?> group, String member) {
    return group.getSimpleName() + "." + member;
  }

  private static Duration millis(long millis) {
    return Duration.ofMillis(millis);
  }

  private static Duration seconds(long seconds) {
    return Duration.ofSeconds(seconds);
  }

  private static Duration minutes(long minutes) {
    return Duration.ofMinutes(minutes);
  }

  private static Duration hours(long hours) {
    return Duration.ofHours(hours);
  }

  private static Duration days(long days) {
    return Duration.ofDays(days);
  }
}
