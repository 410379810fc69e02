package dev.podium.fleet.google.project;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.podium.fleet.google.compute.MachinePrices;
import dev.podium.fleet.google.project.JsonCalls.Answer;
import dev.podium.fleet.preflight.fact.PlannedVm;
import dev.podium.fleet.preflight.fact.ProjectView.FirewallRule;
import dev.podium.fleet.preflight.fact.ProjectView.Image;
import dev.podium.fleet.preflight.fact.ProjectView.Machine;
import dev.podium.fleet.preflight.fact.ProjectView.Network;
import dev.podium.fleet.preflight.fact.ProjectView.Quota;
import dev.podium.wire.google.CloudApi;
import dev.podium.wire.model.Labels;
import dev.podium.wire.model.PodiumException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.TreeSet;

/// What Compute Engine says of a project.
final class ComputeFacts {
  /// US dollars an hour for an external IPv4 address. Source: Google's page "VPC network pricing".
  private static final double ADDRESS = 0.005;

  private final String base;
  private final String project;
  private final JsonCalls calls;
  private final InstantSource clock;

  ComputeFacts(String project, JsonCalls calls, InstantSource clock) {
    this.project = project;
    this.base = "compute/v1/projects/" + project + "/";
    this.calls = calls;
    this.clock = clock;
  }

  private Optional<JsonNode> find(String what, String path) {
    try {
      return Optional.of(calls.get(CloudApi.COMPUTE, what, path));
    } catch (PodiumException.NotFound missing) {
      return Optional.empty();
    }
  }

  private List<JsonNode> list(String what, String path) {
    List<JsonNode> items = new ArrayList<>();
    String token = "";
    do {
      JsonNode page =
          calls.get(
              CloudApi.COMPUTE,
              what,
              path
                  + (token.isEmpty()
                      ? ""
                      : "?pageToken=" + URLEncoder.encode(token, StandardCharsets.UTF_8)));
      page.path("items").forEach(items::add);
      token = page.path("nextPageToken").asText();
    } while (!token.isEmpty());
    return items;
  }

  Optional<Image> image(String reference) {
    String path =
        reference.contains("projects/")
            ? "compute/v1/" + reference.substring(reference.indexOf("projects/"))
            : base + reference;
    return find("Image " + reference + " cannot be read", path)
        .map(image ->
            new Image(
                image.path("name").asText(),
                image.path("architecture").asText("X86_64"),
                image.path("creationTimestamp").asText().replaceFirst("T.*", ""),
                image.path("labels").path(Labels.VERSION).asText().replace('_', '.'),
                image.path("deprecated").has("state")));
  }

  Optional<Network> network(String name) {
    return find("Network '" + name + "' cannot be read", base + "global/networks/" + name)
        .map(network ->
            new Network(
                name,
                network.has("autoCreateSubnetworks")
                    && !network.path("autoCreateSubnetworks").asBoolean()));
  }

  boolean hasSubnet(String path) {
    int projects = path.indexOf("projects/");
    return find(
            "Subnet " + path + " cannot be read",
            projects < 0 ? base + path : "compute/v1/" + path.substring(projects))
        .isPresent();
  }

  List<FirewallRule> firewalls() {
    return list("The firewall rules cannot be read", base + "global/firewalls").stream()
        .filter(rule -> rule.path("direction").asText("INGRESS").equals("INGRESS"))
        .map(ComputeFacts::rule)
        .toList();
  }

  private static FirewallRule rule(JsonNode rule) {
    boolean allows = rule.has("allowed");
    return new FirewallRule(
        rule.path("name").asText(),
        rule.path("network").asText().replaceFirst(".*/", ""),
        allows,
        rule.path("priority").asInt(1000),
        rule.path("disabled").asBoolean(),
        rule.has("sourceRanges") ? texts(rule.path("sourceRanges")) : List.of("0.0.0.0/0"),
        texts(rule.path("targetTags")),
        texts(rule.path("targetServiceAccounts")),
        tcpPorts(rule.path(allows ? "allowed" : "denied")));
  }

