package dev.podium.wire.google.pubsub;

import com.google.cloud.pubsub.v1.stub.PublisherStub;
import com.google.protobuf.Duration;
import com.google.pubsub.v1.GetTopicRequest;
import com.google.pubsub.v1.Topic;
import com.google.pubsub.v1.TopicName;
import dev.podium.wire.google.CloudCalls;
import dev.podium.wire.google.ErrorContext;
import dev.podium.wire.model.PodiumException;
import java.util.Optional;

/// Makes topics that are missing, and knows in which region each is published to.
///
/// The region is a label of the topic itself, written with its creation by whoever is first and
/// changed by nobody. So all VMs agree on it, in whatever zones they run and whichever console made
/// them, without a word between them; and it stays when the VM that chose it is gone.
final class PubsubTopics {
  static final String REGION_LABEL = "podium-region";

  private final PubsubConnection connection;
  private final CloudCalls calls;
  private final Optional<String> here;

  /// @param here the region for topics that this program makes, if it has one
  PubsubTopics(PubsubConnection connection, CloudCalls calls, Optional<String> here) {
    this.connection = connection;
    this.calls = calls;
    this.here = here;
  }

  /// Creates the topic if it does not exist. Blocks.
  ///
  /// @return the region that the topic names; empty if it was made by a program that has none
  Optional<String> ensure(ErrorContext context, TopicName name, java.time.Duration retention) {
    try {
      return region(get(context, name));
    } catch (PodiumException.NotFound missing) {
      try {
        return region(create(context, name, retention));
      } catch (PodiumException.AlreadyExists race) {
        // Another VM was first: its region counts.
        return region(get(context, name));
      }
    }
  }

  private Topic get(ErrorContext context, TopicName name) {
    PublisherStub stub = connection.publisher();
    return calls.call(
        context,
        stub.getTopicCallable(),
        GetTopicRequest.newBuilder().setTopic(name.toString()).build());
  }

  private Topic create(ErrorContext context, TopicName name, java.time.Duration retention) {
    Topic.Builder topic =
        Topic.newBuilder()
            .setName(name.toString())
            .setMessageRetentionDuration(Duration.newBuilder().setSeconds(retention.toSeconds()));
    here.ifPresent(region -> topic.putLabels(REGION_LABEL, region));
    return calls.call(context, connection.publisher().createTopicCallable(), topic.build());
  }

  private static Optional<String> region(Topic topic) {
    return Optional.ofNullable(topic.getLabelsMap().get(REGION_LABEL));
  }
}
