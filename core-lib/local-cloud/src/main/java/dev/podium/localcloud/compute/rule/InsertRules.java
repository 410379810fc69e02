package dev.podium.localcloud.compute.rule;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.podium.localcloud.compute.request.ComputeJson;
import dev.podium.localcloud.compute.request.Links;
import dev.podium.localcloud.state.Refusal;
import dev.podium.localcloud.state.compute.ComputeState;
import dev.podium.localcloud.state.instance.InstanceKey;
import dev.podium.localcloud.state.instance.InstanceSpec;
import dev.podium.localcloud.state.place.Catalog;
import dev.podium.localcloud.state.project.Access;
import dev.podium.localcloud.state.project.Administration;
import dev.podium.localcloud.state.resource.NetworkPart;
import java.util.Optional;

/// Holds a VM that somebody wants against all rules, in the order in which Google does.
public final class InsertRules {
  private final ComputeState state;
  private final Administration administration;
  private final Access access;
  private final Links links;
  private final OrgPolicies policies;

  public InsertRules(
      ComputeState state, Administration administration, Access access, Links links) {
    this.state = state;
    this.administration = administration;
    this.access = access;
    this.links = links;
    this.policies = new OrgPolicies(state.project(), links);
  }

  /// @param user e-mail address of the caller
  /// @param body as it was sent
  /// @throws Refusal in Google's words
  public void check(String user, ObjectNode body, InstanceKey key, InstanceSpec spec) {
    requireRights(user, body, key, spec);
    requireAccount(user, spec);
    requireNetwork(body.path("networkInterfaces").path(0));
    policies.check(administration.orgPolicies(), body, key, spec);
  }

  private void requireRights(String user, ObjectNode body, InstanceKey key, InstanceSpec spec) {
    String instance = state.project().path(key.path());
    String disk = state.project().path("zones/" + key.zone() + "/disks/" + key.name());
    require(user, "compute.disks.create", disk);
    if (!spec.labels().isEmpty()) {
      require(user, "compute.instances.setLabels", instance);
    }
    if (!spec.metadata().isEmpty()) {
      require(user, "compute.instances.setMetadata", instance);
    }
    if (!spec.tags().isEmpty()) {
      require(user, "compute.instances.setTags", instance);
    }
    if (spec.serviceAccount().isPresent()) {
      require(user, "compute.instances.setServiceAccount", instance);
    }
    for (JsonNode wanted : body.path("disks")) {
      JsonNode parameters = wanted.path("initializeParams");
      if (!parameters.path("labels").isEmpty()) {
        require(user, "compute.disks.setLabels", disk);
      }
      ComputeJson.text(parameters, "sourceImage")
          .ifPresent(image -> require(user, "compute.images.useReadOnly", links.normalise(image)));
    }
    String subnet =
        ComputeJson.text(body.path("networkInterfaces").path(0), "subnetwork")
            .map(links::normalise)
            .orElse(
                state
                    .project()
                    .path("regions/" + Catalog.regionOf(key.zone()) + "/subnetworks/default"));
    require(user, "compute.subnetworks.use", subnet);
    if (spec.externalAddress()) {
      require(user, "compute.subnetworks.useExternalIp", subnet);
    }
  }

  private void require(String user, String permission, String resource) {
    if (!access.allows(user, false, permission)) {
      throw new Refusal(
          403, "forbidden", "Required '" + permission + "' permission for '" + resource + "'");
    }
  }

  private void requireAccount(String user, InstanceSpec spec) {
    if (spec.serviceAccount().isEmpty()) {
      return;
    }
    String email = spec.serviceAccount().get().email();
    if (!access.allows(user, false, "iam.serviceAccounts.actAs")) {
      throw Refusal.invalid(
          "The user does not have access to service account '"
              + email
              + "'.  User: '"
              + user
              + "'.  Ask a project owner to grant you the iam.serviceAccountUser role on the service"
              + " account");
    }
    // An account of another project is its business.
    boolean missing =
        email.equals(state.project().defaultServiceAccount()) && !administration.hasAccount(email);
    if (missing) {
      throw Refusal.notFound(state.project().path("serviceAccounts/" + email));
    }
  }

  private void requireNetwork(JsonNode network) {
    Optional<String> named = ComputeJson.text(network, "network");
    if (named.isEmpty() && ComputeJson.text(network, "subnetwork").isPresent()) {
      return;
    }
    String reference = named.orElse("global/networks/default");
    String path = links.normalise(reference);
    String name = Links.shortName(reference);
    boolean own = !path.startsWith("projects/") || path.startsWith(state.project().path(""));
    if (own && state.networkPart(NetworkPart.Kind.NETWORK, name).isEmpty()) {
      Refusal missing =
          Refusal.invalidField(
              "resource.networkInterfaces[0].network",
              reference,
              "The referenced network resource cannot be found.");
      state.networkMissed(name);
      throw missing;
    }
  }
}
