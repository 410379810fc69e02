package dev.podium.fleet.api;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.podium.fleet.config.PrivateFile;
import dev.podium.wire.model.PodiumException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Base64;
import java.util.EnumSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/// The keys with which programs may use the API. Each has 256 random bits; a file that its owner
/// alone may read keeps their SHA-256. A plain hash is enough because nobody can guess 256 bits.
/// May be used from any thread.
public final class ApiKeys {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String PREFIX = "podium_";
  private static final int KEY_BYTES = 32;

  private final PrivateFile file;
  private final List<Entry> entries;

  /// What a key permits.
  public enum Scope {
    /// Look at the fleet.
    READ,
    /// Change it.
    WRITE
  }

  private record Entry(String label, String sha256, Set<Scope> scopes) {}

  private ApiKeys(PrivateFile file, List<Entry> entries) {
    this.file = file;
    this.entries = new ArrayList<>(entries);
  }

  /// Reads the keys of that file; there are none if there is no such file.
  ///
  /// @throws PodiumException.Invalid if the file is damaged; it is not replaced
  public static ApiKeys open(Path path) {
    PrivateFile file = new PrivateFile(path);
    return new ApiKeys(file, read(file));
  }

  private static List<Entry> read(PrivateFile file) {
    List<Entry> entries = new ArrayList<>();
    try {
      for (JsonNode node : JSON.readTree(file.read().orElse("{}")).path("keys")) {
        Set<Scope> scopes = EnumSet.noneOf(Scope.class);
        node.path("scopes")
            .forEach(scope -> scopes.add(Scope.valueOf(scope.asText().toUpperCase(Locale.ROOT))));
        entries.add(new Entry(node.path("label").asText(), node.path("sha256").asText(), scopes));
      }
    } catch (JsonProcessingException | IllegalArgumentException e) {
      throw new PodiumException.Invalid(
          "The API keys in '" + file.path() + "' cannot be read",
          "the file is damaged",
          "Delete it; a new key is made at the next start.");
    }
    return entries;
  }

  /// Makes a key. This is the only moment at which it can be read.
  ///
  /// @param label for people: who uses it
  public synchronized String issue(String label, Set<Scope> scopes) {
    return file.alone(() -> {
      refresh();
      return add(label, scopes);
    });
  }

  private String add(String label, Set<Scope> scopes) {
    byte[] bytes = new byte[KEY_BYTES];
    new SecureRandom().nextBytes(bytes);
    String key = PREFIX + Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    entries.add(new Entry(label, hash(key), EnumSet.copyOf(scopes)));
    save();
    return key;
  }

  /// Sees that the plain file holds a key with both scopes: the one it held before if that is still
  /// good, else a new one. Two programs that do so at once agree on one key.
  ///
  /// @throws PodiumException.Invalid if the plain file holds something else, which is kept
  public synchronized void issueTo(Path plainFile) {
    PrivateFile plain = new PrivateFile(plainFile);
    Boolean _ =
        file.alone(() -> {
          refresh();
          String held = plain.read().map(String::strip).orElse("");
          boolean good = scopes(held).filter(s -> s.size() == 2).isPresent();
          if (!good) {
            requireOurs(plain, held);
            plain.write(add(label(plainFile), EnumSet.allOf(Scope.class)) + "\n");
          }
          return good;
        });
  }

  private static String label(Path plainFile) {
    return String.valueOf(plainFile.getFileName());
  }

  /// A key of an earlier day may be replaced; whatever else somebody wrote there may not.
  private static void requireOurs(PrivateFile plain, String held) {
    if (!held.isEmpty() && !held.matches(PREFIX + "\\S*")) {
      throw new PodiumException.Invalid(
          "No key is written to '" + plain.path() + "'",
          "the file holds something else than a key of Podium's",
          "Name another file with --api-key-file, or delete this one.");
    }
  }

  /// Takes every key of that label away.
  public synchronized void revoke(String label) {
    Boolean _ =
        file.alone(() -> {
          refresh();
          boolean some = entries.removeIf(entry -> entry.label().equals(label));
          save();
          return some;
        });
  }

  /// Another program may have added to the file since it was read.
  private void refresh() {
    List<Entry> now = read(file);
    entries.clear();
    entries.addAll(now);
  }

  /// What that key permits; nothing if it is not known.
  public synchronized Optional<Set<Scope>> scopes(String key) {
    byte[] hash = hash(key).getBytes(StandardCharsets.US_ASCII);
    return entries.stream()
        .filter(entry ->
            MessageDigest.isEqual(entry.sha256().getBytes(StandardCharsets.US_ASCII), hash))
        .findFirst()
        .map(Entry::scopes);
  }

  private void save() {
    ObjectNode root = JSON.createObjectNode();
    ArrayNode keys = root.putArray("keys");
    for (Entry entry : entries) {
      ObjectNode node = keys.addObject();
      node.put("label", entry.label()).put("sha256", entry.sha256());
      ArrayNode scopes = node.putArray("scopes");
      entry.scopes().forEach(scope -> scopes.add(scope.name().toLowerCase(Locale.ROOT)));
    }
    file.write(root.toPrettyString() + "\n");
  }

  private static String hash(String key) {
    try {
      byte[] hash =
          MessageDigest.getInstance("SHA-256").digest(key.getBytes(StandardCharsets.UTF_8));
      return HexFormat.of().formatHex(hash);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("Every JDK has SHA-256", e);
    }
  }
}
