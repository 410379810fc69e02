package dev.podium.fleet.admission;

import dev.podium.fleet.Fleet.Invitation;
import dev.podium.fleet.Fleet.TakenBack;
import dev.podium.fleet.cloud.ComputeCloud;
import dev.podium.fleet.directory.ActivityLog;
import dev.podium.fleet.directory.FleetSettings;
import dev.podium.fleet.directory.VmDirectory;
import dev.podium.fleet.event.EventStream;
import dev.podium.fleet.event.FleetEvent.Level;
import dev.podium.fleet.invite.InviteDesk;
import dev.podium.fleet.invite.InviteIssuer;
import dev.podium.fleet.model.FleetVm;
import dev.podium.fleet.model.Vm;
import dev.podium.fleet.model.VmName;
import dev.podium.fleet.model.VmState;
import dev.podium.wire.chat.AgentMetadata;
import dev.podium.wire.cloud.Ticker;
import dev.podium.wire.invite.Audience;
import dev.podium.wire.invite.Invite;
import dev.podium.wire.model.PodiumException;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Gives links to participants, and takes them back. What was taken back stands in the metadata of
/// every VM, so consoles that know nothing of each other add to the same list.
public final class Invitations {
  private static final Logger LOG = LoggerFactory.getLogger(Invitations.class);

  /// One reading serves all VMs of one request.
  private static final Duration FRESH = Duration.ofSeconds(10);

  private final FleetSettings settings;
  private final InviteDesk desk;
  private final AccessCodes codes;
  private final AdmissionSync admissionSync;
  private final ComputeCloud cloud;
  private final EventStream events;
  private final VmDirectory vms;
  private final SeatQueue seats;
  private final ActivityLog activityLog;
  private final Ticker ticker;
  private long learned;
  private boolean learnedOnce;

  public Invitations(
      FleetSettings settings,
      InviteDesk desk,
      AccessCodes codes,
      AdmissionSync admissionSync,
      ComputeCloud cloud,
      EventStream events,
      VmDirectory vms,
      SeatQueue seats,
      ActivityLog activityLog,
      Ticker ticker) {
    this.settings = settings;
    this.desk = desk;
    this.codes = codes;
    this.admissionSync = admissionSync;
    this.cloud = cloud;
    this.events = events;
    this.vms = vms;
    this.seats = seats;
    this.activityLog = activityLog;
    this.ticker = ticker;
  }

  /// @param instance the only VM that it is good for; none makes it good on the whole fleet
  /// @throws PodiumException.NotFound if the fleet has none of that name
  public Invitation invite(String name, String room, Optional<VmName> instance, Duration validity) {
    FleetVm vm =
        instance
            .map(vms::get)
            .or(seats::roomiest)
            // Whether there is room is asked when somebody comes; by then there may be.
            .or(seats::emptiest)
            .orElseThrow(Invitations::nobodyWelcomes);
    URI chat = vm.vm().chatUrl().orElseThrow(Invitations::nobodyWelcomes);
    admissionSync.sync(vm.vm());
    Audience audience =
        instance.isPresent()
            ? new Audience.OneVm(vm.name().value())
            : new Audience.WholeFleet(settings.fleet());
    InviteIssuer.Issued issued = desk.issue(name, room, audience, validity);
    return new Invitation(
        Invite.link(chat, issued.token()),
        issued.token(),
        issued.invite().id(),
        issued.invite().expires());
  }

  /// What a new VM is told of who is let in and who is not. This console knows a part; another
  /// console may have told the rest to another VM of the fleet.
  public Map<String, String> admission() {
    learn();
    Map<String, String> told = new HashMap<>(codes.forNewVm());
    told.put(AgentMetadata.INVITE_KEYS, desk.publicKeys());
    if (!desk.revoked().isEmpty()) {
      told.put(AgentMetadata.REVOKED_INVITES, desk.revoked());
    }
    return told;
  }

  /// Reads what a VM of the fleet was told by other consoles, unless that was just done. Blocks.
  public synchronized void learn() {
    boolean fresh = learnedOnce && ticker.nanos() - learned < FRESH.toNanos();
    if (!fresh && read()) {
      learned = ticker.nanos();
      learnedOnce = true;
    }
  }

  private boolean read() {
    for (FleetVm vm : events.fleet()) {
      if (vm.vm().state() == VmState.RUNNING) {
        try {
          desk.learn(told(vm.vm(), AgentMetadata.INVITE_KEYS));
          desk.revoke(told(vm.vm(), AgentMetadata.REVOKED_INVITES));
          return true;
        } catch (PodiumException e) {
          LOG.debug("Who is let in could not be read from {}", vm.name(), e);
        }
      }
    }
    return false;
  }

  private String told(Vm vm, String item) {
    return cloud.metadata(vm.zone(), vm.name(), item).orElse("");
  }

  public TakenBack takeBack(String invite) {
    String id = Invite.idOf(invite);
    desk.revoke(id);
    List<VmName> told = new ArrayList<>();
    List<VmName> untold = new ArrayList<>();
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<FleetVm> fleet = events.fleet();
      List<Future<?>> calls =
          fleet.stream().<Future<?>>map(vm -> threads.submit(() -> tell(vm.vm(), id))).toList();
      for (int i = 0; i < calls.size(); i++) {
        (succeeded(calls.get(i)) ? told : untold).add(fleet.get(i).name());
      }
    }
    activityLog.write(
        untold.isEmpty() ? Level.INFO : Level.WARNING,
        Optional.empty(),
        "an invite was taken back"
            + (untold.isEmpty() ? "" : ", but these VMs could not be told: " + words(untold)));
    return new TakenBack(id, told, untold);
  }

  private void tell(Vm vm, String id) {
    try {
      // Another console's ids are learned on the way.
      cloud.editMetadata(
          vm.zone(),
          vm.name(),
          AgentMetadata.REVOKED_INVITES,
          there -> desk.revoke(there + " " + id));
    } catch (PodiumException.NotFound _) {
      // A VM that is gone admits nobody.
    }
  }

  private static boolean succeeded(Future<?> call) {
    try {
      call.get();
      return true;
    } catch (ExecutionException e) {
      LOG.warn("A VM could not be told of an invite that was taken back: {}", e.toString());
      return false;
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  private static String words(List<VmName> names) {
    return String.join(", ", names.stream().map(VmName::value).toList());
  }

  private static PodiumException nobodyWelcomes() {
    return new PodiumException.Unavailable(
        "No link can be given",
        "the fleet has no VM that is ready",
        "Create a VM, or wait until one is ready.",
        null);
  }
}
