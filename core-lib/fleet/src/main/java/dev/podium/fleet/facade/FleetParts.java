package dev.podium.fleet.facade;

import dev.podium.fleet.CreateRequest;
import dev.podium.fleet.admission.AccessCodes;
import dev.podium.fleet.admission.AdmissionSync;
import dev.podium.fleet.admission.Allocations;
import dev.podium.fleet.admission.Invitations;
import dev.podium.fleet.admission.RemovedPeople;
import dev.podium.fleet.admission.SeatQueue;
import dev.podium.fleet.admission.Seats;
import dev.podium.fleet.directory.ActivityLog;
import dev.podium.fleet.directory.Background;
import dev.podium.fleet.directory.FleetSettings;
import dev.podium.fleet.directory.MachineCatalog;
import dev.podium.fleet.directory.VmDirectory;
import dev.podium.fleet.directory.VmWaiters;
import dev.podium.fleet.event.EventStream;
import dev.podium.fleet.event.FleetEvent.Actor;
import dev.podium.fleet.event.FleetEvent.Level;
import dev.podium.fleet.health.HealthMonitor;
import dev.podium.fleet.health.OperatorView;
import dev.podium.fleet.health.sight.PulsePublisher;
import dev.podium.fleet.health.sight.TopicMaintenance;
import dev.podium.fleet.identity.EnrolledKeys;
import dev.podium.fleet.identity.Later;
import dev.podium.fleet.identity.PulseIntake;
import dev.podium.fleet.invite.InviteDesk;
import dev.podium.fleet.leaks.LeakSweep;
import dev.podium.fleet.model.offer.BootDiskType;
import dev.podium.fleet.policy.PolicyInForce;
import dev.podium.fleet.scaler.Scaling;
import dev.podium.fleet.scaler.SlotOrders;
import dev.podium.fleet.scaler.SpendingLedger;
import dev.podium.fleet.vm.CreateRequests;
import dev.podium.fleet.vm.DestructionCheck;
import dev.podium.fleet.vm.NameAllocator;
import dev.podium.fleet.vm.PinsAndHolds;
import dev.podium.fleet.vm.SlotFilling;
import dev.podium.fleet.vm.VmCreation;
import dev.podium.fleet.vm.VmDestruction;
import dev.podium.fleet.vm.VmSpecs;
import dev.podium.wire.chat.FleetTopics;
import dev.podium.wire.pulse.PulseSigner;
import dev.podium.wire.pulse.PulseTopic;
import java.time.Duration;
import java.util.Optional;

/// The parts of one fleet, each built from those before it. None knows a part that comes later.
/// What the scaler wants waits in [SlotOrders]. A change of the policy is told to the listeners of
/// [PolicyInForce]. What a VM is stands in the event stream.
///
/// Every field is final and the constructor never names `this`, so the compiler refuses a part that
/// is used before it is built.
final class FleetParts {
  private static final Duration SEAT = Duration.ofMinutes(15);

  final EventStream events;
  final MachineCatalog catalog;
  final VmDirectory vms;
  final VmWaiters waiters;
  final SeatQueue seatQueue;
  final AdmissionSync admissionSync;
  final Invitations invitations;
  final RemovedPeople removedPeople;
  final Scaling scaling;
  final PulseIntake intake;
  final HealthMonitor monitor;
  final TopicMaintenance topics;
  final PolicyChanges policyChanges;
  final SlotFilling slots;
  final CreateRequests createRequests;
  final VmDestruction destruction;
  final PinsAndHolds pinsAndHolds;
  final Allocations allocations;
  final LeakSweep leaks;

  FleetParts(
      FleetSettings settings,
      PolicyInForce policy,
      FleetPorts ports,
      InviteDesk desk,
      SpendingLedger ledger) {
    String fleet = settings.fleet();

    PulseSigner signer = new PulseSigner(desk, fleet, settings.console(), ports.ticker());
    PulseTopic pulses = new PulseTopic(ports.bus(), new FleetTopics(fleet), signer);
    PulsePublisher publisher = new PulsePublisher(pulses);
    events = new EventStream();
    catalog = new MachineCatalog(ports.compute());
    vms = new VmDirectory(events);
    waiters = new VmWaiters(events);
    ActivityLog activityLog = new ActivityLog(events, ports.ticker(), Actor.OPERATOR);

    AccessCodes codes = new AccessCodes(policy);
    admissionSync =
        new AdmissionSync(desk, codes, ports.compute(), events, activityLog, ports.ticker());
    seatQueue = new SeatQueue(events, ports.ticker(), SEAT);
    invitations =
        new Invitations(
            settings,
            desk,
            codes,
            admissionSync,
            ports.compute(),
            events,
            vms,
            seatQueue,
            activityLog,
            ports.ticker());

    removedPeople = new RemovedPeople(events, pulses::publish, activityLog, ports.ticker());

    SlotOrders orders = new SlotOrders();
    scaling =
        new Scaling(
            fleet,
            policy::scaling,
            events,
            seatQueue,
            (zone, type) ->
                catalog.newVm(
                    zone, type, BootDiskType.usual(type), CreateRequest.defaults().diskSizeGb()),
            vmCount -> catalog.prices().messages(vmCount, settings.limits().watching().heartbeat()),
            orders,
            ledger);
    SharedPolicy shared =
        new SharedPolicy(
            settings,
            desk,
            policy,
            scaling,
            publisher::send,
            Background.THREADS,
            invitations::learn,
            (level, sentence) -> activityLog.write(level, Optional.empty(), sentence));
    intake =
        new PulseIntake(
            fleet,
            settings.console(),
            new EnrolledKeys(desk),
            ports.tokens(),
            signer.clock(),
            ports.ticker(),
            Later.inRealTime(),
            Background.THREADS,
            invitations::learn,
            events,
            publisher::send);
    monitor =
        new HealthMonitor(
            ports.compute(),
            pulses,
            intake,
            ports.probe(),
            ports.ticker(),
            policy.get().limits(),
            fleet,
            settings.console(),
            shared,
            events,
            new OperatorView(() -> policy.scaling().seats(), catalog::known));
    topics =
        new TopicMaintenance(
            ports.bus(),
            new FleetTopics(fleet),
            () -> TopicMaintenance.regionOf(policy.scaling().zones().getFirst()),
            () -> ports.leftovers().orphanedSubscriptions(fleet),
            sentence -> activityLog.write(Level.WARNING, Optional.empty(), sentence),
            TopicMaintenance.PAUSES);
    policyChanges = new PolicyChanges(monitor, admissionSync, activityLog);

    VmSpecs specs = new VmSpecs(settings, invitations::admission);
    VmCreation creation = new VmCreation(ports.compute(), monitor, waiters, activityLog);
    createRequests =
        new CreateRequests(
            specs, creation, new NameAllocator(ports.compute(), events, fleet), fleet);
    slots = new SlotFilling(orders, specs, creation, monitor, scaling, fleet);
    DestructionCheck check =
        new DestructionCheck(
            ports.compute(), ports.probe(), ports.ticker(), settings, monitor, creation::isBooting);
    destruction =
        new VmDestruction(ports.compute(), monitor, check, vms, waiters, activityLog, settings);
    pinsAndHolds = new PinsAndHolds(ports.compute(), ports.ticker(), monitor, vms, activityLog);
    allocations =
        new Allocations(
            new Seats(seatQueue, monitor::resize, scaling::tried), invitations, activityLog);
    leaks =
        new LeakSweep(
            ports.compute(), ports.leftovers(), settings, catalog, events, ports.ticker());
  }
}
