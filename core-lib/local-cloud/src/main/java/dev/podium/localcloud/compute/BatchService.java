package dev.podium.localcloud.compute;

import com.linecorp.armeria.common.AggregatedHttpRequest;
import com.linecorp.armeria.common.HttpMethod;
import com.linecorp.armeria.common.HttpRequest;
import com.linecorp.armeria.common.HttpResponse;
import com.linecorp.armeria.common.HttpStatus;
import com.linecorp.armeria.common.MediaType;
import com.linecorp.armeria.server.HttpService;
import com.linecorp.armeria.server.ServiceRequestContext;
import dev.podium.localcloud.compute.request.ComputeResponse;
import dev.podium.localcloud.state.Refusal;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;

/// Serves batches: many requests in one. gcloud sends one whenever a command names two machines.
///
/// The parts are answered at the same time, because some are waits: one after the other they would
/// last as long as their sum.
final class BatchService implements HttpService {
  private final Dispatcher dispatcher;
  private final Executor executor;

  /// @param executor starts a virtual thread for each part
  BatchService(Dispatcher dispatcher, Executor executor) {
    this.dispatcher = dispatcher;
    this.executor = executor;
  }

  @Override
  public HttpResponse serve(ServiceRequestContext context, HttpRequest request) {
    return HttpResponse.of(request.aggregate().thenComposeAsync(this::answer, executor));
  }

  private CompletableFuture<HttpResponse> answer(AggregatedHttpRequest batch) {
    List<BatchBody.Part> parts;
    try {
      parts = parts(batch);
    } catch (Refusal refusal) {
      return CompletableFuture.completedFuture(
          ComputeService.write(ComputeResponse.refused(refusal)));
    }
    List<CompletableFuture<ComputeResponse>> responses =
        parts.stream()
            .map(part ->
                CompletableFuture.supplyAsync(() -> dispatcher.answer(part.request()), executor))
            .toList();
    return CompletableFuture.allOf(responses.toArray(CompletableFuture<?>[]::new))
        .thenApply(all -> write(parts, responses.stream().map(CompletableFuture::join).toList()));
  }

  private static List<BatchBody.Part> parts(AggregatedHttpRequest batch) {
    if (batch.method() != HttpMethod.POST) {
      throw new Refusal(404, "notFound", "A batch is sent with POST.");
    }
    return BatchBody.read(batch.contentType(), batch.headers(), batch.contentUtf8());
  }

  private static HttpResponse write(List<BatchBody.Part> parts, List<ComputeResponse> responses) {
    String boundary = "batch_" + UUID.randomUUID();
    return HttpResponse.of(
        HttpStatus.OK,
        MediaType.create("multipart", "mixed").withParameter("boundary", boundary),
        BatchBody.write(boundary, parts, responses));
  }
}
