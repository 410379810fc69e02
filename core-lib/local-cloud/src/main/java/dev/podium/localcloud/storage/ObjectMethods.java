package dev.podium.localcloud.storage;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.linecorp.armeria.common.HttpResponse;
import com.linecorp.armeria.common.HttpStatus;
import dev.podium.localcloud.state.Refusal;
import dev.podium.localcloud.state.storage.Buckets;
import dev.podium.localcloud.state.storage.Checksums;
import dev.podium.localcloud.state.storage.Content;
import dev.podium.localcloud.state.storage.Preconditions;
import dev.podium.localcloud.state.storage.StoredObject;
import dev.podium.localcloud.state.storage.Uploads;
import dev.podium.localcloud.storage.form.JsonAnswers;
import dev.podium.localcloud.storage.form.Page;
import dev.podium.localcloud.storage.form.StorageCall;
import dev.podium.localcloud.storage.form.StorageJson;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeSet;

/// The methods of objects that are there: listing, settings, copies, removal.
final class ObjectMethods {
  private static final int MOST_COMPONENTS = 32;

  private final Buckets buckets;
  private final Uploads uploads;
  private final StorageJson json;

  ObjectMethods(Buckets buckets, Uploads uploads, StorageJson json) {
    this.buckets = buckets;
    this.uploads = uploads;
    this.json = json;
  }

  /// Objects below a prefix, and what looks like folders if a delimiter is given.
  HttpResponse list(StorageCall call, String bucket) {
    String prefix = call.parameter("prefix");
    String delimiter = call.parameter("delimiter");
    String start = call.parameter("startOffset");
    String end = call.parameter("endOffset");
    List<StoredObject> found =
        buckets.list(bucket, prefix).stream()
            .filter(one -> one.name().compareTo(start) >= 0)
            .filter(one -> end.isEmpty() || one.name().compareTo(end) < 0)
            .toList();
    Map<String, StoredObject> entries = new LinkedHashMap<>();
    TreeSet<String> folders = new TreeSet<>();
    for (StoredObject one : found) {
      int at = delimiter.isEmpty() ? -1 : one.name().indexOf(delimiter, prefix.length());
      String entry = at < 0 ? one.name() : one.name().substring(0, at + delimiter.length());
      if (at >= 0) {
        folders.add(entry);
      }
      entries.putIfAbsent(entry, one);
    }
    Page<String> page = Page.of(List.copyOf(entries.keySet()), entry -> entry, call);
    ObjectNode answer = StorageJson.node().put("kind", "storage#objects");
    page.next().ifPresent(token -> answer.put("nextPageToken", token));
    ArrayNode items = StorageJson.node().arrayNode();
    ArrayNode prefixes = StorageJson.node().arrayNode();
    for (String entry : page.items()) {
      if (folders.contains(entry)) {
        prefixes.add(entry);
      } else {
        items.add(json.object(found(entries, entry), call.root()));
      }
    }
    if (!items.isEmpty()) {
      answer.set("items", items);
    }
    if (!prefixes.isEmpty()) {
      answer.set("prefixes", prefixes);
    }
    return JsonAnswers.json(call, answer);
  }

  private static StoredObject found(Map<String, StoredObject> entries, String entry) {
    return Objects.requireNonNull(entries.get(entry));
  }

  HttpResponse get(StorageCall call, String bucket, String name) {
    StoredObject object = buckets.read(bucket, name, call.generation(), call.preconditions());
    return JsonAnswers.json(call, json.object(object, call.root()));
  }

  /// @param whole whether what is not named goes back to what is usual
  HttpResponse change(StorageCall call, String bucket, String name, boolean whole)
      throws IOException {
    JsonNode wanted = StorageJson.read(call.body());
    StoredObject changed =
        buckets.change(
            bucket,
            name,
            call.generation(),
            call.preconditions(),
            present ->
                whole
                    ? StorageJson.objectSettings(wanted)
                    : StorageJson.patched(present, StorageJson.ofObject(wanted)));
    return JsonAnswers.json(call, json.object(changed, call.root()));
  }

  HttpResponse delete(StorageCall call, String bucket, String name) {
    buckets.delete(bucket, name, call.generation(), call.preconditions());
    return HttpResponse.of(HttpStatus.NO_CONTENT);
  }

  /// Puts an object together from others of its bucket.
  HttpResponse compose(StorageCall call, String bucket, String name) throws IOException {
    JsonNode wanted = StorageJson.read(call.body());
    List<StoredObject> sources = new ArrayList<>();
    for (JsonNode source : wanted.path("sourceObjects")) {
      long generation = source.path("generation").asLong();
      JsonNode match = source.path("objectPreconditions").path("ifGenerationMatch");
      sources.add(
          buckets.read(
              bucket,
              source.path("name").asText(),
              match.isMissingNode() ? generation : match.asLong(),
              Preconditions.NONE));
    }
    if (sources.isEmpty() || sources.size() > MOST_COMPONENTS) {
      throw Refusal.invalid(
          "The number of source components provided ("
              + sources.size()
              + ") must be between 1 and "
              + MOST_COMPONENTS
              + ".");
    }
    Content joined = copied(sources);
    int components = sources.stream().mapToInt(one -> Math.max(1, one.components())).sum();
    StoredObject made =
        buckets.put(
            bucket,
            name,
            new Content(joined.file(), joined.size(), "", joined.crc32c()),
            components,
            StorageJson.objectSettings(wanted.path("destination").deepCopy()),
            call.preconditions());
    return JsonAnswers.json(call, json.object(made, call.root()));
  }

  /// Copies an object; all of it in one go.
  ///
  /// @param rewrites whether the client asks for progress, which is all of it
  HttpResponse copy(StorageCall call, List<String> from, List<String> into, boolean rewrites)
      throws IOException {
    JsonNode wanted = StorageJson.read(call.body());
    StoredObject source =
        buckets.read(
            from.getFirst(),
            from.getLast(),
            call.number("sourceGeneration").orElse(0),
            call.preconditions("ifSource"));
    Map<String, Object> settings =
        wanted.isEmpty() ? source.settings() : StorageJson.objectSettings(wanted);
    StoredObject made =
        buckets.put(
            into.getFirst(),
            into.getLast(),
            copied(List.of(source)),
            0,
            settings,
            call.preconditions());
    ObjectNode resource = json.object(made, call.root());
    if (!rewrites) {
      return JsonAnswers.json(call, resource);
    }
    ObjectNode answer = StorageJson.node().put("kind", "storage#rewriteResponse");
    String size = Long.toString(made.content().size());
    answer.put("totalBytesRewritten", size).put("objectSize", size).put("done", true);
    answer.set("resource", resource);
    return JsonAnswers.json(call, answer);
  }

  private Content copied(List<StoredObject> sources) throws IOException {
    return uploads.take(
        writer -> {
          for (StoredObject source : sources) {
            try (InputStream bytes = Files.newInputStream(source.content().file())) {
              writer.append(bytes, 0);
            }
          }
        },
        Checksums.NONE);
  }
}
