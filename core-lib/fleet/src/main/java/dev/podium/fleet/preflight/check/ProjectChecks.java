package dev.podium.fleet.preflight.check;

import dev.podium.fleet.preflight.fact.PlannedVm;
import dev.podium.fleet.preflight.fact.ProjectView;
import dev.podium.fleet.preflight.fact.ProjectView.Policy;
import dev.podium.fleet.preflight.fact.ProjectView.Project;
import dev.podium.wire.google.CloudApi;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/// Whether the project is there, paid for, and ready for what Podium calls.
final class ProjectChecks {
  /// Without these no fleet runs; the others only help the pre-flight to look.
  private static final Set<CloudApi> NEEDED =
      EnumSet.of(CloudApi.COMPUTE, CloudApi.PUBSUB, CloudApi.IAM);

  private static final String EXTERNAL = "constraints/compute.vmExternalIpAccess";
  private static final String SHIELDED = "constraints/compute.requireShieldedVm";
  private static final String LOCATIONS = "constraints/gcp.resourceLocations";

  private final PlannedVm vm;
  private final ProjectView view;

  ProjectChecks(PlannedVm vm, ProjectView view) {
    this.vm = vm;
    this.view = view;
  }

  CheckFinding project() {
    Project project = view.project();
    return project.active()
        ? CheckFinding.ok(
            "project '" + project.id() + "' is there; Google's number " + project.number())
        : CheckFinding.failed(
            "project '" + project.id() + "' is about to be deleted",
            Remedy.run(
                "Restore it, or use another project.",
                List.of("gcloud projects undelete " + project.id())));
  }

  CheckFinding billing() {
    return view.billed()
        ? CheckFinding.ok("a billing account pays for it")
        : CheckFinding.failed(
            "billing is off for project '" + vm.project() + "'",
            Remedy.open(
                "Link a billing account, and try again some minutes later.",
                "https://console.cloud.google.com/billing/linkedaccount?project=" + vm.project()));
  }

  CheckFinding apis() {
    Set<CloudApi> off = view.switchedOff(EnumSet.allOf(CloudApi.class));
    if (off.isEmpty()) {
      return CheckFinding.ok("all " + CloudApi.values().length + " that Podium asks are on");
    }
    String titles = off.stream().sorted().map(CloudApi::title).collect(Collectors.joining(", "));
    String services = off.stream().sorted().map(CloudApi::service).collect(Collectors.joining(" "));
    Remedy remedy =
        Remedy.run(
                "Switch them on; it takes some minutes to be felt.",
                List.of("gcloud services enable " + services + " --project=" + vm.project()))
            .andFix();
    return off.stream().anyMatch(NEEDED::contains)
        ? CheckFinding.failed("switched off: " + titles, remedy)
        : CheckFinding.warning("switched off, and asked by checks alone: " + titles, remedy);
  }

  void switchApisOn() {
    view.switchOn(view.switchedOff(EnumSet.allOf(CloudApi.class)));
  }

  CheckFinding policies() {
    List<String> against = new ArrayList<>();
    List<String> helps = new ArrayList<>();
    Policy external = view.policy(EXTERNAL);
    if (vm.profile().machines().externalAddress() && external.denied().contains("*")) {
      against.add("external addresses are forbidden (" + EXTERNAL + ")");
      helps.add("podium profile set " + vm.profile().name() + " --no-external-address");
    }
    if (view.policy(SHIELDED).enforced() && !vm.profile().machines().secureBoot()) {
      against.add("Shielded VMs are wanted (" + SHIELDED + ")");
      helps.add("podium profile set " + vm.profile().name() + " --secure-boot");
    }
    List<String> forbidden = forbidden(view.policy(LOCATIONS));
    if (!forbidden.isEmpty()) {
      against.add("nothing may be in " + String.join(", ", forbidden) + " (" + LOCATIONS + ")");
      helps.add("podium policy set --zones ZONE,…   # zones that the organisation allows");
    }
    return against.isEmpty()
        ? CheckFinding.ok("none stands in the way")
        : CheckFinding.failed(
            String.join("; ", against),
            Remedy.run(
                "Do as the organisation wants, or ask who administers it for an exception.",
                helps));
  }

  private List<String> forbidden(Policy locations) {
    return vm.zones().stream().filter(zone -> !LocationRule.allows(locations, zone)).toList();
  }
}
