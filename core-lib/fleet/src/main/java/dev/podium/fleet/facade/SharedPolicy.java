package dev.podium.fleet.facade;

import dev.podium.fleet.directory.FleetSettings;
import dev.podium.fleet.event.FleetEvent.Level;
import dev.podium.fleet.health.FleetSizing;
import dev.podium.fleet.invite.InviteDesk;
import dev.podium.fleet.policy.PolicyDraft;
import dev.podium.fleet.policy.PolicyInForce;
import dev.podium.fleet.policy.PolicyInForce.Standing;
import dev.podium.fleet.policy.PolicyMember;
import dev.podium.wire.chat.Pulse;
import dev.podium.wire.cloud.ClockReading;
import dev.podium.wire.model.PodiumException;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.Executor;
import java.util.function.BiConsumer;
import java.util.function.Consumer;

/// Lets all consoles of a fleet run it by the same policy. Each tells the others its own at its
/// start, now and then, and whenever it hears an older one; whoever hears a newer one takes it
/// over. Were they to differ, one console would make what another takes away.
///
/// Every VM can speak on the pulse topic, so a policy counts only if a known console signed it. Its
/// key reaches this console through a VM's metadata, as those do by which invites are good.
///
/// Stands before what keeps the fleet at its size, because it lives by the same ticks. Belongs to
/// the watch's thread, and never blocks it.
final class SharedPolicy implements FleetSizing {
  /// A console that hears nothing for so long has missed one message at most.
  static final Duration AGAIN = Duration.ofSeconds(30);

  /// Many consoles that start at once are answered once.
  static final Duration BETWEEN_ANSWERS = Duration.ofSeconds(2);

  /// A console that starts waits so long for its own first message, behind which are the answers:
  /// its policy may be old.
  static final Duration FIRST = Duration.ofSeconds(10);

  private final String fleet;
  private final String console;
  private final InviteDesk desk;
  private final PolicyInForce policy;
  private final FleetSizing size;
  private final Consumer<Pulse> send;
  private final Executor blocking;
  private final Runnable learn;
  private final BiConsumer<Level, String> tell;
  private Optional<Long> begun = Optional.empty();
  private boolean cameBack;
  private boolean answerOwed;
  private long sentAt;
  private long sentRevision;
  private long refused;

  /// @param settings name the fleet and this console
  /// @param desk signs, and knows the other consoles' keys
  /// @param send on the pulse topic; returns at once
  /// @param blocking where signatures are made and checked, and the policy is saved
  /// @param learn reads which consoles the fleet's VMs know; blocks, and does nothing if that was
  ///   just done
  /// @param tell for the activity list
  SharedPolicy(
      FleetSettings settings,
      InviteDesk desk,
      PolicyInForce policy,
      FleetSizing size,
      Consumer<Pulse> send,
      Executor blocking,
      Runnable learn,
      BiConsumer<Level, String> tell) {
    this.fleet = settings.fleet();
    this.console = settings.console();
    this.desk = desk;
    this.policy = policy;
    this.size = size;
    this.send = send;
    this.blocking = blocking;
    this.learn = learn;
    this.tell = tell;
  }

  @Override
  public int vmsToKeep(WatchStatus status, ClockReading now) {
    Duration pause = answerOwed || !cameBack ? BETWEEN_ANSWERS : AGAIN;
    if (begun.isEmpty()
        || now.past(sentAt, pause, 1)
        || policy.standing().revision() != sentRevision) {
      begun = Optional.of(begun.orElse(now.nanos()));
      send(now);
    }
    boolean waits = !cameBack && !now.past(begun.get(), FIRST, 1);
    return waits ? Integer.MAX_VALUE : size.vmsToKeep(status, now);
  }

  @Override
  public void seatsWanted(Pulse.SeatsWanted wanted, ClockReading now) {
    size.seatsWanted(wanted, now);
  }

  @Override
  public Optional<PodiumException> stopped() {
    return size.stopped();
  }

  @Override
  public void policyHeard(Pulse.Policy heard, ClockReading now) {
    if (heard.console().equals(console)) {
      cameBack = true;
      return;
    }
    Standing mine = policy.standing();
    PolicyDraft draft = PolicyDraft.of(mine.policy()).withNamed(heard.members());
    if (policy.isNewer(draft, heard.revision())) {
      blocking.execute(() -> adopt(draft, heard));
    } else if (heard.revision() < mine.revision()) {
      answerOwed = true;
    }
  }

  private void send(ClockReading now) {
    Standing standing = policy.standing();
    answerOwed = false;
    sentAt = now.nanos();
    sentRevision = standing.revision();
    blocking.execute(() -> {
      Map<String, String> named = PolicyDraft.of(standing.policy()).named();
      String signature = desk.sign(text(standing.revision(), named));
      send.accept(new Pulse.Policy(console, standing.revision(), named, desk.key(), signature));
    });
  }

  /// What is signed.
  private String text(long revision, Map<String, String> named) {
    return "the rules of fleet " + fleet + ", " + revision + ": " + new TreeMap<>(named);
  }

  private void adopt(PolicyDraft draft, Pulse.Policy heard) {
    if (!vouched(heard)) {
      learn.run();
      if (!vouched(heard)) {
        return; // A console that no VM knows, or none.
      }
    }
    try {
      Map<PolicyMember, String> faults = policy.adopt(draft, heard.revision());
      if (!faults.isEmpty()) {
        refused(heard.revision(), PolicyDraft.refused(faults).sentence());
      }
    } catch (PodiumException failed) {
      refused(heard.revision(), failed.sentence());
    }
  }

  private boolean vouched(Pulse.Policy heard) {
    return desk.vouches(heard.key(), text(heard.revision(), heard.members()), heard.signature());
  }

  private synchronized void refused(long revision, String why) {
    if (revision > refused) {
      refused = revision;
      tell.accept(Level.WARNING, "another console's policy is not in force here: " + why);
    }
  }
}
