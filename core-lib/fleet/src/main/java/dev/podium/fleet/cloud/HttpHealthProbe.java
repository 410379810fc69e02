package dev.podium.fleet.cloud;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.podium.wire.text.DurationText;
import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/// Asks a VM's agent over HTTP. One client serves any number of probes at once; close it when the
/// console ends.
public final class HttpHealthProbe implements HealthProbe, AutoCloseable {
  private static final ObjectMapper JSON = new ObjectMapper();

  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();

  /// No proxy and no redirects: the question is whether this machine reaches that VM.
  private final HttpClient client =
      HttpClient.newBuilder()
          .version(HttpClient.Version.HTTP_1_1)
          .followRedirects(HttpClient.Redirect.NEVER)
          .proxy(HttpClient.Builder.NO_PROXY)
          .executor(threads)
          .build();

  @Override
  public Result probe(URI chatUrl, Duration timeout) {
    CompletableFuture<HttpResponse<String>> answer;
    try {
      HttpRequest request =
          HttpRequest.newBuilder(chatUrl.resolve("/healthz")).timeout(timeout).build();
      answer = client.sendAsync(request, BodyHandlers.ofString());
    } catch (IllegalArgumentException e) {
      return new Result.Silent("'" + chatUrl + "' cannot be asked");
    }
    try {
      // The client's own limit ends with the headers; a body may trickle for ever.
      return understood(answer.get(timeout.toNanos(), TimeUnit.NANOSECONDS));
    } catch (TimeoutException e) {
      return new Result.Silent(late(timeout));
    } catch (ExecutionException e) {
      return new Result.Silent(reason(e.getCause() == null ? e : e.getCause(), timeout));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return new Result.Silent("the probe was stopped");
    } finally {
      answer.cancel(true);
    }
  }

  private static Result understood(HttpResponse<String> response) {
    try {
      JsonNode json = JSON.readTree(response.body());
      if (json.path("bootId").isTextual()) {
        return new Result.Answered(
            response.statusCode() == 200,
            json.path("bootId").asText(),
            json.path("status").asText(),
            json.path("participants").asInt(),
            json.path("idleSeconds").asLong());
      }
    } catch (JsonProcessingException e) {
      // Not the agent: somebody else has the address now.
    }
    return new Result.Silent(
        "something answered (HTTP " + response.statusCode() + ") that is no agent");
  }

  private static String reason(Throwable failure, Duration timeout) {
    return switch (failure) {
      case java.net.http.HttpTimeoutException _ -> late(timeout);
      case ConnectException _ -> "connection refused";
      case IOException io -> "connection broken (" + io.getClass().getSimpleName() + ")";
      default -> failure.getClass().getSimpleName();
    };
  }

  private static String late(Duration timeout) {
    return "no answer in " + DurationText.inSecondsOrMillis(timeout);
  }

  @Override
  public void close() {
    client.shutdownNow();
    threads.shutdownNow();
  }
}
