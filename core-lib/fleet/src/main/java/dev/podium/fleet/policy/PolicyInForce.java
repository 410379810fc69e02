package dev.podium.fleet.policy;

import dev.podium.wire.invite.AccessCode;
import dev.podium.wire.model.PodiumException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;

/// The policy by which a fleet is run at present, and the only way to another. May be used from any
/// thread.
///
/// Each change has a revision, one more than the highest that this console knows of. Consoles tell
/// each other theirs, and the highest counts, whatever their clocks say.
public final class PolicyInForce {
  private final Store store;
  private final List<Listener> listeners = new CopyOnWriteArrayList<>();
  private volatile Standing standing;

  /// Revision of which this console knows; guarded by this.
  private long highest;

  /// @param first in force from the start
  /// @param revision of the first; 0 if nobody ever changed it
  /// @param store saves each policy, so that the next start has it
  public PolicyInForce(FleetPolicy first, long revision, Store store) {
    this(first, new Revisions(revision, revision), store);
  }

  /// @param revisions as they were saved
  public PolicyInForce(FleetPolicy first, Revisions revisions, Store store) {
    this.standing = new Standing(first, revisions.inForce(), revisions.inForce());
    this.highest = revisions.highest();
    this.store = store;
  }

  /// What is saved beside a policy.
  ///
  /// @param inForce revision of the policy; 0 if nobody ever changed it
  /// @param highest of which this console knows, `inForce` or more: its next change must be newer
  ///   after a restart too
  public record Revisions(long inForce, long highest) {}

  /// Saves a policy. Blocks; what it throws leaves the policy as it was.
  @FunctionalInterface
  public interface Store {
    void save(FleetPolicy policy, Revisions revisions);
  }

  /// A policy, and which change of the fleet's it is.
  ///
  /// @param codeRevision the same of its access code, which may be newer than the rest
  public record Standing(FleetPolicy policy, long revision, long codeRevision) {}

  /// All of it.
  public FleetPolicy get() {
    return standing.policy();
  }

  /// The same with its revision.
  public Standing standing() {
    return standing;
  }

  /// How large the fleet may be, and of what it is made.
  public ScalingPolicy scaling() {
    return get().scaling();
  }

  /// Puts the draft in force if nothing is wrong with it.
  ///
  /// @param before what was in force when the draft was handed in
  /// @param offer what the cloud has
  /// @return what is wrong, by member; empty if the draft is in force
  /// @throws PodiumException.Conflict if another is in force meanwhile
  public synchronized Map<PolicyMember, String> set(
      PolicyDraft draft, FleetPolicy before, AvailableMachines offer) {
    if (!get().equals(before)) {
      throw new PodiumException.Conflict(
          "The policy was not changed",
          "another console changed it at the same time",
          "Look at it again, then decide again.",
          null);
    }
    PolicyDraft whole = draft.completed(before);
    Map<PolicyMember, String> faults = whole.faults(before.limits(), Optional.of(offer));
    if (!faults.isEmpty()) {
      return faults;
    }
    FleetPolicy next = whole.toPolicy(before.limits());
    if (!next.equals(before)) {
      long revision = Math.addExact(highest, 1);
      put(new Standing(next, revision, revision), true);
    }
    return Map.of();
  }

  /// As above, for whoever has yet to ask the cloud.
  public Map<PolicyMember, String> set(PolicyDraft draft, MachineOffers cloud) {
    FleetPolicy before = get();
    return set(draft, before, AvailableMachines.read(cloud, draft.zones()));
  }

  /// Puts another console's policy in force if it is newer than this one and nothing is wrong with
  /// it. Where two were changed at the same time, all consoles choose the same.
  ///
  /// @return what is wrong with a newer one, by member; empty if it is in force, or is not newer
  public synchronized Map<PolicyMember, String> adopt(PolicyDraft draft, long revision) {
    if (!isNewer(draft, revision)) {
      return Map.of();
    }
    boolean unheardOf = revision > highest;
    highest = Math.max(highest, revision); // Whatever comes of it: the next change here is newer.
    FleetPolicy before = get();
    Map<PolicyMember, String> faults = draft.faults(before.limits(), Optional.empty());
    if (faults.isEmpty()) {
      FleetPolicy next = draft.toPolicy(before.limits());
      if (revision > standing.revision() || !next.equals(before)) {
        put(new Standing(next, revision, revision), false);
      }
    } else if (unheardOf) {
      store.save(before, new Revisions(standing.revision(), highest));
    }
    return faults;
  }

  /// Takes over the access code that another console told a VM, if that console's policy is newer
  /// than the source of this code. It may be gone, and its VMs are in use.
  ///
  /// @param revision of the policy by which the VM was told
  public synchronized void learnCode(Optional<AccessCode> code, long revision) {
    if (revision > standing.codeRevision()) {
      FleetPolicy next = new FleetPolicy(get().scaling(), get().limits(), code);
      put(new Standing(next, standing.revision(), revision), false);
    }
  }

  /// Whether this draft is to take the place of the policy in force.
  public boolean isNewer(PolicyDraft draft, long revision) {
    Standing now = standing;
    if (revision != now.revision()) {
      return revision > now.revision();
    }
    String mine = PolicyDraft.of(now.policy()).sorted();
    return revision > 0 && draft.sorted().compareTo(mine) > 0;
  }

  private void put(Standing next, boolean madeHere) {
    FleetPolicy before = get();
    long known = Math.max(highest, Math.max(next.revision(), next.codeRevision()));
    store.save(next.policy(), new Revisions(next.revision(), known));
    standing = next;
    highest = known;
    List<String> changes = PolicyDraft.of(before).changes(PolicyDraft.of(next.policy()));
    if (!changes.isEmpty()) {
      Change change = new Change(changes, next.policy(), madeHere);
      listeners.forEach(one -> one.changed(change));
    }
  }

  /// Tells it each change from now on.
  public void addListener(Listener listener) {
    listeners.add(listener);
  }

  /// Tells it nothing more.
  public void removeListener(Listener listener) {
    listeners.remove(listener);
  }

  /// Receives each change when it is in force, under a lock and on the thread of who made it: must
  /// return at once.
  @FunctionalInterface
  public interface Listener {
    void changed(Change change);
  }

  /// A change that is in force.
  ///
  /// @param inWords what changed, at least one thing
  /// @param now the whole policy
  /// @param isMadeHere whether it was set here, rather than taken over from another console
  public record Change(List<String> inWords, FleetPolicy now, boolean isMadeHere) {
    public Change {
      inWords = List.copyOf(inWords);
    }
  }
}
