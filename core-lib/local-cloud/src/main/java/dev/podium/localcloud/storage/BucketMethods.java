package dev.podium.localcloud.storage;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.linecorp.armeria.common.HttpResponse;
import com.linecorp.armeria.common.HttpStatus;
import dev.podium.localcloud.state.Refusal;
import dev.podium.localcloud.state.storage.Bucket;
import dev.podium.localcloud.state.storage.Buckets;
import dev.podium.localcloud.storage.form.JsonAnswers;
import dev.podium.localcloud.storage.form.Page;
import dev.podium.localcloud.storage.form.StorageCall;
import dev.podium.localcloud.storage.form.StorageJson;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;

/// The methods of buckets, and who may read them.
final class BucketMethods {
  private final Buckets buckets;
  private final StorageJson json;

  BucketMethods(Buckets buckets, StorageJson json) {
    this.buckets = buckets;
    this.json = json;
  }

  HttpResponse list(StorageCall call) {
    String prefix = call.parameter("prefix");
    Page<Bucket> page =
        Page.of(
            buckets.list().stream().filter(one -> one.name().startsWith(prefix)).toList(),
            Bucket::name,
            call);
    ObjectNode answer = StorageJson.node().put("kind", "storage#buckets");
    page.next().ifPresent(token -> answer.put("nextPageToken", token));
    ArrayNode items = answer.putArray("items");
    page.items().forEach(one -> items.add(json.bucket(one, call.root())));
    return JsonAnswers.json(call, answer);
  }

  HttpResponse insert(StorageCall call) throws IOException {
    JsonNode wanted = StorageJson.read(call.body());
    String name = wanted.path("name").asText();
    if (name.isEmpty()) {
      throw new Refusal(400, "required", "Required parameter: name");
    }
    Bucket made = buckets.create(name, StorageJson.bucketSettings(wanted));
    return JsonAnswers.json(call, json.bucket(made, call.root()));
  }

  HttpResponse get(StorageCall call, String name) {
    return JsonAnswers.json(call, json.bucket(buckets.get(name), call.root()));
  }

  /// @param whole whether what is not named goes back to what is usual
  HttpResponse change(StorageCall call, String name, boolean whole) throws IOException {
    JsonNode wanted = StorageJson.read(call.body());
    Bucket changed =
        buckets.change(
            name,
            call.preconditions(),
            present ->
                whole
                    ? StorageJson.bucketSettings(wanted)
                    : StorageJson.patched(present, StorageJson.ofBucket(wanted)));
    return JsonAnswers.json(call, json.bucket(changed, call.root()));
  }

  HttpResponse delete(StorageCall call, String name) {
    buckets.delete(name, call.preconditions());
    return HttpResponse.of(HttpStatus.NO_CONTENT);
  }

  /// Whether it has real folders, which it has not.
  HttpResponse layout(StorageCall call, String name) {
    ObjectNode bucket = json.bucket(buckets.get(name), call.root());
    ObjectNode answer = StorageJson.node().put("kind", "storage#storageLayout");
    answer.put("bucket", name);
    answer.set("location", bucket.get("location"));
    answer.set("locationType", bucket.get("locationType"));
    answer.putObject("hierarchicalNamespace").put("enabled", false);
    return JsonAnswers.json(call, answer);
  }

  HttpResponse policy(StorageCall call, String name) {
    return JsonAnswers.json(call, policy(buckets.get(name)));
  }

  HttpResponse setPolicy(StorageCall call, String name) throws IOException {
    JsonNode wanted = StorageJson.read(call.body());
    Bucket present = buckets.get(name);
    String etag = wanted.path("etag").asText();
    if (!etag.isEmpty() && !etag.equals(StorageJson.etag(2, present.metageneration()))) {
      throw Refusal.conditionNotMet(
          "At least one of the pre-conditions you specified did not hold.");
    }
    Map<String, Set<String>> bound = new LinkedHashMap<>();
    for (JsonNode binding : wanted.path("bindings")) {
      Set<String> members =
          bound.computeIfAbsent(binding.path("role").asText(), _ -> new LinkedHashSet<>());
      binding.path("members").forEach(member -> members.add(member.asText()));
    }
    return JsonAnswers.json(call, policy(buckets.bind(name, bound)));
  }

  /// Whoever got as far as here may do all that they ask for.
  HttpResponse permissions(StorageCall call, String name) {
    buckets.get(name);
    ObjectNode answer = StorageJson.node().put("kind", "storage#testIamPermissionsResponse");
    ArrayNode granted = answer.putArray("permissions");
    call.query().getAll("permissions").forEach(granted::add);
    return JsonAnswers.json(call, answer);
  }

  private static ObjectNode policy(Bucket bucket) {
    ObjectNode answer = StorageJson.node().put("kind", "storage#policy");
    answer.put("resourceId", "projects/_/buckets/" + bucket.name()).put("version", 1);
    answer.put("etag", StorageJson.etag(2, bucket.metageneration()));
    ArrayNode bindings = answer.putArray("bindings");
    bucket
        .readers()
        .forEach((role, members) -> {
          ObjectNode binding = bindings.addObject().put("role", role);
          members.forEach(binding.putArray("members")::add);
        });
    return answer;
  }
}
