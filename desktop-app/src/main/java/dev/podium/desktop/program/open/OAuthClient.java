package dev.podium.desktop.program.open;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.podium.wire.model.PodiumException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/// The client by which Google knows this program, as Google's console writes it into a file:
/// `{"installed": {"client_id": …, "client_secret": …}}`.
record OAuthClient(String id, String secret) {
  private static final ObjectMapper JSON = new ObjectMapper();

  private static final String DOWNLOAD =
      "Make a client of the kind 'Desktop app' under 'APIs & Services', 'Credentials' in Google's"
          + " console, and download its JSON.";

  /// @throws PodiumException.Invalid if the file is missing, or holds something else; says which
  static OAuthClient read(Path file) {
    return parse(text(file), "The OAuth client in '" + file + "' cannot be used");
  }

  /// @param json what is in such a file
  /// @throws PodiumException.Invalid if it is something else; says what
  static OAuthClient parse(String json) {
    return parse(json, "This OAuth client cannot be used");
  }

  private static OAuthClient parse(String json, String what) {
    JsonNode content;
    try {
      content = JSON.readTree(json);
    } catch (JsonProcessingException garbage) {
      throw new PodiumException.Invalid(what, "it is not JSON", DOWNLOAD);
    }
    JsonNode installed = content.path("installed");
    if (installed.path("client_id").isTextual() && installed.path("client_secret").isTextual()) {
      return new OAuthClient(
          installed.path("client_id").asText(), installed.path("client_secret").asText());
    }
    throw new PodiumException.Invalid(what, otherKind(content), DOWNLOAD);
  }

  /// @throws PodiumException.Invalid if the file is missing or cannot be read
  static String text(Path file) {
    try {
      return Files.readString(file);
    } catch (NoSuchFileException missing) {
      throw new PodiumException.Invalid(
          "There is no file '" + file + "'",
          "",
          "Give the path of the file that you downloaded from Google's console.");
    } catch (IOException unreadable) {
      throw new PodiumException.Invalid(
          "The file '" + file + "' cannot be read",
          "it is a folder, no text, or not yours to read",
          "Give the path of the file that you downloaded from Google's console.");
    }
  }

  private static String otherKind(JsonNode content) {
    if (content.has("web")) {
      return "it is of a client of the kind 'Web application', which cannot sign in here";
    }
    if (content.path("type").asText().equals("service_account")) {
      return "it is the key of a service account, and no person's; keep it secret";
    }
    if (content.path("type").asText().equals("authorized_user")) {
      return "it is a sign-in of gcloud's, not a client";
    }
    return "it has no client of the kind 'Desktop app' in it";
  }
}
