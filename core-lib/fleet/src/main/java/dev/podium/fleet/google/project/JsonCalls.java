package dev.podium.fleet.google.project;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.google.api.client.http.HttpHeaders;
import com.google.api.client.http.HttpResponseException;
import dev.podium.fleet.config.CloudProfile;
import dev.podium.fleet.google.compute.failure.ComputeErrors;
import dev.podium.wire.cloud.AccessTokens;
import dev.podium.wire.google.CloudApi;
import dev.podium.wire.google.CloudFeature;
import dev.podium.wire.google.ErrorContext;
import dev.podium.wire.google.ProjectRefusals;
import dev.podium.wire.model.PodiumException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Calls of Google's REST APIs, in the name of whoever has the tokens. Each is made once, but for a
/// token that has ended meanwhile. Blocks; any thread may call.
final class JsonCalls implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofSeconds(15);
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Pattern DENIED = Pattern.compile("Permission '([\\w.]+)' denied");
  private static final Pattern NUMBER = Pattern.compile("in project (\\d+)");

  private final String project;
  private final AccessTokens tokens;
  private final ApiAddresses addresses;
  private final HttpClient http = HttpClient.newBuilder().connectTimeout(PATIENCE).build();

  JsonCalls(CloudProfile profile, AccessTokens tokens) {
    this.project = profile.project();
    this.tokens = tokens;
    this.addresses = new ApiAddresses(profile);
  }

  /// An answer.
  ///
  /// @param date by the cloud's clock, to the second
  record Answer(JsonNode body, Optional<Instant> date) {}

  /// @param what has failed if this fails, such as `The project cannot be read`
  /// @param path below the API's base
  JsonNode get(CloudApi api, String what, String path) {
    return call(api, what, "GET", path, JsonNodeFactory.instance.nullNode()).body();
  }

  JsonNode post(CloudApi api, String what, String path, JsonNode body) {
    return call(api, what, "POST", path, body).body();
  }

  /// @param body null for none
  /// @throws PodiumException if the cloud does not answer, or refuses
  Answer call(CloudApi api, String what, String method, String path, JsonNode body) {
    URI uri = addresses.of(api, path);
    ErrorContext context =
        new ErrorContext(what, project, uri.getScheme() + "://" + uri.getAuthority());
    String token = isPrivate(uri) ? tokens.token() : "";
    HttpResponse<String> response = send(context, api, request(uri, method, body, token));
    if (response.statusCode() == 401 && !token.isEmpty()) {
      tokens.refused(token);
      response = send(context, api, request(uri, method, body, tokens.token()));
    }
    if (response.statusCode() >= 300) {
      throw refused(context, api, response);
    }
    return new Answer(parsed(response.body()), date(response));
  }

  /// A token goes over no network where others could read it.
  private static boolean isPrivate(URI uri) {
    try {
      return uri.getScheme().equals("https")
          || InetAddress.getByName(uri.getHost()).isLoopbackAddress();
    } catch (UnknownHostException unknown) {
      return false;
    }
  }

  private HttpRequest request(URI uri, String method, JsonNode body, String token) {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(uri)
            .timeout(PATIENCE)
            .header("Accept", "application/json")
            .header("Content-Type", "application/json")
            .method(
                method,
                body.isNull() ? BodyPublishers.noBody() : BodyPublishers.ofString(body.toString()));
    if (!token.isEmpty()) {
      request.header("Authorization", "Bearer " + token);
      tokens.quotaProject().ifPresent(payer -> request.header("x-goog-user-project", payer));
    }
    return request.build();
  }

  private HttpResponse<String> send(ErrorContext context, CloudApi api, HttpRequest request) {
    try {
      return http.send(request, BodyHandlers.ofString());
    } catch (IOException lost) {
      throw new PodiumException.Unavailable(
          context.what(),
          api.title() + " at " + context.endpoint() + " cannot be reached (" + words(lost) + ")",
          "Check the network and its proxy, then try again.",
          lost);
    } catch (InterruptedException givenUp) {
      Thread.currentThread().interrupt();
      throw new PodiumException.Unavailable(
          context.what(), "it was given up", "Try again when you like.", givenUp);
    }
  }

  private static String words(IOException lost) {
    return switch (lost) {
      case java.net.http.HttpTimeoutException _ -> "no answer in time";
      case java.net.ConnectException _ -> "no connection";
      case javax.net.ssl.SSLException tls -> "TLS: " + tls.getMessage();
      default -> String.valueOf(lost.getMessage());
    };
  }

  private static JsonNode parsed(String body) {
    try {
      return body.isBlank() ? JsonNodeFactory.instance.objectNode() : JSON.readTree(body);
    } catch (JsonProcessingException page) {
      // A proxy's page: whoever reads finds nothing in it.
      return JsonNodeFactory.instance.objectNode();
    }
  }

  private static Optional<Instant> date(HttpResponse<?> response) {
    return response
        .headers()
        .firstValue("date")
        .flatMap(text -> {
          try {
            return Optional.of(
                ZonedDateTime.parse(text, DateTimeFormatter.RFC_1123_DATE_TIME).toInstant());
          } catch (DateTimeException notADate) {
            return Optional.empty();
          }
        });
  }

  private static PodiumException refused(
      ErrorContext context, CloudApi api, HttpResponse<String> response) {
    JsonNode error = parsed(response.body()).path("error");
    String message = error.path("message").asText();
    HttpResponseException answer =
        new HttpResponseException.Builder(
                response.statusCode(), "HTTP " + response.statusCode(), new HttpHeaders())
            .setContent(response.body())
            .build();
    if (message.contains("has not been used in project") || message.contains("it is disabled")) {
      Matcher number = NUMBER.matcher(message);
      return ProjectRefusals.apiOff(
          context,
          api.title(),
          api.service(),
          message,
          number.find() ? " (Google's number " + number.group(1) + ")" : "",
          answer);
    }
    if (message.contains("insufficient authentication scopes")) {
      return new PodiumException.NotPermitted(
          context.what(),
          "the sign-in does not cover the " + api.title() + " API",
          "Use Application Default Credentials, which cover it (--adc), or set the project up in the"
              + " window, which asks for it.",
          answer);
    }
    Matcher denied = DENIED.matcher(message);
    return denied.find()
        ? denied(context, denied.group(1), answer)
        : ComputeErrors.translate(context, answer);
  }

  private static PodiumException denied(
      ErrorContext context, String permission, HttpResponseException answer) {
    return new PodiumException.NotPermitted(
        context.what(),
        "your account has not the right " + permission,
        "Ask an owner of project '"
            + context.project()
            + "' for a role that holds it"
            + CloudFeature.roleWith(permission).map(role -> ", such as " + role).orElse("")
            + ".",
        answer);
  }

  @Override
  public void close() {
    http.shutdownNow();
  }
}
