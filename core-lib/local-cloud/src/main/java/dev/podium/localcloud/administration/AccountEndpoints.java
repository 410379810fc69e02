package dev.podium.localcloud.administration;

import com.fasterxml.jackson.databind.JsonNode;
import dev.podium.localcloud.administration.Endpoint.Api;
import dev.podium.localcloud.state.Refusal;
import dev.podium.localcloud.state.project.Access;
import dev.podium.localcloud.state.project.Administration;
import dev.podium.localcloud.state.token.IssuedTokens;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/// IAM: service accounts and roles.
final class AccountEndpoints {
  private static final String PROJECT = "/v1/projects/(?<project>[^/:]+)/";
  private static final String ACCOUNT = PROJECT + "serviceAccounts/(?<account>[^/:]+)";

  private final Administration administration;
  private final Access access;

  AccountEndpoints(Administration administration, Access access) {
    this.administration = administration;
    this.access = access;
  }

  List<Endpoint> all() {
    return List.of(
        Endpoint.of(
            "GET",
            ACCOUNT,
            Api.IAM,
            "iam.serviceAccounts.get",
            (path, _) -> account(path.group("account"))),
        Endpoint.of(
            "POST",
            ACCOUNT + ":testIamPermissions",
            Api.IAM,
            "",
            (path, call) -> {
              requireAccount(path.group("account"));
              return HeldPermissions.of(access, call);
            }),
        Endpoint.of(
            "GET", "/v1/(?<role>roles/[^/:]+)", Api.IAM, "", (path, _) -> role(path.group("role"))),
        Endpoint.of(
            "GET",
            PROJECT + "roles/(?<role>[^/:]+)",
            Api.IAM,
            "iam.roles.get",
            (path, _) -> role(administration.project().path("roles/" + path.group("role")))),
        Endpoint.of(
            "POST",
            PROJECT + "roles",
            Api.IAM,
            "iam.roles.create",
            (_, call) -> makeRole(call.body())));
  }

  private void requireAccount(String email) {
    if (!administration.hasAccount(email)) {
      throw new Refusal(404, "notFound", "Unknown service account");
    }
  }

  private Map<String, Object> account(String email) {
    requireAccount(email);
    Map<String, Object> account = new LinkedHashMap<>();
    account.put("name", administration.project().path("serviceAccounts/" + email));
    account.put("projectId", administration.project().id());
    account.put("uniqueId", IssuedTokens.subjectOf(email));
    account.put("email", email);
    account.put("oauth2ClientId", IssuedTokens.subjectOf(email));
    if (administration.isDisabled(email)) {
      account.put("disabled", true);
    }
    return account;
  }

  private Map<String, Object> role(String name) {
    Set<String> permissions =
        administration
            .roles()
            .permissions(name)
            .orElseThrow(
                () -> new Refusal(404, "notFound", "The role named " + name + " was not found."));
    return Map.of(
        "name",
        name,
        "title",
        name.substring(name.lastIndexOf('/') + 1),
        "stage",
        "GA",
        "includedPermissions",
        new TreeSet<>(permissions));
  }

  private Map<String, Object> makeRole(JsonNode body) {
    String name = administration.project().path("roles/" + body.path("roleId").asText());
    Set<String> permissions = new TreeSet<>();
    body.path("role").path("includedPermissions").forEach(each -> permissions.add(each.asText()));
    if (!administration.roles().make(name, permissions)) {
      throw new Refusal(
          409,
          "alreadyExists",
          "A role named "
              + body.path("roleId").asText()
              + " in "
              + administration.project().path("").replaceFirst("/$", "")
              + " already exists.");
    }
    return role(name);
  }
}
