package dev.podium.localcloud.compute.fault;

import static dev.podium.localcloud.compute.body.Shape.Scalar.FLAG;
import static dev.podium.localcloud.compute.body.Shape.Scalar.NUMBER;
import static dev.podium.localcloud.compute.body.Shape.Scalar.TEXT;
import static dev.podium.localcloud.compute.body.Shape.Scalar.WHOLE;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.podium.localcloud.compute.body.Shape;
import dev.podium.localcloud.compute.request.ComputeJson;
import dev.podium.localcloud.state.Refusal;
import dev.podium.localcloud.state.fault.FaultPlan;
import dev.podium.localcloud.state.fault.Faults;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;

/// Faults as JSON, both ways. A member that is missing is well; one that is unknown is refused,
/// because a misspelt fault would never show.
public final class FaultsJson {
  private static final Shape SHAPE =
      new Shape.Members(
          Map.ofEntries(
              Map.entry("seed", WHOLE),
              Map.entry("stockedOutZones", new Shape.ListOf(TEXT)),
              Map.entry("unreachableZones", new Shape.ListOf(TEXT)),
              Map.entry("quotas", new Shape.MapOf(NUMBER)),
              Map.entry("requestsPerMinute", new Shape.MapOf(WHOLE)),
              Map.entry("errorRate403", NUMBER),
              Map.entry("errorRate429", NUMBER),
              Map.entry("errorRate503", NUMBER),
              Map.entry("slowOperationsMillis", WHOLE),
              Map.entry(
                  "failingOperations",
                  new Shape.Members(
                      Map.of("rate", NUMBER, "code", TEXT, "types", new Shape.ListOf(TEXT)), true)),
              Map.entry(
                  "pubsub",
                  new Shape.Members(
                      Map.of(
                          "delayMillis",
                          WHOLE,
                          "duplicateRate",
                          NUMBER,
                          "errorRate",
                          NUMBER,
                          "unavailable",
                          FLAG,
                          "seekMillis",
                          WHOLE),
                      true)),
              Map.entry("project", ProjectFaultsJson.SHAPE),
              Map.entry("cuttableNetworks", FLAG),
              Map.entry("probesCut", FLAG),
              Map.entry("accountsWithoutRole", new Shape.ListOf(TEXT)),
              Map.entry("unbootableImages", new Shape.ListOf(TEXT))),
          true);

  private FaultsJson() {}

  /// Faults, and the seed from which their chances are to be drawn anew, if one is given.
  public record Wanted(Faults faults, OptionalLong seed) {}

  /// Reads a text.
  ///
  /// @throws Refusal if it is not JSON, or a member is unknown, of a wrong type or out of its range
  public static Wanted read(String json) {
    return read(ComputeJson.body(json.getBytes(StandardCharsets.UTF_8)));
  }

  static Wanted read(ObjectNode body) {
    SHAPE.check("faults", body);
    Map<String, Double> quotas = new LinkedHashMap<>();
    body.path("quotas")
        .properties()
        .forEach(entry -> quotas.put(entry.getKey(), entry.getValue().asDouble()));
    Map<String, Integer> limits = new LinkedHashMap<>();
    for (String group : names(body.path("requestsPerMinute"))) {
      limits.put(group, Math.toIntExact(whole(body.path("requestsPerMinute"), group, 1 << 30)));
    }
    JsonNode failing = body.path("failingOperations");
    JsonNode pubsub = body.path("pubsub");
    return new Wanted(
        new Faults(
            Set.copyOf(ComputeJson.texts(body.path("stockedOutZones"))),
            Set.copyOf(ComputeJson.texts(body.path("unreachableZones"))),
            quotas,
            limits,
            body.path("errorRate403").asDouble(),
            body.path("errorRate429").asDouble(),
            body.path("errorRate503").asDouble(),
            millis(body, "slowOperationsMillis"),
            new Faults.FailingOperations(
                failing.path("rate").asDouble(),
                ComputeJson.text(failing, "code").orElse("INTERNAL_ERROR"),
                Set.copyOf(ComputeJson.texts(failing.path("types")))),
            new Faults.PubSub(
                millis(pubsub, "delayMillis"),
                pubsub.path("duplicateRate").asDouble(),
                pubsub.path("errorRate").asDouble(),
                ComputeJson.flag(pubsub, "unavailable", false),
                millis(pubsub, "seekMillis")),
            ProjectFaultsJson.read(body.path("project")),
            ComputeJson.flag(body, "cuttableNetworks", false),
            ComputeJson.flag(body, "probesCut", false),
            Set.copyOf(ComputeJson.texts(body.path("accountsWithoutRole"))),
            Set.copyOf(ComputeJson.texts(body.path("unbootableImages")))),
        ComputeJson.number(body, "seed", "faults.seed")
            .map(OptionalLong::of)
            .orElse(OptionalLong.empty()));
  }

  private static List<String> names(JsonNode object) {
    return object.properties().stream().map(Map.Entry::getKey).toList();
  }

  private static Duration millis(JsonNode node, String member) {
    return Duration.ofMillis(whole(node, member, Long.MAX_VALUE));
  }

  private static long whole(JsonNode node, String member, long most) {
    long value = ComputeJson.number(node, member, "faults." + member).orElse(0L);
    if (value < 0 || value > most) {
      throw Refusal.invalidField(
          "faults." + member, String.valueOf(value), "Must be between 0 and " + most + ".");
    }
    return value;
  }

  /// All faults, with the seed of their chances: what a later [#read] repeats this run from.
  static ObjectNode write(FaultPlan plan) {
    Faults faults = plan.now();
    ObjectNode node = ComputeJson.object();
    node.put("seed", plan.seed());
    faults.stockedOutZones().stream().sorted().forEach(node.putArray("stockedOutZones")::add);
    faults.unreachableZones().stream().sorted().forEach(node.putArray("unreachableZones")::add);
    node.set("quotas", ComputeJson.node(faults.quotas()));
    node.set("requestsPerMinute", ComputeJson.node(faults.requestsPerMinute()));
    node.put("errorRate403", faults.errorRate403());
    node.put("errorRate429", faults.errorRate429());
    node.put("errorRate503", faults.errorRate503());
    node.put("slowOperationsMillis", faults.slowOperations().toMillis());
    ObjectNode failing = node.putObject("failingOperations");
    failing.put("rate", faults.failingOperations().rate());
    failing.put("code", faults.failingOperations().code());
    faults.failingOperations().types().stream().sorted().forEach(failing.putArray("types")::add);
    node.putObject("pubsub")
        .put("delayMillis", faults.pubsub().delay().toMillis())
        .put("duplicateRate", faults.pubsub().duplicateRate())
        .put("errorRate", faults.pubsub().errorRate())
        .put("unavailable", faults.pubsub().unavailable())
        .put("seekMillis", faults.pubsub().seek().toMillis());
    node.set("project", ProjectFaultsJson.write(faults.project()));
    node.put("cuttableNetworks", faults.cuttableNetworks());
    node.put("probesCut", faults.probesCut());
    faults.accountsWithoutRole().stream()
        .sorted()
        .forEach(node.putArray("accountsWithoutRole")::add);
    faults.unbootableImages().stream().sorted().forEach(node.putArray("unbootableImages")::add);
    return node;
  }

  /// [#write] in one line, for logs and command lines.
  public static String line(FaultPlan plan) {
    return write(plan).toString();
  }
}
