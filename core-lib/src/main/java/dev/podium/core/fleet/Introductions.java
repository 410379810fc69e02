package dev.podium.core.fleet;

import dev.podium.core.chat.AgentMetadata;
import dev.podium.core.cloud.ComputeCloud;
import dev.podium.core.cloud.Ticker;
import dev.podium.core.event.EventStream;
import dev.podium.core.event.FleetEvent;
import dev.podium.core.invite.InviteDesk;
import dev.podium.core.model.PodiumException;
import dev.podium.core.model.Vm;
import dev.podium.core.model.VmState;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Sees to it that every VM of the fleet lets in whom this console invites, whichever console made
/// the VM. Each console has keys of its own, and a VM is made with those that its maker knows; this
/// adds this console's to every VM that lacks them, and learns the others' on the way.
///
/// Blocks only in [#introduce]; may be used from any thread.
final class Introductions implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Introductions.class);

  /// A key is handed on for a day after its console last said it; a console that runs says it long
  /// before.
  private static final Duration ANEW = Duration.ofHours(6);

  private static final Duration AFTER_FAILURE = Duration.ofMinutes(2);

  private final InviteDesk desk;
  private final ComputeCloud cloud;
  private final EventStream events;
  private final Ticker ticker;

  /// By the VM's number.
  private final Map<String, Look> looks = new ConcurrentHashMap<>();

  /// One after another: a large fleet that is opened must not use up the API's rate.
  private final ExecutorService thread =
      Executors.newSingleThreadExecutor(Thread.ofVirtual().name("introductions").factory());

  private EventStream.Subscription following = () -> {};

  /// When a VM is looked at again.
  ///
  /// @param known whether it knew this console's keys, or was told them
  /// @param next monotonic nanoseconds
  private record Look(boolean known, long next) {}

  Introductions(InviteDesk desk, ComputeCloud cloud, EventStream events, Ticker ticker) {
    this.desk = desk;
    this.cloud = cloud;
    this.events = events;
    this.ticker = ticker;
  }

  /// Begins to follow the fleet. Returns at once.
  void start() {
    following = events.subscribe(this::heard);
  }

  /// Tells a VM this console's keys if it does not know them.
  ///
  /// @throws PodiumException if the cloud does not answer, or refuses
  void introduce(Vm vm) {
    Look last = looks.get(vm.id());
    if (last != null && last.known() && !isDue(last)) {
      return;
    }
    String keys = cloud.metadata(vm.zone(), vm.name(), AgentMetadata.INVITE_KEYS).orElse("");
    desk.learn(keys);
    if (!desk.isKnownBy(keys)) {
      cloud.editMetadata(vm.zone(), vm.name(), AgentMetadata.INVITE_KEYS, desk::introducedTo);
    }
    looks.put(vm.id(), new Look(true, ticker.nanos() + ANEW.toNanos()));
  }

  private boolean isDue(Look look) {
    return ticker.nanos() - look.next() >= 0;
  }

  private void heard(FleetEvent event) {
    switch (event) {
      case FleetEvent.VmChanged changed -> {
        Vm vm = changed.vm().vm();
        Look last = looks.get(vm.id());
        if (vm.state() == VmState.RUNNING && (last == null || isDue(last))) {
          looks.put(vm.id(), new Look(false, ticker.nanos() + AFTER_FAILURE.toNanos()));
          later(vm);
        }
      }
      case FleetEvent.VmGone gone -> looks.remove(gone.id());
      default -> {
        // Nobody new.
      }
    }
  }

  private void later(Vm vm) {
    try {
      thread.execute(() -> tryTo(vm));
    } catch (RejectedExecutionException closed) {
      // This console gives no more invites.
    }
  }

  private void tryTo(Vm vm) {
    try {
      introduce(vm);
    } catch (PodiumException failed) {
      // Tried again when the VM next changes after a while, and before anybody is invited to it.
      LOG.warn("{} was not told this console's keys: {}", vm.name(), failed.sentence());
    }
  }

  @Override
  public void close() {
    following.close();
    thread.shutdownNow();
  }
}
