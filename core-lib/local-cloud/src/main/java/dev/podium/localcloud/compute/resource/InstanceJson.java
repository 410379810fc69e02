package dev.podium.localcloud.compute.resource;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.podium.localcloud.compute.body.MetadataBody;
import dev.podium.localcloud.compute.request.ComputeJson;
import dev.podium.localcloud.compute.request.Links;
import dev.podium.localcloud.state.Fingerprint;
import dev.podium.localcloud.state.fault.Tempo;
import dev.podium.localcloud.state.instance.AttachedDisk;
import dev.podium.localcloud.state.instance.Instance;
import dev.podium.localcloud.state.instance.InstanceSpec;
import dev.podium.localcloud.state.instance.InstanceStatus;
import dev.podium.localcloud.state.instance.Scheduling;
import java.util.List;

/// Writes instances as Compute Engine does.
final class InstanceJson {
  /// Every machine is on this computer.
  private static final String ADDRESS = "127.0.0.1";

  private final Links links;
  private final Tempo tempo;

  InstanceJson(Links links, Tempo tempo) {
    this.links = links;
    this.tempo = tempo;
  }

  ObjectNode write(Instance instance) {
    InstanceSpec spec = instance.spec();
    String zone = "zones/" + instance.key().zone();
    String labelFingerprint = instance.labelFingerprint();
    String metadataFingerprint = instance.metadataFingerprint();
    ObjectNode node = ComputeJson.object();
    node.put("kind", "compute#instance");
    node.put("id", String.valueOf(instance.id()));
    node.put("creationTimestamp", ComputeJson.time(instance.created()));
    node.put("name", instance.key().name());
    ObjectNode tags = node.putObject("tags");
    if (!spec.tags().isEmpty()) {
      spec.tags().forEach(tags.putArray("items")::add);
    }
    tags.put("fingerprint", Fingerprint.of(spec.tags()));
    node.put("machineType", links.own(zone + "/machineTypes/" + spec.machineType()));
    node.put("status", instance.status().name());
    node.put("zone", links.own(zone));
    node.put("canIpForward", false);
    writeNetwork(node, instance);
    ArrayNode disks = node.putArray("disks");
    for (AttachedDisk disk : spec.disks()) {
      writeDisk(disks, disk, zone);
    }
    node.set("metadata", MetadataBody.write(spec.metadata(), metadataFingerprint));
    spec.serviceAccount().ifPresent(account -> writeAccount(node, account));
    node.put("selfLink", links.own(instance.key().path()));
    writeScheduling(node.putObject("scheduling"), spec.scheduling());
    node.put("cpuPlatform", "Intel Broadwell");
    if (!spec.labels().isEmpty()) {
      ObjectNode labels = node.putObject("labels");
      spec.labels().forEach(labels::put);
    }
    node.put("labelFingerprint", labelFingerprint);
    node.put("startRestricted", false);
    node.put("deletionProtection", false);
    spec.further().forEach((member, value) -> node.set(member, ComputeJson.node(value)));
    node.put(
        "fingerprint",
        Fingerprint.of(List.of(labelFingerprint, metadataFingerprint, instance.status().name())));
    instance.lastStart().ifPresent(time -> node.put("lastStartTimestamp", ComputeJson.time(time)));
    instance.lastStop().ifPresent(time -> node.put("lastStopTimestamp", ComputeJson.time(time)));
    writeLimit(node, instance);
    return node;
  }

  private void writeNetwork(ObjectNode node, Instance instance) {
    ObjectNode network = node.putArray("networkInterfaces").addObject();
    network.put("kind", "compute#networkInterface");
    network.put("network", links.own("global/networks/" + instance.spec().network()));
    network.put("networkIP", ADDRESS);
    network.put("name", "nic0");
    network.put("stackType", "IPV4_ONLY");
    network.put("fingerprint", Fingerprint.of(List.of(instance.spec().network())));
    if (instance.spec().externalAddress()) {
      ObjectNode access = network.putArray("accessConfigs").addObject();
      access.put("kind", "compute#accessConfig");
      access.put("type", "ONE_TO_ONE_NAT");
      access.put("name", "external-nat");
      access.put("networkTier", "PREMIUM");
      boolean on =
          instance.status() != InstanceStatus.TERMINATED
              && instance.status() != InstanceStatus.PROVISIONING;
      if (on) {
        access.put("natIP", ADDRESS);
      }
    }
  }

  private void writeDisk(ArrayNode disks, AttachedDisk disk, String zone) {
    disks
        .addObject()
        .put("kind", "compute#attachedDisk")
        .put("type", "PERSISTENT")
        .put("mode", disk.mode())
        .put("source", links.own(zone + "/disks/" + disk.disk()))
        .put("deviceName", disk.deviceName())
        .put("index", disks.size() - 1)
        .put("boot", disk.boot())
        .put("autoDelete", disk.autoDelete())
        .put("interface", "SCSI")
        .put("diskSizeGb", String.valueOf(disk.sizeGb()));
  }

  private static void writeAccount(ObjectNode node, InstanceSpec.ServiceAccount account) {
    ObjectNode first = node.putArray("serviceAccounts").addObject();
    first.put("email", account.email());
    account.scopes().forEach(first.putArray("scopes")::add);
  }

  private static void writeScheduling(ObjectNode node, Scheduling scheduling) {
    boolean evictable = scheduling.spot() || scheduling.preemptible();
    node.put("onHostMaintenance", evictable ? "TERMINATE" : "MIGRATE");
    node.put("automaticRestart", scheduling.automaticRestart());
    node.put("preemptible", evictable);
    node.put("provisioningModel", scheduling.spot() ? "SPOT" : "STANDARD");
    scheduling
        .maxRunDuration()
        .ifPresent(limit ->
            node.putObject("maxRunDuration").put("seconds", String.valueOf(limit.toSeconds())));
    scheduling
        .terminationTime()
        .ifPresent(time -> node.put("terminationTime", ComputeJson.time(time)));
    scheduling
        .gracefulShutdown()
        .ifPresent(longest ->
            node.putObject("gracefulShutdown")
                .put("enabled", true)
                .putObject("maxDuration")
                .put("seconds", String.valueOf(longest.toSeconds())));
    if (!scheduling.preemptionNotice().isZero()) {
      node.putObject("preemptionNoticeDuration")
          .put("seconds", String.valueOf(scheduling.preemptionNotice().toSeconds()));
    }
    scheduling
        .terminationAction()
        .ifPresent(action -> node.put("instanceTerminationAction", action.name()));
  }

  /// When the run limit ends the instance, as long as it runs.
  private void writeLimit(ObjectNode node, Instance instance) {
    if (instance.status() != InstanceStatus.RUNNING) {
      return;
    }
    instance
        .lastStart()
        .flatMap(start -> instance.spec().scheduling().end(start, tempo))
        .ifPresent(end ->
            node.putObject("resourceStatus")
                .putObject("scheduling")
                .put("terminationTimestamp", ComputeJson.time(end)));
  }
}
