package dev.podium.core.cloud.google;

import com.google.cloud.compute.v1.AggregatedListGlobalOperationsRequest;
import com.google.cloud.compute.v1.Operation;
import com.google.cloud.compute.v1.OperationAggregatedList;
import com.google.cloud.compute.v1.OperationsScopedList;
import dev.podium.core.cloud.ComputeCloud.PastDeletion;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/// The deletions of VMs among the operations that Compute Engine remembers: for two weeks, up to
/// 5,000.
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

  /// The newest page first, and no more pages than it needs.
  List<PastDeletion> since(Instant since) {
    Asked asked = new Asked("What was deleted lately cannot be read", project, clients.endpoint());
    List<PastDeletion> found = new ArrayList<>();
    String token = "";
    boolean more;
    do {
      OperationAggregatedList page =
          calls.call(
              asked,
              clients.allOperations().aggregatedListCallable(),
              AggregatedListGlobalOperationsRequest.newBuilder()
                  .setProject(project)
                  .setFilter("operationType = delete")
                  .setOrderBy("creationTimestamp desc")
                  .setMaxResults(PAGE)
                  .setPageToken(token)
                  .build());
      more = true;
      for (var scope : page.getItemsMap().entrySet()) {
        OperationsScopedList part = scope.getValue();
        asked.requireReached(scope.getKey(), part.getWarning());
        for (Operation operation : part.getOperationsList()) {
          Instant accepted = CloudTime.of(operation.getInsertTime());
          more &= !accepted.isBefore(since);
          if (operation.getTargetLink().contains("/instances/")) {
            found.add(
                new PastDeletion(
                    Long.toUnsignedString(operation.getTargetId()),
                    requestId(operation),
                    accepted));
          }
        }
      }
      token = page.getNextPageToken();
    } while (more && !token.isEmpty());
    return found;
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
