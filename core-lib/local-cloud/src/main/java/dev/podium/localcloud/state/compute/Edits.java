package dev.podium.localcloud.state.compute;

import dev.podium.localcloud.state.Fingerprint;
import dev.podium.localcloud.state.Refusal;
import dev.podium.localcloud.state.Scope;
import dev.podium.localcloud.state.fault.Tempo;
import dev.podium.localcloud.state.instance.Instance;
import dev.podium.localcloud.state.instance.InstanceKey;
import dev.podium.localcloud.state.instance.InstanceStatus;
import dev.podium.localcloud.state.instance.InstanceTemplate;
import dev.podium.localcloud.state.instance.Scheduling;
import dev.podium.localcloud.state.operation.Operation;
import dev.podium.localcloud.state.operation.OperationError;
import dev.podium.localcloud.state.operation.Operations;
import dev.podium.localcloud.state.operation.Operations.Caller;
import dev.podium.localcloud.state.resource.NetworkPart;
import dev.podium.localcloud.state.resource.PersistentDisk;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;

/// Changes that need no machine to move: labels, metadata, terms, disks, templates, networks.
///
/// Each takes effect at once and its operation is done a moment later. Any thread may call.
public final class Edits {
  private final ComputeState state;
  private final Tempo tempo;

  public Edits(ComputeState state, Tempo tempo) {
    this.state = state;
    this.tempo = tempo;
  }

  /// Replaces all labels.
  ///
  /// @param fingerprint of the labels that the caller saw
  /// @throws Refusal 412 if they have changed since
  public Operation setLabels(
      InstanceKey key, Map<String, String> labels, String fingerprint, Caller caller) {
    return change(
        key,
        "setLabels",
        caller,
        instance -> {
          if (!instance.labelFingerprint().equals(fingerprint)) {
            throw Refusal.conditionNotMet(
                "Labels fingerprint either invalid or resource labels have changed");
          }
          return instance.withSpec(instance.spec().withLabels(labels));
        });
  }

  /// Replaces all metadata.
  ///
  /// @param fingerprint of the metadata that the caller saw; empty if it did not say
  /// @throws Refusal 412 if it has changed since
  public Operation setMetadata(
      InstanceKey key, Map<String, String> metadata, Optional<String> fingerprint, Caller caller) {
    return change(
        key,
        "setMetadata",
        caller,
        instance -> {
          requireSame(instance.metadataFingerprint(), fingerprint);
          return instance.withSpec(instance.spec().withMetadata(metadata));
        });
  }

  /// Replaces all network tags; the fingerprint as with metadata.
  public Operation setTags(
      InstanceKey key, List<String> tags, Optional<String> fingerprint, Caller caller) {
    return change(
        key,
        "setTags",
        caller,
        instance -> {
          requireSame(Fingerprint.of(instance.spec().tags()), fingerprint);
          return instance.withSpec(instance.spec().withTags(tags));
        });
  }

  private static void requireSame(String present, Optional<String> seen) {
    if (seen.isPresent() && !seen.get().equals(present)) {
      throw Refusal.conditionNotMet(
          "Supplied fingerprint does not match current metadata fingerprint.");
    }
  }

  /// Puts an instance on other terms.
  ///
  /// @throws Refusal 400 if its run limit would change although it is not off, in Compute Engine's
  ///   words
  public Operation setScheduling(InstanceKey key, Scheduling scheduling, Caller caller) {
    return change(
        key,
        "setScheduling",
        caller,
        instance -> {
          requireSameLimit(instance, scheduling);
          return instance.withSpec(instance.spec().withScheduling(scheduling));
        });
  }

  private static void requireSameLimit(Instance instance, Scheduling asked) {
    Scheduling present = instance.spec().scheduling();
    boolean same =
        present.maxRunDuration().equals(asked.maxRunDuration())
            && present.terminationTime().equals(asked.terminationTime());
    if (!same && instance.status() != InstanceStatus.TERMINATED) {
      throw Refusal.invalid("Max run duration cannot be changed while the instance is running.");
    }
  }

