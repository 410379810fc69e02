package dev.podium.localcloud.pubsub;

import static dev.podium.localcloud.pubsub.form.Statuses.answer;
import static dev.podium.localcloud.pubsub.form.Statuses.require;

import com.google.protobuf.Empty;
import com.google.pubsub.v1.AcknowledgeRequest;
import com.google.pubsub.v1.CreateSnapshotRequest;
import com.google.pubsub.v1.DeleteSnapshotRequest;
import com.google.pubsub.v1.DeleteSubscriptionRequest;
import com.google.pubsub.v1.GetSnapshotRequest;
import com.google.pubsub.v1.GetSubscriptionRequest;
import com.google.pubsub.v1.ListSnapshotsRequest;
import com.google.pubsub.v1.ListSnapshotsResponse;
import com.google.pubsub.v1.ListSubscriptionsRequest;
import com.google.pubsub.v1.ListSubscriptionsResponse;
import com.google.pubsub.v1.ModifyAckDeadlineRequest;
import com.google.pubsub.v1.PullRequest;
import com.google.pubsub.v1.PullResponse;
import com.google.pubsub.v1.SeekRequest;
import com.google.pubsub.v1.SeekResponse;
import com.google.pubsub.v1.Snapshot;
import com.google.pubsub.v1.StreamingPullRequest;
import com.google.pubsub.v1.StreamingPullResponse;
import com.google.pubsub.v1.SubscriberGrpc;
import com.google.pubsub.v1.Subscription;
import com.google.pubsub.v1.UpdateSnapshotRequest;
import com.google.pubsub.v1.UpdateSubscriptionRequest;
import com.linecorp.armeria.server.ServiceRequestContext;
import dev.podium.localcloud.pubsub.form.Durations;
import dev.podium.localcloud.pubsub.form.Paging;
import dev.podium.localcloud.pubsub.form.ResourceNames;
import dev.podium.localcloud.pubsub.form.Resources;
import dev.podium.localcloud.pubsub.form.Statuses;
import dev.podium.localcloud.pubsub.stream.AckFailures;
import dev.podium.localcloud.pubsub.stream.PullStream;
import dev.podium.localcloud.pubsub.stream.WaitingPull;
import dev.podium.localcloud.state.messaging.Messaging;
import dev.podium.localcloud.state.messaging.model.SnapshotView;
import dev.podium.localcloud.state.messaging.model.SubscriptionView;
import io.grpc.stub.ServerCallStreamObserver;
import io.grpc.stub.StreamObserver;
import java.time.Duration;
import java.util.Set;

/// `google.pubsub.v1.Subscriber`: subscriptions, snapshots and receiving.
final class SubscriberService extends SubscriberGrpc.SubscriberImplBase {
  /// Source: Google's page "Pub/Sub quotas and limits".
  private static final int MOST_ACK_REQUEST_BYTES = 512 * 1024;

  private static final Set<String> CHANGEABLE =
      Set.of(
          "labels",
          "ack_deadline_seconds",
          "message_retention_duration",
          "retain_acked_messages",
          "expiration_policy",
          "dead_letter_policy",
          "retry_policy",
          "enable_exactly_once_delivery",
          "push_config",
          "bigquery_config",
          "cloud_storage_config",
          "message_transforms");

  private final Messaging messaging;

  SubscriberService(Messaging messaging) {
    this.messaging = messaging;
  }

  @Override
  public void createSubscription(Subscription request, StreamObserver<Subscription> observer) {
    answer(
        observer,
        () -> {
          String topic = ResourceNames.topic(request.getTopic());
          String name = ResourceNames.subscriptionOrNew(request.getName(), topic);
          Subscription filled = Resources.withDefaults(request.toBuilder().setName(name).build());
          messaging.createSubscription(name, topic, Resources.settings(filled));
          return Resources.subscription(messaging.subscription(name));
        });
  }

  @Override
  public void getSubscription(
      GetSubscriptionRequest request, StreamObserver<Subscription> observer) {
    answer(
        observer,
        () -> {
          String name = ResourceNames.subscription(request.getSubscription());
          return Resources.subscription(messaging.subscription(name));
        });
  }

  @Override
  public void updateSubscription(
      UpdateSubscriptionRequest request, StreamObserver<Subscription> observer) {
    answer(
        observer,
        () -> {
          Subscription asked = request.getSubscription();
          String name = ResourceNames.subscription(asked.getName());
          Subscription present = Resources.subscription(messaging.subscription(name));
          Subscription updated =
              Resources.withDefaults(
                  Resources.updated(present, asked, request.getUpdateMask(), CHANGEABLE));
          messaging.updateSubscription(name, Resources.settings(updated));
          return Resources.subscription(messaging.subscription(name));
        });
  }

  @Override
  public void listSubscriptions(
      ListSubscriptionsRequest request, StreamObserver<ListSubscriptionsResponse> observer) {
    answer(
        observer,
        () -> {
          String project = ResourceNames.project(request.getProject());
          Paging<SubscriptionView> paging =
              Paging.of(
                  messaging.subscriptions(project + "/subscriptions/"),
                  SubscriptionView::name,
                  request.getPageSize(),
                  request.getPageToken());
          ListSubscriptionsResponse.Builder response =
              ListSubscriptionsResponse.newBuilder().setNextPageToken(paging.nextToken());
          paging.page().forEach(view -> response.addSubscriptions(Resources.subscription(view)));
          return response.build();
        });
  }

