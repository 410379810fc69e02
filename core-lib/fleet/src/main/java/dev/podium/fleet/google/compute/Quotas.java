package dev.podium.fleet.google.compute;

import com.google.cloud.compute.v1.GetMachineTypeRequest;
import com.google.cloud.compute.v1.GetRegionRequest;
import dev.podium.fleet.google.compute.failure.OperationErrors.QuotaFacts;
import dev.podium.fleet.model.VmSpec;
import dev.podium.fleet.model.offer.RegionQuota;
import dev.podium.wire.google.CloudCalls;
import dev.podium.wire.google.ErrorContext;
import dev.podium.wire.model.PodiumException;
import java.util.List;
import java.util.Optional;

/// What the cloud says of a region's quotas: before VMs are asked for, and of one that a failure
/// names. The latter never fails: its numbers only adorn the sentence of another failure.
final class Quotas {
  private final String project;
  private final ComputeClients clients;
  private final CloudCalls calls;

  Quotas(String project, ComputeClients clients, CloudCalls calls) {
    this.project = project;
    this.clients = clients;
    this.calls = calls;
  }

  /// About the quotas that this VM takes some of.
  QuotaFacts facts(VmSpec spec) {
    return new QuotaFacts() {
      @Override
      public Optional<Double> used(String region, String quota) {
        return Quotas.this.used(region, quota);
      }

      @Override
      public Optional<Double> needed(String quota) {
        return Quotas.this.needed(spec, quota);
      }
    };
  }

  /// All of a region.
  ///
  /// @throws PodiumException if they cannot be read
  List<RegionQuota> of(String region) {
    return calls
        .once(
            errorContext("The quotas of " + region + " cannot be read"),
            clients.regions().getCallable(),
            GetRegionRequest.newBuilder().setProject(project).setRegion(region).build())
        .getQuotasList()
        .stream()
        .map(quota -> new RegionQuota(quota.getMetric(), quota.getLimit(), quota.getUsage()))
        .toList();
  }

  private Optional<Double> used(String region, String quota) {
    if (region.isEmpty()) {
      return Optional.empty();
    }
    try {
      return of(region).stream()
          .filter(known -> known.metric().equals(quota))
          .map(RegionQuota::usage)
          .findFirst();
    } catch (PodiumException e) {
      return Optional.empty();
    }
  }

  private Optional<Double> needed(VmSpec spec, String quota) {
    return switch (quota) {
      case "INSTANCES", "IN_USE_ADDRESSES" -> Optional.of(1.0);
      case "DISKS_TOTAL_GB", "SSD_TOTAL_GB" -> Optional.of((double) spec.diskSizeGb());
      // `CPUS`, and one for each family and for Spot: `N2_CPUS`, `PREEMPTIBLE_CPUS`.
      default -> quota.endsWith("CPUS") ? cpus(spec) : Optional.empty();
    };
  }

  private Optional<Double> cpus(VmSpec spec) {
    try {
      return Optional.of(
          (double)
              calls
                  .once(
                      errorContext("The machine type " + spec.machineType() + " cannot be read"),
                      clients.machineTypes().getCallable(),
                      GetMachineTypeRequest.newBuilder()
                          .setProject(project)
                          .setZone(spec.zone())
                          .setMachineType(spec.machineType())
                          .build())
                  .getGuestCpus());
    } catch (PodiumException e) {
      return Optional.empty();
    }
  }

  private ErrorContext errorContext(String what) {
    return new ErrorContext(what, project, clients.endpoint());
  }
}
