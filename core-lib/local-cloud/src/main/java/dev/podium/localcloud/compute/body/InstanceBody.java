package dev.podium.localcloud.compute.body;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.podium.localcloud.compute.request.ComputeJson;
import dev.podium.localcloud.compute.request.Links;
import dev.podium.localcloud.state.Refusal;
import dev.podium.localcloud.state.compute.ComputeState;
import dev.podium.localcloud.state.compute.Edits;
import dev.podium.localcloud.state.instance.InstanceKey;
import dev.podium.localcloud.state.instance.InstanceSpec;
import dev.podium.localcloud.state.instance.Scheduling;
import dev.podium.localcloud.state.place.Catalog;
import dev.podium.localcloud.state.place.Catalog.MachineType;
import dev.podium.localcloud.state.resource.PersistentDisk;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// Reads the instance that a caller wants, and refuses what Compute Engine refuses at once.
public final class InstanceBody {
  /// What is understood here, or what only the cloud may say; the rest is kept as it came.
  private static final Set<String> UNDERSTOOD =
      Set.of(
          "name",
          "machineType",
          "labels",
          "metadata",
          "tags",
          "scheduling",
          "serviceAccounts",
          "networkInterfaces",
          "disks",
          "zone",
          "kind",
          "id",
          "status",
          "statusMessage",
          "selfLink",
          "creationTimestamp",
          "labelFingerprint",
          "fingerprint",
          "lastStartTimestamp",
          "lastStopTimestamp",
          "resourceStatus",
          "cpuPlatform",
          "startRestricted");

  /// Compute Engine's own default, as gcloud's help tells it.
  private static final Duration USUAL_GRACEFUL_SHUTDOWN = Duration.ofMinutes(10);

  /// What an insert asks for.
  ///
  /// @param created the disks that come into being with the instance
  public record Wanted(InstanceKey key, InstanceSpec spec, List<PersistentDisk> created) {}

  private final ComputeState state;
  private final Links links;
  private final DiskBodies disks;

  public InstanceBody(ComputeState state, Edits edits, Links links) {
    this.state = state;
    this.links = links;
    this.disks = new DiskBodies(state, edits, links);
  }

  /// @throws Refusal if a part of it is missing, malformed or does not exist
  public Wanted read(ObjectNode body, String zone) {
    BodyShapes.INSTANCE.check("resource", body);
    String name = ResourceName.check("resource.name", ComputeJson.text(body, "name").orElse(""));
    InstanceKey key = new InstanceKey(zone, name);
    Scheduling scheduling = scheduling(body.path("scheduling"), Scheduling.standard());
    Map<String, String> labels = MetadataBody.labels(body.path("labels"), "resource.labels");
    Map<String, String> metadata = MetadataBody.read(body.path("metadata"), "resource.metadata");
    List<String> tags = ComputeJson.texts(body.path("tags").path("items"));
    tags.forEach(tag -> ResourceName.check("resource.tags.items", tag));
    MachineType type = machineType(body, zone);
    DiskBodies.Disks wantedDisks = disks.read(body.path("disks"), key, type);
    JsonNode network = body.path("networkInterfaces").path(0);
    Map<String, Object> further = ComputeJson.tree(body);
    further.keySet().removeAll(UNDERSTOOD);
    return new Wanted(
        key,
        new InstanceSpec(
            type.name(),
            labels,
            metadata,
            tags,
            scheduling,
            serviceAccount(body.path("serviceAccounts").path(0)),
            ComputeJson.text(network, "network").map(Links::shortName).orElse("default"),
            !network.path("accessConfigs").isEmpty(),
            wantedDisks.attached(),
            wantedDisks.agent(),
            further),
        wantedDisks.created());
  }

  private MachineType machineType(JsonNode body, String zone) {
    String field = "resource.machineType";
    String reference =
        ComputeJson.text(body, "machineType")
            .orElseThrow(() -> Refusal.invalidField(field, "", "A machine type is required."));
    links.requireZone(field, reference, zone);
    String name = Links.shortName(reference);
    MachineType known =
        Catalog.machineType(name)
            .orElseThrow(() ->
                Refusal.invalidField(field, reference, "The referenced resource does not exist."));
    if (!known.zones().contains(zone)) {
      throw Refusal.invalidField(
          field,
          reference,
          "Machine type with name '" + name + "' does not exist in zone '" + zone + "'.");
    }
    return known;
  }

