package dev.podium.fleet.identity;

import dev.podium.fleet.cloud.IdentityTokens;
import dev.podium.fleet.cloud.IdentityTokens.NamedVm;
import dev.podium.fleet.model.Vm;
import dev.podium.wire.chat.Pulse;
import dev.podium.wire.cloud.Ticker;
import dev.podium.wire.identity.Ed25519PublicKey;
import dev.podium.wire.identity.TokenAudience;
import dev.podium.wire.model.PodiumException;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Takes VMs' keys in: checks the token that a VM shows with its key, and that Compute Engine lists
/// the VM which the token names. Asks VMs for their keys where it lacks them. May be used from any
/// thread.
final class Enrolment {
  private static final Logger LOG = LoggerFactory.getLogger(Enrolment.class);

  /// VMs that showed a good token before Compute Engine listed them; of more, the oldest must show
  /// it again.
  private static final int MOST_UNLISTED = 1_000;

  /// Questions are gathered: a console that starts hears the whole fleet within a second.
  static final Duration GATHER = Duration.ofMillis(200);

  /// A VM that was asked is not asked again before this.
  static final Duration ASK_AGAIN = Duration.ofSeconds(10);

  private static final Duration BETWEEN_WARNINGS = Duration.ofMinutes(1);

  /// Of more VMs than this, all are asked.
  private static final int MOST_NAMED = 50;

  private final String fleet;
  private final String console;
  private final EnrolledKeys keys;
  private final IdentityTokens tokens;
  private final Supplier<Instant> now;
  private final Ticker ticker;
  private final Executor blocking;
  private final Later later;
  private final Consumer<Pulse> send;
  private final Consumer<String> enrolled;
  private final Map<String, Shown> unlisted = new LinkedHashMap<>();
  private final TreeSet<String> toAsk = new TreeSet<>();
  private final Map<String, Long> askedNanos = new HashMap<>();
  private boolean warned;
  private long warnedNanos;

  /// A key whose token was good.
  private record Shown(NamedVm vm, String key) {}

  /// @param now by the cloud's clock
  /// @param blocking where tokens are checked
  /// @param send on the pulse topic; returns at once
  /// @param enrolled told the number of each VM whose key is known from now on
  Enrolment(
      String fleet,
      String console,
      EnrolledKeys keys,
      IdentityTokens tokens,
      Supplier<Instant> now,
      Ticker ticker,
      Executor blocking,
      Later later,
      Consumer<Pulse> send,
      Consumer<String> enrolled) {
    this.fleet = fleet;
    this.console = console;
    this.keys = keys;
    this.tokens = tokens;
    this.now = now;
    this.ticker = ticker;
    this.blocking = blocking;
    this.later = later;
    this.send = send;
    this.enrolled = enrolled;
  }

  /// A VM showed its key, and signed with it. Returns at once.
  void shown(Pulse.Announcement announcement) {
    if (!keys.isKeyOf(announcement.vmId(), announcement.publicKey())) {
      blocking.execute(() -> check(announcement));
    }
  }

  private void check(Pulse.Announcement announcement) {
    String key = announcement.publicKey();
    String audience = TokenAudience.of(fleet, Ed25519PublicKey.thumbprint(key));
    try {
      NamedVm vm = tokens.verify(announcement.token(), audience, now.get());
      if (vm.vmId().equals(announcement.vmId()) && vm.name().equals(announcement.vm())) {
        take(new Shown(vm, key));
      } else {
        refused(announcement, "the identity token that it showed is another VM's");
      }
    } catch (PodiumException refused) {
      refused(announcement, refused.sentence());
    }
  }

  /// Whoever claims to be a VM writes what he likes, as often as he likes. So the log has the name
  /// that Compute Engine says, and only now and then.
  private synchronized void refused(Pulse.Announcement announcement, String why) {
    Optional<Vm> named = keys.listed(announcement.vmId());
    boolean due = !warned || ticker.nanos() - warnedNanos >= BETWEEN_WARNINGS.toNanos();
    if (named.isPresent() && due) {
      warned = true;
      warnedNanos = ticker.nanos();
      LOG.warn("A key that was shown as that of {} is not believed: {}", named.get().name(), why);
    }
  }

  private void take(Shown shown) {
    Optional<Vm> listed = keys.listed(shown.vm().vmId());
    if (listed.isEmpty()) {
      keep(shown);
    } else if (listed.get().name().value().equals(shown.vm().name())
        && listed.get().zone().equals(shown.vm().zone())) {
      keys.enrol(shown.vm().vmId(), shown.key());
      enrolled.accept(shown.vm().vmId());
    }
  }

  private synchronized void keep(Shown shown) {
    unlisted.remove(shown.vm().vmId());
    unlisted.put(shown.vm().vmId(), shown);
    if (unlisted.size() > MOST_UNLISTED) {
      unlisted.remove(unlisted.keySet().iterator().next());
    }
  }

  /// Compute Engine lists the VM from now on. Returns at once.
  void listed(Vm vm) {
    Shown shown;
    synchronized (this) {
      shown = unlisted.remove(vm.id());
    }
    if (shown != null) {
      blocking.execute(() -> take(shown));
    }
  }

  /// A VM spoke whose key is not known. Returns at once.
  synchronized void keyWanted(String vm) {
    Long asked = askedNanos.get(vm);
    if (asked != null && ticker.nanos() - asked < ASK_AGAIN.toNanos()) {
      return;
    }
    if (toAsk.isEmpty()) {
      later.run(GATHER, this::ask);
    }
    toAsk.add(vm);
  }

  private synchronized void ask() {
    List<String> vms = List.copyOf(toAsk);
    toAsk.clear();
    long nanos = ticker.nanos();
    askedNanos.values().removeIf(asked -> nanos - asked >= ASK_AGAIN.toNanos());
    vms.forEach(vm -> askedNanos.put(vm, nanos));
    send.accept(new Pulse.KeysWanted(console, vms.size() > MOST_NAMED ? List.of() : vms));
  }
}
