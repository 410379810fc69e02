package dev.podium.core.fleet;

import dev.podium.core.chat.Pulse;
import dev.podium.core.cloud.ComputeCloud;
import dev.podium.core.cloud.HealthProbe;
import dev.podium.core.cloud.Leftovers;
import dev.podium.core.cloud.MessageBus;
import dev.podium.core.cloud.Ticker;
import dev.podium.core.event.EventStream;
import dev.podium.core.event.FleetEvent.Actor;
import dev.podium.core.event.FleetEvent.Level;
import dev.podium.core.health.FleetView;
import dev.podium.core.health.HealthMonitor;
import dev.podium.core.invite.InviteDesk;
import dev.podium.core.model.FleetVm;
import dev.podium.core.model.MachineType;
import dev.podium.core.model.PodiumException;
import dev.podium.core.model.Vm;
import dev.podium.core.model.VmName;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;

/// The fleet, and the health monitor that watches it. One for each profile that is open; [#start]
/// begins the watch, [#close] ends it within two seconds and touches no VM. May be used from any
/// thread.
public final class FleetService implements Fleet, AutoCloseable {
  private static final Executor BLOCKING = task -> Thread.ofVirtual().start(task);
  private static final Duration ALLOCATED_INVITE = Duration.ofHours(8);
  private static final Duration SEAT = Duration.ofMinutes(15);

  private final ComputeCloud cloud;
  private final FleetSettings settings;
  private final Ticker ticker;
  private final EventStream events = new EventStream();
  private final RulesInForce rules;
  private final Prices prices;
  private final Waits waits;
  private final Journal journal;
  private final HealthMonitor monitor;
  private final Creations creations;
  private final DestructionCheck destruction;
  private final SeatQueue seats;
  private final Introductions introductions;
  private final Invitations invitations;
  private final Scaling scaling;
  private final VmCreation creation;
  private final LeakSweep leaks;
  private final PinsAndHolds keeping;

  /// @param rules by what the fleet is run
  /// @param inviteDesk signs the invites; its public keys go to every VM
  /// @param ledger what the fleet has cost before
  public FleetService(
      FleetSettings settings,
      RulesInForce rules,
      ComputeCloud cloud,
      MessageBus bus,
      Leftovers leftovers,
      HealthProbe probe,
      Ticker ticker,
      InviteDesk inviteDesk,
      SpendingLedger ledger) {
    this.ticker = ticker;
    this.cloud = cloud;
    this.settings = settings;
    this.rules = rules;
    this.prices = new Prices(cloud);
    this.waits = new Waits(events);
    this.journal = new Journal(events, ticker, Actor.OPERATOR);
    this.seats = new SeatQueue(events, ticker, this::resize, this::tried, SEAT);
    RulesInForce.Change elsewhere =
        (inWords, now) -> changed("policy changed on another console: ", inWords, now);
    AccessCodes codes = new AccessCodes(rules, elsewhere);
    this.introductions = new Introductions(inviteDesk, codes, cloud, events, journal, ticker);
    this.invitations =
        new Invitations(
            settings, inviteDesk, codes, introductions, cloud, events, seats, journal, ticker);
    this.scaling =
        new Scaling(
            settings.fleet(), rules::policy, events, seats, prices::known, this::fillSlot, ledger);
    SharedRules shared =
        new SharedRules(
            settings,
            inviteDesk,
            rules,
            scaling,
            this::send,
            BLOCKING,
            invitations::learn,
            elsewhere,
            (level, sentence) -> journal.write(level, Optional.empty(), sentence));
    this.monitor =
        new HealthMonitor(
            cloud,
            bus,
            probe,
            ticker,
            rules.get().limits(),
            settings.fleet(),
            settings.console(),
            shared,
            events,
            new FleetView(() -> rules.policy().seats(), prices::known));
    this.creation =
        new VmCreation(cloud, monitor, settings, invitations::admission, waits, journal);
    this.destruction =
        new DestructionCheck(cloud, probe, ticker, settings, monitor, creation::isBooting);
    Names names = new Names(cloud, events, settings.fleet());
    this.creations = new Creations(creation, names, settings.fleet());
    this.keeping = new PinsAndHolds(cloud, ticker::wall);
    this.leaks = new LeakSweep(cloud, leftovers, settings, prices, events, ticker);
  }

