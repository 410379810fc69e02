package dev.podium.wire.google.pubsub;

import com.google.cloud.pubsub.v1.stub.PublisherStub;
import com.google.protobuf.Duration;
import com.google.pubsub.v1.DeleteTopicRequest;
import com.google.pubsub.v1.GetTopicRequest;
import com.google.pubsub.v1.Topic;
import com.google.pubsub.v1.TopicName;
import dev.podium.wire.google.CloudCalls;
import dev.podium.wire.google.ErrorContext;
import dev.podium.wire.model.PodiumException;
import java.util.Optional;
import java.util.UUID;

/// Makes topics that are missing, and knows in which region each is published to.
///
/// The region is a label of the topic itself, written with its creation by whoever is first and
/// changed by nobody. So all VMs agree on it, in whatever zones they run and whichever console made
/// them, without a word between them; and it stays when the VM that chose it is gone.
final class PubsubTopics {
  static final String REGION_LABEL = "podium-region";

  /// Pub/Sub itself tells no topic from an earlier one of its name.
  static final String ID_LABEL = "podium-topic-id";

  private final PubsubConnection connection;
  private final CloudCalls calls;
  private final boolean onVirtualMachine;

  /// @param onVirtualMachine whether this program leaves it to consoles to make topics, where it
  ///   may not
  PubsubTopics(PubsubConnection connection, CloudCalls calls, boolean onVirtualMachine) {
    this.connection = connection;
    this.calls = calls;
    this.onVirtualMachine = onVirtualMachine;
  }

  /// @param region where its messages keep their order; empty if it names none
  /// @param isNew whether it was made just now, by this program
  record Found(Optional<String> region, boolean isNew) {}

  /// Creates the topic if it does not exist. Blocks.
  ///
  /// @param here the region for a topic that is made now, if this program has one
  Found ensure(
      ErrorContext context, TopicName name, java.time.Duration retention, Optional<String> here) {
    try {
      return new Found(region(get(context, name)), false);
    } catch (PodiumException.NotFound missing) {
      try {
        return new Found(region(create(context, name, retention, here)), true);
      } catch (PodiumException.AlreadyExists race) {
        // Another program was first: its region counts.
        return new Found(region(get(context, name)), false);
      } catch (PodiumException.NotPermitted refused) {
        throw onVirtualMachine ? leftToConsoles(context, refused) : refused;
      }
    }
  }

  /// A VM whose account may not make topics waits for one; nobody needs to give it that right.
  private static PodiumException leftToConsoles(
      ErrorContext context, PodiumException.NotPermitted refused) {
    return new PodiumException.NotFound(
        context.what(),
        "it is missing, and a console of the fleet makes it",
        "Start a console of the fleet, or leave it running for half a minute.",
        refused);
  }

  /// What tells the topic from others of its name; empty if it was made without. Blocks.
  String id(ErrorContext context, TopicName name) {
    return get(context, name).getLabelsMap().getOrDefault(ID_LABEL, "");
  }

  /// @throws PodiumException.NotFound if there is none
  void delete(ErrorContext context, TopicName name) {
    calls.call(
        context,
        connection.publisher().deleteTopicCallable(),
        DeleteTopicRequest.newBuilder().setTopic(name.toString()).build());
  }

  private Topic get(ErrorContext context, TopicName name) {
    PublisherStub stub = connection.publisher();
    return calls.call(
        context,
        stub.getTopicCallable(),
        GetTopicRequest.newBuilder().setTopic(name.toString()).build());
  }

  private Topic create(
      ErrorContext context, TopicName name, java.time.Duration retention, Optional<String> here) {
    Topic.Builder topic =
        Topic.newBuilder()
            .setName(name.toString())
            .putLabels(ID_LABEL, UUID.randomUUID().toString())
            .setMessageRetentionDuration(Duration.newBuilder().setSeconds(retention.toSeconds()));
    here.ifPresent(region -> topic.putLabels(REGION_LABEL, region));
    return calls.call(context, connection.publisher().createTopicCallable(), topic.build());
  }

  private static Optional<String> region(Topic topic) {
    return Optional.ofNullable(topic.getLabelsMap().get(REGION_LABEL));
  }
}
