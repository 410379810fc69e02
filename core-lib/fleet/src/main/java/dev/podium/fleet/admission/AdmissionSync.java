package dev.podium.fleet.admission;

import dev.podium.fleet.cloud.ComputeCloud;
import dev.podium.fleet.directory.ActivityLog;
import dev.podium.fleet.event.EventStream;
import dev.podium.fleet.event.FleetEvent;
import dev.podium.fleet.invite.InviteDesk;
import dev.podium.fleet.model.FleetVm;
import dev.podium.fleet.model.Vm;
import dev.podium.fleet.model.VmState;
import dev.podium.wire.chat.AgentMetadata;
import dev.podium.wire.cloud.Ticker;
import dev.podium.wire.model.PodiumException;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Sees to it that every VM of the fleet lets in whom this console invites and who knows the access
/// code. Nobody gets in whose invite was taken back, whichever console made the VM. Each console
/// has keys of its own, and a VM is made with what its maker knew when it asked for it. This adds
/// what a VM lacks, and learns from it on the way.
///
/// Blocks only in [#sync]; may be used from any thread.
public final class AdmissionSync implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(AdmissionSync.class);

  /// A key is handed on for a day after its console last said it; a console that runs says it long
  /// before.
  private static final Duration ANEW = Duration.ofHours(6);

  private static final Duration AFTER_FAILURE = Duration.ofMinutes(2);

  private final InviteDesk desk;
  private final AccessCodes codes;
  private final ComputeCloud cloud;
  private final EventStream events;
  private final ActivityLog activityLog;
  private final Ticker ticker;

  /// By the VM's number.
  private final Map<String, Look> looks = new ConcurrentHashMap<>();

  /// One after another: a large fleet that is opened must not use up the API's rate.
  private final ExecutorService thread =
      Executors.newSingleThreadExecutor(Thread.ofVirtual().name("admission-sync").factory());

  /// A class waits for a new code; a few dozen calls at a time keep the cloud busy.
  private final ExecutorService several =
      Executors.newFixedThreadPool(32, Thread.ofVirtual().name("access-code-", 0).factory());

  private EventStream.Subscription following = () -> {};

  /// When a VM is looked at again.
  ///
  /// @param known whether it knew this console's keys and the access code, or was told them
  /// @param code in force at that time
  /// @param revoked the invites that this console knew to be taken back at that time
  /// @param next monotonic nanoseconds
  private record Look(boolean known, String code, String revoked, long next) {}

  public AdmissionSync(
      InviteDesk desk,
      AccessCodes codes,
      ComputeCloud cloud,
      EventStream events,
      ActivityLog activityLog,
      Ticker ticker) {
    this.desk = desk;
    this.codes = codes;
    this.cloud = cloud;
    this.events = events;
    this.activityLog = activityLog;
    this.ticker = ticker;
  }

  /// Begins to follow the fleet. Returns at once.
  public void start() {
    following = events.subscribe(this::heard);
  }

  /// Tells the VMs that run an access code that came in force just now, without waiting until they
  /// are next heard. Returns at once.
  public void tellAccessCode() {
    for (FleetVm known : events.fleet()) {
      Vm vm = known.vm();
      if (vm.state() == VmState.RUNNING && isToBeLookedAt(vm)) {
        postpone(vm);
        execute(several, () -> tellAccessCode(vm));
      }
    }
  }

  private void tellAccessCode(Vm vm) {
    try {
      sync(vm);
    } catch (PodiumException.NotFound _) {
      // A VM that is gone admits nobody.
    } catch (PodiumException failed) {
      activityLog.warn(
          vm.name(), "it was not told the access code and is told later: " + failed.sentence());
    }
  }

  /// Tells a VM this console's keys, the access code and the invites that were taken back if it
  /// does not know them.
  ///
  /// @throws PodiumException if the cloud does not answer, or refuses
  void sync(Vm vm) {
    Look last = looks.get(vm.id());
    if (last != null && last.known() && !isDue(last)) {
      return;
    }
    Map<String, String> told = cloud.metadata(vm.zone(), vm.name());
    desk.learn(told.getOrDefault(AgentMetadata.INVITE_KEYS, ""));
    codes.learn(told);
    revokedBeyond(told);
    // If another code comes in force or an invite is taken back meanwhile, this look is out of
    // date.
    String code = codes.inForce();
    String revoked = desk.revoked();
    if (!missing(told).isEmpty()) {
      cloud.editMetadata(vm.zone(), vm.name(), this::missing);
    }
    looks.put(vm.id(), new Look(true, code, revoked, ticker.nanos() + ANEW.toNanos()));
  }

  private Map<String, String> missing(Map<String, String> told) {
    Map<String, String> missing = new HashMap<>(codes.missing(told));
    String keys = told.getOrDefault(AgentMetadata.INVITE_KEYS, "");
    if (!desk.isKnownBy(keys)) {
      missing.put(AgentMetadata.INVITE_KEYS, desk.introducedTo(keys));
    }
    revokedBeyond(told).ifPresent(ids -> missing.put(AgentMetadata.REVOKED_INVITES, ids));
    return missing;
  }

  private Optional<String> revokedBeyond(Map<String, String> told) {
    try {
      return desk.revokedBeyond(told.getOrDefault(AgentMetadata.REVOKED_INVITES, ""));
    } catch (PodiumException failed) {
      // The keys and the code must not wait for it.
      LOG.warn("A VM was not told which invites were taken back: {}", failed.sentence());
      return Optional.empty();
    }
  }

  private boolean isDue(Look look) {
    return ticker.nanos() - look.next() >= 0
        || !look.code().equals(codes.inForce())
        || !look.revoked().equals(desk.revoked());
  }

  private boolean isToBeLookedAt(Vm vm) {
    Look last = looks.get(vm.id());
    return last == null || isDue(last);
  }

  private void postpone(Vm vm) {
    long next = ticker.nanos() + AFTER_FAILURE.toNanos();
    looks.put(vm.id(), new Look(false, codes.inForce(), desk.revoked(), next));
  }

  private void heard(FleetEvent event) {
    switch (event) {
      case FleetEvent.VmChanged changed -> {
        Vm vm = changed.vm().vm();
        if (vm.state() == VmState.RUNNING && isToBeLookedAt(vm)) {
          postpone(vm);
          execute(thread, () -> tryTo(vm));
        }
      }
      case FleetEvent.VmGone gone -> looks.remove(gone.id());
      default -> {
        // Nobody new.
      }
    }
  }

  private static void execute(ExecutorService threads, Runnable work) {
    try {
      threads.execute(work);
    } catch (RejectedExecutionException closed) {
      // This console lets nobody in any more.
    }
  }

  private void tryTo(Vm vm) {
    try {
      sync(vm);
    } catch (PodiumException failed) {
      // Tried again when the VM next changes after a while, and before anybody is invited to it.
      LOG.warn("{} was not told whom to let in: {}", vm.name(), failed.sentence());
    }
  }

  @Override
  public void close() {
    following.close();
    thread.shutdownNow();
    several.shutdownNow();
  }
}
