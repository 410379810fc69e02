package dev.podium.desktop.testing;

import dev.podium.fleet.CreateRequest;
import dev.podium.fleet.Fleet;
import dev.podium.fleet.event.EventStream;
import dev.podium.fleet.event.FleetEvent.MonitorTicked;
import dev.podium.fleet.event.FleetEvent.VmChanged;
import dev.podium.fleet.health.record.HealthLimits;
import dev.podium.fleet.leaks.LeakReport;
import dev.podium.fleet.model.FleetVm;
import dev.podium.fleet.model.VmName;
import dev.podium.fleet.model.offer.MachineType;
import dev.podium.fleet.model.offer.RegionQuota;
import dev.podium.fleet.policy.AvailableMachines;
import dev.podium.fleet.policy.FleetPolicy;
import dev.podium.fleet.policy.PolicyDraft;
import dev.podium.fleet.policy.PolicyMember;
import dev.podium.fleet.policy.ScalingPolicy;
import dev.podium.wire.model.PodiumException;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/// A fleet that remembers what it was asked and answers what the test wants.
public final class ScriptedFleet implements Fleet {
  /// A command that was given.
  public record Destroyed(String name, boolean force) {}

  private final EventStream events = new EventStream();
  private final List<Destroyed> destroyed = new CopyOnWriteArrayList<>();
  private final List<CreateRequest> requests = new ArrayList<>();
  private final List<Creation> creations = new ArrayList<>();
  private final List<String> drained = new CopyOnWriteArrayList<>();
  private volatile boolean silent;
  private volatile InstantSource clock = InstantSource.fixed(Vms.START);
  private @Nullable LeakReport look;
  private final List<String> invited = new ArrayList<>();
  private final List<String> takenBack = new ArrayList<>();
  private List<VmName> untold = List.of();
  private final Map<String, CompletableFuture<Void>> destructions = new LinkedHashMap<>();
  private @Nullable PodiumException refusal;
  private double spent;
  private final AtomicReference<FleetPolicy> policy =
      new AtomicReference<>(
          new FleetPolicy(ScalingPolicy.defaults(Duration.ofMinutes(30)), HealthLimits.standard()));
  private String serial = "";
  private final CompletableFuture<LeakReport> sweep = new CompletableFuture<>();

  private volatile List<RegionQuota> quotas = List.of();
  private final List<String> putOut = new CopyOnWriteArrayList<>();
  private final List<String> held = new ArrayList<>();

  /// Which VMs were to be held, for how long.
  public List<String> held() {
    return held;
  }

  /// The cloud's clock, which stands at [Vms#START] unless the test says otherwise.
  public void goBy(InstantSource cloud) {
    clock = cloud;
  }

  @Override
  public Instant now() {
    return clock.instant();
  }

  /// What the sweep at the start found.
  public void swept(LeakReport report) {
    sweep.complete(report);
  }

  /// Everything that is asked from now on is refused with this; null ends it.
  public void refuse(@Nullable PodiumException with) {
    refusal = with;
  }

  /// Tells everybody of VMs; there are no others.
  public void show(List<FleetVm> vms) {
    vms.forEach(vm -> events.publish(new VmChanged(vm)));
    tick(0, Optional.empty(), true);
  }

  /// Tells everybody how the monitor is.
  public void tick(int doubt, Optional<String> banner, boolean listed) {
    events.publish(new MonitorTicked(now(), doubt, banner, listed));
  }

  /// What the serial consoles say.
  public void write(String text) {
    serial += text;
  }

  /// Which VMs were to be destroyed, in order.
  public List<Destroyed> destroyed() {
    return destroyed;
  }

  /// What was asked for.
  public List<CreateRequest> requests() {
    return requests;
  }

  /// VMs on their way; the test completes them.
  public List<Creation> creations() {
    return creations;
  }

  /// For whom links were made.
  public List<String> invited() {
    return invited;
  }

  /// The answer to a destruction; the test completes it.
  public CompletableFuture<Void> destruction(String name) {
    return destructions.computeIfAbsent(name, key -> new CompletableFuture<>());
  }

  private void maybeRefuse() {
    if (refusal != null) {
      throw refusal;
    }
  }

  @Override
  public EventStream events() {
    return events;
  }

  @Override
  public List<FleetVm> list() {
    return events.fleet();
  }

  @Override
  public Optional<FleetVm> find(VmName name) {
    return list().stream().filter(vm -> vm.name().equals(name)).findFirst();
  }

  @Override
  public double spent() {
    return spent;
  }

  /// What the fleet has cost.
  public void spend(double dollars) {
    spent = dollars;
  }

  @Override
  public FleetPolicy policy() {
    return policy.get();
  }

  @Override
  public Map<PolicyMember, String> setPolicy(PolicyDraft written) {
    maybeRefuse();
    PolicyDraft draft = written.completed(policy.get());
    Map<PolicyMember, String> faults =
        draft.faults(
            policy.get().limits(), Optional.of(AvailableMachines.read(this, draft.zones())));
    if (faults.isEmpty()) {
      policy.set(draft.toPolicy(policy.get().limits()));
    }
    return faults;
  }

