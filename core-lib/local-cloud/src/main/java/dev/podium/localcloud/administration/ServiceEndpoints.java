package dev.podium.localcloud.administration;

import dev.podium.localcloud.administration.Endpoint.Api;
import dev.podium.localcloud.state.project.Administration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// Service Usage: which APIs are on.
final class ServiceEndpoints {
  private static final String SERVICES = "/v1/projects/(?<project>[^/:]+)/services";
  private static final String READ = "serviceusage.services.list";
  private static final String ENABLE = "serviceusage.services.enable";

  /// What this cloud serves, and what a fault may switch off.
  private static final List<String> SERVED =
      List.of(
          "cloudbilling.googleapis.com",
          "cloudresourcemanager.googleapis.com",
          "compute.googleapis.com",
          "iam.googleapis.com",
          "pubsub.googleapis.com",
          "serviceusage.googleapis.com");

  private final Administration administration;

  ServiceEndpoints(Administration administration) {
    this.administration = administration;
  }

  List<Endpoint> all() {
    return List.of(
        Endpoint.of("GET", SERVICES, Api.SERVICE_USAGE, READ, (_, call) -> list(call)),
        Endpoint.of(
            "GET", SERVICES + ":batchGet", Api.SERVICE_USAGE, READ, (_, call) -> batch(call)),
        Endpoint.of(
            "GET",
            SERVICES + "/(?<service>[^/:]+)",
            Api.SERVICE_USAGE,
            "serviceusage.services.get",
            (path, _) -> service(path.group("service"))),
        Endpoint.of(
            "POST",
            SERVICES + "/(?<service>[^/:]+):enable",
            Api.SERVICE_USAGE,
            ENABLE,
            (path, _) -> enable(Set.of(path.group("service")))),
        Endpoint.of(
            "POST",
            SERVICES + ":batchEnable",
            Api.SERVICE_USAGE,
            ENABLE,
            (_, call) -> {
              Set<String> services = new HashSet<>();
              call.body().path("serviceIds").forEach(id -> services.add(id.asText()));
              return enable(services);
            }));
  }

  private Map<String, Object> service(String name) {
    return Map.of(
        "name",
        "projects/" + administration.project().number() + "/services/" + name,
        "config",
        Map.of("name", name),
        "state",
        SERVED.contains(name) && administration.isOn(name) ? "ENABLED" : "DISABLED",
        "parent",
        "projects/" + administration.project().number());
  }

  private Map<String, Object> list(AdministrationCall call) {
    boolean on = call.query().get("filter", "").replace(" ", "").equals("state:ENABLED");
    return Map.of(
        "services",
        SERVED.stream()
            .filter(service -> !on || administration.isOn(service))
            .map(this::service)
            .toList());
  }

  private Map<String, Object> batch(AdministrationCall call) {
    return Map.of(
        "services",
        call.query().getAll("names").stream()
            .map(name -> service(name.substring(name.lastIndexOf('/') + 1)))
            .toList());
  }

  private Map<String, Object> enable(Set<String> services) {
    administration.switchOn(services);
    return Map.of("name", "operations/noop.DONE_OPERATION", "done", true, "response", Map.of());
  }
}
