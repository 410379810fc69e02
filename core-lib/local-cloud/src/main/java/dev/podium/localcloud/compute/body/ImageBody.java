package dev.podium.localcloud.compute.body;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.podium.localcloud.compute.request.ComputeJson;
import dev.podium.localcloud.compute.request.Links;
import dev.podium.localcloud.state.Fingerprint;
import dev.podium.localcloud.state.Refusal;
import dev.podium.localcloud.state.compute.ComputeState;
import dev.podium.localcloud.state.instance.InstanceKey;
import dev.podium.localcloud.state.instance.InstanceStatus;
import dev.podium.localcloud.state.resource.DiskArchive;
import dev.podium.localcloud.state.resource.Image;
import dev.podium.localcloud.state.resource.Images;
import dev.podium.localcloud.state.resource.PersistentDisk;
import dev.podium.localcloud.state.storage.Buckets;
import dev.podium.localcloud.state.storage.StoredObject;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Reads the image that a caller wants, and writes those that there are.
///
/// What a disk holds is never looked at: of an archive in Cloud Storage its first header is, as far
/// as Compute Engine refuses by it. Whatever the project makes of a disk holds the agent here.
public final class ImageBody {
  private static final String X86 = "X86_64";
  private static final long GIB = 1L << 30;
  private static final Pattern OBJECT =
      Pattern.compile(
          "https?://(?:storage\\.(?:googleapis|cloud\\.google)\\.com|[^/]+/storage/v1/b)/"
              + "([^/]+)/(?:o/)?(.+)");
  private static final List<String> KEPT =
      List.of(
          "sourceDisk", "sourceImage", "rawDisk", "sourceSnapshot", "shieldedInstanceInitialState");

  private final ComputeState state;
  private final Buckets buckets;
  private final Links links;
  private final ImageReferences references;

  public ImageBody(ComputeState state, Buckets buckets, Links links) {
    this.state = state;
    this.buckets = buckets;
    this.links = links;
    this.references = new ImageReferences(state, links);
  }

  /// An image to make.
  ///
  /// @param unusable why its archive is no disk, in Compute Engine's words
  public record Wanted(Image image, Optional<String> unusable) {}

  /// @param forced whether a disk may be used although its VM runs
  /// @throws Refusal if a member is malformed, or what it is made from is not there
  public Wanted read(ObjectNode body, long id, boolean forced) {
    BodyShapes.IMAGE.check("resource", body);
    String name = ResourceName.check("resource.name", ComputeJson.text(body, "name").orElse(""));
    Optional<String> family = family(body);
    Map<String, Object> further = new LinkedHashMap<>();
    KEPT.stream()
        .filter(body::has)
        .forEach(member -> further.put(member, ComputeJson.tree(body).get(member)));
    Source source = source(body, family, forced);
    long size =
        ComputeJson.number(body, "diskSizeGb", "resource.diskSizeGb").orElse(source.diskSizeGb());
    List<String> features = new ArrayList<>();
    body.path("guestOsFeatures").forEach(node -> features.add(node.path("type").asText()));
    return new Wanted(
        new Image(
            state.project().id(),
            name,
            id,
            state.timeline().now(),
            family,
            ComputeJson.text(body, "description").orElse(""),
            size,
            source.bytes(),
            architecture(body, source),
            source.agent(),
            MetadataBody.labels(body.path("labels"), "resource.labels"),
            features,
            further,
            false,
            Optional.empty()),
        source.unusable());
  }

  /// The family that a body names.
  ///
  /// @throws Refusal if it is not in its form
  public static Optional<String> family(JsonNode body) {
    Optional<String> family = ComputeJson.text(body, "family").filter(text -> !text.isEmpty());
    family.ifPresent(text -> ResourceName.check("resource.family", text));
    return family;
  }

  /// What an image is made from.
  private record Source(
      long diskSizeGb,
      long bytes,
      Optional<String> architecture,
      boolean agent,
      Optional<String> unusable) {
    static Source unknown(boolean agent) {
      return new Source(10, 10 * GIB / 4, Optional.empty(), agent, Optional.empty());
    }
  }

  private Source source(ObjectNode body, Optional<String> family, boolean forced) {
    if (body.path("rawDisk").has("source")) {
      return archive(body.path("rawDisk").path("source").asText());
    }
    Optional<String> disk = ComputeJson.text(body, "sourceDisk");
    if (disk.isPresent()) {
      return disk(disk.get(), forced);
    }
    return ComputeJson.text(body, "sourceImage")
        .map(links::normalise)
        .flatMap(references::known)
        .map(image ->
            new Source(
                image.diskSizeGb(),
                image.archiveBytes(),
                Optional.of(image.architecture()),
                image.agent(),
                Optional.empty()))
        .orElseGet(() -> Source.unknown(family.filter(Images.AGENT_FAMILY::equals).isPresent()));
  }

