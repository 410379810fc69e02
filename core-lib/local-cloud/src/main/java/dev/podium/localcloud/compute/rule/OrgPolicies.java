package dev.podium.localcloud.compute.rule;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.podium.localcloud.compute.request.ComputeJson;
import dev.podium.localcloud.compute.request.Links;
import dev.podium.localcloud.state.Project;
import dev.podium.localcloud.state.Refusal;
import dev.podium.localcloud.state.instance.InstanceKey;
import dev.podium.localcloud.state.instance.InstanceSpec;
import dev.podium.localcloud.state.place.Catalog;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// The organisation's policies. A constraint that stands for nothing here forbids every VM.
///
/// Source of the constraints:
/// https://cloud.google.com/resource-manager/docs/organization-policy/org-policy-constraints
final class OrgPolicies {
  private final Project project;
  private final Links links;

  OrgPolicies(Project project, Links links) {
    this.project = project;
    this.links = links;
  }

  /// @param inForce the constraints, each with what it allows
  /// @throws Refusal 412 with the first constraint that the VM violates
  void check(
      Map<String, List<String>> inForce, ObjectNode body, InstanceKey key, InstanceSpec spec) {
    new TreeMap<>(inForce)
        .forEach((constraint, allowed) -> check(constraint, allowed, body, key, spec));
  }

  private void check(
      String constraint,
      List<String> allowed,
      ObjectNode body,
      InstanceKey key,
      InstanceSpec spec) {
    String violated = "Constraint " + constraint + " violated for project ";
    String instance = project.path(key.path());
    JsonNode shield = body.path("shieldedInstanceConfig");
    switch (constraint) {
      case "constraints/compute.vmExternalIpAccess" ->
          refuse(
              spec.externalAddress() && !allowed.contains(instance),
              violated
                  + project.number()
                  + ". Add instance "
                  + instance
                  + " to the constraint to use external IP with it.");
      case "constraints/compute.requireShieldedVm" ->
          refuse(
              !ComputeJson.flag(shield, "enableSecureBoot", false),
              violated
                  + "projects/"
                  + project.id()
                  + ". The boot disk's 'initialize_params.source_image' field specifies a"
                  + " non-Shielded image: "
                  + image(body)
                  + ". See https://cloud.google.com/resource-manager/docs/organization-policy/"
                  + "org-policy-constraints for more information.");
      case "constraints/compute.trustedImageProjects" ->
          refuse(
              !allowed.contains("projects/" + imageProject(body)),
              violated
                  + project.id()
                  + ". Use of images from project "
                  + imageProject(body)
                  + " is prohibited.");
      case "constraints/gcp.resourceLocations" ->
          refuse(
              !isIn(allowed, key),
              "Location ZONE:"
                  + key.zone()
                  + " violates constraint constraints/gcp.resourceLocations on the resource "
                  + instance
                  + ".");
      case "constraints/compute.restrictSharedVpcSubnetworks",
          "constraints/compute.restrictSharedVpcHostProjects" ->
          refuseSubnet(violated, allowed, body);
      case "constraints/compute.requireOsLogin" ->
          refuse(
              !"TRUE".equalsIgnoreCase(spec.metadata().getOrDefault("enable-oslogin", "")),
              violated + project.id() + ". OS Login must be enabled on the instance.");
      default -> refuse(true, violated + "project " + project.id() + ".");
    }
  }

  private static void refuse(boolean violated, String sentence) {
    if (violated) {
      throw Refusal.conditionNotMet(sentence);
    }
  }

  private String image(ObjectNode body) {
    return links.normalise(
        ComputeJson.text(body.at("/disks/0/initializeParams"), "sourceImage").orElse("none"));
  }

  private String imageProject(ObjectNode body) {
    return image(body).split("/", -1)[1];
  }

  /// Its values are zones, regions, and groups such as `in:us-locations`.
  private static boolean isIn(List<String> allowed, InstanceKey key) {
    return allowed.stream()
        .map(value -> value.replaceFirst("^(?:in|is):", "").replaceFirst("-locations$", ""))
        .anyMatch(place ->
            key.zone().equals(place)
                || Catalog.regionOf(key.zone()).equals(place)
                || Catalog.regionOf(key.zone())
                    .startsWith((place.equals("eu") ? "europe" : place) + "-"));
  }

  private void refuseSubnet(String violated, List<String> allowed, ObjectNode body) {
    ComputeJson.text(body.path("networkInterfaces").path(0), "subnetwork")
        .map(links::normalise)
        .filter(subnet -> !subnet.startsWith(project.path("")))
        .ifPresent(subnet ->
            refuse(
                allowed.stream().noneMatch(subnet::startsWith),
                violated
                    + "projects/"
                    + project.id()
                    + ". Subnetwork "
                    + subnet
                    + " is not allowed."));
  }
}
