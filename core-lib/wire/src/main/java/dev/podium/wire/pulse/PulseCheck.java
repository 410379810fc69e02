package dev.podium.wire.pulse;

import dev.podium.wire.chat.Pulse;
import dev.podium.wire.cloud.Ticker;
import dev.podium.wire.identity.Ed25519PublicKey;
import dev.podium.wire.identity.TextSigner;
import dev.podium.wire.identity.VerificationKey;
import dev.podium.wire.pulse.KnownKeys.Sender;
import java.time.Duration;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;
import java.util.function.Supplier;

/// Which pulses a receiver believes: those that the VM or console they name signed, in this fleet,
/// within two minutes, and only once. May be used from any thread.
///
/// A signature takes a few tenths of a millisecond to check, all else next to nothing. So who hears
/// many heartbeats and uses few looks first ([#look]) and proves what it uses ([#prove]).
public final class PulseCheck {
  /// Between the moment of signing and the moment when the cloud took it, by the cloud's clock.
  public static final Duration OLDEST = Duration.ofMinutes(2);

  /// What a receiver that has just started allows for clocks that are a little apart.
  private static final Duration CLOCKS_APART = Duration.ofSeconds(1);

  /// Keys whose messages are remembered. A key that left the roster is forgotten with the others.
  private static final int MOST_KEYS = 20_000;

  private final String fleet;
  private final KnownKeys keys;
  private final Function<String, VerificationKey> read;
  private final Supplier<Duration> oldest;
  private final Map<String, ReplayWindow> windows = new HashMap<>();
  private final Map<PulseRejection, AtomicLong> rejected = new EnumMap<>(PulseRejection.class);

  /// The check of a receiver that starts now. It does not know what was said before, so anybody
  /// could say that to it again. What was signed before its start is too old for it.
  public PulseCheck(String fleet, KnownKeys keys, Ticker ticker) {
    this(fleet, keys, Ed25519PublicKey::parse, ticker);
  }

  /// The same, for keys of another form.
  ///
  /// @param read makes a key of the form in which a VM shows it, or throws an
  ///   `IllegalArgumentException`
  public PulseCheck(
      String fleet, KnownKeys keys, Function<String, VerificationKey> read, Ticker ticker) {
    this(fleet, keys, read, sinceStart(ticker, ticker.nanos()));
  }

  /// The check of a receiver that reads what it has missed: it goes by [#OLDEST] alone.
  public PulseCheck(String fleet, KnownKeys keys, Function<String, VerificationKey> read) {
    this(fleet, keys, read, () -> OLDEST);
  }

  private PulseCheck(
      String fleet,
      KnownKeys keys,
      Function<String, VerificationKey> read,
      Supplier<Duration> oldest) {
    this.fleet = fleet;
    this.keys = keys;
    this.read = read;
    this.oldest = oldest;
    for (PulseRejection why : PulseRejection.values()) {
      rejected.put(why, new AtomicLong());
    }
  }

  private static Supplier<Duration> sinceStart(Ticker ticker, long startedNanos) {
    return () -> {
      Duration heard = Duration.ofNanos(ticker.nanos() - startedNanos).plus(CLOCKS_APART);
      return heard.compareTo(OLDEST) < 0 ? heard : OLDEST;
    };
  }

  /// Looks at all but the signature.
  ///
  /// @return why it cannot be believed; empty if only the signature is left to check
  public Optional<PulseRejection> look(ReceivedPulse received) {
    if (received.signature().isEmpty()) {
      return Optional.of(PulseRejection.UNSIGNED);
    }
    PulseSignature signature = received.signature().get();
    Optional<Sender> sender = sender(received.pulse(), signature);
    if (sender.isEmpty()) {
      return Optional.of(PulseRejection.UNKNOWN_KEY);
    }
    if (!maySay(sender.get(), received.pulse())) {
      return Optional.of(PulseRejection.WRONG_SENDER);
    }
    Duration age = Duration.between(signature.at(), received.published());
    if (age.compareTo(oldest.get()) > 0 || age.negated().compareTo(OLDEST) > 0) {
      return Optional.of(PulseRejection.STALE);
    }
    return isNew(signature) ? Optional.empty() : Optional.of(PulseRejection.REPEATED);
  }