  @Override
  public List<Creation> create(CreateRequest request) {
    maybeRefuse();
    requests.add(request);
    List<Creation> begun = new ArrayList<>();
    for (int i = 1; i <= request.count(); i++) {
      begun.add(
          new Creation(
              new VmName(request.namePrefix() + "-" + i),
              new CompletableFuture<>(),
              new CompletableFuture<>(),
              new CompletableFuture<>()));
    }
    creations.addAll(begun);
    return begun;
  }

  @Override
  public CompletableFuture<Void> destroy(VmName name, boolean force) {
    destroyed.add(new Destroyed(name.value(), force));
    if (silent && !force) {
      return CompletableFuture.failedFuture(
          new PodiumException.InUse(
              "The VM '" + name + "' was not destroyed",
              "it does not answer",
              "Drain it, or destroy it by force."));
    }
    return refusal == null ? destruction(name.value()) : CompletableFuture.failedFuture(refusal);
  }

  @Override
  public CompletableFuture<Void> drain(VmName name) {
    maybeRefuse();
    drained.add(name.value());
    return new CompletableFuture<>();
  }

  /// No VM answers, so none is destroyed without force.
  public void fallSilent() {
    silent = true;
  }

  /// Which VMs were to be drained, in order.
  public List<String> drained() {
    return drained;
  }

  @Override
  public CompletableFuture<Void> pin(VmName name, boolean pinned) {
    maybeRefuse();
    return CompletableFuture.completedFuture(null);
  }

  @Override
  public CompletableFuture<Allocation> allocate(String room) {
    return new CompletableFuture<>();
  }

  @Override
  public Invitation invite(String name, String room, Optional<VmName> instance, Duration validity) {
    maybeRefuse();
    invited.add(name);
    String token = "eyJhbGciOiJFZERTQSJ9." + "x".repeat(220) + "." + "y".repeat(86);
    return new Invitation(
        URI.create("http://127.0.0.1:31234/#t=" + token), token, "id-1", Vms.START.plus(validity));
  }

  @Override
  public TakenBack takeBack(String invite) {
    maybeRefuse();
    takenBack.add(invite);
    return new TakenBack(invite, List.of(), untold);
  }

  /// The invites that were taken back.
  public List<String> takenBack() {
    return takenBack;
  }

  /// These VMs cannot be told of an invite that is taken back.
  public void cannotTell(VmName... names) {
    untold = List.of(names);
  }

  /// The quotas of every region.
  public void quotas(RegionQuota... all) {
    quotas = List.of(all);
  }

  @Override
  public List<RegionQuota> quotas(String region) {
    return quotas;
  }

  /// Who was put out, and for how long.
  public List<String> putOut() {
    return putOut;
  }

  @Override
  public Instant removePerson(String id, Duration span) {
    maybeRefuse();
    if (list().stream()
        .flatMap(vm -> vm.participants().people().stream())
        .noneMatch(person -> person.id().equals(id))) {
      throw new PodiumException.NotFound(
          "Nobody with the id '" + id + "' is in the chat", "they left", "Look again.", null);
    }
    putOut.add(id + " for " + span.toHours() + " h");
    return now().plus(span);
  }

  @Override
  public SerialText serial(VmName name, long start) {
    maybeRefuse();
    int from = (int) Math.min(start, serial.length());
    return new SerialText(serial.substring(from), serial.length());
  }

  @Override
  public List<String> zones() {
    return List.of(
        "europe-west1-b", "europe-west1-c", "us-central1-a", "us-central1-b", "us-central1-c");
  }

  @Override
  public CompletableFuture<Optional<Instant>> hold(VmName name, Duration span) {
    held.add(name + " " + span);
    return refusal == null
        ? CompletableFuture.completedFuture(Optional.of(Vms.START.plus(span)))
        : CompletableFuture.failedFuture(refusal);
  }

  @Override
  public CompletableFuture<LeakReport> startSweep() {
    return sweep;
  }

  @Override
  public LeakReport leaks() {
    if (refusal != null) {
      throw refusal;
    }
    return look == null ? sweep.join() : look;
  }

  /// What looks find from now on; what the sweep found if this is not said.
  public void lookFinds(LeakReport report) {
    look = report;
  }

  @Override
  public LeakReport cleanLeaks() {
    return leaks();
  }

  @Override
  public List<MachineType> machineTypes(String zone) {
    return List.of(
        new MachineType("e2-micro", 2, 1_024, 0.0084),
        new MachineType("e2-small", 2, 2_048, 0.0168),
        new MachineType("e2-medium", 2, 4_096, 0.0335),
        new MachineType("n2-standard-2", 2, 8_192, 0.0971),
        new MachineType("c3-standard-4", 4, 16_384, 0, false));
  }

  /// An instant on the tests' day.
  public static Instant at(int seconds) {
    return Vms.START.plusSeconds(seconds);
  }
}
