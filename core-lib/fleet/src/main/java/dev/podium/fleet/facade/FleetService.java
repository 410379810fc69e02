package dev.podium.fleet.facade;

import dev.podium.fleet.CreateRequest;
import dev.podium.fleet.Fleet;
import dev.podium.fleet.cloud.ComputeCloud;
import dev.podium.fleet.config.VmDefaults;
import dev.podium.fleet.directory.FleetSettings;
import dev.podium.fleet.event.EventStream;
import dev.podium.fleet.invite.InviteDesk;
import dev.podium.fleet.leaks.LeakReport;
import dev.podium.fleet.model.FleetVm;
import dev.podium.fleet.model.Vm;
import dev.podium.fleet.model.VmName;
import dev.podium.fleet.model.offer.MachineType;
import dev.podium.fleet.model.offer.PriceList;
import dev.podium.fleet.model.offer.RegionQuota;
import dev.podium.fleet.policy.FleetPolicy;
import dev.podium.fleet.policy.PolicyDraft;
import dev.podium.fleet.policy.PolicyInForce;
import dev.podium.fleet.policy.PolicyMember;
import dev.podium.fleet.scaler.SpendingLedger;
import dev.podium.fleet.vm.VmCreation;
import dev.podium.wire.model.PodiumException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/// The fleet, and the health monitor that watches it. One for each profile that is open; [#start]
/// begins the watch, [#close] ends it within two seconds and touches no VM. May be used from any
/// thread.
public final class FleetService implements Fleet, AutoCloseable {
  private final VmDefaults defaults;
  private final PolicyInForce policy;
  private final FleetPorts ports;
  private final FleetParts parts;

  /// @param policy by what the fleet is run
  /// @param inviteDesk signs the invites; its public keys go to every VM
  /// @param ledger what the fleet has cost before
  public FleetService(
      FleetSettings settings,
      PolicyInForce policy,
      FleetPorts ports,
      InviteDesk inviteDesk,
      SpendingLedger ledger) {
    this.defaults = settings.defaults();
    this.policy = policy;
    this.ports = ports;
    this.parts = new FleetParts(settings, policy, ports, inviteDesk, ledger);
    policy.addListener(parts.policyChanges);
  }

  /// Begins to watch the fleet, and to look for what was left of it. Returns at once.
  public void start() {
    parts.slots.start();
    parts.topics.start();
    parts.monitor.start();
    parts.leaks.start();
    parts.admissionSync.start();
  }

  @Override
  public EventStream events() {
    return parts.events;
  }

  @Override
  public List<FleetVm> list() {
    return parts.events.fleet();
  }

  @Override
  public Optional<FleetVm> find(VmName name) {
    return parts.vms.find(name);
  }

  @Override
  public FleetPolicy policy() {
    return policy.get();
  }

  @Override
  public Instant now() {
    return ports.ticker().cloud();
  }

  @Override
  public Duration clockSkew() {
    return ports.ticker().cloudAhead().negated();
  }

  @Override
  public double spent() {
    return parts.scaling.spent(ports.ticker().cloud());
  }

  @Override
  public Map<PolicyMember, String> setPolicy(PolicyDraft draft) {
    return policy.set(draft, this);
  }

  @Override
  public List<RegionQuota> quotas(String region) {
    return ports.compute().quotas(region);
  }

  @Override
  public boolean externalAddresses() {
    return ports.compute().externalAddresses();
  }

  @Override
  public CreateRequest usualRequest() {
    CreateRequest usual = CreateRequest.defaults();
    List<String> places = defaults.places();
    return usual.with(
        places.isEmpty() ? usual.zones() : places,
        defaults.image().orElse(usual.image()),
        defaults.diskType().orElse(usual.diskType()));
  }

  @Override
  public Optional<PodiumException> scalerStopped() {
    return parts.scaling.stopped();
  }

  @Override
  public void resumeScaler() {
    parts.monitor.post(parts.scaling::resume);
    parts.monitor.resize();
  }

  @Override
  public List<Creation> create(CreateRequest request) {
    return parts.createRequests.create(request).stream().map(VmCreation.Pending::creation).toList();
  }

  @Override
  public CompletableFuture<Void> destroy(VmName name, boolean force) {
    return parts.destruction.destroy(name, force);
  }

  @Override
  public CompletableFuture<Void> drain(VmName name) {
    return parts.destruction.drain(name);
  }

  @Override
  public CompletableFuture<Void> pin(VmName name, boolean pinned) {
    return parts.pinsAndHolds.pin(name, pinned);
  }

  @Override
  public CompletableFuture<Optional<Instant>> hold(VmName name, Duration span) {
    return parts.pinsAndHolds.hold(name, span);
  }

  @Override
  public CompletableFuture<Allocation> allocate(String room) {
    return parts.allocations.allocate(room);
  }

  @Override
  public Invitation invite(String name, String room, Optional<VmName> instance, Duration validity) {
    return parts.invitations.invite(name, room, instance, validity);
  }

  @Override
  public TakenBack takeBack(String invite) {
    return parts.invitations.takeBack(invite);
  }

  @Override
  public Instant removePerson(String id, Duration span) {
    return parts.removedPeople.remove(id, span);
  }

  @Override
  public SerialText serial(VmName name, long start) {
    Vm vm = parts.vms.get(name).vm();
    ComputeCloud.SerialOutput output = ports.compute().serialPort(vm.zone(), name, start);
    return new SerialText(output.contents(), output.next());
  }

  @Override
  public List<String> zones() {
    return parts.catalog.zones();
  }

  @Override
  public List<MachineType> machineTypes(String zone) {
    return parts.catalog.machineTypes(zone);
  }

  @Override
  public PriceList prices() {
    return parts.catalog.prices();
  }

  @Override
  public CompletableFuture<LeakReport> startSweep() {
    return parts.leaks.first();
  }

  @Override
  public LeakReport leaks() {
    return parts.leaks.look();
  }

  @Override
  public LeakReport cleanLeaks() {
    return parts.leaks.clean();
  }

  @Override
  public Map<String, Long> droppedPulses() {
    return parts.intake.dropped();
  }

  /// Stops watching. VMs stay as they are; their run limit goes on in the cloud.
  @Override
  public void close() {
    policy.removeListener(parts.policyChanges);
    parts.admissionSync.close();
    parts.leaks.close();
    parts.removedPeople.close();
    parts.seatQueue.close();
    parts.waiters.close();
    parts.topics.close();
    parts.monitor.close();
    parts.slots.close();
    parts.scaling.close();
  }
}