  /// Begins to watch the fleet, and to look for what was left of it. Returns at once.
  public void start() {
    monitor.start();
    leaks.start();
    introductions.start();
  }

  @Override
  public FleetRules rules() {
    return rules.get();
  }

  @Override
  public double spent() {
    return scaling.spent(ticker.wall());
  }

  @Override
  public Map<PolicyMember, String> setRules(RulesDraft draft) {
    FleetRules before = rules.get();
    return rules.set(
        draft,
        before,
        Offer.read(this, draft.zones()),
        (inWords, now) -> changed("policy changed: ", inWords, now));
  }

  private void changed(String how, List<String> inWords, FleetRules now) {
    monitor.limits(now.limits());
    resize();
    introductions.tellCode();
    journal.write(Level.INFO, Optional.empty(), how + String.join(", ", inWords));
  }

  private void send(Pulse pulse) {
    monitor.send(pulse);
  }

  private void resize() {
    monitor.resize();
  }

  private Optional<List<String>> tried(VmName name) {
    return scaling.tried(name);
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
    return events.fleet().stream().filter(vm -> vm.name().equals(name)).findFirst();
  }

  @Override
  public List<Creation> create(CreateRequest request) {
    return creations.create(request).stream().map(VmCreation.Going::creation).toList();
  }

  private void fillSlot(Scaler.Creation wanted, FleetPolicy inForce) {
    VmName name = wanted.slot().name();
    Thread.ofVirtual()
        .start(() -> {
          ScalerMemory.Outcome outcome = filled(wanted, inForce);
          monitor.post(now -> scaling.settled(name, outcome, now));
        });
  }

  private ScalerMemory.Outcome filled(Scaler.Creation wanted, FleetPolicy inForce) {
    Slot slot = wanted.slot();
    CreateRequest usual = CreateRequest.defaults();
    CreateRequest request =
        new CreateRequest(
            1,
            settings.fleet(),
            List.of(slot.zone()),
            inForce.machineType(),
            inForce.image(),
            usual.diskType(),
            usual.diskSizeGb(),
            wanted.spot(),
            inForce.runLimit(),
            inForce.seats(),
            Map.of(),
            Optional.empty());
    try {
      return creation.fill(
          VmCreation.Going.of(slot.name()),
          creation.spec(request, slot.name(), slot.zone(), slot.labels()),
          UUID.randomUUID());
    } catch (RuntimeException e) {
      // The scaler must hear of it, whatever it was, or the slot would wait for ever.
      return new ScalerMemory.Outcome.Refused(Failures.podium(e));
    }
  }

  @Override
  public CompletableFuture<Void> destroy(VmName name, boolean force) {
    CompletableFuture<Void> gone = new CompletableFuture<>();
    inBackground(gone, () -> destroy(name, force, gone));
    return gone;
  }

  private void destroy(VmName name, boolean force, CompletableFuture<Void> gone) {
    Optional<FleetVm> known = find(name);
    if (!force) {
      // What is known already is said at once, whatever the cloud does.
      known.ifPresent(DestructionCheck::requireNobodyHeard);
    }
    Vm believed = known.map(FleetVm::vm).orElseGet(() -> destruction.search(name));
    Optional<Vm> fresh = destruction.read(believed);
    if (fresh.isEmpty()) {
      Failures.pass(waits.gone(believed.id()), gone);
      return;
    }
    if (!force) {
      destruction.requireNobody(fresh.get(), find(name));
    }
    delete(fresh.get(), gone);
  }

  private void delete(Vm vm, CompletableFuture<Void> gone) {
    String reason = "destroyed by " + (settings.operator().isBlank() ? "you" : settings.operator());
    ComputeCloud.Started deletion = cloud.delete(vm.zone(), vm.name(), monitor.deletionId(vm));
    journal.info(vm.name(), reason);
    monitor.endAccepted(vm, reason);
    var _ =
        deletion
            .done()
            .whenComplete((_, failure) -> {
              if (failure == null) {
                monitor.missing(vm);
                Failures.pass(waits.gone(vm.id()), gone);
              } else {
                PodiumException known = Failures.podium(failure);
                monitor.endFailed(vm, known.sentence());
                gone.completeExceptionally(known);
              }
            });
  }

