package dev.podium.fleet.api.call;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.podium.fleet.policy.PolicyDraft;
import dev.podium.fleet.policy.PolicyMember;
import dev.podium.fleet.policy.PolicyMember.Code;
import dev.podium.fleet.policy.PolicyMember.Count;
import dev.podium.fleet.policy.PolicyMember.Dollars;
import dev.podium.fleet.policy.PolicyMember.Names;
import dev.podium.fleet.policy.PolicyMember.Span;
import dev.podium.wire.text.DurationText;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/// A fleet's policy as the API's JSON: numbers as numbers, lengths of time in seconds, zones as a
/// list. What is of a wrong type becomes a text that its member refuses, so that one answer names
/// every fault.
public final class PolicyJson {
  private static final ObjectMapper JSON = new ObjectMapper();

  private PolicyJson() {}

  /// The draft as an object, as people may see it. A text that its member refuses stays a text.
  public static ObjectNode write(PolicyDraft all) {
    PolicyDraft draft = all.shown();
    ObjectNode node = JSON.createObjectNode();
    for (PolicyMember member : PolicyMember.values()) {
      String text = draft.text(member).strip();
      if (member.form().fault(text).isPresent()) {
        node.put(member.json(), text);
        continue;
      }
      switch (member.form()) {
        case Count _ -> node.put(member.json(), Integer.parseInt(text));
        case Span _ ->
            node.put(
                member.json(),
                new BigDecimal(
                    DurationText.decimalSeconds(DurationText.parse(text).orElseThrow())));
        case Dollars _ ->
            node.put(member.json(), text.isEmpty() ? BigDecimal.ZERO : new BigDecimal(text));
        case Names _ -> draft.zones().forEach(node.putArray(member.json())::add);
        case PolicyMember.Name _, PolicyMember.Choice _, Code _ -> node.put(member.json(), text);
      }
    }
    return node;
  }

  /// The members that the object has, as texts.
  public static Map<PolicyMember, String> read(JsonNode object) {
    Map<PolicyMember, String> texts = new EnumMap<>(PolicyMember.class);
    for (PolicyMember member : PolicyMember.values()) {
      JsonNode node = object.path(member.json());
      if (!node.isMissingNode()) {
        texts.put(member, text(member, node));
      }
    }
    return texts;
  }

  private static String text(PolicyMember member, JsonNode node) {
    return switch (member.form()) {
      case Count _, Dollars _ -> node.isNumber() ? node.asText() : node.toString();
      case Span _ -> node.isNumber() ? node.decimalValue().toPlainString() + " s" : node.toString();
      case Names _ -> node.isArray() ? names((ArrayNode) node) : "";
      case PolicyMember.Name _, PolicyMember.Choice _ -> node.isTextual() ? node.asText() : "";
      // Nothing would be right there, and would take the code away.
      case Code _ -> node.isTextual() ? node.asText() : "?";
    };
  }

  private static String names(ArrayNode list) {
    List<String> names = new ArrayList<>();
    list.forEach(name -> names.add(name.isTextual() ? name.asText() : name.toString()));
    return String.join(", ", names);
  }
}
