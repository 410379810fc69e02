package dev.podium.wire.cloud;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;

/// Messages between VMs and consoles, at least once, ordered by key. All methods may be called from
/// any thread.
public interface MessageBus extends AutoCloseable {
  /// Creates the topic if it does not exist. Blocks.
  ///
  /// @param retention how long the topic keeps messages for those who come later, 10 minutes to 31
  ///   days
  void ensureTopic(String topic, Duration retention);

  /// As [#ensureTopic(String, Duration)], for a program that is no VM.
  ///
  /// @param region in which the order of the topic's messages is kept, if it is made now; empty for
  ///   none. A topic that exists keeps its own
  /// @return whether it was made now
  default boolean ensureTopic(String topic, Duration retention, String region) {
    ensureTopic(topic, retention);
    return false;
  }

  /// Deletes a topic; one that is no more is success. Its subscriptions stay, and get nothing more.
  /// Blocks.
  default void deleteTopic(String topic) {}

  /// By what a topic is told from another that was deleted and had the same name. What belonged to
  /// the other one, such as a subscription, gets nothing from this one. Asks the cloud; blocks.
  ///
  /// @return never changes while the topic lives; empty where whoever made it gave it none
  /// @throws dev.podium.wire.model.PodiumException.NotFound if there is no topic of that name
  default String topicId(String topic) {
    return "";
  }

  /// Publishes one message; as [#publishAll] with a list of one.
  default CompletableFuture<String> publish(String topic, Outgoing message) {
    return publishAll(topic, List.of(message)).getFirst();
  }

  /// Publishes several messages, all of one ordering key or none of any. Returns at once; each
  /// future completes with the message's id once Pub/Sub has it.
  ///
  /// - **Order.** Messages of a key arrive in the list's order, behind all of that key that Pub/Sub
  ///   had before the call. Messages without a key have no order.
  /// - **One call of a key at a time.** Until a call's futures are complete, its key takes no other
  ///   on this topic and bus. Another fails at once and publishes nothing. So the bus keeps no
  ///   queue: whoever publishes on a key keeps what waits, and in which order. Calls without a key
  ///   wait for no other.
  /// - **Failure.** Where a message fails, all behind it in its call fail with it, and what was not
  ///   on its way yet is never sent. A message that failed may have got through, if only its answer
  ///   was lost: sent again it may arrive twice. When all futures have been told, the key takes the
  ///   next call. The bus sends nothing again that it said has failed.
  /// - **When.** Messages with a key come after [#ensureTopic] for their topic, which learns the
  ///   region that keeps their order. After [#close] everything fails.
  /// - **Bounds.** What is on its way is answered within about a minute. Where 2,000 messages or 8
  ///   MiB of a topic wait for their answers, more fail at once.
  /// - **Threads.** The futures of a call complete one after another in the list's order, on
  ///   threads of the bus. What depends on a future must not block them.
  ///
  /// @param messages at least one
  /// @return one future a message, in their order; each fails with a `PodiumException`
  /// @throws dev.podium.wire.model.PodiumException if the bus itself could not be opened
  List<CompletableFuture<String>> publishAll(String topic, List<Outgoing> messages);

  /// Creates the subscription if it does not exist and receives from it until closed. The receiver
  /// is called in order for each key; a message counts as received when it returns, and comes again
  /// when it throws. Blocks until the subscription exists.
  Subscription subscribe(SubscriptionSpec spec, Consumer<Incoming> receiver);

  /// Deletes a subscription; one that is no more is success. Blocks.
  void deleteSubscription(String name);

  @Override
  void close();

  /// @param body JSON, UTF-8, at most 10 MB
  /// @param orderingKey messages of one key arrive in the order of their publication
  record Outgoing(String body, Map<String, String> attributes, Optional<String> orderingKey) {
    public Outgoing {
      attributes = Map.copyOf(attributes);
    }
  }

  /// @param id unique in its topic; a repeated publication has another
  /// @param published by the cloud's clock
  record Incoming(
      String id,
      String body,
      Map<String, String> attributes,
      Optional<String> orderingKey,
      Instant published) {
    public Incoming {
      attributes = Map.copyOf(attributes);
    }
  }

  /// @param filter Pub/Sub's filter language; none receives all
  /// @param ordered whether messages of one key come in order
  /// @param expiry after how long without a receiver the cloud forgets it, 1 day or more
  /// @param replay how far back to start, from the topic's retention, when it is new or this
  ///   process subscribes for the first time; none starts with what comes after its creation
  /// @param labels by which others see whose it is
  record SubscriptionSpec(
      String topic,
      String name,
      Optional<String> filter,
      boolean ordered,
      Duration expiry,
      Optional<Duration> replay,
      Map<String, String> labels) {
    public SubscriptionSpec {
      labels = Map.copyOf(labels);
    }
  }

  /// A running subscription; closing it stops receiving and leaves it in the cloud.
  interface Subscription extends AutoCloseable {
    /// Completes exceptionally, with a `PodiumException`, if it ends for good by itself; never
    /// completes otherwise before `close`.
    CompletableFuture<Void> ended();

    @Override
    void close();
  }
}