  /// Checks all of it. A message that is believed counts as heard, and is not believed again.
  ///
  /// @return why it is not believed; empty if it is
  public Optional<PulseRejection> prove(ReceivedPulse received) {
    Optional<PulseRejection> seen = look(received);
    if (seen.isPresent()) {
      return seen;
    }
    PulseSignature signature = received.signature().orElseThrow();
    Sender sender = sender(received.pulse(), signature).orElse(null);
    if (sender == null) {
      return Optional.of(PulseRejection.UNKNOWN_KEY);
    }
    String kind =
        switch (sender) {
          case Sender.OfVm _ -> TextSigner.VM;
          case Sender.OfConsole _ -> TextSigner.CONSOLE;
        };
    if (!signature.isBy(sender.key(), kind, fleet, received.body())) {
      return Optional.of(PulseRejection.FORGED);
    }
    // Between the look and this another thread may have had the same message.
    return note(signature) ? Optional.empty() : Optional.of(PulseRejection.REPEATED);
  }

  /// Counts a message that was dropped.
  public void count(PulseRejection why) {
    counter(why).incrementAndGet();
  }

  /// How many messages were dropped for that, since this receiver started.
  public long rejected(PulseRejection why) {
    return counter(why).get();
  }

  private AtomicLong counter(PulseRejection why) {
    return Objects.requireNonNull(rejected.get(why));
  }

  /// A VM shows its key before anybody knows it: the announcement is signed by the very key.
  private Optional<Sender> sender(Pulse pulse, PulseSignature signature) {
    if (!(pulse instanceof Pulse.Announcement shown)) {
      return keys.sender(signature.key());
    }
    try {
      VerificationKey key = read.apply(shown.publicKey());
      return key.id().equals(signature.key())
          ? Optional.of(new Sender.OfVm(shown.vm(), shown.vmId(), key))
          : Optional.empty();
    } catch (IllegalArgumentException noKey) {
      return Optional.empty();
    }
  }

  private static boolean maySay(Sender sender, Pulse pulse) {
    return switch (sender) {
      case Sender.OfVm(String vm, String vmId, VerificationKey _) ->
          switch (pulse) {
            case Pulse.Heartbeat beat -> beat.vm().equals(vm) && beat.vmId().equals(vmId);
            case Pulse.Announcement shown -> shown.vm().equals(vm) && shown.vmId().equals(vmId);
            case Pulse.Goodbye goodbye -> goodbye.vm().equals(vm);
            case Pulse.DrainAnswer answer -> answer.vm().equals(vm);
            case Pulse.SeatsWanted wanted -> wanted.vm().equals(vm);
            case Pulse.DrainRequest _,
                Pulse.DrainCancelled _,
                Pulse.Canary _,
                Pulse.Policy _,
                Pulse.KeysWanted _,
                Pulse.PersonRemoved _,
                Pulse.RosterChanged _ ->
                false;
          };
      case Sender.OfConsole _ ->
          switch (pulse) {
            case Pulse.DrainRequest _,
                Pulse.DrainCancelled _,
                Pulse.Canary _,
                Pulse.Policy _,
                Pulse.KeysWanted _,
                Pulse.PersonRemoved _,
                Pulse.RosterChanged _ ->
                true;
            case Pulse.Heartbeat _,
                Pulse.Announcement _,
                Pulse.Goodbye _,
                Pulse.DrainAnswer _,
                Pulse.SeatsWanted _ ->
                false;
          };
    };
  }

  private synchronized boolean isNew(PulseSignature signature) {
    ReplayWindow window = windows.get(signature.key());
    return window == null || window.isNew(signature.session(), signature.number());
  }

  private synchronized boolean note(PulseSignature signature) {
    if (windows.size() >= MOST_KEYS && !windows.containsKey(signature.key())) {
      windows.keySet().removeIf(key -> keys.sender(key).isEmpty());
    }
    return windows
        .computeIfAbsent(signature.key(), _ -> new ReplayWindow())
        .note(signature.session(), signature.number());
  }
}
