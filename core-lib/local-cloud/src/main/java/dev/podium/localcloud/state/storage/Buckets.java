package dev.podium.localcloud.state.storage;

import dev.podium.localcloud.state.Refusal;
import dev.podium.localcloud.state.Timeline;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.UnaryOperator;

/// All buckets and what is in them. Safe for use from any thread; no call waits for a disk but for
/// the removal of a file.
public final class Buckets {
  private final Timeline timeline;
  private final ContentFolder folder;
  private final NavigableMap<String, Bucket> buckets = new TreeMap<>();
  private final Map<String, NavigableMap<String, StoredObject>> objects = new HashMap<>();
  private long lastGeneration;

  /// @param folder where the objects' bytes lie
  public Buckets(Timeline timeline, ContentFolder folder) {
    this.timeline = timeline;
    this.folder = folder;
  }

  /// Makes a bucket.
  ///
  /// @throws Refusal 400 for a name that none can have; 409 if there is one
  public synchronized Bucket create(String name, Map<String, Object> settings) {
    BucketName.check(name);
    if (buckets.containsKey(name)) {
      throw new Refusal(
          409,
          "conflict",
          "Your previous request to create the named bucket succeeded and you already own it.");
    }
    Instant now = now();
    Bucket made = new Bucket(name, now, now, 1, settings, Map.of());
    buckets.put(name, made);
    objects.put(name, new TreeMap<>());
    return made;
  }

  /// All of them, by name.
  public synchronized List<Bucket> list() {
    return List.copyOf(buckets.values());
  }

  /// @return empty if there is none
  public synchronized Optional<Bucket> find(String name) {
    return Optional.ofNullable(buckets.get(name));
  }

  /// @throws Refusal 404
  public synchronized Bucket get(String name) {
    return find(name)
        .orElseThrow(() -> new Refusal(404, "notFound", "The specified bucket does not exist."));
  }

  /// Changes a bucket's settings.
  ///
  /// @throws Refusal 404, 412
  public synchronized Bucket change(
      String name, Preconditions wanted, UnaryOperator<Map<String, Object>> change) {
    Bucket present = get(name);
    wanted.check(present);
    Bucket changed = present.with(change.apply(present.settings()), now());
    buckets.put(name, changed);
    return changed;
  }

  /// Says who may read it.
  ///
  /// @param bound members by role
  /// @throws Refusal 404; 412 if everybody is among them and the bucket does not allow that
  public synchronized Bucket bind(String name, Map<String, Set<String>> bound) {
    Bucket present = get(name);
    boolean everybody =
        bound.values().stream()
            .anyMatch(members ->
                members.contains(Bucket.EVERYBODY) || members.contains("allAuthenticatedUsers"));
    if (everybody && present.preventsPublicAccess()) {
      throw Refusal.conditionNotMet(
          "The member bindings allUsers and allAuthenticatedUsers are not allowed since public"
              + " access prevention is enforced.");
    }
    Bucket changed = present.withReaders(bound, now());
    buckets.put(name, changed);
    return changed;
  }

  /// Removes an empty bucket.
  ///
  /// @throws Refusal 404, 409, 412
  public synchronized void delete(String name, Preconditions wanted) {
    wanted.check(get(name));
    if (!in(name).isEmpty()) {
      throw new Refusal(409, "conflict", "The bucket you tried to delete is not empty.");
    }
    buckets.remove(name);
    objects.remove(name);
  }

  /// Puts an object where another of that name may be.
  ///
  /// @param components how many objects it was put together from; 0 if it was uploaded
  /// @throws Refusal 404 without such a bucket; 412; the bytes are removed then
  public synchronized StoredObject put(
      String bucket,
      String name,
      Content content,
      int components,
      Map<String, Object> settings,
      Preconditions wanted) {
    try {
      get(bucket);
      ObjectName.check(name);
      wanted.check(lookUp(bucket, name), false);
    } catch (Refusal refusal) {
      folder.discard(content);
      throw refusal;
    }
    Instant now = now();
    StoredObject made =
        new StoredObject(bucket, name, generation(now), 1, now, now, components, content, settings);
    StoredObject before = in(bucket).put(name, made);
    if (before != null) {
      folder.discard(before.content());
    }
    return made;
  }

  /// Whether an object could be put there, to say so before its bytes are sent.
  ///
  /// @throws Refusal 400, 404, 412
  public synchronized void expect(String bucket, String name, Preconditions wanted) {
    get(bucket);
    ObjectName.check(name);
    wanted.check(lookUp(bucket, name), false);
  }

  /// An object, for a reader.
  ///
  /// @param generation that it must have; 0 for whichever
  /// @throws Refusal 404; 412; 304 if the reader has it
  public synchronized StoredObject read(
      String bucket, String name, long generation, Preconditions wanted) {
    StoredObject there = present(bucket, name, generation);
    wanted.check(Optional.of(there), true);
    return there;
  }

  /// Changes an object's settings.
  ///
  /// @throws Refusal 404, 412
  public synchronized StoredObject change(
      String bucket,
      String name,
      long generation,
      Preconditions wanted,
      UnaryOperator<Map<String, Object>> change) {
    StoredObject there = present(bucket, name, generation);
    wanted.check(Optional.of(there), false);
    StoredObject changed = there.with(change.apply(there.settings()), now());
    in(bucket).put(name, changed);
    return changed;
  }

  /// Removes an object.
  ///
  /// @throws Refusal 404, 412
  public synchronized void delete(
      String bucket, String name, long generation, Preconditions wanted) {
    StoredObject there = present(bucket, name, generation);
    wanted.check(Optional.of(there), false);
    in(bucket).remove(name);
    folder.discard(there.content());
  }

  /// The objects whose names begin so, by name.
  ///
  /// @throws Refusal 404
  public synchronized List<StoredObject> list(String bucket, String prefix) {
    get(bucket);
    List<StoredObject> found = new ArrayList<>();
    for (StoredObject one : in(bucket).tailMap(prefix).values()) {
      if (!one.name().startsWith(prefix)) {
        break;
      }
      found.add(one);
    }
    return found;
  }

  private StoredObject present(String bucket, String name, long generation) {
    get(bucket);
    return lookUp(bucket, name)
        .filter(one -> generation == 0 || one.generation() == generation)
        .orElseThrow(() -> new Refusal(404, "notFound", "No such object: " + bucket + "/" + name));
  }

  private Optional<StoredObject> lookUp(String bucket, String name) {
    return Optional.ofNullable(in(bucket).get(name));
  }

  private NavigableMap<String, StoredObject> in(String bucket) {
    return objects.getOrDefault(bucket, new TreeMap<>());
  }

  /// Microseconds, like Google's, and never the same twice.
  private long generation(Instant now) {
    lastGeneration = Math.max(lastGeneration + 1, ChronoUnit.MICROS.between(Instant.EPOCH, now));
    return lastGeneration;
  }

  private Instant now() {
    return timeline.now().truncatedTo(ChronoUnit.MILLIS);
  }
}
