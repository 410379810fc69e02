package dev.podium.fleet.google;

import com.google.api.gax.grpc.GrpcCallContext;
import com.google.api.gax.httpjson.HttpJsonCallContext;
import com.google.cloud.compute.v1.AggregatedListDisksRequest;
import com.google.cloud.compute.v1.DeleteDiskRequest;
import com.google.cloud.compute.v1.DiskAggregatedList;
import com.google.cloud.compute.v1.DisksScopedList;
import com.google.cloud.compute.v1.GetDiskRequest;
import com.google.cloud.compute.v1.Operation;
import com.google.cloud.pubsub.v1.stub.SubscriberStub;
import com.google.cloud.pubsub.v1.stub.SubscriberStubSettings;
import com.google.pubsub.v1.DeleteSubscriptionRequest;
import com.google.pubsub.v1.ListSubscriptionsRequest;
import com.google.pubsub.v1.ListSubscriptionsResponse;
import com.google.pubsub.v1.ProjectName;
import com.google.pubsub.v1.Subscription;
import com.google.pubsub.v1.SubscriptionName;
import dev.podium.fleet.cloud.Leftovers;
import dev.podium.fleet.config.CloudProfile;
import dev.podium.fleet.google.compute.CloudTime;
import dev.podium.fleet.google.compute.ComputeClients;
import dev.podium.fleet.google.compute.GoogleComputeCloud;
import dev.podium.fleet.google.compute.Instances;
import dev.podium.fleet.google.compute.MachinePrices;
import dev.podium.fleet.google.compute.OperationWatch;
import dev.podium.fleet.google.compute.failure.ComputeErrors;
import dev.podium.fleet.model.Disk;
import dev.podium.fleet.model.VmSubscription;
import dev.podium.fleet.model.offer.PriceList;
import dev.podium.wire.chat.FleetTopics;
import dev.podium.wire.cloud.AccessTokens;
import dev.podium.wire.google.CloudCalls;
import dev.podium.wire.google.ErrorContext;
import dev.podium.wire.google.RetryPolicy;
import dev.podium.wire.google.TokenCredentials;
import dev.podium.wire.google.pubsub.PubsubConnection;
import dev.podium.wire.google.pubsub.PubsubErrors;
import dev.podium.wire.model.Labels;
import dev.podium.wire.model.PodiumException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// Disks of Compute Engine and subscriptions of Pub/Sub, or those of the local cloud. Nothing is
/// asked of the network before the first call.
final class GoogleLeftovers implements Leftovers {
  private static final int DISKS_A_PAGE = 500;

  /// Pub/Sub has no filter for lists of subscriptions, so all of the project are read; a project
  /// has 10,000 at most.
  private static final int SUBSCRIPTIONS_A_PAGE = 1_000;

  /// What Pub/Sub shows in place of the topic. Source: `Subscription.topic` in pubsub.proto.
  private static final String DELETED_TOPIC = "_deleted-topic_";

  private final String project;
  private final boolean priced;
  private final ComputeClients clients;
  private final CloudCalls computeCalls;
  private final OperationWatch watch;
  private final PubsubConnection connection;
  private final CloudCalls pubsubCalls;
  private @Nullable SubscriberStub subscriber;

  GoogleLeftovers(CloudProfile profile, AccessTokens tokens, RetryPolicy policy) {
    this.project = profile.project();
    this.priced = !profile.local();
    this.clients = new ComputeClients(new TokenCredentials(tokens), profile.computeEndpoint());
    this.computeCalls =
        new CloudCalls(policy, HttpJsonCallContext.createDefault(), ComputeErrors::translate);
    this.watch = new OperationWatch(clients, computeCalls, policy.firstPause());
    this.connection = PubsubConnection.as(GoogleCloud.pubsub(profile), tokens);
    this.pubsubCalls =
        new CloudCalls(policy, GrpcCallContext.createDefault(), PubsubErrors::translate);
  }

  @Override
  public List<Disk> disks(String fleet) {
    ErrorContext context = compute("The disks of fleet '" + fleet + "' cannot be listed");
    List<Disk> disks = new ArrayList<>();
    for (DiskAggregatedList page :
        computeCalls.pages(
            context,
            clients.disks().aggregatedListCallable(),
            token ->
                AggregatedListDisksRequest.newBuilder()
                    .setProject(project)
                    .setFilter("labels." + Labels.FLEET + " = " + fleet)
                    .setMaxResults(DISKS_A_PAGE)
                    .setPageToken(token)
                    .setReturnPartialSuccess(true)
                    .build(),
            DiskAggregatedList::getNextPageToken)) {
      // A zone that does not answer hides disks, which then cost on until the next look; none is
      // deleted for it.
      for (DisksScopedList part : page.getItemsMap().values()) {
        part.getDisksList().forEach(disk -> disk(disk).ifPresent(disks::add));
      }
    }
    return disks;
  }

