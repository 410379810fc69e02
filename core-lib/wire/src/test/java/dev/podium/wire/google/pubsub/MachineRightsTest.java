package dev.podium.wire.google.pubsub;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.podium.localcloud.pubsub.PubSubServer;
import dev.podium.localcloud.state.fault.FaultPlan;
import dev.podium.localcloud.state.messaging.Messaging;
import dev.podium.localcloud.state.token.IssuedTokens;
import dev.podium.wire.cloud.AccessTokens;
import dev.podium.wire.cloud.MessageBus;
import dev.podium.wire.cloud.MessageBus.Outgoing;
import dev.podium.wire.cloud.MessageBus.SubscriptionSpec;
import dev.podium.wire.google.RetryPolicy;
import dev.podium.wire.model.PodiumException;
import java.io.IOException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// The adapter in the names of a person and of a VM, against a Pub/Sub that looks at tokens.
@Timeout(30)
class MachineRightsTest {
  private static final String PROJECT = "podium-test";
  private static final Duration DAY = Duration.ofDays(1);
  private static final List<String> SCOPE = List.of("https://www.googleapis.com/auth/pubsub");

  private final IssuedTokens tokens = new IssuedTokens(InstantSource.system());
  private final PubSubServer server =
      PubSubServer.start(
          0,
          new Messaging(InstantSource.system(), 64 << 20, new FaultPlan(1)),
          Optional.of(tokens));
  private final MessageBus console =
      GoogleMessageBus.forConsole(
          endpoint(), AccessTokens.fixed(tokens.issue("ann@example.com", SCOPE, DAY)));
  private final MessageBus machine =
      new GoogleMessageBus(
          PROJECT,
          PubsubConnection.as(
              endpoint(), AccessTokens.fixed(tokens.issueToMachine("vm@example.com", SCOPE, DAY))),
          Optional.of("europe-west1"),
          _ -> {
            throw new AssertionError("There is one endpoint.");
          },
          RetryPolicy.standard());

  private PubsubEndpoint endpoint() {
    return PubsubEndpoint.of(PROJECT, Optional.of("127.0.0.1:" + server.port()), true);
  }

  @AfterEach
  void stop() {
    machine.close();
    console.close();
    server.close();
  }

  @Test
  void a_vm_waits_for_a_topic_that_a_console_makes_and_then_does_all_it_needs() throws Exception {
    assertThatThrownBy(() -> machine.ensureTopic("chat", DAY))
        .isInstanceOf(PodiumException.NotFound.class)
        .hasMessageContaining("Topic 'chat' cannot be used")
        .hasMessageContaining("it is missing, and a console of the fleet makes it");
    assertThat(console.ensureTopic("chat", DAY, "")).isTrue();
    assertThat(console.ensureTopic("chat", DAY, "us-east1")).isFalse();
    machine.ensureTopic("chat", DAY);

    List<String> heard = new CopyOnWriteArrayList<>();
    SubscriptionSpec own =
        new SubscriptionSpec(
            "chat", "own", Optional.empty(), true, DAY, Optional.of(DAY), Map.of());
    try (MessageBus.Subscription subscription =
        machine.subscribe(own, message -> heard.add(message.body()))) {
      machine.publish("chat", new Outgoing("hello", Map.of(), Optional.of("lobby"))).get();
      await().until(() -> heard.equals(List.of("hello")));
      assertThat(subscription.ended()).isNotDone();
    }
    machine.deleteSubscription("own");
  }

  @Test
  void a_library_that_cannot_open_a_client_is_told_as_podiums_own_failure() {
    try (PubsubConnection broken =
        new PubsubConnection(
            "127.0.0.1:" + server.port(),
            true,
            () -> {
              throw new IOException("no key file");
            })) {
      assertThatThrownBy(broken::publisher)
          .isInstanceOf(PodiumException.Unavailable.class)
          .hasMessageContaining("no key file");
      try (MessageBus bus =
          new GoogleMessageBus(
              PROJECT, broken, Optional.empty(), _ -> broken, RetryPolicy.standard())) {
        assertThatThrownBy(() -> bus.ensureTopic("chat", DAY))
            .isInstanceOf(PodiumException.Unavailable.class);
        assertThatThrownBy(
                () -> bus.publish("chat", new Outgoing("hello", Map.of(), Optional.empty())))
            .isInstanceOf(PodiumException.Unavailable.class);
        assertThatThrownBy(() -> bus.deleteSubscription("own"))
            .isInstanceOf(PodiumException.Unavailable.class);
      }
    }
  }
}
