package dev.podium.fleet.identity;

import dev.podium.fleet.event.EventStream;
import dev.podium.fleet.event.FleetEvent;
import dev.podium.fleet.invite.InviteDesk;
import dev.podium.fleet.model.Vm;
import dev.podium.fleet.model.VmState;
import dev.podium.wire.identity.Ed25519PublicKey;
import dev.podium.wire.identity.Roster;
import dev.podium.wire.identity.VerificationKey;
import dev.podium.wire.pulse.KnownKeys;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.function.Function;

/// Whose key is whose in the fleet: the VMs' that were enrolled, and the consoles'. May be used
/// from any thread.
public final class EnrolledKeys implements KnownKeys {
  private final Function<String, Optional<? extends VerificationKey>> consoles;
  private final Map<String, Vm> listed = new ConcurrentHashMap<>();
  private final Map<String, String> idByName = new ConcurrentHashMap<>();
  private final Map<String, VmKey> keyByVm = new ConcurrentHashMap<>();
  private final Map<String, String> vmByKey = new ConcurrentHashMap<>();

  private final Function<String, VerificationKey> read;

  /// A VM's key.
  ///
  /// @param x as it stands on the roster
  private record VmKey(String x, VerificationKey key) {}

  /// @param desk knows the consoles' keys
  public EnrolledKeys(InviteDesk desk) {
    this(desk::consoleKey, Ed25519PublicKey::parse);
  }

  /// @param consoles the console's key of that id
  /// @param read makes a key of its roster form, or throws an `IllegalArgumentException`
  public EnrolledKeys(
      Function<String, Optional<? extends VerificationKey>> consoles,
      Function<String, VerificationKey> read) {
    this.consoles = consoles;
    this.read = read;
  }

  /// The key of that roster form.
  ///
  /// @throws IllegalArgumentException if it is no key
  VerificationKey read(String x) {
    return read.apply(x);
  }

  /// Begins to follow which VMs the fleet has. Returns at once.
  ///
  /// @param changed told of each VM that came, changed its place or went, under the stream's lock
  EventStream.Subscription follow(EventStream events, Consumer<Vm> changed) {
    return events.subscribe(event -> {
      switch (event) {
        case FleetEvent.VmChanged seen -> {
          Vm vm = seen.vm().vm();
          Vm before = listed.put(vm.id(), vm);
          idByName.put(vm.name().value(), vm.id());
          if (before == null || !isAtTheSamePlace(before, vm)) {
            changed.accept(vm);
          }
        }
        case FleetEvent.VmGone left -> {
          Vm vm = listed.remove(left.id());
          if (vm != null) {
            idByName.remove(vm.name().value(), vm.id());
            VmKey gone = keyByVm.remove(vm.id());
            if (gone != null) {
              vmByKey.remove(gone.key().id());
            }
            changed.accept(vm);
          }
        }
        default -> {
          // Nobody came or went.
        }
      }
    });
  }

  private static boolean isAtTheSamePlace(Vm one, Vm other) {
    return one.chatUrl().equals(other.chatUrl())
        && one.state() == other.state()
        && one.seats() == other.seats();
  }

  @Override
  public Optional<Sender> sender(String key) {
    String vmId = vmByKey.get(key);
    Vm vm = vmId == null ? null : listed.get(vmId);
    VmKey own = vm == null ? null : keyByVm.get(vm.id());
    if (vm != null && own != null && own.key().id().equals(key)) {
      return Optional.of(new Sender.OfVm(vm.name().value(), vm.id(), own.key()));
    }
    return consoles.apply(key).map(Sender.OfConsole::new);
  }

  /// The VM of that number, if Compute Engine lists it with the fleet's label.
  Optional<Vm> listed(String vmId) {
    return Optional.ofNullable(listed.get(vmId));
  }

  /// The number of the VM of that name, if it is listed.
  Optional<String> idOf(String name) {
    return Optional.ofNullable(idByName.get(name));
  }

  /// Whether the VM's key is known.
  boolean isEnrolled(String vmId) {
    return keyByVm.containsKey(vmId);
  }

  /// Whether this is the VM's key.
  boolean isKeyOf(String vmId, String x) {
    VmKey key = keyByVm.get(vmId);
    return key != null && key.x().equals(x);
  }

  /// From now on the VM speaks by that key alone. One that speaks by another already belongs to an
  /// agent that was started anew.
  ///
  /// @param x the key as it stands on the roster
  /// @throws IllegalArgumentException if it is no key
  void enrol(String vmId, String x) {
    VmKey next = new VmKey(x, read.apply(x));
    VmKey before = keyByVm.put(vmId, next);
    if (before != null && !before.x().equals(x)) {
      vmByKey.remove(before.key().id());
    }
    vmByKey.put(next.key().id(), vmId);
  }

  /// Whether every VM that runs has shown its key.
  boolean areComplete() {
    return !listed.isEmpty()
        && listed.values().stream()
            .allMatch(vm -> vm.state() != VmState.RUNNING || keyByVm.containsKey(vm.id()));
  }

  /// The roster's entries as they are now, by name: VMs that are listed, have an address by Compute
  /// Engine's word, and showed their key.
  List<Roster.Entry> entries() {
    List<Roster.Entry> entries = new ArrayList<>();
    for (Vm vm : listed.values()) {
      VmKey key = keyByVm.get(vm.id());
      if (key != null && vm.chatUrl().isPresent()) {
        entries.add(
            new Roster.Entry(
                vm.name().value(), vm.id(), vm.chatUrl().get().toString(), key.x(), vm.seats()));
      }
    }
    entries.sort(Comparator.comparing(Roster.Entry::vm).thenComparing(Roster.Entry::vmId));
    return entries;
  }
}
