package dev.podium.fleet;

import dev.podium.fleet.event.EventStream;
import dev.podium.fleet.leaks.LeakReport;
import dev.podium.fleet.model.FleetVm;
import dev.podium.fleet.model.Vm;
import dev.podium.fleet.model.VmName;
import dev.podium.fleet.model.offer.RegionQuota;
import dev.podium.fleet.policy.FleetPolicy;
import dev.podium.fleet.policy.MachineOffers;
import dev.podium.fleet.policy.PolicyDraft;
import dev.podium.fleet.policy.PolicyMember;
import dev.podium.wire.model.PodiumException;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/// What a person can do with the fleet: the window, the command line and the API call exactly this.
///
/// Methods that return a future return at once; the rest block on the network only where they say
/// so. Futures complete on threads of the service and fail with a [PodiumException]. State changes
/// arrive through [#events] alone.
public interface Fleet extends MachineOffers {
  /// Everything that happens.
  EventStream events();

  /// The fleet as it is now.
  List<FleetVm> list();

  /// The VM of that name, if the fleet has one.
  Optional<FleetVm> find(VmName name);

  /// By what the fleet is run now.
  FleetPolicy policy();

  /// How far this computer's clock is ahead of the cloud's, as far as is known; negative if behind.
  default Duration clockSkew() {
    return Duration.ZERO;
  }

  /// US dollars that the fleet has cost, at list prices, since it was given a total budget; 0 if it
  /// has none. Counts what the consoles of this computer saw.
  double spent();

  /// Now, by the cloud's clock: ages and the ends of holds go by it. This computer's may be wrong.
  default Instant now() {
    return Instant.now();
  }

  /// Checks the draft, also against what the cloud has, and puts it in force if nothing is wrong
  /// with it. It then holds from now on and after a restart. Blocks on the network and the disk.
  ///
  /// @return what is wrong, by member, in a sentence each; empty if the draft is in force
  /// @throws PodiumException if the cloud cannot be asked, or the policy cannot be saved; the one
  ///   before stays in force
  Map<PolicyMember, String> setPolicy(PolicyDraft draft);

  /// The quotas of a region, as they are now; none where the cloud tells of none. Blocks on the
  /// network.
  ///
  /// @param region such as `europe-west1`
  default List<RegionQuota> quotas(String region) {
    return List.of();
  }

  /// Whether the VMs that it makes have addresses that the internet reaches.
  default boolean externalAddresses() {
    return true;
  }

  /// What is created where a person says nothing: what the project's profile says, else
  /// [CreateRequest#defaults].
  default CreateRequest usualRequest() {
    return CreateRequest.defaults();
  }

  /// Why no VM is made by itself until a person mends something; empty while VMs are made. VMs that
  /// a person asks for are made all the same.
  default Optional<PodiumException> scalerStopped() {
    return Optional.empty();
  }

  /// Says that it is mended, so VMs are made by themselves again. Where it is not, the next VM
  /// shows it. Does nothing while they are.
  default void resumeScaler() {}

  /// Starts the creation of VMs; one creation for each, and each succeeds or fails for itself.
  /// Names are settled, and the request is checked, before this returns; it blocks for that on the
  /// network, briefly.
  ///
  /// @throws PodiumException.Invalid if the request cannot be carried out as a whole
  List<Creation> create(CreateRequest request);

  /// Destroys the VM, after a last look at it: what this console knows may be a heartbeat old, or
  /// nothing yet.
  ///
  /// @param force although people are on it, or may be
  /// @return completes when the cloud says that it is gone; fails with [PodiumException.InUse] if
  ///   force is not set and people are on it, or it runs and says nothing; with
  ///   [PodiumException.NotFound] if there is none; with [PodiumException.Conflict] if another VM
  ///   has the name by now
  CompletableFuture<Void> destroy(VmName name, boolean force);

  /// Asks the VM to take no new people and to move on those it has, then destroys it.
  ///
  /// @return completes when it is gone
  CompletableFuture<Void> drain(VmName name);

  /// Sets or lifts the pin: Podium never ends a pinned VM on its own.
  CompletableFuture<Void> pin(VmName name, boolean pinned);

  /// Holds the VM from now on: until then Podium does not end it on its own, as if somebody used
  /// it. A later hold replaces an earlier one.
  ///
  /// @param span 1 min to 7 days; zero lifts the hold
  /// @return until when it is held, if it is; fails with [PodiumException.Invalid] if the cloud's
  ///   own limit ends the VM before
  CompletableFuture<Optional<Instant>> hold(VmName name, Duration span);

