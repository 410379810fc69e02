package dev.podium.localcloud.pubsub;

import static dev.podium.localcloud.pubsub.form.Statuses.answer;

import com.google.protobuf.Empty;
import com.google.pubsub.v1.DeleteTopicRequest;
import com.google.pubsub.v1.DetachSubscriptionRequest;
import com.google.pubsub.v1.DetachSubscriptionResponse;
import com.google.pubsub.v1.GetTopicRequest;
import com.google.pubsub.v1.ListTopicSnapshotsRequest;
import com.google.pubsub.v1.ListTopicSnapshotsResponse;
import com.google.pubsub.v1.ListTopicSubscriptionsRequest;
import com.google.pubsub.v1.ListTopicSubscriptionsResponse;
import com.google.pubsub.v1.ListTopicsRequest;
import com.google.pubsub.v1.ListTopicsResponse;
import com.google.pubsub.v1.PublishRequest;
import com.google.pubsub.v1.PublishResponse;
import com.google.pubsub.v1.PublisherGrpc;
import com.google.pubsub.v1.Topic;
import com.google.pubsub.v1.UpdateTopicRequest;
import dev.podium.localcloud.pubsub.form.Paging;
import dev.podium.localcloud.pubsub.form.PublishLimits;
import dev.podium.localcloud.pubsub.form.ResourceNames;
import dev.podium.localcloud.pubsub.form.Resources;
import dev.podium.localcloud.state.messaging.Messaging;
import dev.podium.localcloud.state.messaging.model.TopicSettings;
import io.grpc.stub.StreamObserver;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// `google.pubsub.v1.Publisher`: topics and publishing.
final class PublisherService extends PublisherGrpc.PublisherImplBase {
  private static final Set<String> CHANGEABLE =
      Set.of(
          "labels",
          "message_storage_policy",
          "schema_settings",
          "message_retention_duration",
          "ingestion_data_source_settings",
          "message_transforms");

  private final Messaging messaging;

  PublisherService(Messaging messaging) {
    this.messaging = messaging;
  }

  @Override
  public void createTopic(Topic request, StreamObserver<Topic> observer) {
    answer(
        observer,
        () -> {
          Topic topic = request.toBuilder().setState(Topic.State.ACTIVE).build();
          messaging.createTopic(ResourceNames.topic(topic.getName()), Resources.settings(topic));
          return topic;
        });
  }

  @Override
  public void updateTopic(UpdateTopicRequest request, StreamObserver<Topic> observer) {
    answer(
        observer,
        () -> {
          String name = ResourceNames.topic(request.getTopic().getName());
          Topic present = Resources.topic(messaging.topic(name));
          Topic updated =
              Resources.updated(present, request.getTopic(), request.getUpdateMask(), CHANGEABLE);
          messaging.updateTopic(name, Resources.settings(updated));
          return updated;
        });
  }

  @Override
  public void publish(PublishRequest request, StreamObserver<PublishResponse> observer) {
    answer(
        observer,
        () -> {
          String topic = ResourceNames.topic(request.getTopic());
          List<String> ids = messaging.publish(topic, PublishLimits.contents(request));
          return PublishResponse.newBuilder().addAllMessageIds(ids).build();
        });
  }

  @Override
  public void getTopic(GetTopicRequest request, StreamObserver<Topic> observer) {
    answer(
        observer, () -> Resources.topic(messaging.topic(ResourceNames.topic(request.getTopic()))));
  }

  @Override
  public void listTopics(ListTopicsRequest request, StreamObserver<ListTopicsResponse> observer) {
    answer(
        observer,
        () -> {
          String project = ResourceNames.project(request.getProject());
          Paging<Map.Entry<String, TopicSettings>> paging =
              Paging.of(
                  List.copyOf(messaging.topics(project + "/topics/").entrySet()),
                  Map.Entry::getKey,
                  request.getPageSize(),
                  request.getPageToken());
          ListTopicsResponse.Builder response =
              ListTopicsResponse.newBuilder().setNextPageToken(paging.nextToken());
          paging.page().forEach(topic -> response.addTopics(Resources.topic(topic.getValue())));
          return response.build();
        });
  }

  @Override
  public void listTopicSubscriptions(
      ListTopicSubscriptionsRequest request,
      StreamObserver<ListTopicSubscriptionsResponse> observer) {
    answer(
        observer,
        () -> {
          List<String> all = messaging.subscriptionsOf(ResourceNames.topic(request.getTopic()));
          Paging<String> paging =
              Paging.of(all, name -> name, request.getPageSize(), request.getPageToken());
          return ListTopicSubscriptionsResponse.newBuilder()
              .addAllSubscriptions(paging.page())
              .setNextPageToken(paging.nextToken())
              .build();
        });
  }

  @Override
  public void listTopicSnapshots(
      ListTopicSnapshotsRequest request, StreamObserver<ListTopicSnapshotsResponse> observer) {
    answer(
        observer,
        () -> {
          List<String> all = messaging.snapshotsOf(ResourceNames.topic(request.getTopic()));
          Paging<String> paging =
              Paging.of(all, name -> name, request.getPageSize(), request.getPageToken());
          return ListTopicSnapshotsResponse.newBuilder()
              .addAllSnapshots(paging.page())
              .setNextPageToken(paging.nextToken())
              .build();
        });
  }

  @Override
  public void deleteTopic(DeleteTopicRequest request, StreamObserver<Empty> observer) {
    answer(
        observer,
        () -> {
          messaging.deleteTopic(ResourceNames.topic(request.getTopic()));
          return Empty.getDefaultInstance();
        });
  }

  @Override
  public void detachSubscription(
      DetachSubscriptionRequest request, StreamObserver<DetachSubscriptionResponse> observer) {
    answer(
        observer,
        () -> {
          messaging.detach(ResourceNames.subscription(request.getSubscription()));
          return DetachSubscriptionResponse.getDefaultInstance();
        });
  }
}
