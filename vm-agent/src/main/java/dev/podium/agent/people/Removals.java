package dev.podium.agent.people;

import dev.podium.wire.cloud.Ticker;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/// Whom a host put out, and for how long yet. Belongs to the chat loop. A new start of the agent
/// knows of nobody; the console tells it again if one of them comes.
public final class Removals {
  /// More than a fleet puts out in a day. The earliest is forgotten for a later one.
  private static final int MOST = 10_000;

  private static final String SENTENCE = "A host put you out of this chat.";

  private final Ticker ticker;
  private final Map<String, Long> untilNanos = new LinkedHashMap<>();

  public Removals(Ticker ticker) {
    this.ticker = ticker;
  }

  /// Puts a person out from now on.
  ///
  /// @param person their id
  public void remove(String person, Duration span) {
    untilNanos.remove(person);
    if (untilNanos.size() >= MOST) {
      untilNanos.remove(untilNanos.keySet().iterator().next());
    }
    untilNanos.put(person, ticker.nanos() + span.toNanos());
  }

  /// Why somebody is not let in, as a sentence for them; empty if nobody put them out.
  public Optional<String> refusal(String person) {
    Long until = untilNanos.get(person);
    if (until == null) {
      return Optional.empty();
    }
    if (until - ticker.nanos() > 0) {
      return Optional.of(SENTENCE);
    }
    untilNanos.remove(person);
    return Optional.empty();
  }
}
