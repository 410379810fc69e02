package dev.podium.fleet.cloud;

import dev.podium.fleet.model.Vm;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// The fleet's VMs as the cloud lists them. A zone that does not answer hides those that it has;
/// the list is one all the same. Whoever reads it must not take a VM for gone because it is not in
/// it.
///
/// @param unreached short names of the zones that did not answer
public record VmList(List<Vm> vms, Set<String> unreached) {
  public VmList {
    vms = List.copyOf(vms);
    unreached = Set.copyOf(unreached);
  }

  /// A list in which every zone has answered.
  public static VmList whole(List<Vm> vms) {
    return new VmList(vms, Set.of());
  }

  /// Whether what is not in the list is not in that zone either.
  public boolean reached(String zone) {
    return !unreached.contains(zone);
  }

  /// Which zones did not answer, for a sentence: `us-central1-a, us-east1-b`; empty if all did.
  public Optional<String> unreachedInWords() {
    return unreached.isEmpty()
        ? Optional.empty()
        : Optional.of(String.join(", ", unreached.stream().sorted().toList()));
  }
}
