package dev.podium.localcloud.compute.request;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Set;

/// Lets the links of an answer lead to the host by which the request came.
///
/// Clients that follow Google's own links would leave this computer, and take their token along.
public final class RequestLinks {
  /// Texts of people, which stay as they are.
  private static final Set<String> PEOPLES =
      Set.of("labels", "metadata", "commonInstanceMetadata", "description", "contents");

  private RequestLinks() {}

  /// A copy of the answer.
  ///
  /// @param authority of the request: `host:port`
  public static JsonNode rewritten(JsonNode answer, String authority) {
    return switch (answer) {
      case ArrayNode list -> {
        ArrayNode copy = JsonNodeFactory.instance.arrayNode(list.size());
        list.forEach(item -> copy.add(rewritten(item, authority)));
        yield copy;
      }
      case ObjectNode object -> {
        ObjectNode copy = JsonNodeFactory.instance.objectNode();
        object
            .properties()
            .forEach(member ->
                copy.set(
                    member.getKey(),
                    PEOPLES.contains(member.getKey())
                        ? member.getValue()
                        : rewritten(member.getValue(), authority)));
        yield copy;
      }
      default ->
          answer.isTextual() && answer.asText().startsWith(Links.ROOT)
              ? JsonNodeFactory.instance.textNode(
                  "http://"
                      + authority
                      + "/compute/v1/"
                      + answer.asText().substring(Links.ROOT.length()))
              : answer;
    };
  }
}
