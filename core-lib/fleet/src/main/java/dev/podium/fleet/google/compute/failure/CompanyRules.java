package dev.podium.fleet.google.compute.failure;

import dev.podium.fleet.google.compute.failure.KnownRefusals.Found;
import dev.podium.wire.google.ErrorContext;
import dev.podium.wire.model.PodiumException;
import java.util.Map;

/// An organisation's policies that stand in the way of a VM, and what the profile can do about
/// each. Google calls them constraints:
/// https://cloud.google.com/resource-manager/docs/organization-policy/org-policy-constraints
final class CompanyRules {
  /// @param what is forbidden, as the end of "the organisation …"
  /// @param remedy what helps besides an exception from the policy
  private record Known(String what, String remedy) {}

  private static final Map<String, Known> KNOWN =
      Map.of(
          "compute.vmExternalIpAccess",
          new Known(
              "forbids external addresses for this VM",
              "Switch external addresses off in the profile; people and this console then need a way"
                  + " into the VMs' network."),
          "compute.requireShieldedVm",
          new Known(
              "wants Shielded VMs with Secure Boot",
              "Switch Secure Boot on in the profile, with an image that is made for it."),
          "compute.trustedImageProjects",
          new Known(
              "allows no images of that project",
              "Build the VM image into a project that it allows, and name that image."),
          "compute.requireOsLogin",
          new Known("wants OS login", "Set enable-oslogin=TRUE in the project's metadata."),
          "compute.restrictSharedVpcSubnetworks",
          new Known("forbids that subnet", "Name a subnet that it allows in the profile."),
          "compute.restrictSharedVpcHostProjects",
          new Known(
              "forbids that Shared VPC", "Name a subnet of another host project in the profile."),
          "compute.disableSerialPortLogging",
          new Known(
              "forbids logging of serial consoles",
              "Take serial-port-logging-enable out of the project's metadata."),
          "compute.restrictNonConfidentialComputing",
          new Known(
              "wants Confidential VMs only, which Podium does not make", "Use another project."));

  private CompanyRules() {}

  static PodiumException refusal(ErrorContext context, Found found, Throwable cause) {
    String constraint = found.first();
    String name = constraint.substring(constraint.indexOf('/') + 1);
    Known known = KNOWN.getOrDefault(name, new Known("forbids it", ""));
    String ask =
        "Ask who administers the organisation for an exception for project '"
            + context.project()
            + "'.";
    return new PodiumException.NotPermitted(
        context.what(),
        "the organisation " + known.what() + " (" + constraint + ")" + words(known, found),
        known.remedy().isEmpty() ? ask : known.remedy() + " " + ask.replaceFirst("Ask", "Or ask"),
        cause);
  }

  /// Of a policy that is not in the table, the cloud's own words say what it is about.
  private static String words(Known known, Found found) {
    return known.remedy().isEmpty() ? ": " + ComputeErrors.plain(found.text()) : "";
  }
}
