package dev.podium.fleet.preflight.check;

import dev.podium.fleet.model.offer.QuotaNeed;
import dev.podium.fleet.preflight.fact.PlannedVm;
import dev.podium.fleet.preflight.fact.ProjectView;
import dev.podium.fleet.preflight.fact.ProjectView.Image;
import dev.podium.fleet.preflight.fact.ProjectView.Machine;
import dev.podium.fleet.preflight.fact.ProjectView.Quota;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/// Whether the cloud has the image, the zones and the room for a VM.
final class MachineChecks {
  private final PlannedVm vm;
  private final ProjectView view;

  MachineChecks(PlannedVm vm, ProjectView view) {
    this.vm = vm;
    this.view = view;
  }

  CheckFinding image() {
    Optional<Image> image = view.image(vm.image());
    if (image.isEmpty()) {
      return CheckFinding.failed(
          "there is no image " + vm.image(),
          Remedy.run(
              "Publish the VM image of the release, let the cloud make one, or name another.",
              List.of(
                  "podium image publish podium-vm-VERSION-amd64.tar.gz --project " + vm.project(),
                  "podium image bake --project " + vm.project())));
    }
    Optional<Machine> machine = view.machine(vm.zones().getFirst(), vm.machineType());
    String architecture = image.get().architecture();
    if (image.get().retired()) {
      return CheckFinding.warning(
          "'" + image.get().name() + "' is retired",
          Remedy.run(
              "Use the newest of the family, or publish another.",
              List.of("podium image use podium-agent --project " + vm.project())));
    }
    return machine.isPresent() && !machine.get().architecture().equals(architecture)
        ? CheckFinding.failed(
            "image '"
                + image.get().name()
                + "' is for "
                + architecture
                + " machines and "
                + vm.machineType()
                + " is of "
                + machine.get().architecture(),
            Remedy.of("Choose a machine type or an image of the same kind."))
        : CheckFinding.ok(
            "'"
                + image.get().name()
                + "'"
                + (image.get().version().isEmpty() ? "" : " with agent " + image.get().version())
                + ", made "
                + image.get().made());
  }

  CheckFinding zones() {
    Set<String> up = view.zones();
    List<String> down = vm.zones().stream().filter(zone -> !up.contains(zone)).toList();
    List<String> lacking =
        vm.zones().stream()
            .filter(up::contains)
            .filter(zone -> view.machine(zone, vm.machineType()).isEmpty())
            .toList();
    List<String> against = new ArrayList<>();
    if (!down.isEmpty()) {
      against.add(String.join(", ", down) + " is not there, or is down");
    }
    if (!lacking.isEmpty()) {
      against.add(String.join(", ", lacking) + " offers no " + vm.machineType());
    }
    if (against.isEmpty()) {
      return CheckFinding.ok(String.join(", ", vm.zones()) + " offers " + vm.machineType());
    }
    Remedy remedy =
        Remedy.run(
            "Choose zones and a machine type that go together.",
            List.of(
                "gcloud compute machine-types list --project="
                    + vm.project()
                    + " --filter=name="
                    + vm.machineType()));
    return down.size() + lacking.size() < vm.zones().size()
        ? CheckFinding.warning(String.join("; ", against), remedy)
        : CheckFinding.failed(String.join("; ", against), remedy);
  }

  CheckFinding quotas() {
    Map<String, Double> fits = new TreeMap<>();
    List<String> spent = new ArrayList<>();
    for (String region : vm.regions()) {
      List<Quota> quotas = view.quotas(region);
      for (QuotaNeed need : needs(region)) {
        quotas.stream()
            .filter(quota -> quota.metric().equals(need.metric()))
            .findFirst()
            .ifPresent(quota -> {
              fits.merge(region, Math.floor(quota.left() / need.amount()), Math::min);
              if (quota.left() < need.amount()) {
                spent.add(said(region, quota, need));
              }
            });
      }
    }
    double room = fits.values().stream().mapToDouble(Double::doubleValue).sum();
    Remedy remedy =
        Remedy.open(
            "Destroy VMs that nobody needs, or ask for more.",
            "https://console.cloud.google.com/iam-admin/quotas?project=" + vm.project());
    if (room < 1) {
      return CheckFinding.failed("no VM fits: " + String.join("; ", spent), remedy);
    }
    String found = "there is room for " + Math.round(room) + (room < 2 ? " VM" : " VMs");
    return spent.isEmpty()
        ? CheckFinding.ok(found)
        : CheckFinding.warning(found + ", but " + String.join("; ", spent), remedy);
  }

  private static String said(String region, Quota quota, QuotaNeed need) {
    return "%s in %s: %s of %s used, %s needed"
        .formatted(
            quota.metric(),
            region,
            number(quota.usage()),
            number(quota.limit()),
            number(need.amount()));
  }

  private static String number(double value) {
    return value == Math.rint(value) ? String.valueOf((long) value) : String.valueOf(value);
  }

  /// Where the machine type is not offered, its vCPUs are not counted: another check says so.
  private List<QuotaNeed> needs(String region) {
    int cpus =
        vm.zones().stream()
            .filter(zone -> PlannedVm.regionOf(zone).equals(region))
            .findFirst()
            .flatMap(zone -> view.machine(zone, vm.machineType()))
            .map(machine -> machine.cpus())
            .orElse(0);
    return QuotaNeed.of(
            vm.machineType(),
            cpus,
            vm.diskType(),
            vm.diskSizeGb(),
            vm.profile().machines().externalAddress())
        .stream()
        .filter(need -> need.amount() > 0)
        .toList();
  }
}
