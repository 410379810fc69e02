package dev.podium.localcloud.conformance;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.zip.GZIPInputStream;
import org.jspecify.annotations.Nullable;

/// One of Google's published discovery documents: the methods of an API and the schemas of its
/// bodies. The documents lie beside the tests, unchanged, so that no test needs the internet.
final class Discovery {

  static final ObjectMapper JSON = new ObjectMapper();

  private final JsonNode document;
  private final List<ApiMethod> methods;

  private Discovery(JsonNode document) {
    this.document = document;
    List<ApiMethod> found = new ArrayList<>();
    collect(document, found);
    this.methods = List.copyOf(found);
  }

  static Discovery compute() {
    return load("compute.v1.json.gz");
  }

  static Discovery pubsub() {
    return load("pubsub.v1.json");
  }

  static Discovery oauth2() {
    return load("oauth2.v2.json");
  }

  private static Discovery load(String name) {
    try (InputStream in = open(name)) {
      return new Discovery(JSON.readTree(in));
    } catch (IOException e) {
      throw new UncheckedIOException("The test resource " + name + " cannot be read", e);
    }
  }

  /// Opens a file of this package's test resources, unpacked where its name ends in `.gz`.
  static InputStream open(String name) throws IOException {
    @Nullable InputStream raw = Discovery.class.getResourceAsStream(name);
    if (raw == null) {
      throw new FileNotFoundException(name);
    }
    return name.endsWith(".gz") ? new GZIPInputStream(raw) : raw;
  }

  List<ApiMethod> methods() {
    return methods;
  }

  /// The method that a request means.
  ///
  /// @param path the path below the API's base, without a query
  Optional<ApiMethod> match(String verb, String path) {
    return methods.stream()
        .filter(method -> method.matches(verb, path))
        .min(Comparator.comparingInt(ApiMethod::variables));
  }

  ApiMethod method(String id) {
    return methods.stream().filter(m -> m.id().equals(id)).findFirst().orElseThrow();
  }

  /// @return the declaration of a schema; a missing one is a fault of the test, not of the answer
  JsonNode schema(String name) {
    JsonNode schema = document.path("schemas").path(name);
    if (schema.isMissingNode()) {
      throw new IllegalArgumentException("The discovery document has no schema " + name);
    }
    return schema;
  }

  private static void collect(JsonNode resource, List<ApiMethod> into) {
    for (JsonNode method : resource.path("methods")) {
      into.add(
          ApiMethod.of(
              method.path("id").asText(),
              method.path("httpMethod").asText(),
              method.path(method.has("flatPath") ? "flatPath" : "path").asText(),
              reference(method.path("request")),
              reference(method.path("response"))));
    }
    for (JsonNode inner : resource.path("resources")) {
      collect(inner, into);
    }
  }

  private static @Nullable String reference(JsonNode node) {
    return node.has("$ref") ? node.path("$ref").asText() : null;
  }
}
