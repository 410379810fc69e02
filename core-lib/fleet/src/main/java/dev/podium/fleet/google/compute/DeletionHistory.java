package dev.podium.fleet.google.compute;

import com.google.cloud.compute.v1.AggregatedListGlobalOperationsRequest;
import com.google.cloud.compute.v1.Operation;
import com.google.cloud.compute.v1.OperationAggregatedList;
import com.google.cloud.compute.v1.OperationsScopedList;
import dev.podium.fleet.cloud.ComputeCloud.PastDeletion;
import dev.podium.wire.google.CloudCalls;
import dev.podium.wire.google.ErrorContext;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/// The deletions of VMs among the operations that Compute Engine remembers. It keeps those of the
/// last 14 days, 5,000 at most, says `gcloud compute operations list`.
final class DeletionHistory {
  private static final int PAGE = 500;

  private final String project;
  private final ComputeClients clients;
  private final CloudCalls calls;

  DeletionHistory(String project, ComputeClients clients, CloudCalls calls) {
    this.project = project;
    this.clients = clients;
    this.calls = calls;
  }

  /// Reads all pages: Compute Engine refuses to sort a list that it filters.
  List<PastDeletion> since(Instant since) {
    ErrorContext context =
        new ErrorContext("What was deleted lately cannot be read", project, clients.endpoint());
    List<PastDeletion> found = new ArrayList<>();
    for (OperationAggregatedList page :
        calls.pages(
            context,
            clients.allOperations().aggregatedListCallable(),
            token ->
                AggregatedListGlobalOperationsRequest.newBuilder()
                    .setProject(project)
                    .setFilter("operationType = delete")
                    .setMaxResults(PAGE)
                    .setPageToken(token)
                    .build(),
            OperationAggregatedList::getNextPageToken)) {
      for (Map.Entry<String, OperationsScopedList> scope : page.getItemsMap().entrySet()) {
        ComputeErrors.requireReached(context, scope.getKey(), scope.getValue().getWarning());
        scope.getValue().getOperationsList().stream()
            .filter(operation -> operation.getTargetLink().contains("/instances/"))
            .map(operation -> deletion(context, operation))
            .filter(deletion -> !deletion.accepted().isBefore(since))
            .forEach(found::add);
      }
    }
    return found;
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
