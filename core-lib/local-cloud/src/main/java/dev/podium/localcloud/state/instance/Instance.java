package dev.podium.localcloud.state.instance;

import dev.podium.localcloud.state.Fingerprint;
import java.time.Instant;
import java.util.Optional;

/// An instance at one moment.
///
/// @param id unique for ever, while a name may be used again
/// @param lastStart when it last entered RUNNING
/// @param lastStop when it last entered TERMINATED
/// @param preempted whether the cloud has announced to take it back
public record Instance(
    InstanceKey key,
    long id,
    Instant created,
    InstanceSpec spec,
    InstanceStatus status,
    Optional<Instant> lastStart,
    Optional<Instant> lastStop,
    boolean preempted) {

  /// What guards its labels against lost updates.
  public String labelFingerprint() {
    return Fingerprint.of(spec.labels());
  }

  /// What guards its metadata against lost updates.
  public String metadataFingerprint() {
    return Fingerprint.of(spec.metadata());
  }

  public Instance withSpec(InstanceSpec changed) {
    return new Instance(key, id, created, changed, status, lastStart, lastStop, preempted);
  }

  public Instance preemptedNow() {
    return new Instance(key, id, created, spec, status, lastStart, lastStop, true);
  }

  /// The same in another status; entering RUNNING and TERMINATED leaves its time behind.
  public Instance in(InstanceStatus next, Instant now) {
    boolean starts = next == InstanceStatus.RUNNING && status == InstanceStatus.STAGING;
    boolean ends = next == InstanceStatus.TERMINATED;
    return new Instance(
        key,
        id,
        created,
        spec,
        next,
        starts ? Optional.of(now) : lastStart,
        ends ? Optional.of(now) : lastStop,
        preempted && !starts);
  }
}