  /// @param otherwise what holds for members that are not there
  ///
  /// @throws Refusal if a member is unknown, of a wrong type or out of its range
  public static Scheduling scheduling(JsonNode node, Scheduling otherwise) {
    BodyShapes.SCHEDULING.check("resource.scheduling", node);
    boolean spot =
        ComputeJson.text(node, "provisioningModel")
            .map(InstanceBody::isSpot)
            .orElse(otherwise.spot());
    boolean preemptible = ComputeJson.flag(node, "preemptible", otherwise.preemptible());
    boolean restarts =
        ComputeJson.flag(
            node, "automaticRestart", otherwise.automaticRestart() && !spot && !preemptible);
    JsonNode run = node.path("maxRunDuration");
    if (!run.isEmpty() && ComputeJson.text(run, "seconds").isEmpty()) {
      throw Refusal.invalidField(
          "resource.scheduling.maxRunDuration.seconds", "", "A run limit is given in seconds.");
    }
    Optional<Duration> limit =
        ComputeJson.number(run, "seconds", "resource.scheduling.maxRunDuration.seconds")
            .map(Duration::ofSeconds)
            .or(() ->
                node.hasNonNull("terminationTime") ? Optional.empty() : otherwise.maxRunDuration());
    return new Scheduling(
        spot,
        preemptible,
        restarts,
        limit,
        ComputeJson.text(node, "instanceTerminationAction")
            .map(InstanceBody::terminationAction)
            .or(otherwise::terminationAction),
        // Whoever sends one kind of limit replaces the other.
        limit.isPresent() && !run.isEmpty() && !node.hasNonNull("terminationTime")
            ? Optional.empty()
            : ComputeJson.text(node, "terminationTime")
                .map(InstanceBody::terminationTime)
                .or(otherwise::terminationTime),
        ComputeJson.number(
                node.path("preemptionNoticeDuration"),
                "seconds",
                "resource.scheduling.preemptionNoticeDuration.seconds")
            .map(Duration::ofSeconds)
            .orElse(otherwise.preemptionNotice()),
        gracefulShutdown(node.path("gracefulShutdown"), otherwise));
  }

  private static Instant terminationTime(String text) {
    try {
      return OffsetDateTime.parse(text).toInstant();
    } catch (DateTimeParseException malformed) {
      throw Refusal.invalidField(
          "resource.scheduling.terminationTime", text, "Must be an RFC 3339 time.");
    }
  }

  private static Optional<Duration> gracefulShutdown(JsonNode node, Scheduling otherwise) {
    if (node.isMissingNode() || node.isNull()) {
      return otherwise.gracefulShutdown();
    }
    if (!ComputeJson.flag(node, "enabled", false)) {
      return Optional.empty();
    }
    return Optional.of(
        ComputeJson.number(
                node.path("maxDuration"),
                "seconds",
                "resource.scheduling.gracefulShutdown.maxDuration.seconds")
            .map(Duration::ofSeconds)
            .orElse(USUAL_GRACEFUL_SHUTDOWN));
  }

  private static boolean isSpot(String model) {
    return switch (model) {
      case "SPOT" -> true;
      case "STANDARD" -> false;
      default ->
          throw Refusal.invalidField(
              "resource.scheduling.provisioningModel", model, "Must be SPOT or STANDARD.");
    };
  }

  private static Scheduling.TerminationAction terminationAction(String text) {
    return switch (text) {
      case "STOP" -> Scheduling.TerminationAction.STOP;
      case "DELETE" -> Scheduling.TerminationAction.DELETE;
      default ->
          throw Refusal.invalidField(
              "resource.scheduling.instanceTerminationAction", text, "Must be STOP or DELETE.");
    };
  }

  private Optional<InstanceSpec.ServiceAccount> serviceAccount(JsonNode node) {
    return ComputeJson.text(node, "email")
        .map(email ->
            new InstanceSpec.ServiceAccount(
                email.equals("default") ? state.project().defaultServiceAccount() : email,
                ComputeJson.texts(node.path("scopes"))));
  }
}
