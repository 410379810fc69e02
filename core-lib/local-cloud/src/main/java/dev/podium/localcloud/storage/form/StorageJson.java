package dev.podium.localcloud.storage.form;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.podium.localcloud.state.Project;
import dev.podium.localcloud.state.Refusal;
import dev.podium.localcloud.state.storage.Bucket;
import dev.podium.localcloud.state.storage.StoredObject;
import java.io.IOException;
import java.io.InputStream;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/// Buckets and objects as JSON, both ways. Source:
/// https://cloud.google.com/storage/docs/json_api/v1/buckets and `…/objects`
public final class StorageJson {
  /// What is larger is no description of anything.
  private static final int LONGEST_BYTES = 1 << 20;

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final TypeReference<LinkedHashMap<String, Object>> MEMBERS =
      new TypeReference<>() {};

  /// What a client may say of an object. All else is the cloud's to say.
  private static final Set<String> OBJECT_SETTINGS =
      Set.of(
          "cacheControl",
          "contentDisposition",
          "contentEncoding",
          "contentLanguage",
          "contentType",
          "customTime",
          "eventBasedHold",
          "metadata",
          "storageClass",
          "temporaryHold");

  private static final Set<String> BUCKET_SETTINGS =
      Set.of(
          "billing",
          "cors",
          "defaultEventBasedHold",
          "iamConfiguration",
          "labels",
          "lifecycle",
          "location",
          "logging",
          "rpo",
          "softDeletePolicy",
          "storageClass",
          "versioning",
          "website");

  private static final Set<String> MULTI_REGIONS = Set.of("US", "EU", "ASIA");

  private final Project project;

  public StorageJson(Project project) {
    this.project = project;
  }

  public static ObjectNode node() {
    return JSON.createObjectNode();
  }

  /// @throws Refusal 400 if it is no JSON object
  public static JsonNode read(InputStream body) throws IOException {
    return read(body.readNBytes(LONGEST_BYTES));
  }

  public static JsonNode read(byte[] bytes) throws IOException {
    if (bytes.length == 0) {
      return node();
    }
    try {
      JsonNode read = JSON.readTree(bytes);
      if (read.isObject()) {
        return read;
      }
    } catch (JsonProcessingException malformed) {
      // Told below.
    }
    throw new Refusal(400, "parseError", "Parse Error");
  }

  public static Map<String, Object> objectSettings(JsonNode wanted) {
    return settings(wanted, OBJECT_SETTINGS);
  }

  public static Map<String, Object> bucketSettings(JsonNode wanted) {
    return settings(wanted, BUCKET_SETTINGS);
  }

  private static Map<String, Object> settings(JsonNode wanted, Set<String> known) {
    Map<String, Object> settings = JSON.convertValue(wanted, MEMBERS);
    settings.keySet().retainAll(known);
    settings.values().removeIf(value -> value == null);
    return settings;
  }

  /// What a client may change of an object, null where it is to be as usual again.
  public static JsonNode ofObject(JsonNode change) {
    return ((ObjectNode) change.deepCopy()).retain(OBJECT_SETTINGS);
  }

  /// The same of a bucket.
  public static JsonNode ofBucket(JsonNode change) {
    return ((ObjectNode) change.deepCopy()).retain(BUCKET_SETTINGS);
  }

  /// Changes what a client names, and only that (RFC 7396).
  public static Map<String, Object> patched(Map<String, Object> present, JsonNode change) {
    ObjectNode merged = JSON.valueToTree(present);
    merge(merged, change);
    return JSON.convertValue(merged, MEMBERS);
  }

  private static void merge(ObjectNode into, JsonNode change) {
    for (Map.Entry<String, JsonNode> member : change.properties()) {
      JsonNode value = member.getValue();
      if (value.isNull()) {
        into.remove(member.getKey());
      } else if (value.isObject() && into.get(member.getKey()) instanceof ObjectNode below) {
        merge(below, value);
      } else {
        into.set(member.getKey(), value);
      }
    }
  }

  public ObjectNode bucket(Bucket bucket, String root) {
    String location = text(bucket.settings(), "location", "US").toUpperCase(Locale.ROOT);
    ObjectNode json = node();
    json.put("kind", "storage#bucket");
    json.put("selfLink", root + "/storage/v1/b/" + bucket.name());
    json.put("id", bucket.name()).put("name", bucket.name());
    json.put("projectNumber", Long.toString(project.number()));
    json.put("generation", Long.toString(bucket.created().toEpochMilli() * 1_000));
    json.put("metageneration", Long.toString(bucket.metageneration()));
    json.put("storageClass", "STANDARD").put("etag", etag(1, bucket.metageneration()));
    json.put("timeCreated", time(bucket.created())).put("updated", time(bucket.updated()));
    json.put("locationType", MULTI_REGIONS.contains(location) ? "multi-region" : "region");
    ObjectNode access = json.putObject("iamConfiguration");
    access.putObject("uniformBucketLevelAccess").put("enabled", false);
    access.putObject("bucketPolicyOnly").put("enabled", false);
    access.put("publicAccessPrevention", "inherited");
    merge(json, JSON.valueToTree(bucket.settings()));
    json.put("location", location);
    return json;
  }

  public ObjectNode object(StoredObject object, String root) {
    String path = object.bucket() + "/o/" + encoded(object.name());
    ObjectNode json = node();
    json.put("kind", "storage#object");
    json.put("id", object.bucket() + "/" + object.name() + "/" + object.generation());
    json.put("selfLink", root + "/storage/v1/b/" + path);
    json.put(
        "mediaLink",
        root
            + "/download/storage/v1/b/"
            + path
            + "?generation="
            + object.generation()
            + "&alt=media");
    json.put("name", object.name()).put("bucket", object.bucket());
    json.put("generation", Long.toString(object.generation()));
    json.put("metageneration", Long.toString(object.metageneration()));
    json.put("contentType", object.contentType()).put("storageClass", "STANDARD");
    json.put("size", Long.toString(object.content().size()));
    if (!object.content().md5().isEmpty()) {
      json.put("md5Hash", object.content().md5());
    }
    json.put("crc32c", object.content().crc32c());
    json.put("etag", etag(object.generation(), object.metageneration()));
    json.put("timeCreated", time(object.created())).put("updated", time(object.updated()));
    json.put("timeStorageClassUpdated", time(object.created()));
    json.put("timeFinalized", time(object.created()));
    if (object.components() > 0) {
      json.put("componentCount", object.components());
    }
    merge(json, JSON.valueToTree(object.settings()));
    return json;
  }

  /// Another one whenever anything changes.
  public static String etag(long generation, long metageneration) {
    String both = generation + "/" + metageneration;
    return Base64.getEncoder().encodeToString(both.getBytes(StandardCharsets.US_ASCII));
  }

  private static String encoded(String name) {
    return URLEncoder.encode(name, StandardCharsets.UTF_8).replace("+", "%20");
  }

  private static String text(Map<String, Object> settings, String member, String usual) {
    return settings.get(member) instanceof String text ? text : usual;
  }

  private static String time(Instant moment) {
    String text = moment.toString();
    return text.contains(".") ? text : text.replace("Z", ".000Z");
  }
}
