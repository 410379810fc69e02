package dev.podium.fleet.leaks;

import dev.podium.fleet.cloud.ComputeCloud;
import dev.podium.fleet.cloud.Leftovers;
import dev.podium.fleet.cloud.VmList;
import dev.podium.fleet.directory.FleetSettings;
import dev.podium.fleet.directory.MachineCatalog;
import dev.podium.fleet.event.EventStream;
import dev.podium.fleet.event.FleetEvent.Activity;
import dev.podium.fleet.event.FleetEvent.Actor;
import dev.podium.fleet.event.FleetEvent.Level;
import dev.podium.fleet.leaks.Leak.Fate;
import dev.podium.fleet.leaks.LeakRules.Holdings;
import dev.podium.fleet.model.Disk;
import dev.podium.fleet.model.Evidence;
import dev.podium.fleet.model.Evidence.Channel;
import dev.podium.fleet.model.Vm;
import dev.podium.fleet.model.VmName;
import dev.podium.fleet.model.VmSubscription;
import dev.podium.wire.cloud.Ticker;
import dev.podium.wire.model.PodiumException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Looks for what the fleet left in the cloud, and cleans the disks and subscriptions of VMs that
/// are gone. It does so at the console's start, again when something was too young then, and every
/// hour. It never touches a VM. May be used from any thread; no failure of the cloud leaves it.
public final class LeakSweep {
  private static final Logger LOG = LoggerFactory.getLogger(LeakSweep.class);
  private static final Duration AGAIN = Duration.ofHours(1);

  /// Labels tell whole seconds.
  private static final Duration MOMENT = Duration.ofSeconds(1);

  private final ComputeCloud cloud;
  private final Leftovers leftovers;
  private final String fleet;
  private final Duration safeAge;
  private final MachineCatalog catalog;
  private final LeakRules rules;
  private final EventStream events;
  private final Ticker ticker;

  /// How often the deletion of a disk failed, by the disk.
  private final Map<String, Integer> failures = new ConcurrentHashMap<>();

  private final CompletableFuture<LeakReport> first = new CompletableFuture<>();
  private final CompletableFuture<Void> closing = new CompletableFuture<>();

  public LeakSweep(
      ComputeCloud cloud,
      Leftovers leftovers,
      FleetSettings settings,
      MachineCatalog catalog,
      EventStream events,
      Ticker ticker) {
    this.cloud = cloud;
    this.leftovers = leftovers;
    this.fleet = settings.fleet();
    this.safeAge = settings.limits().silence().boot();
    this.catalog = catalog;
    this.rules = new LeakRules(safeAge, catalog::costPerHour);
    this.events = events;
    this.ticker = ticker;
  }

  /// Begins to sweep, in the background.
  public void start() {
    Thread.ofVirtual().name("podium-leaks").start(this::run);
  }

  private void run() {
    while (!closing.isDone()) {
      LeakReport report;
      try {
        report = clean();
      } catch (RuntimeException e) {
        // A fault in here must neither end the sweeps nor leave the window waiting for the first.
        LOG.error("The sweep for what was left in the cloud failed", e);
        report = failed(List.of(), "The sweep failed; its log says more.");
      }
      first.complete(report);
      pause(untilNext(report));
    }
  }

  /// Until what is too young comes of age; soon again, too, if something did not work.
  private Duration untilNext(LeakReport report) {
    return report.leaks().stream()
        .filter(leak -> leak.fate() == Fate.YOUNG)
        .map(leak -> Duration.between(report.at(), leak.since().plus(safeAge)).plus(MOMENT))
        .min(Comparator.naturalOrder())
        .or(() -> report.problem().isEmpty() ? Optional.empty() : Optional.of(safeAge))
        .filter(pause -> pause.compareTo(AGAIN) < 0)
        .orElse(AGAIN);
  }

