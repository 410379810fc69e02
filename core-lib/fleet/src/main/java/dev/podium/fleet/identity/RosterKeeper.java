package dev.podium.fleet.identity;

import dev.podium.wire.chat.Pulse;
import dev.podium.wire.cloud.Ticker;
import dev.podium.wire.identity.Roster;
import dev.podium.wire.pulse.CloudClock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/// Says which VMs the fleet has: whenever one came, went or moved, and again while some VM goes by
/// an older revision. May be used from any thread.
///
/// All consoles of a fleet do so, and the newest roster counts. Their rosters agree as soon as
/// their lists do, because a console takes the keys over that another one has checked.
final class RosterKeeper {
  /// VMs that come together are one change.
  static final Duration SOON = Duration.ofMillis(300);

  /// The same roster is said again no sooner than this: a VM that missed it says so with each
  /// heartbeat.
  static final Duration AGAIN = Duration.ofSeconds(3);

  /// What nobody heeds is said ever more rarely, down to this. A VM that is deaf or lies must not
  /// make consoles talk for ever. Nor must two consoles that see different fleets for a while.
  static final Duration SELDOM = Duration.ofMinutes(1);

  /// A console that starts waits so long for the VMs' keys, or its first roster would put people
  /// off VMs that are well.
  static final Duration FIRST = Duration.ofSeconds(10);

  /// A revision further ahead than this was made by a clock that is right by now.
  private static final Duration AHEAD = Duration.ofMinutes(1);

  private final EnrolledKeys keys;
  private final String console;
  private final CloudClock clock;
  private final Ticker ticker;
  private final Later later;
  private final Consumer<Pulse> send;
  private final long startedNanos;
  private Roster roster = Roster.NONE;
  private boolean begun;
  private boolean changeDue;
  private boolean answerDue;
  private boolean repetitionDue;
  private boolean said;
  private long saidNanos;
  private Duration again = AGAIN;
  private Duration answer = SOON;

  /// @param clock the cloud's, for revisions
  /// @param send on the pulse topic; returns at once
  RosterKeeper(
      EnrolledKeys keys,
      String console,
      CloudClock clock,
      Ticker ticker,
      Later later,
      Consumer<Pulse> send) {
    this.keys = keys;
    this.console = console;
    this.clock = clock;
    this.ticker = ticker;
    this.later = later;
    this.send = send;
    this.startedNanos = ticker.nanos();
  }

  /// A VM came, went, moved or showed its key.
  synchronized void changed() {
    answer = SOON;
    if (!changeDue) {
      changeDue = true;
      later.run(SOON, this::sayIfChanged);
    }
  }

  /// A VM goes by that revision.
  synchronized void heardOf(long revision) {
    if (revision < roster.revision() && !repetitionDue) {
      repetitionDue = true;
      long since = ticker.nanos() - saidNanos;
      long left = said ? Math.max(0, again.toNanos() - since) : 0;
      later.run(Duration.ofNanos(left), this::sayAgain);
    }
  }

  /// Another console said which VMs it knows.
  ///
  /// @return the numbers of VMs whose keys it knew and this one did not
  synchronized List<String> heard(Roster other) {
    List<String> learned = new ArrayList<>();
    for (Roster.Entry entry : other.entries()) {
      boolean same =
          keys.listed(entry.vmId()).filter(vm -> vm.name().value().equals(entry.vm())).isPresent();
      if (same && !keys.isEnrolled(entry.vmId())) {
        keys.enrol(entry.vmId(), entry.key());
        learned.add(entry.vmId());
      }
    }
    if (other.revision() > roster.revision()) {
      roster = other;
    }
    if (keys.entries().equals(roster.entries())) {
      answer = SOON;
    } else {
      if (!answerDue) {
        answerDue = true;
        later.run(answer, this::contradict);
      }
    }
    return learned;
  }

  private synchronized void contradict() {
    answerDue = false;
    Duration next = longer(answer);
    sayIfChanged();
    answer = next;
  }

  private synchronized void sayIfChanged() {
    changeDue = false;
    if (!begun) {
      boolean waitedLongEnough = ticker.nanos() - startedNanos >= FIRST.toNanos();
      if (!waitedLongEnough && !keys.areComplete()) {
        changed();
        return;
      }
      begun = true;
    }
    Roster next = new Roster(roster.revision(), keys.entries());
    if (!next.hasSameEntries(roster)) {
      say(new Roster(nextRevision(), next.entries()));
    }
  }

  private synchronized void sayAgain() {
    repetitionDue = false;
    if (roster.revision() > clock.now().plus(AHEAD).toEpochMilli()) {
      say(new Roster(nextRevision(), roster.entries()));
    } else if (!roster.equals(Roster.NONE)) {
      Duration next = longer(again);
      say(roster);
      again = next;
    }
  }

  private static Duration longer(Duration span) {
    Duration twice = span.multipliedBy(2);
    return twice.compareTo(SELDOM) < 0 ? twice : SELDOM;
  }

  private long nextRevision() {
    Instant now = clock.now();
    return roster.revision() > now.plus(AHEAD).toEpochMilli()
        ? now.toEpochMilli()
        : Math.max(roster.revision() + 1, now.toEpochMilli());
  }

  private void say(Roster next) {
    roster = next;
    again = AGAIN;
    said = true;
    saidNanos = ticker.nanos();
    send.accept(new Pulse.RosterChanged(console, next));
  }
}
