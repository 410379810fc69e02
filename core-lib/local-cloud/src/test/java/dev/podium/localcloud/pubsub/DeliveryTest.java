package dev.podium.localcloud.pubsub;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.google.api.core.ApiFutureCallback;
import com.google.api.core.ApiFutures;
import com.google.cloud.pubsub.v1.AckResponse;
import com.google.cloud.pubsub.v1.Publisher;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/// Google's own publisher and subscriber against the server.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class DeliveryTest {
  private final PubSubClients pubsub = new PubSubClients();

  @BeforeEach
  void start() {
    pubsub.createTopic("chat");
  }

  @AfterEach
  void clear() throws Exception {
    pubsub.clear();
  }

  @AfterAll
  void stop() throws Exception {
    pubsub.close();
  }

  @Test
  void messages_of_one_key_arrive_in_the_order_of_their_publication() throws Exception {
    pubsub.subscribe("vm-1", "chat", builder -> builder.setEnableMessageOrdering(true));
    String[] bodies = IntStream.range(0, 200).mapToObj(Integer::toString).toArray(String[]::new);
    List<String> received = new CopyOnWriteArrayList<>();
    pubsub.receive(
        "vm-1",
        (message, reply) -> {
          received.add(message.getData().toStringUtf8());
          reply.ack();
        });

    Publisher publisher = pubsub.publisher("chat");
    PubSubClients.send(publisher, "lobby", bodies);

    await().until(() -> received.size() >= bodies.length);
    assertThat(received).containsExactly(bodies);
  }

  @Test
  void after_a_nack_the_message_and_all_later_ones_of_its_key_come_again_in_order()
      throws Exception {
    pubsub.subscribe("vm-1", "chat", builder -> builder.setEnableMessageOrdering(true));
    List<String> received = new CopyOnWriteArrayList<>();
    AtomicBoolean refuse = new AtomicBoolean(true);
    pubsub.receive(
        "vm-1",
        (message, reply) -> {
          String body = message.getData().toStringUtf8();
          received.add(body);
          if (body.equals("b") && refuse.getAndSet(false)) {
            reply.nack();
          } else {
            reply.ack();
          }
        });

    pubsub.publish("chat", "lobby", "a", "b", "c", "d");

    await().until(() -> received.lastIndexOf("d") > received.lastIndexOf("b"));
    await().until(() -> received.indexOf("b") != received.lastIndexOf("b"));
    await().until(() -> received.getLast().equals("d"));
    List<String> second = received.subList(received.lastIndexOf("b"), received.size());
    assertThat(second).containsExactly("b", "c", "d");
  }

  @Test
  void an_exactly_once_subscriber_is_told_that_its_acknowledgement_counted() throws Exception {
    pubsub.subscribe("once", "chat", builder -> builder.setEnableExactlyOnceDelivery(true));
    BlockingQueue<AckResponse> answers = new LinkedBlockingQueue<>();
    pubsub.receiveOnce(
        "once",
        (message, reply) ->
            ApiFutures.addCallback(
                reply.ack(),
                new ApiFutureCallback<>() {
                  @Override
                  public void onSuccess(AckResponse answer) {
                    answers.add(answer);
                  }

                  @Override
                  public void onFailure(Throwable refused) {
                    answers.add(AckResponse.OTHER);
                  }
                },
                Runnable::run));

    pubsub.publish("chat", "", "a");

    assertThat(answers.poll(10, TimeUnit.SECONDS)).isEqualTo(AckResponse.SUCCESSFUL);
  }
}
