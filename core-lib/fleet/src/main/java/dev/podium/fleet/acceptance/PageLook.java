package dev.podium.fleet.acceptance;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;

/// Opens a chat's page as a browser does, which never sends the link's secret part.
final class PageLook {
  private static final Duration PATIENCE = Duration.ofSeconds(20);

  private PageLook() {}

  /// @return what was seen
  /// @throws dev.podium.wire.model.PodiumException if no page is there
  static String at(URI link) throws InterruptedException {
    URI page = URI.create("http://" + link.getAuthority() + "/");
    try (HttpClient http = HttpClient.newBuilder().connectTimeout(PATIENCE).build()) {
      HttpResponse<String> answer =
          http.send(
              HttpRequest.newBuilder(page).timeout(PATIENCE).build(),
              HttpResponse.BodyHandlers.ofString());
      if (answer.statusCode() != 200 || !answer.body().contains("Podium")) {
        throw AcceptanceRun.refused(page + " answered " + answer.statusCode());
      }
      return "the page has " + answer.body().length() + " characters";
    } catch (IOException silent) {
      throw AcceptanceRun.refused(
          page + " does not answer; is there a firewall rule that lets its port in?");
    }
  }
}