  @Override
  public void deleteSubscription(
      DeleteSubscriptionRequest request, StreamObserver<Empty> observer) {
    answer(
        observer,
        () -> {
          messaging.deleteSubscription(ResourceNames.subscription(request.getSubscription()));
          return Empty.getDefaultInstance();
        });
  }

  @Override
  public void acknowledge(AcknowledgeRequest request, StreamObserver<Empty> observer) {
    answer(
        observer,
        () -> {
          String name = ResourceNames.subscription(request.getSubscription());
          requireAckIds(request.getAckIdsCount(), request.getSerializedSize());
          AckFailures.throwIfAny(messaging.acknowledge(name, request.getAckIdsList()));
          return Empty.getDefaultInstance();
        });
  }

  @Override
  public void modifyAckDeadline(ModifyAckDeadlineRequest request, StreamObserver<Empty> observer) {
    answer(
        observer,
        () -> {
          String name = ResourceNames.subscription(request.getSubscription());
          requireAckIds(request.getAckIdsCount(), request.getSerializedSize());
          Duration deadline = Durations.modifiedDeadline(request.getAckDeadlineSeconds());
          AckFailures.throwIfAny(messaging.modifyDeadline(name, request.getAckIdsList(), deadline));
          return Empty.getDefaultInstance();
        });
  }

  @Override
  public void pull(PullRequest request, StreamObserver<PullResponse> observer) {
    try {
      require(
          request.getMaxMessages() > 0,
          "Invalid max_messages: it must be positive, not " + request.getMaxMessages() + ".");
      WaitingPull.start(
          messaging,
          request,
          (ServerCallStreamObserver<PullResponse>) observer,
          ServiceRequestContext.current().eventLoop());
    } catch (RuntimeException failure) {
      // Whatever happens, this call gets a status.
      observer.onError(Statuses.of(failure));
    }
  }

  @Override
  public StreamObserver<StreamingPullRequest> streamingPull(
      StreamObserver<StreamingPullResponse> observer) {
    return new PullStream(
        messaging,
        (ServerCallStreamObserver<StreamingPullResponse>) observer,
        ServiceRequestContext.current().eventLoop());
  }

  @Override
  public void seek(SeekRequest request, StreamObserver<SeekResponse> observer) {
    answer(
        observer,
        () -> {
          String name = ResourceNames.subscription(request.getSubscription());
          switch (request.getTargetCase()) {
            case TIME -> messaging.seek(name, Durations.instant(request.getTime()));
            case SNAPSHOT ->
                messaging.seekToSnapshot(name, ResourceNames.snapshot(request.getSnapshot()));
            case TARGET_NOT_SET ->
                throw Statuses.invalid("A seek needs a time or a snapshot to go to.");
          }
          return SeekResponse.getDefaultInstance();
        });
  }

  @Override
  public void createSnapshot(CreateSnapshotRequest request, StreamObserver<Snapshot> observer) {
    answer(
        observer,
        () -> {
          Snapshot asked = Snapshot.newBuilder().putAllLabels(request.getLabelsMap()).build();
          String subscription = ResourceNames.subscription(request.getSubscription());
          return Resources.snapshot(
              messaging.createSnapshot(
                  ResourceNames.snapshotOrNew(request.getName(), subscription),
                  subscription,
                  Resources.document(asked)));
        });
  }

  @Override
  public void getSnapshot(GetSnapshotRequest request, StreamObserver<Snapshot> observer) {
    answer(
        observer,
        () ->
            Resources.snapshot(messaging.snapshot(ResourceNames.snapshot(request.getSnapshot()))));
  }

  @Override
  public void listSnapshots(
      ListSnapshotsRequest request, StreamObserver<ListSnapshotsResponse> observer) {
    answer(
        observer,
        () -> {
          String project = ResourceNames.project(request.getProject());
          Paging<SnapshotView> paging =
              Paging.of(
                  messaging.snapshots(project + "/snapshots/"),
                  SnapshotView::name,
                  request.getPageSize(),
                  request.getPageToken());
          ListSnapshotsResponse.Builder response =
              ListSnapshotsResponse.newBuilder().setNextPageToken(paging.nextToken());
          paging.page().forEach(view -> response.addSnapshots(Resources.snapshot(view)));
          return response.build();
        });
  }

  @Override
  public void updateSnapshot(UpdateSnapshotRequest request, StreamObserver<Snapshot> observer) {
    answer(
        observer,
        () -> {
          String name = ResourceNames.snapshot(request.getSnapshot().getName());
          Snapshot present = Resources.snapshot(messaging.snapshot(name));
          Snapshot updated =
              Resources.updated(
                  present, request.getSnapshot(), request.getUpdateMask(), Set.of("labels"));
          messaging.updateSnapshot(name, Resources.document(updated));
          return Resources.snapshot(messaging.snapshot(name));
        });
  }

  @Override
  public void deleteSnapshot(DeleteSnapshotRequest request, StreamObserver<Empty> observer) {
    answer(
        observer,
        () -> {
          messaging.deleteSnapshot(ResourceNames.snapshot(request.getSnapshot()));
          return Empty.getDefaultInstance();
        });
  }

  private static void requireAckIds(int count, int bytes) {
    require(count > 0, "No ack ids specified.");
    require(
        bytes <= MOST_ACK_REQUEST_BYTES,
        "Request payload size exceeds the limit: " + MOST_ACK_REQUEST_BYTES + " bytes.");
  }
}
