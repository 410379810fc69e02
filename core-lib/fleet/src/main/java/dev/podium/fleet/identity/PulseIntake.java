package dev.podium.fleet.identity;

import dev.podium.fleet.cloud.IdentityTokens;
import dev.podium.fleet.event.EventStream;
import dev.podium.fleet.model.Vm;
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
/// A VM whose key is known is heard by its signature alone. One of a release without signatures is
/// judged by what is said in its name, as before there were keys. One that signs and whose key is
/// not known yet may be booting, and must not end for it. What is said in its name is a sign of
/// life, and nothing more ([UnprovedHeartbeats]). Nobody is sent to either. May be used from any
/// thread.
public final class PulseIntake implements AutoCloseable {
  /// What comes of it.
  public interface Listener {
    /// A pulse that is believed.
    void believed(ReceivedPulse pulse);

    /// A VM is heard by its signature alone from now on.
    ///
    /// @param vmId the cloud's number for it
    void enrolled(String vmId);

    /// A VM that was made to sign what it says has signed nothing for longer than a boot takes.
    /// Told more than once.
    ///
    /// @param vmId the cloud's number for it
    default void neverSigns(String vmId) {}
  }

  private final EnrolledKeys keys;
  private final PulseCheck check;
  private final Executor blocking;
  private final Runnable learn;
  private final EventStream events;
  private final Enrolment enrolment;
  private final RosterKeeper roster;
  private final UnprovedHeartbeats unproved;
  private final UnsignedVms unsigned = new UnsignedVms();
  private final Ticker ticker;
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
    this.unproved = new UnprovedHeartbeats();
    this.check = new PulseCheck(fleet, keys, keys::read, ticker);
    this.blocking = blocking;
    this.learn = learn;
    this.events = events;
    this.ticker = ticker;
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
              if (keys.listed(vm.id()).isEmpty()) {
                var _ = unproved.awaited(vm.id());
              }
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
        if (word(received, keys.listed(beat.vmId()), beat.vm())) {
          roster.heardOf(beat.roster());
        }
      }
      case Pulse.DrainAnswer answer -> word(received, answer.vm());
      case Pulse.SeatsWanted wanted -> word(received, wanted.vm());
      case Pulse.Goodbye goodbye -> word(received, goodbye.vm());
      // What consoles say to VMs is not for consoles.
      case Pulse.DrainRequest _,
          Pulse.DrainCancelled _,
          Pulse.KeysWanted _,
          Pulse.PersonRemoved _ -> {}
    }
  }

  private void word(ReceivedPulse received, String vm) {
    word(received, keys.idOf(vm).flatMap(keys::listed), vm);
  }

  /// Something is said in a VM's name.
  ///
  /// @param listed the VM of that name or number, if it is listed
  /// @return whether it was proved
  private boolean word(ReceivedPulse received, Optional<Vm> listed, String vm) {
    Optional<PulseRejection> why = check.prove(received);
    if (why.isEmpty()) {
      tell(received);
      return true;
    }
    // An agent that was started anew has another key, and shows it when it is asked. Invented VMs
    // are not asked: their names would be as many as somebody likes.
    if (why.get() == PulseRejection.UNKNOWN_KEY && listed.isPresent()) {
      enrolment.keyWanted(vm);
    }
    boolean mayBe =
        why.get() == PulseRejection.UNKNOWN_KEY
            || (why.get() == PulseRejection.UNSIGNED && listed.isPresent());
    Optional<ReceivedPulse> heard =
        mayBe ? unproved(why.get(), received, listed) : Optional.empty();
    if (heard.isPresent()) {
      tell(heard.get());
    } else {
      check.count(why.get());
    }
    return false;
  }

  /// What counts of something that nobody proved.
  private Optional<ReceivedPulse> unproved(
      PulseRejection why, ReceivedPulse received, Optional<Vm> listed) {
    if (listed.filter(Vm::outdated).isPresent()) {
      return Optional.of(received);
    }
    listed.ifPresent(vm -> noteSignature(why, received, vm.id()));
    if (listed.filter(vm -> keys.isEnrolled(vm.id())).isEmpty()) {
      return UnprovedHeartbeats.signOfLife(received);
    }
    if (why == PulseRejection.UNKNOWN_KEY && received.pulse() instanceof Pulse.Heartbeat) {
      unproved.await(listed.get().id(), received);
    }
    return Optional.empty();
  }

  private void noteSignature(PulseRejection why, ReceivedPulse received, String vmId) {
    if (why == PulseRejection.UNKNOWN_KEY || keys.isEnrolled(vmId)) {
      unsigned.signs(vmId);
    } else if (received.pulse() instanceof Pulse.Heartbeat
        && unsigned.neverSigns(vmId, ticker.nanos())) {
      listener.ifPresent(told -> told.neverSigns(vmId));
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
    unsigned.signs(vmId);
    listener.ifPresent(told -> told.enrolled(vmId));
    unproved.awaited(vmId).ifPresent(this::take);
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
