package dev.podium.fleet.api.call;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.linecorp.armeria.common.HttpResponse;
import com.linecorp.armeria.server.ServiceRequestContext;
import dev.podium.fleet.api.http.Answers;
import dev.podium.fleet.api.http.Problem;
import dev.podium.fleet.api.http.QueryParameters;
import dev.podium.fleet.api.http.RefusedRequest;
import dev.podium.fleet.api.http.RequestBody;
import dev.podium.fleet.api.key.ApiKey;
import dev.podium.fleet.api.key.ApiKeys;
import dev.podium.fleet.api.key.Caller;
import dev.podium.fleet.event.EventStream;
import dev.podium.fleet.event.FleetEvent;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// `GET`, `POST /v1/keys` and `DELETE /v1/keys/{id}`: the keys of this API. Each call, the list
/// too, needs a key that may write: whose programs there are is nothing for a program that reads.
public final class KeyCalls {
  private final ApiKeys keys;
  private final EventStream events;
  private final InstantSource clock;

  public KeyCalls(ApiKeys keys, EventStream events, InstantSource clock) {
    this.keys = keys;
    this.events = events;
    this.clock = clock;
  }

  /// All keys, without their secrets, which nobody has.
  public HttpResponse list(ServiceRequestContext context, String body) {
    ApiKey caller = writer(context);
    QueryParameters.requireKnown(context, Set.of());
    ObjectNode answer = JsonNodeFactory.instance.objectNode();
    ArrayNode list = answer.putArray("keys");
    keys.list().forEach(key -> list.add(json(key, caller)));
    return Answers.json(200, answer);
  }

  /// Makes a key. The answer is the only one that holds its secret.
  public HttpResponse create(ServiceRequestContext context, String body) {
    ApiKey caller = writer(context);
    QueryParameters.requireKnown(context, Set.of());
    RequestBody request = RequestBody.parse(body, Set.of("name", "scopes", "hours"));
    long hours = request.integer("hours", 0, 1, ApiKeys.LONGEST.toHours());
    ApiKeys.Created created =
        keys.create(
            request.requiredText("name"),
            scopes(request.texts("scopes")),
            hours == 0 ? Optional.empty() : Optional.of(Duration.ofHours(hours)));
    ApiKey key = created.key();
    tell("the API key '" + key.name() + "' was made; it may " + (key.writes() ? "write" : "read"));
    return Answers.json(201, json(key, caller).put("key", created.secret()));
  }

  /// Takes a key away, from the next request on.
  public HttpResponse revoke(ServiceRequestContext context, String body) {
    ApiKey caller = writer(context);
    QueryParameters.requireKnown(context, Set.of("force"));
    boolean force = QueryParameters.truth(context, "force");
    ApiKey key = keys.revoke(String.valueOf(context.pathParam("id")), force);
    tell("the API key '" + key.name() + "' was revoked");
    return Answers.json(200, json(key, caller));
  }

  private static ApiKey writer(ServiceRequestContext context) {
    ApiKey caller = Caller.of(context);
    if (!caller.writes()) {
      throw new RefusedRequest(
          new Problem(
              403,
              "wrong_scope",
              "The API key may only read, and not which keys there are.",
              "Use a key that may write."));
    }
    return caller;
  }

  /// Who may change the fleet may also look at it.
  private static Set<ApiKeys.Scope> scopes(List<String> texts) {
    Set<ApiKeys.Scope> scopes = EnumSet.of(ApiKeys.Scope.READ);
    for (String text : texts) {
      switch (text) {
        case "read" -> scopes.add(ApiKeys.Scope.READ);
        case "write" -> scopes.add(ApiKeys.Scope.WRITE);
        default -> throw RequestBody.refused("The member 'scopes' may hold read and write.");
      }
    }
    return scopes;
  }

  private void tell(String sentence) {
    events.publish(
        new FleetEvent.Activity(
            clock.instant(),
            FleetEvent.Actor.OPERATOR,
            FleetEvent.Level.INFO,
            Optional.empty(),
            sentence,
            List.of()));
  }

  private static ObjectNode json(ApiKey key, ApiKey caller) {
    ObjectNode node = JsonNodeFactory.instance.objectNode();
    node.put("id", key.id()).put("name", key.name());
    ArrayNode scopes = node.putArray("scopes");
    key.scopes().stream()
        .sorted()
        .forEach(scope -> scopes.add(scope.name().toLowerCase(Locale.ROOT)));
    return node.put("created", text(key.created()))
        .put("lastUsed", text(key.lastUsed()))
        .put("expires", text(key.expires()))
        .put("console", key.file().isPresent())
        .put("current", key.id().equals(caller.id()));
  }

  private static @Nullable String text(Optional<Instant> time) {
    return time.map(Instant::toString).orElse(null);
  }
}