  private Source archive(String reference) {
    String field = "resource.rawDisk.source";
    Matcher named = OBJECT.matcher(reference);
    if (!named.matches()) {
      throw Refusal.invalidField(
          field,
          reference,
          "The provided source location was not a valid Google Cloud Storage object reference.");
    }
    StoredObject object =
        buckets
            .find(named.group(1))
            .flatMap(bucket ->
                buckets.list(bucket.name(), named.group(2)).stream()
                    .filter(one -> one.name().equals(named.group(2)))
                    .findFirst())
            .orElseThrow(() ->
                Refusal.invalidField(
                    field, reference, "The referenced source resource cannot be found."));
    if (!object.name().endsWith(".tar.gz")) {
      throw Refusal.invalidField(field, reference, "The provided source is not a supported file.");
    }
    long bytes = object.content().size();
    try {
      long disk = DiskArchive.read(object.content().file()).diskBytes();
      return new Source(
          Math.max(1, (disk + GIB - 1) / GIB), bytes, Optional.empty(), true, Optional.empty());
    } catch (DiskArchive.NoDisk unusable) {
      return new Source(1, bytes, Optional.empty(), true, Optional.of(unusable.sentence()));
    }
  }

  private Source disk(String reference, boolean forced) {
    String[] path = links.normalise(reference).split("/", -1);
    Optional<PersistentDisk> disk =
        path.length == 6 && path[2].equals("zones") && path[4].equals("disks")
            ? state.disk(new InstanceKey(path[3], path[5]))
            : Optional.empty();
    disk.flatMap(PersistentDisk::user)
        .filter(_ -> !forced)
        .flatMap(state::instance)
        .filter(user -> user.status() != InstanceStatus.TERMINATED)
        .ifPresent(user -> {
          throw Refusal.inUse(
              "disk", links.normalise(reference), state.project().path(user.key().path()));
        });
    return disk.map(known ->
            new Source(
                known.sizeGb(),
                known.sizeGb() * GIB / 4,
                known.sourceImage().flatMap(references::known).map(Image::architecture),
                true,
                Optional.empty()))
        .orElseGet(() -> Source.unknown(true));
  }

  /// An image made from one of the other architecture is of that one, unless somebody says
  /// otherwise.
  private static String architecture(ObjectNode body, Source source) {
    String stated = ComputeJson.text(body, "architecture").or(source::architecture).orElse(X86);
    if (!stated.equals(X86) && !stated.equals("ARM64")) {
      throw Refusal.invalidField("resource.architecture", stated, "Must be one of: ARM64, X86_64.");
    }
    return stated;
  }

  /// What an owner says of an image's use; nothing if it is to be used.
  ///
  /// @throws Refusal if the state is none
  public static Optional<Image.Deprecation> deprecation(JsonNode body) {
    String state = ComputeJson.text(body, "state").orElse("ACTIVE");
    return switch (state) {
      case "ACTIVE" -> Optional.empty();
      case "DEPRECATED", "OBSOLETE", "DELETED" ->
          Optional.of(new Image.Deprecation(state, ComputeJson.text(body, "replacement")));
      default ->
          throw Refusal.invalidField(
              "deprecationStatus.state",
              state,
              "Must be one of: ACTIVE, DELETED, DEPRECATED, OBSOLETE.");
    };
  }

  /// An image as its readers need it.
  public static ObjectNode write(Image image) {
    ObjectNode node = ComputeJson.object();
    node.put("kind", "compute#image");
    node.put("id", String.valueOf(image.id()));
    node.put("creationTimestamp", ComputeJson.time(image.created()));
    node.put("name", image.name());
    node.put("description", image.description());
    node.put("sourceType", "RAW");
    node.put("status", image.ready() ? "READY" : "PENDING");
    node.put("archiveSizeBytes", String.valueOf(image.archiveBytes()));
    node.put("diskSizeGb", String.valueOf(image.diskSizeGb()));
    image.family().ifPresent(family -> node.put("family", family));
    node.put("architecture", image.architecture());
    image.further().forEach((member, value) -> node.set(member, ComputeJson.node(value)));
    if (!image.guestFeatures().isEmpty()) {
      ArrayNode features = node.putArray("guestOsFeatures");
      image.guestFeatures().forEach(feature -> features.addObject().put("type", feature));
    }
    image
        .deprecation()
        .ifPresent(deprecation -> {
          ObjectNode said = node.putObject("deprecated").put("state", deprecation.state());
          deprecation.replacement().ifPresent(other -> said.put("replacement", other));
        });
    if (!image.labels().isEmpty()) {
      node.set("labels", ComputeJson.node(image.labels()));
    }
    node.put("labelFingerprint", Fingerprint.of(image.labels()));
    node.putArray("storageLocations").add("us");
    node.put("selfLink", Links.to(image.path()));
    return node;
  }
}
