package dev.podium.core.fleet;

import dev.podium.core.chat.Pulse;
import dev.podium.core.event.FleetEvent.Level;
import dev.podium.core.fleet.RulesInForce.Standing;
import dev.podium.core.health.Moment;
import dev.podium.core.health.Upkeep;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.function.BiConsumer;
import java.util.function.Consumer;

/// Lets all consoles of a fleet run it by the same rules: each tells the others its own at its
/// start, now and then, and whenever it hears older ones; whoever hears newer ones takes them over.
/// Were they to differ, one console would make what another takes away.
///
/// Stands before what keeps the fleet at its size, because it lives by the same ticks. Belongs to
/// the watch's thread, and never blocks it.
final class SharedRules implements Upkeep {
  /// A console that hears nothing for so long has missed one message at most.
  static final Duration AGAIN = Duration.ofSeconds(30);

  /// Many consoles that start at once are answered once.
  static final Duration BETWEEN_ANSWERS = Duration.ofSeconds(2);

  private final String console;
  private final RulesInForce rules;
  private final Upkeep size;
  private final Consumer<Pulse> send;
  private final Executor blocking;
  private final Adopted adopted;
  private final BiConsumer<Level, String> tell;
  private Optional<Long> sentAt = Optional.empty();
  private long sentRevision;
  private long refused;

  /// Receives rules of another console that are in force here now.
  @FunctionalInterface
  interface Adopted {
    void accept(String inWords, FleetRules now);
  }

  /// @param console this console's id
  /// @param send on the pulse topic; returns at once
  /// @param blocking where rules are saved
  /// @param tell for the activity list
  SharedRules(
      String console,
      RulesInForce rules,
      Upkeep size,
      Consumer<Pulse> send,
      Executor blocking,
      Adopted adopted,
      BiConsumer<Level, String> tell) {
    this.console = console;
    this.rules = rules;
    this.size = size;
    this.send = send;
    this.blocking = blocking;
    this.adopted = adopted;
    this.tell = tell;
  }

  @Override
  public int keep(Sight sight, Moment now) {
    boolean due = sentAt.map(at -> now.past(at, AGAIN, 1)).orElse(true);
    if (due || rules.standing().revision() != sentRevision) {
      send(now);
    }
    return size.keep(sight, now);
  }

  @Override
  public void seatsWanted(Pulse.SeatsWanted wanted, Moment now) {
    size.seatsWanted(wanted, now);
  }

  @Override
  public void rulesHeard(Pulse.Rules heard, Moment now) {
    Standing mine = rules.standing();
    if (heard.console().equals(console)) {
      return;
    }
    RulesDraft draft = RulesDraft.of(mine.rules()).withNamed(heard.rules());
    if (rules.isNewer(draft, heard.revision())) {
      blocking.execute(() -> adopt(draft, heard.revision()));
    } else if (heard.revision() < mine.revision()
        && sentAt.map(at -> now.past(at, BETWEEN_ANSWERS, 1)).orElse(true)) {
      send(now);
    }
  }

  private void send(Moment now) {
    Standing standing = rules.standing();
    sentAt = Optional.of(now.nanos());
    sentRevision = standing.revision();
    send.accept(
        new Pulse.Rules(console, standing.revision(), RulesDraft.of(standing.rules()).named()));
  }

  private void adopt(RulesDraft draft, long revision) {
    Map<PolicyMember, String> faults =
        rules.adopt(
            draft, revision, (inWords, now) -> adopted.accept(String.join(", ", inWords), now));
    if (!faults.isEmpty() && isFirst(revision)) {
      tell.accept(
          Level.WARNING,
          "another console's policy cannot be in force here: "
              + RulesDraft.refused(faults).sentence());
    }
  }

  private synchronized boolean isFirst(long revision) {
    boolean first = revision > refused;
    refused = Math.max(refused, revision);
    return first;
  }
}
