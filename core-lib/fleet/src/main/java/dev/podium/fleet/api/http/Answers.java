package dev.podium.fleet.api.http;

import com.fasterxml.jackson.databind.JsonNode;
import com.linecorp.armeria.common.HttpData;
import com.linecorp.armeria.common.HttpRequest;
import com.linecorp.armeria.common.HttpResponse;
import com.linecorp.armeria.common.HttpStatus;
import com.linecorp.armeria.common.MediaType;
import com.linecorp.armeria.common.ResponseHeaders;
import com.linecorp.armeria.server.HttpService;
import com.linecorp.armeria.server.ServiceRequestContext;
import dev.podium.wire.model.PodiumException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Runs handlers on virtual threads and turns what they return or throw into answers.
public final class Answers {
  private static final Logger LOG = LoggerFactory.getLogger(Answers.class);

  private Answers() {}

  /// May block; throws [RefusedRequest] or [PodiumException].
  @FunctionalInterface
  public interface Handler {
    HttpResponse handle(ServiceRequestContext context, String body);
  }

  public static HttpService service(Handler handler) {
    return (context, request) -> HttpResponse.of(answer(handler, context, request));
  }

  private static CompletableFuture<HttpResponse> answer(
      Handler handler, ServiceRequestContext context, HttpRequest request) {
    CompletableFuture<HttpResponse> answer = new CompletableFuture<>();
    var _ =
        request
            .aggregate()
            .handle((aggregated, failure) -> {
              if (failure != null) {
                // Armeria has its own answer for a body that is too long or was cut off.
                answer.completeExceptionally(failure);
              } else {
                Thread.ofVirtual()
                    .start(
                        () -> answer.complete(guarded(handler, context, aggregated.contentUtf8())));
              }
              return null;
            });
    return answer;
  }

  private static HttpResponse guarded(Handler handler, ServiceRequestContext context, String body) {
    try {
      return handler.handle(context, body);
    } catch (RefusedRequest e) {
      return e.problem().response();
    } catch (RuntimeException e) {
      // One request that fails, for whatever reason, must get an answer and harm no other.
      return problem(e).response();
    }
  }

  public static Problem problem(Throwable failure) {
    Throwable cause =
        failure instanceof CompletionException && failure.getCause() != null
            ? failure.getCause()
            : failure;
    if (cause instanceof PodiumException known) {
      return Problem.of(known);
    }
    if (cause instanceof RefusedRequest refused) {
      return refused.problem();
    }
    LOG.error("A request to the API failed", cause);
    return new Problem(
        500, "internal", "The server failed at this request.", "Look at its log, and report it.");
  }

  public static HttpResponse json(int status, JsonNode body) {
    return json(status, HttpData.ofUtf8(body.toString()));
  }

  public static HttpResponse json(int status, HttpData body) {
    return HttpResponse.of(
        ResponseHeaders.builder(HttpStatus.valueOf(status))
            .contentType(MediaType.JSON)
            .add("cache-control", "no-store")
            .build(),
        body);
  }
}
