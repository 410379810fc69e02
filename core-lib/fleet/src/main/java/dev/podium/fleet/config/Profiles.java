package dev.podium.fleet.config;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.podium.wire.model.PodiumException;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Stream;

/// The profiles that a person has saved: one file each, `profiles/<name>.json` in the folder for
/// configuration, so that damage to one leaves the others whole. A file that cannot be read is kept
/// aside under another name, never overwritten. May be used from any thread.
public final class Profiles {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String SUFFIX = ".json";

  private final Path folder;
  private final Consumer<String> warnings;

  /// @param warnings receives one sentence for each file that had to be put aside
  public Profiles(PodiumFolders folders, Consumer<String> warnings) {
    this.folder = folders.config().resolve("profiles");
    this.warnings = warnings;
  }

  /// All that can be read, by name.
  public List<CloudProfile> list() {
    List<CloudProfile> found = new ArrayList<>();
    for (Path file : files()) {
      try {
        new PrivateFile(file).read().map(text -> parse(file, text)).ifPresent(found::add);
      } catch (PodiumException e) {
        warnings.accept(e.sentence());
      }
    }
    return found;
  }

  /// The profile of that name.
  ///
  /// @throws PodiumException.NotFound if there is none
  /// @throws PodiumException.Invalid if it cannot be read
  public CloudProfile get(String name) {
    Path file = file(name);
    return new PrivateFile(file)
        .read()
        .map(text -> parse(file, text))
        .orElseThrow(() ->
            new PodiumException.NotFound(
                "There is no profile '" + name + "'",
                "these exist: " + String.join(", ", names()),
                "Name one of them, or sign in to a project to make one.",
                null));
  }

  /// Saves it in place of the one of its name.
  public void save(CloudProfile profile) {
    ObjectNode json = JSON.createObjectNode();
    json.put("name", profile.name());
    json.put("local", profile.local());
    json.put("project", profile.project());
    json.put("fleet", profile.fleet());
    profile.computeEndpoint().ifPresent(value -> json.put("computeEndpoint", value));
    profile.pubsubEndpoint().ifPresent(value -> json.put("pubsubEndpoint", value));
    profile.identity().ifPresent(value -> json.put("identity", value.toString()));
    profile.oauthClientId().ifPresent(value -> json.put("oauthClientId", value));
    profile.oauthClientSecret().ifPresent(value -> json.put("oauthClientSecret", value));
    write(profile.machines(), json.putObject("machines"));
    write(profile.defaults(), json.putObject("defaults"));
    new PrivateFile(file(profile.name())).write(json.toPrettyString() + "\n");
  }

  /// Forgets it; one that is not there is success.
  public void remove(String name) {
    new PrivateFile(file(name)).delete();
  }

  private CloudProfile parse(Path file, String text) {
    try {
      JsonNode json = JSON.readTree(text);
      return new CloudProfile(
          json.path("name").asText(),
          json.path("local").asBoolean(),
          json.path("project").asText(),
          json.path("fleet").asText(),
          member(json, "computeEndpoint"),
          member(json, "pubsubEndpoint"),
          member(json, "identity").map(URI::create),
          member(json, "oauthClientId"),
          member(json, "oauthClientSecret"),
          machines(json.path("machines")),
          defaults(json.path("defaults")));
    } catch (JsonProcessingException | IllegalArgumentException e) {
      throw aside(file, "it is damaged");
    } catch (PodiumException.Invalid e) {
      throw aside(file, e.sentence());
    }
  }

  /// Writes the settings as members of that object, as profiles keep them.
  public static void write(MachineSettings machines, ObjectNode json) {
    machines.network().ifPresent(value -> json.put("network", value));
    machines.subnet().ifPresent(value -> json.put("subnet", value));
    json.put("externalAddress", machines.externalAddress());
    machines.serviceAccount().ifPresent(value -> json.put("serviceAccount", value));
    machines.scopes().forEach(json.putArray("scopes")::add);
    machines.tags().forEach(json.putArray("tags")::add);
    json.put("secureBoot", machines.secureBoot());
  }

  /// Writes the defaults as members of that object, as profiles keep them.
  public static void write(VmDefaults defaults, ObjectNode json) {
    defaults.region().ifPresent(value -> json.put("region", value));
    defaults.zones().forEach(json.putArray("zones")::add);
    defaults.image().ifPresent(value -> json.put("image", value));
    defaults.diskType().ifPresent(value -> json.put("diskType", value));
    defaults.port().ifPresent(value -> json.put("port", value));
  }

  private static VmDefaults defaults(JsonNode json) {
    return new VmDefaults(
        member(json, "region"),
        texts(json.path("zones")),
        member(json, "image"),
        member(json, "diskType"),
        json.path("port").isInt() ? Optional.of(json.path("port").asInt()) : Optional.empty());
  }

  /// Profiles of earlier releases have none of it.
  private static MachineSettings machines(JsonNode json) {
    MachineSettings usual = MachineSettings.usual();
    return new MachineSettings(
        member(json, "network"),
        member(json, "subnet"),
        json.path("externalAddress").asBoolean(usual.externalAddress()),
        member(json, "serviceAccount"),
        json.has("scopes") ? texts(json.path("scopes")) : usual.scopes(),
        texts(json.path("tags")),
        json.path("secureBoot").asBoolean(usual.secureBoot()));
  }

  private static List<String> texts(JsonNode json) {
    List<String> texts = new ArrayList<>();
    json.forEach(item -> texts.add(item.asText()));
    return texts;
  }

  private static Optional<String> member(JsonNode json, String name) {
    return json.path(name).isTextual() ? Optional.of(json.path(name).asText()) : Optional.empty();
  }

  private static PodiumException.Invalid aside(Path file, String why) {
    Path kept = new PrivateFile(file).putAside();
    return new PodiumException.Invalid(
        "The profile in '" + file + "' cannot be read",
        why + "; it was kept as '" + kept + "'",
        "Make the profile anew, or mend that file and give it its name back.");
  }

  private List<String> names() {
    return files().stream()
        .map(file -> String.valueOf(file.getFileName()))
        .map(name -> name.substring(0, name.length() - SUFFIX.length()))
        .toList();
  }

  private List<Path> files() {
    try (Stream<Path> entries = Files.list(folder)) {
      return entries.filter(file -> file.toString().endsWith(SUFFIX)).sorted().toList();
    } catch (NoSuchFileException e) {
      return List.of();
    } catch (IOException e) {
      throw new PodiumException.NotPermitted(
          "The folder '" + folder + "' cannot be read",
          DiskFailure.why(e),
          "See that it belongs to you.",
          e);
    }
  }

  /// The name goes into a path, so only what can be a profile's name may pass.
  private Path file(String name) {
    if (!name.matches("[-a-z0-9]{1,40}")) {
      throw new PodiumException.Invalid(
          "'" + name + "' is not a profile name",
          "it may hold lower-case letters, digits and hyphens only",
          "Enter a profile name such as 'prod'.");
    }
    return folder.resolve(name + SUFFIX);
  }
}