  private static Optional<List<String>> tcpPorts(JsonNode parts) {
    Optional<List<String>> ports = Optional.empty();
    for (JsonNode part : parts) {
      String protocol = part.path("IPProtocol").asText();
      if (protocol.equals("all")) {
        return Optional.of(List.of());
      }
      if (protocol.equals("tcp") || protocol.equals("6")) {
        List<String> more = new ArrayList<>(ports.orElse(List.of()));
        more.addAll(texts(part.path("ports")));
        ports = Optional.of(more);
      }
    }
    return ports;
  }

  private static List<String> texts(JsonNode list) {
    List<String> texts = new ArrayList<>();
    list.forEach(text -> texts.add(text.asText()));
    return texts;
  }

  void openPort(String name, String network, int port, List<String> tags) {
    ObjectNode rule = JsonNodeFactory.instance.objectNode();
    rule.put("name", name);
    rule.put("description", "Lets people reach the chat of Podium's VMs.");
    rule.put("network", "global/networks/" + network);
    rule.put("direction", "INGRESS");
    rule.putArray("sourceRanges").add("0.0.0.0/0");
    rule.putArray("allowed")
        .addObject()
        .put("IPProtocol", "tcp")
        .putArray("ports")
        .add(String.valueOf(port));
    tags.forEach(rule.withArray("targetTags")::add);
    JsonNode operation =
        calls.post(
            CloudApi.COMPUTE, "The firewall rule was not made", base + "global/firewalls", rule);
    calls.post(
        CloudApi.COMPUTE,
        "It is not known whether the firewall rule was made",
        base + "global/operations/" + operation.path("name").asText() + "/wait",
        JsonNodeFactory.instance.objectNode());
  }

  String defaultAccount() {
    return calls
        .get(
            CloudApi.COMPUTE,
            "Project '" + project + "' cannot be read",
            "compute/v1/projects/" + project)
        .path("defaultServiceAccount")
        .asText();
  }

  Set<String> zones() {
    Set<String> zones = new TreeSet<>();
    list("The zones cannot be listed", base + "zones").stream()
        .filter(zone -> !zone.path("status").asText().equals("DOWN"))
        .forEach(zone -> zones.add(zone.path("name").asText()));
    return zones;
  }

  private Optional<JsonNode> type(String zone, String machineType) {
    return find(
        "The machine type " + machineType + " cannot be read",
        base + "zones/" + zone + "/machineTypes/" + machineType);
  }

  Optional<Machine> machine(String zone, String machineType) {
    return type(zone, machineType)
        .map(type ->
            new Machine(
                type.path("guestCpus").asInt(), type.path("architecture").asText("X86_64")));
  }

  List<Quota> quotas(String region) {
    List<Quota> quotas = new ArrayList<>();
    calls
        .get(
            CloudApi.COMPUTE,
            "The quotas of " + region + " cannot be read",
            base + "regions/" + region)
        .path("quotas")
        .forEach(quota ->
            quotas.add(
                new Quota(
                    quota.path("metric").asText(),
                    quota.path("limit").asDouble(),
                    quota.path("usage").asDouble())));
    return quotas;
  }

  Duration clockAhead() {
    Instant asked = clock.instant();
    Answer answer =
        calls.call(
            CloudApi.COMPUTE,
            "The cloud's clock cannot be read",
            "GET",
            base + "zones?maxResults=1",
            JsonNodeFactory.instance.nullNode());
    // Half of the way there and back; the date has no fractions of a second.
    Instant middle = asked.plus(Duration.between(asked, clock.instant()).dividedBy(2));
    return answer
        .date()
        .map(date -> Duration.between(date.plusMillis(500), middle))
        .orElse(Duration.ZERO);
  }

  OptionalDouble hourlyCost(PlannedVm vm) {
    Optional<JsonNode> type = type(vm.zones().getFirst(), vm.machineType());
    if (type.isEmpty()) {
      return OptionalDouble.empty();
    }
    OptionalDouble machine =
        MachinePrices.estimate(
            vm.machineType(),
            type.get().path("guestCpus").asInt(),
            type.get().path("memoryMb").asInt());
    double disk = MachinePrices.disk(vm.diskType(), vm.diskSizeGb());
    double address = vm.profile().machines().externalAddress() ? ADDRESS : 0;
    return machine.isPresent() && disk > 0
        ? OptionalDouble.of(machine.getAsDouble() + disk + address)
        : OptionalDouble.empty();
  }
}
