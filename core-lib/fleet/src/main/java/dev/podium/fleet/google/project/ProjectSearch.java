package dev.podium.fleet.google.project;

import com.fasterxml.jackson.databind.JsonNode;
import dev.podium.fleet.config.CloudProfile;
import dev.podium.wire.cloud.AccessTokens;
import dev.podium.wire.google.CloudApi;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/// The projects that an account sees, by Resource Manager's `projects:search`: those on which it
/// holds `resourcemanager.projects.get`. Blocks; any thread may ask.
public final class ProjectSearch {
  /// An account of a large company sees thousands; nobody reads more than these.
  private static final int MOST = 2_000;

  private ProjectSearch() {}

  /// A project that can be used.
  ///
  /// @param name as people call it; the id where it has none
  public record Found(String id, String name) {}

  /// All of them, by name.
  ///
  /// @param profile whose cloud is asked; its project does not matter
  /// @throws dev.podium.wire.model.PodiumException if the cloud refuses it, or does not answer
  public static List<Found> of(CloudProfile profile, AccessTokens tokens) {
    List<Found> found = new ArrayList<>();
    try (JsonCalls calls = new JsonCalls(profile, tokens)) {
      String token = "";
      do {
        JsonNode page =
            calls.get(
                CloudApi.RESOURCE_MANAGER,
                "Your projects cannot be listed",
                "v3/projects:search?query=state%3AACTIVE&pageSize=500"
                    + (token.isEmpty() ? "" : "&pageToken=" + encoded(token)));
        page.path("projects").forEach(project -> add(project, found));
        token = page.path("nextPageToken").asText();
      } while (!token.isEmpty() && found.size() < MOST);
    }
    found.sort(Comparator.comparing(Found::name, String.CASE_INSENSITIVE_ORDER));
    return List.copyOf(found);
  }

  private static void add(JsonNode project, List<Found> found) {
    String id = project.path("projectId").asText();
    String name = project.path("displayName").asText();
    if (!id.isEmpty() && project.path("state").asText("ACTIVE").equals("ACTIVE")) {
      found.add(new Found(id, name.isEmpty() ? id : name));
    }
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }
}
