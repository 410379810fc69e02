package dev.podium.localcloud.state.instance;

import dev.podium.localcloud.state.OrderedCopies;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// What the caller asked an instance to be; the part that `set…` methods change.
///
/// @param machineType short name, such as `e2-small`
/// @param labels at most 64, in the caller's order
/// @param metadata at most 512 KB, in the caller's order
/// @param tags network tags
/// @param serviceAccount whose tokens the machine gets
/// @param network short name
/// @param externalAddress whether it asked for an address that the outside can reach
/// @param disks the boot disk first
/// @param agentImage whether its boot disk holds the Podium agent
/// @param further members that the cloud keeps and gives back but does not act on. They are a tree
///   of maps, lists, strings, numbers and booleans, as in JSON.
public record InstanceSpec(
    String machineType,
    Map<String, String> labels,
    Map<String, String> metadata,
    List<String> tags,
    Scheduling scheduling,
    Optional<ServiceAccount> serviceAccount,
    String network,
    boolean externalAddress,
    List<AttachedDisk> disks,
    boolean agentImage,
    Map<String, Object> further) {

  /// @param email never the alias `default`
  /// @param scopes full URLs
  public record ServiceAccount(String email, List<String> scopes) {
    public ServiceAccount {
      scopes = List.copyOf(scopes);
    }
  }

  public InstanceSpec {
    labels = OrderedCopies.copyOf(labels);
    metadata = OrderedCopies.copyOf(metadata);
    tags = List.copyOf(tags);
    disks = List.copyOf(disks);
    further = OrderedCopies.copyOf(further);
  }

  /// The same with other labels.
  public InstanceSpec withLabels(Map<String, String> changed) {
    return new InstanceSpec(
        machineType,
        changed,
        metadata,
        tags,
        scheduling,
        serviceAccount,
        network,
        externalAddress,
        disks,
        agentImage,
        further);
  }

  /// The same with other metadata.
  public InstanceSpec withMetadata(Map<String, String> changed) {
    return new InstanceSpec(
        machineType,
        labels,
        changed,
        tags,
        scheduling,
        serviceAccount,
        network,
        externalAddress,
        disks,
        agentImage,
        further);
  }

  /// The same with other network tags.
  public InstanceSpec withTags(List<String> changed) {
    return new InstanceSpec(
        machineType,
        labels,
        metadata,
        changed,
        scheduling,
        serviceAccount,
        network,
        externalAddress,
        disks,
        agentImage,
        further);
  }

  /// The same on other terms.
  public InstanceSpec withScheduling(Scheduling changed) {
    return new InstanceSpec(
        machineType,
        labels,
        metadata,
        tags,
        changed,
        serviceAccount,
        network,
        externalAddress,
        disks,
        agentImage,
        further);
  }

  /// The same with other members that are only kept.
  public InstanceSpec withFurther(Map<String, Object> changed) {
    return new InstanceSpec(
        machineType,
        labels,
        metadata,
        tags,
        scheduling,
        serviceAccount,
        network,
        externalAddress,
        disks,
        agentImage,
        changed);
  }
}
