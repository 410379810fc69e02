package dev.podium.fleet.google.project;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.podium.fleet.google.VmRole;
import dev.podium.fleet.preflight.fact.ProjectView.Account;
import dev.podium.fleet.preflight.fact.ProjectView.Policy;
import dev.podium.fleet.preflight.fact.ProjectView.Project;
import dev.podium.wire.google.CloudApi;
import dev.podium.wire.model.PodiumException;
import java.util.Collection;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/// What Resource Manager, Service Usage, Billing and IAM say of a project.
final class AdministrationFacts {
  private final String id;
  private final JsonCalls calls;

  AdministrationFacts(String project, JsonCalls calls) {
    this.id = project;
    this.calls = calls;
  }

  Project project() {
    JsonNode answer = projectAnswer();
    return new Project(
        answer.path("projectId").asText(id),
        answer.path("name").asText().replaceFirst("^projects/", ""),
        answer.path("state").asText("ACTIVE").equals("ACTIVE"));
  }

  private JsonNode projectAnswer() {
    String what = "Project '" + id + "' cannot be read";
    try {
      return calls.get(CloudApi.RESOURCE_MANAGER, what, "v3/projects/" + id);
    } catch (PodiumException.NotPermitted refused) {
      // Of a project that is not there, Google says that the right to see it is missing.
      if (refused.sentence().contains("resourcemanager.projects.get")) {
        throw new PodiumException.NotFound(
            what,
            "there is none of that id, or you may not see it",
            "Check the project's id, and that this account is a member of it.",
            refused);
      }
      throw refused;
    }
  }

  boolean billed() {
    return calls
        .get(
            CloudApi.BILLING,
            "It cannot be read who pays for project '" + id + "'",
            "v1/projects/" + id + "/billingInfo")
        .path("billingEnabled")
        .asBoolean();
  }

  Set<CloudApi> switchedOff(Collection<CloudApi> apis) {
    String names =
        apis.stream()
            .map(api -> "names=projects/" + id + "/services/" + api.service())
            .collect(Collectors.joining("&"));
    Set<String> on = new HashSet<>();
    for (JsonNode service :
        calls
            .get(
                CloudApi.SERVICE_USAGE,
                "The APIs of project '" + id + "' cannot be read",
                "v1/projects/" + id + "/services:batchGet?" + names)
            .path("services")) {
      if (service.path("state").asText().equals("ENABLED")) {
        on.add(service.path("name").asText().replaceFirst(".*/", ""));
      }
    }
    return apis.stream().filter(api -> !on.contains(api.service())).collect(Collectors.toSet());
  }

  void switchOn(Collection<CloudApi> apis) {
    if (apis.isEmpty()) {
      return;
    }
    ObjectNode body = object();
    apis.forEach(api -> body.withArray("serviceIds").add(api.service()));
    calls.post(
        CloudApi.SERVICE_USAGE,
        "The APIs were not switched on",
        "v1/projects/" + id + "/services:batchEnable",
        body);
  }

  Set<String> held(Collection<String> permissions) {
    return tested(
        CloudApi.RESOURCE_MANAGER, "v3/projects/" + id + ":testIamPermissions", permissions);
  }

  Set<String> heldOn(String account, Collection<String> permissions) {
    return tested(CloudApi.IAM, account(account) + ":testIamPermissions", permissions);
  }

  private Set<String> tested(CloudApi api, String path, Collection<String> permissions) {
    ObjectNode body = object();
    permissions.forEach(body.withArray("permissions")::add);
    return texts(calls.post(api, "Your rights cannot be read", path, body).path("permissions"));
  }

  private static Set<String> texts(JsonNode list) {
    Set<String> texts = new TreeSet<>();
    list.forEach(text -> texts.add(text.asText()));
    return texts;
  }

  /// Of the older form of policies, which answers for what is inherited too.
  Policy policy(String constraint) {
    JsonNode answer =
        calls.post(
            CloudApi.RESOURCE_MANAGER,
            "The organisation's rules cannot be read",
            "v1/projects/" + id + ":getEffectiveOrgPolicy",
            object().put("constraint", constraint));
    JsonNode list = answer.path("listPolicy");
    return new Policy(
        answer.path("booleanPolicy").path("enforced").asBoolean(),
        list.path("allValues").asText().equals("DENY")
            ? Set.of("*")
            : texts(list.path("deniedValues")),
        texts(list.path("allowedValues")));
  }

  Optional<Account> account(String email, String what) {
    try {
      JsonNode answer = calls.get(CloudApi.IAM, what, account(email));
      return Optional.of(
          new Account(answer.path("email").asText(email), answer.path("disabled").asBoolean()));
    } catch (PodiumException.NotFound missing) {
      return Optional.empty();
    }
  }

  private String account(String email) {
    return "v1/projects/" + id + "/serviceAccounts/" + email;
  }

  Set<String> permissionsOf(String account) {
    String number = project().number();
    // The last one is Google's name for all accounts of the project.
    Set<String> who =
        Set.of(
            "serviceAccount:" + account,
            "allUsers",
            "allAuthenticatedUsers",
            "principalSet://cloudresourcemanager.googleapis.com/projects/"
                + number
                + "/type/ServiceAccount");
    Set<String> permissions = new TreeSet<>();
    for (JsonNode binding : policy().path("bindings")) {
      // A condition may exclude the moment or the topic; what it gives is not counted on.
      if (!binding.has("condition")
          && texts(binding.path("members")).stream().anyMatch(who::contains)) {
        permissions.addAll(permissionsIn(binding.path("role").asText()));
      }
    }
    return permissions;
  }

  private JsonNode policy() {
    ObjectNode body = object();
    body.putObject("options").put("requestedPolicyVersion", 3);
    return calls.post(
        CloudApi.RESOURCE_MANAGER,
        "It cannot be read who has which role in project '" + id + "'",
        "v3/projects/" + id + ":getIamPolicy",
        body);
  }

  private Set<String> permissionsIn(String role) {
    return texts(
        calls
            .get(CloudApi.IAM, "Role " + role + " cannot be read", "v1/" + role)
            .path("includedPermissions"));
  }

  void grantVmRole(String account) {
    String what = "Account " + account + " did not get the VMs' role";
    makeVmRole(what);
    ObjectNode policy = (ObjectNode) policy();
    ObjectNode binding = policy.withArray("bindings").addObject();
    binding.put("role", "projects/" + id + "/roles/" + VmRole.ID);
    binding.putArray("members").add("serviceAccount:" + account);
    // Its etag refuses the change if somebody else was faster.
    ObjectNode body = object();
    body.set("policy", policy);
    calls.post(CloudApi.RESOURCE_MANAGER, what, "v3/projects/" + id + ":setIamPolicy", body);
  }

  private void makeVmRole(String what) {
    ObjectNode body = object().put("roleId", VmRole.ID);
    ObjectNode role = body.putObject("role").put("title", VmRole.TITLE).put("stage", "GA");
    VmRole.PERMISSIONS.forEach(role.withArray("includedPermissions")::add);
    try {
      calls.post(CloudApi.IAM, what, "v1/projects/" + id + "/roles", body);
    } catch (PodiumException.AlreadyExists | PodiumException.Conflict there) {
      // Somebody made it before.
    }
  }

  private static ObjectNode object() {
    return JsonNodeFactory.instance.objectNode();
  }
}
