package dev.podium.fleet.google.compute;

import com.google.cloud.compute.v1.AggregatedListGlobalOperationsRequest;
import com.google.cloud.compute.v1.Operation;
import com.google.cloud.compute.v1.OperationAggregatedList;
import com.google.cloud.compute.v1.OperationsScopedList;
import dev.podium.fleet.cloud.ComputeCloud.PastDeletion;
import dev.podium.fleet.google.compute.failure.ComputeErrors;
import dev.podium.wire.google.CloudCalls;
import dev.podium.wire.google.ErrorContext;
import dev.podium.wire.model.PodiumException;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;

/// The deletions of VMs among the operations that Compute Engine remembers. It keeps those of the
/// last 14 days, 5,000 at most, says `gcloud compute operations list`.
final class DeletionHistory {
  private static final int PAGE = 500;

  /// Of a project that deletes more than that a day, nothing is known in time.
  private static final int MOST_PAGES = 40;

  /// The cloud may compare moments as texts, whose offset changes twice a year. A day covers that.
  private static final Duration MARGIN = Duration.ofDays(1);

  private final String project;
  private final ComputeClients clients;
  private final CloudCalls calls;

  DeletionHistory(String project, ComputeClients clients, CloudCalls calls) {
    this.project = project;
    this.clients = clients;
    this.calls = calls;
  }

  /// Reads all pages: Compute Engine refuses to sort a list that it filters.
  ///
  /// @throws PodiumException.Unavailable if there are more than 20,000
  /// @throws PodiumException.Unavailable if a zone does not answer of which that was not to be
  ///   expected
  List<PastDeletion> since(Instant since, Set<String> without) {
    ErrorContext context =
        new ErrorContext("What was deleted lately cannot be read", project, clients.endpoint());
    List<PastDeletion> found = new ArrayList<>();
    String filter =
        "(operationType = delete) (insertTime > \""
            + since.minus(MARGIN).truncatedTo(ChronoUnit.SECONDS)
            + "\")";
    AtomicInteger seen = new AtomicInteger();
    for (OperationAggregatedList page :
        calls.pages(
            context,
            clients.allOperations().aggregatedListCallable(),
            token ->
                AggregatedListGlobalOperationsRequest.newBuilder()
                    .setProject(project)
                    .setFilter(filter)
                    .setMaxResults(PAGE)
                    .setPageToken(token)
                    .setReturnPartialSuccess(true)
                    .build(),
            page -> nextPage(context, page, seen))) {
      for (Map.Entry<String, OperationsScopedList> scope : page.getItemsMap().entrySet()) {
        requireReached(context, scope.getKey(), scope.getValue(), without);
        scope.getValue().getOperationsList().stream()
            .filter(operation -> operation.getTargetLink().contains("/instances/"))
            .map(operation -> deletion(context, operation))
            .filter(deletion -> !deletion.accepted().isBefore(since))
            .forEach(found::add);
      }
    }
    return found;
  }

  private static void requireReached(
      ErrorContext context, String scope, OperationsScopedList part, Set<String> without) {
    if (ComputeErrors.isUnreached(part.getWarning())
        && !without.contains(Instances.shortName(scope))) {
      throw new PodiumException.Unavailable(
          context.what(),
          "the cloud cannot reach " + scope + " at present",
          "Wait; what was known before still stands.",
          null);
    }
  }

  private static String nextPage(
      ErrorContext context, OperationAggregatedList page, AtomicInteger seen) {
    if (seen.incrementAndGet() == MOST_PAGES && !page.getNextPageToken().isEmpty()) {
      throw new PodiumException.Unavailable(
          context.what(),
          "more than " + MOST_PAGES * PAGE + " things were deleted in this project since yesterday",
          "Run the fleet in a project where less is deleted; until then no VM ends for its health.",
          null);
    }
    return page.getNextPageToken();
  }

  private static PastDeletion deletion(ErrorContext context, Operation operation) {
    return new PastDeletion(
        Long.toUnsignedString(operation.getTargetId()),
        requestId(operation),
        CloudTime.required(context, operation.getInsertTime()));
  }

  /// Whoever else uses the project may send any text.
  private static Optional<UUID> requestId(Operation operation) {
    try {
      return Optional.of(UUID.fromString(operation.getClientOperationId()));
    } catch (IllegalArgumentException notOfPodium) {
      return Optional.empty();
    }
  }
}
