package dev.podium.fleet.identity;

import dev.podium.fleet.cloud.IdentityTokens;
import dev.podium.fleet.event.EventStream;
import dev.podium.wire.chat.Pulse;
import dev.podium.wire.cloud.Ticker;
import dev.podium.wire.pulse.CloudClock;
import dev.podium.wire.pulse.PulseCheck;
import dev.podium.wire.pulse.PulseRejection;
import dev.podium.wire.pulse.ReceivedPulse;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.Executor;
import java.util.function.Consumer;

/// What a console believes of what comes over the pulse topic.
///
/// A VM whose key is known is heard by its signature alone. One whose key is not is judged by what
/// is said in its name, as before there were keys. It may be booting, or of an older release, and
/// must not end for it. Whatever is said of it, nobody is sent there. May be used from any thread.
public final class PulseIntake implements AutoCloseable {
  /// What comes of it.
  public interface Listener {
    /// A pulse that is believed.
    void believed(ReceivedPulse pulse);

    /// A VM is heard by its signature alone from now on.
    ///
    /// @param vmId the cloud's number for it
    void enrolled(String vmId);
  }

  private final EnrolledKeys keys;
  private final PulseCheck check;
  private final Executor blocking;
  private final Runnable learn;
  private final EventStream events;
  private final Enrolment enrolment;
  private final RosterKeeper roster;
  private volatile Optional<Listener> listener = Optional.empty();
  private EventStream.Subscription following = () -> {};

  /// @param clock the cloud's
  /// @param blocking where tokens are checked and VMs' metadata read
  /// @param learn reads which consoles the fleet's VMs know; blocks, and does nothing if that was
  ///   just done
  /// @param send on the pulse topic; returns at once
  public PulseIntake(
      String fleet,
      String console,
      EnrolledKeys keys,
      IdentityTokens tokens,
      CloudClock clock,
      Ticker ticker,
      Later later,
      Executor blocking,
      Runnable learn,
      EventStream events,
      Consumer<Pulse> send) {
    this.keys = keys;
    this.check = new PulseCheck(fleet, keys);
    this.blocking = blocking;
    this.learn = learn;
    this.events = events;
    this.roster = new RosterKeeper(keys, console, clock, ticker, later, send);
    this.enrolment =
        new Enrolment(
            fleet,
            console,
            keys,
            tokens,
            clock::now,
            ticker,
            blocking,
            later,
            send,
            this::enrolled);
  }

  /// Begins to follow the fleet and to tell what is believed. Returns at once.
  public void start(Listener told) {
    listener = Optional.of(told);
    following =
        keys.follow(
            events,
            vm -> {
              enrolment.listed(vm);
              roster.changed();
            });
  }

  /// A message came. On a thread of the bus; takes a few tenths of a millisecond.
  public void take(ReceivedPulse received) {
    switch (received.pulse()) {
      case Pulse.Announcement shown -> {
        if (isProved(received)) {
          enrolment.shown(shown);
        }
      }
      case Pulse.RosterChanged changed -> rosterChanged(received, changed);
      // It carries a console's signature of its own, which the earlier release checks as well.
      case Pulse.Policy _ -> tell(received);
      case Pulse.Canary _ -> {
        if (isProved(received)) {
          tell(received);
        }
      }
      case Pulse.Heartbeat beat -> {
        word(
            received,
            Optional.of(beat.vmId()).filter(id -> keys.listed(id).isPresent()),
            beat.vm());
        if (keys.isEnrolled(beat.vmId())) {
          roster.heardOf(beat.roster());
        }
      }
      case Pulse.DrainAnswer answer -> word(received, keys.idOf(answer.vm()), answer.vm());
      case Pulse.SeatsWanted wanted -> word(received, keys.idOf(wanted.vm()), wanted.vm());
      case Pulse.Goodbye goodbye -> word(received, keys.idOf(goodbye.vm()), goodbye.vm());
      // What consoles say to VMs is not for consoles.
      case Pulse.DrainRequest _, Pulse.DrainCancelled _, Pulse.KeysWanted _ -> {}
    }
  }

  /// Something is said in a VM's name.
  ///
  /// @param vmId of the VM of that name, if it is listed
  private void word(ReceivedPulse received, Optional<String> vmId, String vm) {
    Optional<PulseRejection> why = check.prove(received);
    if (why.isEmpty()) {
      tell(received);
    } else if (vmId.filter(keys::isEnrolled).isPresent()) {
      // An agent that was started anew has another key, and shows it when it is asked.
      if (why.get() == PulseRejection.UNKNOWN_KEY) {
        enrolment.keyWanted(vm);
      }
      check.count(why.get());
    } else if (why.get() == PulseRejection.UNKNOWN_KEY) {
      enrolment.keyWanted(vm);
      tell(received);
    } else if (why.get() == PulseRejection.UNSIGNED && vmId.isPresent()) {
      tell(received);
    } else {
      check.count(why.get());
    }
  }

  private void rosterChanged(ReceivedPulse received, Pulse.RosterChanged changed) {
    Optional<PulseRejection> why = check.prove(received);
    if (why.isEmpty()) {
      roster.heard(changed.roster()).forEach(this::enrolled);
    } else if (why.get() == PulseRejection.UNKNOWN_KEY) {
      // A console that this one has not met. It says its roster again while a VM lacks it.
      blocking.execute(learn);
    } else {
      check.count(why.get());
    }
  }

  private boolean isProved(ReceivedPulse received) {
    Optional<PulseRejection> why = check.prove(received);
    why.ifPresent(check::count);
    return why.isEmpty();
  }

  private void enrolled(String vmId) {
    listener.ifPresent(told -> told.enrolled(vmId));
    roster.changed();
  }

  private void tell(ReceivedPulse pulse) {
    listener.ifPresent(told -> told.believed(pulse));
  }

  /// How many messages were dropped for that, since the console started.
  public long rejected(PulseRejection why) {
    return check.rejected(why);
  }

  /// The same for every reason, by its name in small letters.
  public Map<String, Long> dropped() {
    Map<String, Long> dropped = new TreeMap<>();
    for (PulseRejection why : PulseRejection.values()) {
      dropped.put(why.name().toLowerCase(Locale.ROOT), check.rejected(why));
    }
    return dropped;
  }

  @Override
  public void close() {
    following.close();
  }
}
