package dev.podium.localcloud.administration;

import com.fasterxml.jackson.databind.JsonNode;
import dev.podium.localcloud.administration.Endpoint.Api;
import dev.podium.localcloud.state.Project;
import dev.podium.localcloud.state.Refusal;
import dev.podium.localcloud.state.project.Access;
import dev.podium.localcloud.state.project.Administration;
import dev.podium.localcloud.state.project.Binding;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/// Resource Manager and Cloud Billing: the project, who has which role in it, the organisation's
/// policies, and who pays.
final class ProjectEndpoints {
  private static final String PROJECT = "/v3/projects/(?<project>[^/:]+)";
  private static final Set<String> SWITCHES =
      Set.of("constraints/compute.requireShieldedVm", "constraints/compute.requireOsLogin");

  private final Administration administration;
  private final Access access;

  ProjectEndpoints(Administration administration, Access access) {
    this.administration = administration;
    this.access = access;
  }

  List<Endpoint> all() {
    return List.of(
        Endpoint.of(
            "GET", "/v3/projects:search", Api.RESOURCE_MANAGER, "", (_, call) -> search(call)),
        Endpoint.of(
            "GET",
            PROJECT,
            Api.RESOURCE_MANAGER,
            "resourcemanager.projects.get",
            (_, _) -> project()),
        Endpoint.of(
            "POST",
            PROJECT + ":testIamPermissions",
            Api.RESOURCE_MANAGER,
            "",
            (_, call) -> HeldPermissions.of(access, call)),
        Endpoint.of(
            "POST",
            PROJECT + ":getIamPolicy",
            Api.RESOURCE_MANAGER,
            "resourcemanager.projects.getIamPolicy",
            (_, _) -> policy()),
        Endpoint.of(
            "POST",
            PROJECT + ":setIamPolicy",
            Api.RESOURCE_MANAGER,
            "resourcemanager.projects.setIamPolicy",
            (_, call) -> setPolicy(call.body().path("policy"))),
        Endpoint.of(
            "POST",
            "/v1/projects/(?<project>[^/:]+):getEffectiveOrgPolicy",
            Api.RESOURCE_MANAGER,
            "orgpolicy.policy.get",
            (_, call) -> orgPolicy(call.body().path("constraint").asText())),
        Endpoint.of(
            "GET",
            "/v1/projects/(?<project>[^/:]+)/billingInfo",
            Api.BILLING,
            "resourcemanager.projects.get",
            (_, _) -> billing()));
  }

  private Map<String, Object> search(AdministrationCall call) {
    boolean seen = access.allows(call.user(), call.machine(), "resourcemanager.projects.get");
    return seen ? Map.of("projects", List.of(project())) : Map.of();
  }

  private Map<String, Object> project() {
    Project project = administration.project();
    Map<String, Object> answer = new LinkedHashMap<>();
    answer.put("name", "projects/" + project.number());
    answer.put("projectId", project.id());
    answer.put("state", "ACTIVE");
    answer.put("displayName", project.id());
    answer.put("createTime", project.created().toString());
    answer.put("updateTime", project.created().toString());
    return answer;
  }

  private Map<String, Object> policy() {
    List<Object> bindings = new ArrayList<>();
    for (Binding binding : administration.bindings()) {
      bindings.add(Map.of("role", binding.role(), "members", new TreeSet<>(binding.members())));
    }
    return Map.of("version", 1, "etag", administration.etag(), "bindings", bindings);
  }

  private Map<String, Object> setPolicy(JsonNode wanted) {
    List<Binding> bindings = new ArrayList<>();
    for (JsonNode binding : wanted.path("bindings")) {
      String role = binding.path("role").asText();
      if (administration.roles().permissions(role).isEmpty()) {
        throw new Refusal(
            400, "badRequest", "Role " + role + " is not supported for this resource.");
      }
      Set<String> members = new TreeSet<>();
      binding.path("members").forEach(member -> members.add(member.asText()));
      bindings.add(new Binding(role, members));
    }
    if (!administration.setBindings(bindings, wanted.path("etag").asText())) {
      throw new Refusal(
          409,
          "conflict",
          "There were concurrent policy changes. Please retry the whole read-modify-write with"
              + " exponential backoff.");
    }
    return policy();
  }

  private Map<String, Object> orgPolicy(String constraint) {
    List<String> allowed = administration.orgPolicies().get(constraint);
    Map<String, Object> answer = new LinkedHashMap<>();
    answer.put("constraint", constraint);
    if (SWITCHES.contains(constraint)) {
      answer.put("booleanPolicy", allowed == null ? Map.of() : Map.of("enforced", true));
    } else {
      answer.put(
          "listPolicy",
          allowed == null
              ? Map.of("allValues", "ALLOW")
              : allowed.isEmpty() ? Map.of("allValues", "DENY") : Map.of("allowedValues", allowed));
    }
    return answer;
  }

  private Map<String, Object> billing() {
    String project = administration.project().id();
    boolean billed = administration.billed();
    return Map.of(
        "name",
        "projects/" + project + "/billingInfo",
        "projectId",
        project,
        "billingAccountName",
        billed ? "billingAccounts/012345-567890-ABCDEF" : "",
        "billingEnabled",
        billed);
  }
}
