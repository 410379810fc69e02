package dev.podium.localcloud.compute.body;

import com.fasterxml.jackson.databind.JsonNode;
import dev.podium.localcloud.compute.request.ComputeJson;
import dev.podium.localcloud.compute.request.Links;
import dev.podium.localcloud.state.Refusal;
import dev.podium.localcloud.state.compute.ComputeState;
import dev.podium.localcloud.state.compute.Edits;
import dev.podium.localcloud.state.instance.AttachedDisk;
import dev.podium.localcloud.state.instance.InstanceKey;
import dev.podium.localcloud.state.place.Catalog;
import dev.podium.localcloud.state.place.Catalog.MachineType;
import dev.podium.localcloud.state.resource.Image;
import dev.podium.localcloud.state.resource.PersistentDisk;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Reads the disks of the instance that a caller wants.
final class DiskBodies {
  private final ComputeState state;
  private final Edits edits;
  private final Links links;
  private final ImageReferences images;

  DiskBodies(ComputeState state, Edits edits, Links links) {
    this.state = state;
    this.edits = edits;
    this.links = links;
    this.images = new ImageReferences(state, links);
  }

  /// The disks of an instance.
  ///
  /// @param created those that come into being with it
  /// @param agent whether it boots an image that holds the Podium agent
  record Disks(List<AttachedDisk> attached, List<PersistentDisk> created, boolean agent) {}

  /// @throws Refusal if a disk is malformed, does not exist, or does not fit the machine type
  Disks read(JsonNode nodes, InstanceKey key, MachineType type) {
    List<AttachedDisk> attached = new ArrayList<>();
    List<PersistentDisk> created = new ArrayList<>();
    boolean agent = false;
    for (JsonNode node : nodes) {
      String field = "resource.disks[" + attached.size() + "]";
      PersistentDisk disk;
      if (ComputeJson.text(node, "source").isPresent()) {
        disk = existing(node, field, key);
      } else {
        disk = fresh(node, field, key, attached.size(), type);
        created.add(disk);
      }
      boolean boot = ComputeJson.flag(node, "boot", attached.isEmpty());
      if (boot) {
        requireFit(disk, type);
      }
      agent |= boot && disk.sourceImage().map(images::holdsAgent).orElse(false);
      attached.add(
          new AttachedDisk(
              disk.key().name(),
              ComputeJson.text(node, "deviceName").orElse("persistent-disk-" + attached.size()),
              boot,
              ComputeJson.flag(node, "autoDelete", false),
              ComputeJson.text(node, "mode").orElse("READ_WRITE"),
              disk.sizeGb()));
    }
    if (attached.stream().noneMatch(AttachedDisk::boot)) {
      throw Refusal.invalidField("resource.disks", "", "At least one boot disk is required.");
    }
    return new Disks(attached, created, agent);
  }

  private PersistentDisk existing(JsonNode node, String field, InstanceKey key) {
    String reference = ComputeJson.text(node, "source").orElse("");
    links.requireZone(field + ".source", reference, key.zone());
    PersistentDisk disk =
        state
            .disk(new InstanceKey(key.zone(), Links.shortName(reference)))
            .orElseThrow(() -> Refusal.notFound(links.normalise(reference)));
    disk.user()
        .ifPresent(user -> {
          throw Refusal.inUse(
              "disk", state.project().path(disk.path()), state.project().path(user.path()));
        });
    return disk;
  }

  /// A machine boots neither another architecture's system nor a kind of disk that it cannot drive.
  private void requireFit(PersistentDisk disk, MachineType type) {
    String architecture =
        disk.sourceImage().flatMap(images::known).map(Image::architecture).orElse("X86_64");
    if (!architecture.equals(type.architecture())) {
      throw new Refusal(
          400,
          "invalidResourceUsage",
          "Invalid resource usage: 'Requested boot disk architecture ("
              + architecture
              + ") is not compatible with machine type architecture ("
              + type.architecture()
              + ").'.");
    }
    if (!type.bootsFrom(disk.type())) {
      throw new Refusal(
          400,
          "badRequest",
          disk.type() + " disk type cannot be used by " + type.name() + " machine type.");
    }
  }

  private PersistentDisk fresh(
      JsonNode node, String field, InstanceKey key, int index, MachineType type) {
    JsonNode parameters = node.path("initializeParams");
    String name =
        ComputeJson.text(parameters, "diskName")
            .map(text -> ResourceName.check(field + ".initializeParams.diskName", text))
            .orElse(index == 0 ? key.name() : key.name() + "-" + index);
    Optional<Image> image =
        ComputeJson.text(parameters, "sourceImage")
            .map(reference -> images.resolve(reference, field + ".initializeParams.sourceImage"));
    long smallest = image.map(Image::diskSizeGb).orElse(10L);
    String sizeField = field + ".initializeParams.diskSizeGb";
    long size = ComputeJson.number(parameters, "diskSizeGb", sizeField).orElse(smallest);
    if (size < smallest) {
      throw Refusal.invalidField(
          sizeField,
          String.valueOf(size),
          "Requested disk size cannot be smaller than the image size (" + smallest + " GB)");
    }
    return new PersistentDisk(
        new InstanceKey(key.zone(), name),
        edits.nextId(),
        state.timeline().now(),
        diskType(parameters, field, key.zone()).orElse(type.usualDisk()),
        size,
        image.map(Image::path),
        Optional.of(key),
        MetadataBody.labels(parameters.path("labels"), field + ".initializeParams.labels"));
  }

  private Optional<String> diskType(JsonNode parameters, String field, String zone) {
    String typeField = field + ".initializeParams.diskType";
    return ComputeJson.text(parameters, "diskType")
        .map(reference -> {
          links.requireZone(typeField, reference, zone);
          String name = Links.shortName(reference);
          if (Catalog.diskType(name).isEmpty()) {
            throw Refusal.invalidField(
                typeField, reference, "The referenced diskType resource cannot be found.");
          }
          return name;
        });
  }
}