  private void pause(Duration pause) {
    try {
      closing.get(pause.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
      closing.complete(null);
    } catch (ExecutionException | TimeoutException _) {
      // It is time to look again.
    }
  }

  /// What the first sweep found and cleaned; cancelled if it was closed before.
  public CompletableFuture<LeakReport> first() {
    return first.copy();
  }

  /// What there is now. Cleans nothing; blocks.
  public LeakReport look() {
    try {
      return new LeakReport(ticker.cloud(), judged(read()), "");
    } catch (PodiumException e) {
      return failed(List.of(), e.inFull());
    }
  }

  /// Looks twice, and cleans what no VM had either time. Blocks.
  public LeakReport clean() {
    LeakReport seen = look();
    if (seen.leaks().stream().noneMatch(LeakSweep::cleanable)) {
      return tellProblem(seen);
    }
    Set<String> before = new HashSet<>();
    seen.leaks().stream().filter(LeakSweep::cleanable).map(LeakSweep::key).forEach(before::add);
    try {
      return tellProblem(clean(read(), before));
    } catch (PodiumException e) {
      return tellProblem(failed(seen.leaks(), e.inFull()));
    }
  }

  private LeakReport clean(Holdings held, Set<String> before) {
    List<Leak> result = new ArrayList<>();
    String problem = "";
    for (Leak leak : judged(held)) {
      if (!cleanable(leak) || !before.contains(key(leak))) {
        result.add(leak);
        continue;
      }
      try {
        delete(leak, held);
        result.add(leak.with(Fate.CLEANED, leak.reason()));
        tell(Level.INFO, Optional.of(leak), "cleaned " + words(leak) + ": " + leak.reason());
      } catch (PodiumException e) {
        // One that cannot be deleted must not keep the others.
        result.add(leak);
        problem = e.inFull();
      }
    }
    return new LeakReport(ticker.cloud(), result, problem);
  }

  private void delete(Leak leak, Holdings held) {
    switch (leak.kind()) {
      case DISK -> {
        for (Disk disk : held.disks()) {
          if (disk.name().equals(leak.name()) && disk.zone().equals(leak.zone())) {
            delete(disk);
          }
        }
      }
      case SUBSCRIPTION -> {
        for (VmSubscription one : held.subscriptions()) {
          if (one.name().equals(leak.name())) {
            leftovers.deleteSubscription(one);
          }
        }
      }
      case VM -> throw new IllegalArgumentException("Only the health rules end a VM");
    }
  }

  private void delete(Disk disk) {
    String which = disk.zone() + "/" + disk.name() + " " + disk.created();
    try {
      leftovers.deleteDisk(disk, requestId(which, failures.getOrDefault(which, 0)));
      failures.remove(which);
    } catch (PodiumException failure) {
      failures.merge(which, 1, Integer::sum);
      throw failure;
    }
  }

  /// The same for every console, another for a later disk of the same name.
  ///
  /// @param failures how many deletions of this disk failed. A repeat under the id of one that was
  ///   accepted would get the old failure as its answer
  private static UUID requestId(String which, int failures) {
    String text = "podium-disk " + which + (failures == 0 ? "" : " " + failures);
    return UUID.nameUUIDFromBytes(text.getBytes(StandardCharsets.UTF_8));
  }

  private static String key(Leak leak) {
    return leak.kind() + " " + leak.zone() + "/" + leak.name();
  }

  private static boolean cleanable(Leak leak) {
    return leak.fate() == Fate.CLEANABLE;
  }

  /// VMs last: see [Holdings].
  private Holdings read() {
    List<Disk> disks = leftovers.disks(fleet);
    List<VmSubscription> subscriptions = leftovers.subscriptions(fleet);
    VmList vms = cloud.list(fleet);
    return new Holdings(disks, subscriptions, vms.vms(), vms.unreached());
  }

  private List<Leak> judged(Holdings held) {
    held.vms().stream().map(Vm::zone).distinct().forEach(this::readPrices);
    return rules.judge(held, events.fleet(), ticker.cloud());
  }

  private void readPrices(String zone) {
    try {
      catalog.machineTypes(zone);
    } catch (PodiumException e) {
      // What was left is worth knowing without its price.
      LOG.debug("The prices of {} are not known: {}", zone, e.sentence());
    }
  }

  private LeakReport failed(List<Leak> known, String why) {
    return new LeakReport(ticker.cloud(), known, why);
  }

  private LeakReport tellProblem(LeakReport report) {
    if (!report.problem().isEmpty() && !closing.isDone()) {
      tell(Level.WARNING, Optional.empty(), "the sweep is not complete: " + report.problem());
    }
    return report;
  }

  private void tell(Level level, Optional<Leak> leak, String sentence) {
    Instant now = ticker.cloud();
    List<Evidence> evidence =
        leak.map(one ->
                List.of(
                    new Evidence(Channel.COMPUTE, now, "read twice: " + one.reason()),
                    new Evidence(Channel.COMPUTE, one.since(), words(one) + " was created")))
            .orElse(List.of());
    events.publish(
        new Activity(
            now, Actor.MONITOR, level, leak.flatMap(LeakSweep::vmName), sentence, evidence));
  }

  /// A label may hold anything; what is no name is told in the sentence alone.
  private static Optional<VmName> vmName(Leak leak) {
    try {
      return Optional.of(new VmName(leak.vm()));
    } catch (PodiumException.Invalid e) {
      return Optional.empty();
    }
  }

  private static String words(Leak leak) {
    return switch (leak.kind()) {
      case VM -> "VM '" + leak.name() + "'";
      case DISK -> "disk '" + leak.name() + "' in " + leak.zone();
      case SUBSCRIPTION -> "subscription '" + leak.name() + "'";
    };
  }

  public void close() {
    closing.complete(null);
    first.cancel(false);
  }
}
