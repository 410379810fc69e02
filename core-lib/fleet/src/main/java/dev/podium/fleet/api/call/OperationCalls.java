package dev.podium.fleet.api.call;

import com.linecorp.armeria.common.HttpResponse;
import com.linecorp.armeria.server.ServiceRequestContext;
import dev.podium.fleet.api.http.Answers;
import dev.podium.wire.model.PodiumException;

/// `GET /v1/operations/{id}`: how work that takes long goes.
public final class OperationCalls {
  private final ApiOperations operations;

  public OperationCalls(ApiOperations operations) {
    this.operations = operations;
  }

  /// One piece of work.
  public HttpResponse get(ServiceRequestContext context, String body) {
    String id = String.valueOf(context.pathParam("id"));
    return operations
        .find(id)
        .map(operation -> Answers.json(200, operation.json()))
        .orElseThrow(() ->
            new PodiumException.NotFound(
                "There is no operation '" + id + "'",
                "it is older than this server's memory, or another server's",
                "Look at the instance itself.",
                null));
  }
}
