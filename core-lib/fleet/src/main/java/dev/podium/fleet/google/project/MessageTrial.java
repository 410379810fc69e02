package dev.podium.fleet.google.project;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.podium.fleet.config.CloudProfile;
import dev.podium.wire.chat.FleetTopics;
import dev.podium.wire.cloud.AccessTokens;
import dev.podium.wire.cloud.MessageBus;
import dev.podium.wire.cloud.MessageBus.Outgoing;
import dev.podium.wire.cloud.MessageBus.SubscriptionSpec;
import dev.podium.wire.google.CloudApi;
import dev.podium.wire.google.CloudFeature;
import dev.podium.wire.google.RetryPolicy;
import dev.podium.wire.google.pubsub.GoogleMessageBus;
import dev.podium.wire.google.pubsub.PubsubEndpoint;
import dev.podium.wire.model.PodiumException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/// Tries Pub/Sub over gRPC, as a fleet uses it. Whatever it makes carries a label that says that it
/// is temporary, and a subscription that were left would end by itself after a day.
final class MessageTrial {
  private static final Map<String, String> LABELS = Map.of("podium-temporary", "preflight");
  private static final List<String> ON_TOPIC =
      List.of("pubsub.topics.attachSubscription", "pubsub.topics.publish");
  private static final Duration LEAST_EXPIRY = Duration.ofDays(1);
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  private final CloudProfile profile;
  private final AccessTokens tokens;
  private final JsonCalls calls;
  private final InstantSource clock;

  MessageTrial(CloudProfile profile, AccessTokens tokens, JsonCalls calls, InstantSource clock) {
    this.profile = profile;
    this.tokens = tokens;
    this.calls = calls;
    this.clock = clock;
  }

  private MessageBus bus() {
    return GoogleMessageBus.forConsole(
        PubsubEndpoint.of(profile.project(), profile.pubsubEndpoint(), profile.local()),
        tokens,
        // Whoever checks a project does not wait for minutes.
        new RetryPolicy(Duration.ofMillis(250), 2, Duration.ofSeconds(5)));
  }

  /// A topic that is there may have a policy of its own.
  void reach() {
    String topic = new FleetTopics(profile.fleet()).pulse();
    try (MessageBus bus = bus()) {
      bus.topicId(topic);
    } catch (PodiumException.NotFound answered) {
      // The first console makes the topic; that there is none was answered by Pub/Sub.
      return;
    }
    requireRights(topic);
  }

  private void requireRights(String topic) {
    String what = "Topic '" + topic + "' cannot be used";
    ObjectNode body = JsonNodeFactory.instance.objectNode();
    ON_TOPIC.forEach(body.withArray("permissions")::add);
    Set<String> missing = new TreeSet<>(ON_TOPIC);
    calls
        .post(
            CloudApi.PUBSUB,
            what,
            "v1/projects/" + profile.project() + "/topics/" + topic + ":testIamPermissions",
            body)
        .path("permissions")
        .forEach(held -> missing.remove(held.asText()));
    if (!missing.isEmpty()) {
      throw new PodiumException.NotPermitted(
          what,
          "your account has not " + String.join(", ", missing) + " on it",
          "Ask an owner of project '"
              + profile.project()
              + "' for the role "
              + CloudFeature.HEAR_VMS.role()
              + ".",
          null);
    }
  }

  Duration send() {
    String name = "podium-preflight-" + UUID.randomUUID().toString().substring(0, 8);
    String topic = "v1/projects/" + profile.project() + "/topics/" + name;
    ObjectNode body = JsonNodeFactory.instance.objectNode();
    LABELS.forEach(body.putObject("labels")::put);
    calls.call(CloudApi.PUBSUB, "The temporary topic was not made", "PUT", topic, body);
    try {
      return throughTopic(name);
    } finally {
      calls.call(
          CloudApi.PUBSUB,
          "The temporary topic " + name + " was not removed",
          "DELETE",
          topic,
          JsonNodeFactory.instance.nullNode());
    }
  }

  private Duration throughTopic(String name) {
    CompletableFuture<String> received = new CompletableFuture<>();
    SubscriptionSpec spec =
        new SubscriptionSpec(
            name, name, Optional.empty(), false, LEAST_EXPIRY, Optional.empty(), LABELS);
    try (MessageBus bus = bus()) {
      try (MessageBus.Subscription _ =
          bus.subscribe(spec, message -> received.complete(message.body()))) {
        long start = clock.millis();
        await(bus.publish(name, new Outgoing("{}", Map.of(), Optional.empty())));
        await(received);
        return Duration.ofMillis(clock.millis() - start);
      } finally {
        bus.deleteSubscription(name);
      }
    }
  }

  private static void await(CompletableFuture<String> message) {
    String what = "The trial message did not come back";
    try {
      message.get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
    } catch (ExecutionException failure) {
      throw PodiumException.in(failure).orElseThrow(() -> new IllegalStateException(what, failure));
    } catch (TimeoutException late) {
      throw new PodiumException.Unavailable(
          what,
          "nothing came within " + PATIENCE.toSeconds() + " s",
          "See whether a proxy holds gRPC streams back, then try again.",
          late);
    } catch (InterruptedException givenUp) {
      Thread.currentThread().interrupt();
      throw new PodiumException.Unavailable(
          what, "it was given up", "Try again when you like.", givenUp);
    }
  }
}