  /// Nothing if the cloud does not say when it was made: its age is then unknown, not huge.
  private Optional<Disk> disk(com.google.cloud.compute.v1.Disk disk) {
    String type = Instances.shortName(disk.getType());
    PriceList prices = priced ? MachinePrices.list(false) : PriceList.FREE;
    OptionalDouble price = prices.disk(type, disk.getSizeGb());
    return CloudTime.of(disk.getCreationTimestamp())
        .map(created ->
            new Disk(
                disk.getName(),
                Instances.shortName(disk.getZone()),
                type,
                disk.getSizeGb(),
                created,
                disk.getLabelsMap(),
                disk.getUsersCount() > 0,
                price.orElse(0),
                price.isPresent()));
  }

  @Override
  public List<VmSubscription> subscriptions(String fleet) {
    List<VmSubscription> found = new ArrayList<>();
    allSubscriptions(fleet).stream()
        .filter(one -> fleet.equals(one.getLabelsMap().get(Labels.FLEET)))
        .forEach(one -> subscription(one).ifPresent(found::add));
    return found;
  }

  /// A console's has no labels; it is known by its name.
  @Override
  public List<String> orphanedSubscriptions(String fleet) {
    String consoles = new FleetTopics(fleet).pulse() + "-";
    return allSubscriptions(fleet).stream()
        .filter(one -> one.getTopic().equals(DELETED_TOPIC))
        .filter(one ->
            fleet.equals(one.getLabelsMap().get(Labels.FLEET))
                || Instances.shortName(one.getName()).startsWith(consoles))
        .map(one -> Instances.shortName(one.getName()))
        .toList();
  }

  private List<Subscription> allSubscriptions(String fleet) {
    ErrorContext context = pubsub("The subscriptions of fleet '" + fleet + "' cannot be listed");
    List<Subscription> all = new ArrayList<>();
    for (ListSubscriptionsResponse page :
        pubsubCalls.pages(
            context,
            subscriber().listSubscriptionsCallable(),
            token ->
                ListSubscriptionsRequest.newBuilder()
                    .setProject(ProjectName.of(project).toString())
                    .setPageSize(SUBSCRIPTIONS_A_PAGE)
                    .setPageToken(token)
                    .build(),
            ListSubscriptionsResponse::getNextPageToken)) {
      all.addAll(page.getSubscriptionsList());
    }
    return all;
  }

  private static Optional<VmSubscription> subscription(Subscription subscription) {
    Map<String, String> labels = subscription.getLabelsMap();
    String vm = labels.getOrDefault(Labels.VM, "");
    String id = labels.getOrDefault(Labels.VM_ID, "");
    String created = labels.getOrDefault(Labels.CREATED, "");
    if (vm.isEmpty() || id.isEmpty() || !created.matches("[0-9]{1,11}")) {
      return Optional.empty();
    }
    return Optional.of(
        new VmSubscription(
            Instances.shortName(subscription.getName()),
            vm,
            id,
            Instant.ofEpochSecond(Long.parseLong(created))));
  }

  @Override
  public void deleteDisk(Disk disk, UUID requestId) {
    ErrorContext context = compute("Disk '" + disk.name() + "' was not deleted in " + disk.zone());
    try {
      Operation operation =
          computeCalls.call(
              context,
              clients.disks().deleteCallable(),
              DeleteDiskRequest.newBuilder()
                  .setProject(project)
                  .setZone(disk.zone())
                  .setDisk(disk.name())
                  .setRequestId(requestId.toString())
                  .build());
      GoogleComputeCloud.await(watch.follow(context, disk.zone(), operation, () -> gone(disk)));
    } catch (PodiumException.NotFound e) {
      // It is no more, as was asked.
    }
  }

  private boolean gone(Disk disk) {
    try {
      computeCalls.call(
          compute("Disk '" + disk.name() + "' cannot be read"),
          clients.disks().getCallable(),
          GetDiskRequest.newBuilder()
              .setProject(project)
              .setZone(disk.zone())
              .setDisk(disk.name())
              .build());
      return false;
    } catch (PodiumException.NotFound e) {
      return true;
    }
  }

  @Override
  public void deleteSubscription(VmSubscription subscription) {
    try {
      pubsubCalls.call(
          pubsub("Subscription '" + subscription.name() + "' was not deleted"),
          subscriber().deleteSubscriptionCallable(),
          DeleteSubscriptionRequest.newBuilder()
              .setSubscription(SubscriptionName.of(project, subscription.name()).toString())
              .build());
    } catch (PodiumException.NotFound e) {
      // It is no more, as was asked.
    }
  }

  private synchronized SubscriberStub subscriber() {
    if (subscriber == null) {
      try {
        subscriber =
            SubscriberStubSettings.newBuilder()
                .setTransportChannelProvider(connection.transport())
                .setCredentialsProvider(connection.credentials())
                .setBackgroundExecutorProvider(connection.timers())
                .build()
                .createStub();
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
    return subscriber;
  }

  private ErrorContext compute(String what) {
    return new ErrorContext(what, project, clients.endpoint());
  }

  private ErrorContext pubsub(String what) {
    return new ErrorContext(what, project, connection.endpoint());
  }

  @Override
  public void close() {
    computeCalls.close();
    pubsubCalls.close();
    clients.close();
    synchronized (this) {
      if (subscriber != null) {
        subscriber.shutdownNow();
      }
    }
    connection.close();
  }
}
