package dev.podium.localcloud.compute.fault;

import static dev.podium.localcloud.compute.body.Shape.Scalar.FLAG;
import static dev.podium.localcloud.compute.body.Shape.Scalar.TEXT;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.podium.localcloud.compute.body.Shape;
import dev.podium.localcloud.compute.request.ComputeJson;
import dev.podium.localcloud.state.Refusal;
import dev.podium.localcloud.state.fault.ProjectFaults;
import dev.podium.localcloud.state.fault.ProjectFaults.DefaultAccount;
import dev.podium.localcloud.state.fault.ProjectFaults.Network;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/// The member `project` of the faults.
final class ProjectFaultsJson {
  static final Shape SHAPE =
      new Shape.Members(
          Map.of(
              "denied",
              new Shape.MapOf(new Shape.ListOf(TEXT)),
              "disabledApis",
              new Shape.ListOf(TEXT),
              "billingOff",
              FLAG,
              "orgPolicies",
              new Shape.MapOf(new Shape.ListOf(TEXT)),
              "network",
              TEXT,
              "defaultAccount",
              TEXT),
          true);

  private ProjectFaultsJson() {}

  static ProjectFaults read(JsonNode node) {
    Map<String, Set<String>> denied = new LinkedHashMap<>();
    lists(node.path("denied")).forEach((who, what) -> denied.put(who, Set.copyOf(what)));
    return new ProjectFaults(
        denied,
        Set.copyOf(ComputeJson.texts(node.path("disabledApis"))),
        ComputeJson.flag(node, "billingOff", false),
        lists(node.path("orgPolicies")),
        word(Network.class, node, "network"),
        word(DefaultAccount.class, node, "defaultAccount"));
  }

  private static Map<String, List<String>> lists(JsonNode object) {
    Map<String, List<String>> lists = new LinkedHashMap<>();
    object
        .properties()
        .forEach(entry -> lists.put(entry.getKey(), ComputeJson.texts(entry.getValue())));
    return lists;
  }

  private static <E extends Enum<E>> E word(Class<E> kind, JsonNode node, String member) {
    E[] all = kind.getEnumConstants();
    String text = ComputeJson.text(node, member).orElse(all[0].name());
    return Arrays.stream(all)
        .filter(one -> one.name().equals(text))
        .findFirst()
        .orElseThrow(() ->
            Refusal.invalidField(
                "faults.project." + member,
                text,
                "Must be one of "
                    + Arrays.stream(all).map(Enum::name).collect(Collectors.joining(", "))
                    + "."));
  }

  static ObjectNode write(ProjectFaults faults) {
    ObjectNode node = ComputeJson.object();
    ObjectNode denied = node.putObject("denied");
    new TreeMap<>(faults.denied())
        .forEach((who, what) -> what.stream().sorted().forEach(denied.putArray(who)::add));
    faults.disabledApis().stream().sorted().forEach(node.putArray("disabledApis")::add);
    node.put("billingOff", faults.billingOff());
    node.set("orgPolicies", ComputeJson.node(new TreeMap<>(faults.orgPolicies())));
    node.put("network", faults.network().name());
    node.put("defaultAccount", faults.defaultAccount().name());
    return node;
  }
}