  @Override
  public CompletableFuture<Void> drain(VmName name) {
    Optional<FleetVm> found = find(name);
    if (found.isEmpty()) {
      return CompletableFuture.failedFuture(unknown(name));
    }
    CompletableFuture<Void> gone = waits.gone(found.get().vm().id());
    journal.info(name, "asked to drain");
    CompletableFuture<Boolean> known = monitor.drain(name, "drained by the operator");
    return known.thenCompose(there -> there ? gone : CompletableFuture.failedFuture(unknown(name)));
  }

  @Override
  public CompletableFuture<Void> pin(VmName name, boolean pinned) {
    return relabelled(
            name,
            vm -> keeping.pin(vm, pinned),
            pinned ? "pinned: Podium never ends it on its own" : "pin lifted")
        .thenAccept(_ -> {});
  }

  @Override
  public CompletableFuture<Optional<Instant>> hold(VmName name, Duration span) {
    return relabelled(
            name,
            vm -> keeping.hold(vm, span),
            span.isZero()
                ? "hold lifted"
                : "held for " + Spans.text(span) + ": Podium does not end it on its own")
        .thenApply(Vm::heldUntil);
  }

  private CompletableFuture<Vm> relabelled(VmName name, UnaryOperator<Vm> work, String sentence) {
    Optional<FleetVm> found = find(name);
    if (found.isEmpty()) {
      return CompletableFuture.failedFuture(unknown(name));
    }
    CompletableFuture<Vm> done = new CompletableFuture<>();
    inBackground(
        done,
        () -> {
          Vm vm = work.apply(found.get().vm());
          monitor.found(vm);
          journal.info(name, sentence);
          done.complete(vm);
        });
    return done;
  }

  @Override
  public CompletableFuture<Allocation> allocate(String room) {
    return seats
        .take()
        .thenApplyAsync(
            seat -> {
              VmName name = seat.vm().name();
              Invitation invitation = invite("Guest", room, Optional.of(name), ALLOCATED_INVITE);
              journal.info(name, "a seat was handed out for the room '" + room + "'");
              return new Allocation(invitation.url(), name, seat.created(), seat.zonesTried());
            },
            BLOCKING);
  }

  @Override
  public Invitation invite(String name, String room, Optional<VmName> instance, Duration validity) {
    Optional<FleetVm> only = instance.map(one -> find(one).orElseThrow(() -> unknown(one)));
    return invitations.invite(name, room, only, validity);
  }

  @Override
  public TakenBack takeBack(String invite) {
    return invitations.takeBack(invite);
  }

  @Override
  public SerialText serial(VmName name, long start) {
    Vm vm = find(name).orElseThrow(() -> unknown(name)).vm();
    ComputeCloud.SerialOutput output = cloud.serialPort(vm.zone(), name, start);
    return new SerialText(output.contents(), output.next());
  }

  @Override
  public List<String> zones() {
    return prices.zones();
  }

  @Override
  public List<MachineType> machineTypes(String zone) {
    return prices.machineTypes(zone);
  }

  @Override
  public CompletableFuture<LeakReport> startSweep() {
    return leaks.first();
  }

  @Override
  public LeakReport leaks() {
    return leaks.look();
  }

  @Override
  public LeakReport cleanLeaks() {
    return leaks.clean();
  }

  static PodiumException unknown(VmName name) {
    return new PodiumException.NotFound(
        "There is no VM '" + name + "'",
        "the fleet has none of that name",
        "Look at the list of the fleet for the right name.",
        null);
  }

  private static void inBackground(CompletableFuture<?> future, Runnable work) {
    Consumer<RuntimeException> failed = e -> future.completeExceptionally(Failures.podium(e));
    Thread.ofVirtual()
        .start(() -> {
          try {
            work.run();
          } catch (RuntimeException e) {
            // Whoever holds the future waits for an answer, whatever went wrong.
            failed.accept(e);
          }
        });
  }

  /// Stops watching. VMs stay as they are; their run limit goes on in the cloud.
  @Override
  public void close() {
    introductions.close();
    leaks.close();
    seats.close();
    waits.close();
    monitor.close();
    scaling.close();
  }
}
