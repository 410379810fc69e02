package dev.podium.fleet.api.key;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.podium.fleet.config.PrivateFile;
import dev.podium.wire.model.PodiumException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;

/// The file with every key's hash, and what else is known of it. Several programs may use it at
/// once: a change is made alone, on what the file holds at that moment.
final class KeyFile {
  private static final ObjectMapper JSON = new ObjectMapper();

  private final PrivateFile file;

  /// A key, and by what it is known again.
  ///
  /// @param sha256 of the secret, in hexadecimal digits
  record Stored(ApiKey key, String sha256) {}

  KeyFile(Path path) {
    this.file = new PrivateFile(path);
  }

  Path path() {
    return file.path();
  }

  /// Differs where the file differs. Every write makes a new file, so its number on the disk tells
  /// two writes of one moment apart.
  ///
  /// @throws IOException if it cannot be told
  String stamp() throws IOException {
    try {
      BasicFileAttributes now = Files.readAttributes(file.path(), BasicFileAttributes.class);
      return now.lastModifiedTime() + " " + now.size() + " " + now.fileKey();
    } catch (NoSuchFileException none) {
      return "none";
    }
  }

  /// @return the keys; none if there is no such file
  /// @throws PodiumException.Invalid if the file is damaged; it is not replaced
  List<Stored> read() {
    List<Stored> keys = new ArrayList<>();
    try {
      for (JsonNode node : JSON.readTree(file.read().orElse("{}")).path("keys")) {
        keys.add(stored(node));
      }
    } catch (JsonProcessingException | IllegalArgumentException | DateTimeException e) {
      throw new PodiumException.Invalid(
          "The API keys in '" + file.path() + "' cannot be read",
          "the file is damaged",
          "Delete it; a new key is made at the next start.");
    }
    return keys;
  }

  /// Changes the keys while no other program does.
  ///
  /// @throws PodiumException whatever the change throws; the file is as before then
  void change(UnaryOperator<List<Stored>> change) {
    Boolean _ =
        file.alone(() -> {
          List<Stored> before = read();
          List<Stored> after = change.apply(new ArrayList<>(before));
          boolean differs = !after.equals(before);
          if (differs) {
            write(after);
          }
          return differs;
        });
  }

  private static Stored stored(JsonNode node) {
    Set<ApiKeys.Scope> scopes = EnumSet.noneOf(ApiKeys.Scope.class);
    node.path("scopes")
        .forEach(
            scope -> scopes.add(ApiKeys.Scope.valueOf(scope.asText().toUpperCase(Locale.ROOT))));
    String sha256 = node.path("sha256").asText();
    ApiKey key =
        new ApiKey(
            KeySecret.id(sha256),
            node.path("label").asText(),
            scopes,
            time(node, "created"),
            time(node, "lastUsed"),
            time(node, "expires"),
            Optional.of(node.path("file").asText()).filter(f -> !f.isEmpty()).map(Path::of));
    return new Stored(key, sha256);
  }

  private static Optional<Instant> time(JsonNode node, String member) {
    return node.hasNonNull(member)
        ? Optional.of(Instant.parse(node.path(member).asText()))
        : Optional.empty();
  }

  private void write(List<Stored> all) {
    ObjectNode root = JSON.createObjectNode();
    ArrayNode keys = root.putArray("keys");
    for (Stored stored : all) {
      ApiKey key = stored.key();
      ObjectNode node = keys.addObject();
      node.put("label", key.name()).put("sha256", stored.sha256());
      ArrayNode scopes = node.putArray("scopes");
      key.scopes().stream()
          .sorted()
          .forEach(scope -> scopes.add(scope.name().toLowerCase(Locale.ROOT)));
      key.created().ifPresent(time -> node.put("created", time.toString()));
      key.lastUsed().ifPresent(time -> node.put("lastUsed", time.toString()));
      key.expires().ifPresent(time -> node.put("expires", time.toString()));
      key.file().ifPresent(path -> node.put("file", path.toString()));
    }
    file.write(root.toPrettyString() + "\n");
  }
}
