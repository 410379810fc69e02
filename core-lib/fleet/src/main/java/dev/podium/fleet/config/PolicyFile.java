package dev.podium.fleet.config;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.podium.wire.model.PodiumException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/// The policy of one fleet as it was last saved. The file is a JSON object of texts, which a person
/// may read and edit while Podium does not run. What the texts mean is not known here. May be used
/// from any thread.
public final class PolicyFile {
  private static final ObjectMapper JSON = new ObjectMapper();

  private final PrivateFile file;

  public PolicyFile(Path path) {
    this.file = new PrivateFile(path);
  }

  /// The file of a fleet.
  public static PolicyFile of(PodiumFolders folders, CloudProfile profile) {
    return new PolicyFile(profile.fleetFile(folders.config().resolve("policies")));
  }

  /// The texts by name; nothing if none were saved.
  ///
  /// @throws PodiumException.Invalid if they cannot be read; the file is kept under another name
  public Optional<Map<String, String>> read() {
    Optional<String> text = file.read();
    if (text.isEmpty()) {
      return Optional.empty();
    }
    try {
      JsonNode json = JSON.readTree(text.get());
      if (!json.isObject()) {
        throw unusable("it is damaged");
      }
      Map<String, String> texts = new TreeMap<>();
      json.properties().forEach(entry -> texts.put(entry.getKey(), entry.getValue().asText()));
      return Optional.of(texts);
    } catch (JsonProcessingException e) {
      throw unusable("it is damaged");
    }
  }

  /// Says that what was read cannot be used, and keeps the file under another name, so that the
  /// next save does not lose it.
  public PodiumException.Invalid unusable(String why) {
    Path kept = file.putAside();
    return new PodiumException.Invalid(
        "The fleet's saved policy in '" + file.path() + "' cannot be used",
        why + "; it was kept as '" + kept + "'",
        "Set the policy anew, or mend that file and give it its name back.");
  }

  /// Replaces what is saved, all or nothing.
  ///
  /// @throws PodiumException.NotPermitted if it cannot be written; the old texts are still there
  public void write(Map<String, String> texts) {
    ObjectNode json = JSON.createObjectNode();
    texts.forEach(json::put);
    file.write(json.toPrettyString() + "\n");
  }
}
