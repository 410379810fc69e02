package dev.podium.fleet.cloud;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.podium.wire.model.AccessProblem;
import dev.podium.wire.text.DurationText;
import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.HttpTimeoutException;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/// Asks a VM's agent over HTTP. One client serves any number of probes at once; close it when the
/// console ends.
///
/// Whoever holds the VM decides what is answered. So of a body [#LONGEST_BODY] bytes are read,
/// numbers are held to a range, and text is short and printable or it is none.
public final class HttpHealthProbe implements HealthProbe, AutoCloseable {
  /// In bytes. An agent's answer has fewer than 4 KiB.
  static final int LONGEST_BODY = 64 * 1024;

  /// More than any VM has seats for.
  static final int MOST_PARTICIPANTS = 100_000;

  /// In seconds: longer than any VM lives.
  static final long LONGEST_IDLE = Duration.ofDays(3_650).toSeconds();

  /// In characters, for what is shown to people.
  static final int LONGEST_WORD = 64;

  /// In characters, for why a check fails.
  static final int LONGEST_SENTENCE = 200;

  /// An agent has four.
  private static final int MOST_CHECKS = 8;

  private static final ObjectMapper JSON = new ObjectMapper();

  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();

  private HttpClient client = client();

  /// No proxy and no redirects: the question is whether this machine reaches that VM.
  private HttpClient client() {
    return HttpClient.newBuilder()
        .version(HttpClient.Version.HTTP_1_1)
        .followRedirects(HttpClient.Redirect.NEVER)
        .proxy(HttpClient.Builder.NO_PROXY)
        .executor(threads)
        .build();
  }

  @Override
  public Result probe(URI chatUrl, Duration timeout) {
    Asked asked;
    try {
      asked = ask(HttpRequest.newBuilder(chatUrl.resolve("/healthz")).timeout(timeout).build());
    } catch (IllegalArgumentException e) {
      return new Result.Silent("'" + printable(chatUrl.toString()) + "' cannot be asked");
    }
    CompletableFuture<HttpResponse<String>> answer = asked.answer();
    try {
      // The client's own limit ends with the headers; a body may trickle for ever.
      return understood(answer.get(timeout.toNanos(), TimeUnit.NANOSECONDS));
    } catch (TimeoutException e) {
      return new Result.Silent(late(timeout));
    } catch (ExecutionException e) {
      Throwable failure = e.getCause() == null ? e : e.getCause();
      if (leavesConnection(failure)) {
        replace(asked.client());
      }
      return new Result.Silent(reason(failure, timeout));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return new Result.Silent("the probe was stopped");
    } finally {
      // This also drops the connection of an answer that has not ended.
      answer.cancel(true);
    }
  }

  private record Asked(HttpClient client, CompletableFuture<HttpResponse<String>> answer) {}

  private synchronized Asked ask(HttpRequest request) {
    return new Asked(
        client,
        client.sendAsync(request, BodyHandlers.limiting(BodyHandlers.ofString(), LONGEST_BODY)));
  }

  private static boolean leavesConnection(Throwable failure) {
    return !(failure instanceof ConnectException || failure instanceof HttpTimeoutException);
  }

  /// The JDK gives up on headers that are too long or malformed, but keeps the connection for as
  /// long as its client. The old client ends once whatever else it asked was answered.
  private synchronized void replace(HttpClient old) {
    if (client.equals(old)) {
      client = client();
      old.shutdown();
    }
  }

  private static Result understood(HttpResponse<String> response) {
    try {
      JsonNode json = JSON.readTree(response.body());
      String bootId = json.path("bootId").asText();
      if (json.path("bootId").isTextual() && bootId.matches("[!-~]{1," + LONGEST_WORD + "}")) {
        return new Result.Answered(
            response.statusCode() == 200,
            bootId,
            printable(json.path("status").asText()),
            (int) count(json.path("participants"), MOST_PARTICIPANTS),
            count(json.path("idleSeconds"), LONGEST_IDLE),
            failing(json.path("checks")),
            AccessProblem.of(json.path("accessProblem").asText()));
      }
    } catch (JsonProcessingException e) {
      // Not the agent: somebody else has the address now.
    }
    return new Result.Silent(
        "something answered (HTTP " + response.statusCode() + ") that is no agent");
  }

  /// Those that are not `ok`, a few of them.
  private static Map<String, String> failing(JsonNode checks) {
    Map<String, String> failing = new LinkedHashMap<>();
    for (Map.Entry<String, JsonNode> check : checks.properties()) {
      if (failing.size() < MOST_CHECKS && !check.getValue().asText().equals("ok")) {
        failing.put(
            printable(check.getKey(), LONGEST_WORD),
            printable(check.getValue().asText(), LONGEST_SENTENCE));
      }
    }
    return failing;
  }

  /// A cast alone would make a small or negative number of one that is too large.
  private static long count(JsonNode number, long most) {
    return (long) Math.clamp(number.asDouble(), 0, (double) most);
  }

  /// What a person is shown must not break its line, nor hide what stands beside it.
  private static String printable(String text) {
    return printable(text, LONGEST_WORD);
  }

  private static String printable(String text, int longest) {
    return text.codePoints()
        .filter(HttpHealthProbe::visible)
        .limit(longest)
        .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
        .toString();
  }

  private static boolean visible(int codePoint) {
    return switch (Character.getType(codePoint)) {
      case Character.CONTROL,
          Character.FORMAT,
          Character.LINE_SEPARATOR,
          Character.PARAGRAPH_SEPARATOR,
          Character.PRIVATE_USE,
          Character.SURROGATE,
          Character.UNASSIGNED ->
          false;
      default -> true;
    };
  }

  private static String reason(Throwable failure, Duration timeout) {
    return switch (failure) {
      case HttpTimeoutException _ -> late(timeout);
      case ConnectException _ -> "connection refused";
      case IOException io when tooLong(io) ->
          "something answered more than " + LONGEST_BODY / 1024 + " KiB that is no agent";
      case IOException io -> "connection broken (" + io.getClass().getSimpleName() + ")";
      default -> failure.getClass().getSimpleName();
    };
  }

  /// The JDK has no type of its own for it.
  private static boolean tooLong(IOException failure) {
    return String.valueOf(failure.getMessage()).contains("exceeds capacity");
  }

  private static String late(Duration timeout) {
    return "no answer in " + DurationText.inSecondsOrMillis(timeout);
  }

  @Override
  public synchronized void close() {
    client.shutdownNow();
    threads.shutdownNow();
  }
}