  /// A chat URL on a VM with room, creating one if needed.
  ///
  /// @return fails with [PodiumException.Unavailable] if there is none after 15 minutes
  CompletableFuture<Allocation> allocate(String room);

  /// A signed link for a participant. Blocks where a VM was made by another console and is yet to
  /// be told this one's keys.
  ///
  /// @param instance the only VM it is good for; none makes it good on the whole fleet
  /// @param validity at most 12 hours
  Invitation invite(String name, String room, Optional<VmName> instance, Duration validity);

  /// Takes an invite back: nobody gets in by it any more, and who is in by it is put out within
  /// seconds. Blocks while the VMs are told.
  ///
  /// @param invite its link, its token or its id
  /// @throws PodiumException.Invalid if it is none of them
  TakenBack takeBack(String invite);

  /// Puts a person out of the chat, on every VM, within seconds. Blocks while the VMs are told.
  ///
  /// @param id of somebody who is in the chat, from [FleetVm#participants]
  /// @param span for how long the same invite, or the same name with an access code, lets nobody
  ///   in; 1 s to 1 day
  /// @return until when that is
  /// @throws PodiumException.NotFound if nobody of that id is in the chat
  default Instant removePerson(String id, Duration span) {
    throw new PodiumException.NotFound(
        "Nobody with the id '" + id + "' is in the chat",
        "this fleet has no chat",
        "See who is there with 'podium people list'.",
        null);
  }

  /// What the VM wrote to its serial console, from a byte position on. Blocks.
  SerialText serial(VmName name, long start);

  /// What the sweep at this console's start found in the cloud, and cleaned. Completes when it has
  /// looked, also if the cloud did not answer; is cancelled if the console closes before.
  CompletableFuture<LeakReport> startSweep();

  /// What the fleet has in the cloud now, and what becomes of it. Cleans nothing. Blocks.
  LeakReport leaks();

  /// The same, and deletes the disks and subscriptions that belong to no VM, beyond the safe age;
  /// never a VM. Blocks.
  LeakReport cleanLeaks();

  /// How many messages of the pulse topic this console did not believe since its start, by why:
  /// `unsigned`, `unknown_key`, `wrong_sender`, `forged`, `stale`, `repeated`, `implausible`.
  default Map<String, Long> droppedPulses() {
    return Map.of();
  }

  /// A VM on its way.
  ///
  /// @param operation completes with the operation's name once the cloud accepted the request
  /// @param running completes when the cloud says RUNNING, with the zone that had room
  /// @param ready completes when the VM is healthy and its chat answers
  record Creation(
      Identity identity,
      CompletableFuture<String> operation,
      CompletableFuture<String> running,
      CompletableFuture<FleetVm> ready) {
    /// A creation under that name, of which nothing is known yet.
    public Creation(
        VmName name,
        CompletableFuture<String> operation,
        CompletableFuture<String> running,
        CompletableFuture<FleetVm> ready) {
      this(new Identity(name), operation, running, ready);
    }

    /// The VM's name as it is now; see [Identity].
    public VmName name() {
      return identity.name();
    }

    /// The VM that was made, once the cloud has shown it; never another one of that name.
    public Optional<Vm> made() {
      return identity.made();
    }
  }

  /// Which VM a creation makes. The name that was settled may turn out to be a stranger's; then the
  /// next number is taken, until the VM runs. May be used from any thread.
  final class Identity {
    private volatile VmName name;
    private volatile Optional<Vm> made = Optional.empty();

    Identity(VmName name) {
      this.name = name;
    }

    /// The name as it is now.
    public VmName name() {
      return name;
    }

    /// The VM, once the cloud has shown it.
    public Optional<Vm> made() {
      return made;
    }

    /// Takes another name, because a stranger has the one before.
    public void rename(VmName next) {
      name = next;
    }

    /// The cloud has shown the VM.
    public void made(Vm vm) {
      made = Optional.of(vm);
    }
  }

  /// @param created whether a VM had to be created for it
  record Allocation(URI url, VmName instance, boolean created, List<String> zonesTried) {
    public Allocation {
      zonesTried = List.copyOf(zonesTried);
    }
  }

  /// @param url for the participant's browser; holds the token in its fragment
  /// @param id by which it can be taken back
  record Invitation(URI url, String token, String id, Instant expires) {}

  /// An invite that was taken back.
  ///
  /// @param told the VMs that know it
  /// @param untold those that could not be told, where it is still good: take it back again
  record TakenBack(String id, List<VmName> told, List<VmName> untold) {
    public TakenBack {
      told = List.copyOf(told);
      untold = List.copyOf(untold);
    }
  }

  /// @param next where to go on reading
  record SerialText(String text, long next) {}
}
