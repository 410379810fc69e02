package dev.podium.localcloud.compute.request;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.podium.localcloud.state.Refusal;
import dev.podium.localcloud.state.operation.Operations.Caller;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/// One request, free of HTTP.
///
/// @param method after any `X-HTTP-Method-Override`
/// @param segments of the path below the service's root, decoded
/// @param query first value of each parameter
/// @param body empty if there was none
/// @param user e-mail address of whom it speaks for
/// @param variables what the route's template names, such as `zone`
public record Call(
    String method,
    List<String> segments,
    Map<String, String> query,
    ObjectNode body,
    String user,
    Map<String, String> variables) {

  Call with(Map<String, String> found) {
    return new Call(method, segments, query, body, user, found);
  }

  /// A part of the path that the route's template names.
  public String path(String name) {
    String value = variables.get(name);
    if (value == null) {
      throw new IllegalStateException("The route has no part named " + name);
    }
    return value;
  }

  /// A query parameter; an empty one counts as absent.
  public Optional<String> query(String name) {
    return Optional.ofNullable(query.get(name)).filter(value -> !value.isEmpty());
  }

  /// Who asks, with the id that they gave the request.
  ///
  /// @throws Refusal if that is not a UUID other than zero
  public Caller caller() {
    Optional<String> id = query("requestId");
    id.ifPresent(text -> {
      if (!isUuid(text)) {
        throw Refusal.invalidField("requestId", text, "Must be a valid non-zero UUID.");
      }
    });
    return new Caller(user, id);
  }

  private static boolean isUuid(String text) {
    try {
      return text.length() == 36 && !UUID.fromString(text).equals(new UUID(0, 0));
    } catch (IllegalArgumentException malformed) {
      return false;
    }
  }

  /// What distinguishes it from other requests that carry the same id.
  public String identity() {
    return method + ' ' + String.join("/", segments);
  }
}
