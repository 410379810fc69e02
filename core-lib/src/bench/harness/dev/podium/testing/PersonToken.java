package dev.podium.testing;

import java.io.IOException;
import java.net.URI;
import java.net.URLDecoder;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/// The access token of a person who signs in to a local cloud in a browser and allows all. For
/// tests of clouds that require one.
public final class PersonToken {
  private static final String CALLBACK = "http://127.0.0.1:1/callback";
  private static final String VERIFIER = "v".repeat(64);
  private static final String SCOPE =
      "openid email https://www.googleapis.com/auth/compute https://www.googleapis.com/auth/pubsub";

  private PersonToken() {}

  /// @param identity where the local cloud's sign-in is, with a slash at its end
  public static String of(URI identity) throws IOException, InterruptedException {
    return withScope(identity, SCOPE);
  }

  /// The same with other scopes, which are full URLs.
  public static String of(URI identity, String... scopes) throws IOException, InterruptedException {
    return withScope(identity, "openid email " + String.join(" ", scopes));
  }

  private static String withScope(URI identity, String scope)
      throws IOException, InterruptedException {
    try (HttpClient http = HttpClient.newHttpClient()) {
      Map<String, String> wanted =
          Map.of(
              "client_id", "desktop",
              "redirect_uri", CALLBACK,
              "response_type", "code",
              "scope", scope,
              "state", "s",
              "code_challenge", VERIFIER,
              "code_challenge_method", "plain");
      URI page = identity.resolve("o/oauth2/v2/auth");
      String ticket =
          found(
              "name=\"ticket\" value=\"([^\"]+)\"",
              send(http, HttpRequest.newBuilder(URI.create(page + "?" + form(wanted)))).body());
      HttpResponse<String> allowed =
          post(
              http,
              page,
              Map.of("ticket", ticket, "account", "operator@podium.local", "decision", "allow"));
      String code =
          found("[?&]code=([^&]+)", allowed.headers().firstValue("location").orElseThrow());
      HttpResponse<String> granted =
          post(
              http,
              identity.resolve("token"),
              Map.of(
                  "grant_type",
                  "authorization_code",
                  "client_id",
                  "desktop",
                  "redirect_uri",
                  CALLBACK,
                  "code",
                  URLDecoder.decode(code, StandardCharsets.UTF_8),
                  "code_verifier",
                  VERIFIER));
      return found("\"access_token\"\\s*:\\s*\"([^\"]+)\"", granted.body());
    }
  }

  private static HttpResponse<String> post(HttpClient http, URI uri, Map<String, String> form)
      throws IOException, InterruptedException {
    return send(
        http,
        HttpRequest.newBuilder(uri)
            .header("Content-Type", "application/x-www-form-urlencoded")
            .POST(HttpRequest.BodyPublishers.ofString(form(form))));
  }

  private static HttpResponse<String> send(HttpClient http, HttpRequest.Builder request)
      throws IOException, InterruptedException {
    return http.send(request.build(), HttpResponse.BodyHandlers.ofString());
  }

  private static String form(Map<String, String> members) {
    return members.entrySet().stream()
        .map(member ->
            member.getKey() + "=" + URLEncoder.encode(member.getValue(), StandardCharsets.UTF_8))
        .collect(Collectors.joining("&"));
  }

  private static String found(String pattern, String text) {
    Matcher matcher = Pattern.compile(pattern).matcher(text);
    if (!matcher.find()) {
      throw new IllegalStateException("There is no " + pattern + " in: " + text);
    }
    return matcher.group(1);
  }
}