  /// Protects an instance from deletion, or no longer.
  public Operation setDeletionProtection(InstanceKey key, boolean protect, Caller caller) {
    return change(
        key,
        "setDeletionProtection",
        caller,
        instance -> {
          Map<String, Object> further = new java.util.LinkedHashMap<>(instance.spec().further());
          further.put("deletionProtection", protect);
          return instance.withSpec(instance.spec().withFurther(further));
        });
  }

  private Operation change(
      InstanceKey key, String type, Caller caller, UnaryOperator<Instance> changing) {
    Instance instance = state.requireInstance(key);
    return done(
        Scope.zone(key.zone()),
        type,
        key.path(),
        instance.id(),
        caller,
        () -> state.change(key, instance.id(), changing));
  }

  /// Replaces the metadata that all machines see.
  ///
  /// @throws Refusal 412 if it has changed since the caller saw it
  public Operation setProjectMetadata(
      Map<String, String> metadata, Optional<String> fingerprint, Caller caller) {
    return done(
        Scope.GLOBAL,
        "compute.projects.setCommonInstanceMetadata",
        "",
        state.project().number(),
        caller,
        () -> {
          synchronized (state) {
            requireSame(Fingerprint.of(state.projectMetadata()), fingerprint);
            state.setProjectMetadata(metadata);
          }
        });
  }

  /// Adds an instance template.
  ///
  /// @throws Refusal if there is one of that name
  public Operation insert(InstanceTemplate template, Caller caller) {
    return global(
        "insert",
        template.path(),
        template.id(),
        caller,
        () -> {
          if (!state.putIfAbsent(template)) {
            throw Refusal.alreadyExists(state.project().path(template.path()));
          }
        });
  }

  /// Removes an instance template; instances made from it stay.
  public Operation delete(InstanceTemplate template, Caller caller) {
    return global("delete", template.path(), template.id(), caller, () -> state.remove(template));
  }

  /// Adds a network or a firewall rule.
  public Operation insert(NetworkPart part, Caller caller) {
    return global(
        "insert",
        part.path(),
        part.id(),
        caller,
        () -> {
          synchronized (state) {
            if (state.networkPart(part.kind(), part.name()).isPresent()) {
              throw Refusal.alreadyExists(state.project().path(part.path()));
            }
            state.put(part);
          }
        });
  }

  /// Removes a network or a firewall rule.
  public Operation delete(NetworkPart part, Caller caller) {
    return global("delete", part.path(), part.id(), caller, () -> state.remove(part));
  }

  /// Adds a disk that nobody uses yet.
  public Operation insert(PersistentDisk disk, Caller caller) {
    return done(
        Scope.zone(disk.key().zone()),
        "insert",
        disk.path(),
        disk.id(),
        caller,
        () -> {
          synchronized (state) {
            if (state.disk(disk.key()).isPresent()) {
              throw Refusal.alreadyExists(state.project().path(disk.path()));
            }
            state.put(disk);
          }
        });
  }

  /// Removes a disk.
  ///
  /// @throws Refusal if an instance has it
  public Operation delete(PersistentDisk disk, Caller caller) {
    disk.user()
        .ifPresent(user -> {
          throw Refusal.inUse(
              "disk", state.project().path(disk.path()), state.project().path(user.path()));
        });
    return done(
        Scope.zone(disk.key().zone()),
        "delete",
        disk.path(),
        disk.id(),
        caller,
        () -> state.remove(disk));
  }

  /// A new id for something to be added.
  public long nextId() {
    return state.nextId();
  }

  private Operation global(String type, String target, long id, Caller caller, Runnable change) {
    return done(Scope.GLOBAL, type, target, id, caller, change);
  }

  /// Makes the change and opens its operation, or an operation that will fail and no change.
  private Operation done(
      Scope scope, String type, String target, long id, Caller caller, Runnable change) {
    Optional<OperationError> mishap = state.mishap(type);
    if (mishap.isEmpty()) {
      // Before the operation is opened, because it may refuse.
      change.run();
    }
    Operations operations = state.operations();
    Operation operation = operations.open(scope, type, target, id, caller);
    state
        .timeline()
        .after(
            tempo.update().plus(state.faults().slowOperations()),
            () ->
                mishap.ifPresentOrElse(
                    why -> operations.fail(operation, why), () -> operations.finish(operation)));
    return operation;
  }
}
