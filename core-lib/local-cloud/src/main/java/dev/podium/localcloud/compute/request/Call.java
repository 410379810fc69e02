package dev.podium.localcloud.compute.request;

import com.fasterxml.jackson.databind.node.ObjectNode;
import com.linecorp.armeria.common.HttpData;
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
/// @param content of the body, which is read by methods that take one, and by no other
/// @param user e-mail address of whom it speaks for
/// @param variables what the route's template names, such as `zone`
public record Call(
    String method,
    List<String> segments,
    Map<String, String> query,
    HttpData content,
    String user,
    Map<String, String> variables) {

  Call with(Map<String, String> found) {
    return new Call(method, segments, query, content, user, found);
  }

  /// What the body says. A method that takes none never asks, so whatever was sent is ignored.
  ///
  /// @return without members that are null, which mean *not set*
  /// @throws Refusal if it is not an object
  public ObjectNode body() {
    return ComputeJson.withoutNulls(ComputeJson.body(content.array()));
  }

  /// What the body says where null takes a member away (RFC 7396).
  ///
  /// @throws Refusal if it is not an object
  public ObjectNode patch() {
    return ComputeJson.body(content.array());
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
