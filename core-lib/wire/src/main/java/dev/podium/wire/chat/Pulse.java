package dev.podium.wire.chat;

import dev.podium.wire.identity.Roster;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// A message on the fleet's pulse topic.
public sealed interface Pulse {
  /// A VM is alive. Sent every few seconds, and at once when a person comes or goes.
  ///
  /// @param vm the sender's name
  /// @param vmId the cloud's number of the sender
  /// @param bootId which start of the agent this is
  /// @param sequence rises by one with each heartbeat of a boot
  /// @param url where its page is, with a slash at its end
  /// @param participants people, not sockets
  /// @param idleSeconds since a person last joined, spoke or typed, by the VM's monotonic clock; 0
  ///   while a hold lasts
  /// @param ready whether it has caught up with the rooms' history
  /// @param draining whether it refuses joins
  /// @param selfCheck empty if all its own checks are good, else the names of those that fail
  /// @param members who is on it
  /// @param roster the revision of the roster that it goes by; 0 if it has none
  record Heartbeat(
      String vm,
      String vmId,
      String bootId,
      long sequence,
      String url,
      int participants,
      int seats,
      long idleSeconds,
      boolean ready,
      boolean draining,
      List<String> selfCheck,
      List<Member> members,
      long roster)
      implements Pulse {
    public Heartbeat {
      selfCheck = List.copyOf(selfCheck);
      members = List.copyOf(members);
    }
  }

  /// A person on a VM.
  record Member(String id, String name, String room) {}

  /// A console asks a VM to stop taking people. The id is the fencing token: only its answer
  /// counts.
  ///
  /// @param vmId the cloud's number of the machine that is meant, or empty for whichever has the
  ///   name. A slot's next machine has the same name, and must not be drained in its predecessor's
  ///   place.
  /// @param force drain although people are on it (they are moved); else the VM refuses while
  ///   somebody uses it
  /// @param useWindow people whose last act is older do not count as using it, by the asker's
  ///   policy; empty for the VM's own notion
  record DrainRequest(
      String id, String vm, Optional<String> vmId, boolean force, Optional<Duration> useWindow)
      implements Pulse {
    /// One that leaves to the VM what counts as use.
    public DrainRequest(String id, String vm, Optional<String> vmId, boolean force) {
      this(id, vm, vmId, force, Optional.empty());
    }
  }

  /// The VM's answer: drained, or refused because somebody came first.
  record DrainAnswer(String id, String vm, boolean accepted, int participants) implements Pulse {}

  /// A console takes its drain back: the VM takes people again. The drain's id says which.
  record DrainCancelled(String id, String vm) implements Pulse {}

  /// A console's own message to itself, by which it notices that Pub/Sub does not reach it.
  record Canary(String console, long sequence) implements Pulse {}

  /// A console tells the others by what policy it runs the fleet: they are one server, and must not
  /// pull in two directions.
  ///
  /// @param console the sender's id
  /// @param revision how often the fleet's policy was changed, as far as the sender knows; 0 for
  ///   one that nobody ever changed
  /// @param members what it says, as texts by name
  /// @param key the id of the console's key that signed this: a VM can say anything here, and must
  ///   not rule the fleet
  /// @param signature of the revision and the members, base64url
  record Policy(
      String console, long revision, Map<String, String> members, String key, String signature)
      implements Pulse {
    public Policy {
      members = Map.copyOf(members);
    }
  }

  /// The front door found no seat: somebody waits for one.
  ///
  /// @param vm the VM that asks
  /// @param waiting how many people wait there
  /// @param room where the first of them wants to go, if known
  record SeatsWanted(String vm, int waiting, Optional<String> room) implements Pulse {}

  /// A VM shows the consoles its key, signed by that key. Sent when the agent starts, and whenever
  /// a console asks.
  ///
  /// @param vmId the cloud's number of the sender
  /// @param bootId which start of the agent this is
  /// @param publicKey the point of its Ed25519 key, base64url
  /// @param token of its metadata server: a JSON Web Token that names the VM, for the audience
  ///   [dev.podium.wire.identity.TokenAudience]
  record Announcement(String vm, String vmId, String bootId, String publicKey, String token)
      implements Pulse {}

  /// A console asks VMs to show their keys.
  ///
  /// @param vms the names of those that are meant; empty for all
  record KeysWanted(String console, List<String> vms) implements Pulse {
    public KeysWanted {
      vms = List.copyOf(vms);
    }
  }

  /// A console says which VMs the fleet has.
  record RosterChanged(String console, Roster roster) implements Pulse {}

  /// A console puts a person out of the chat, on every VM.
  ///
  /// @param person the id that their invite or access code gives them
  /// @param span for how long they are not let in again with the same; at most a day
  record PersonRemoved(String person, Duration span) implements Pulse {}

  /// A VM says that it ends, in order: its people's presence ends with it.
  record Goodbye(String vm, String bootId) implements Pulse {}
}
