package dev.podium.localcloud.metadata;

import dev.podium.localcloud.metadata.Entry.Directory;
import dev.podium.localcloud.metadata.Entry.Numbered;
import dev.podium.localcloud.metadata.Entry.Value;
import dev.podium.localcloud.state.Project;
import dev.podium.localcloud.state.compute.ComputeState;
import dev.podium.localcloud.state.instance.AttachedDisk;
import dev.podium.localcloud.state.instance.Instance;
import dev.podium.localcloud.state.instance.InstanceKey;
import dev.podium.localcloud.state.instance.InstanceSpec;
import dev.podium.localcloud.state.resource.PersistentDisk;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Everything that a machine may know, as a tree. A pure reading of the state.
final class MetadataTree {
  /// Where people reach every machine, whatever its own address is.
  private static final String EXTERNAL_ADDRESS = "127.0.0.1";

  private MetadataTree() {}

  /// What stands below `/computeMetadata/v1/`.
  ///
  /// @param address the machine's own
  static Directory of(ComputeState state, Instance instance, String address) {
    Map<String, Entry> root = new LinkedHashMap<>();
    root.put("instance", instance(state, instance, address));
    root.put("project", project(state));
    root.put("universe", directory(Map.of("universe-domain", Value.of("googleapis.com"))));
    return directory(root);
  }

  private static Directory project(ComputeState state) {
    Project project = state.project();
    Map<String, Entry> entries = new LinkedHashMap<>();
    entries.put("attributes", attributes(state.projectMetadata()));
    entries.put("numeric-project-id", Value.of(project.number()));
    entries.put("project-id", Value.of(project.id()));
    return directory(entries);
  }

  private static Directory instance(ComputeState state, Instance instance, String address) {
    Project project = state.project();
    InstanceSpec spec = instance.spec();
    String number = "projects/" + project.number();
    Map<String, Entry> entries = new LinkedHashMap<>();
    entries.put("attributes", attributes(spec.metadata()));
    entries.put("cpu-platform", Value.of("Intel Broadwell"));
    entries.put(
        "description", Value.of(String.valueOf(spec.further().getOrDefault("description", ""))));
    entries.put("disks", new Numbered(disks(spec)));
    entries.put("guest-attributes", attributes(state.guestAttributes(instance.id())));
    entries.put("hostname", Value.of(hostname(project, instance)));
    entries.put("id", Value.of(instance.id()));
    entries.put("image", Value.of(image(state, instance)));
    entries.put("machine-type", Value.of(number + "/machineTypes/" + spec.machineType()));
    entries.put("maintenance-event", Value.of("NONE"));
    entries.put("name", Value.of(instance.key().name()));
    entries.put("network-interfaces", new Numbered(List.of(network(number, spec, address))));
    entries.put("preempted", Value.of(instance.preempted() ? "TRUE" : "FALSE"));
    entries.put("scheduling", scheduling(spec));
    entries.put("service-accounts", accounts(spec));
    entries.put("tags", Value.array(spec.tags()));
    entries.put("zone", Value.of(number + "/zones/" + instance.key().zone()));
    return directory(entries);
  }

  private static String hostname(Project project, Instance instance) {
    return instance.key().name() + "." + instance.key().zone() + ".c." + project.id() + ".internal";
  }

  private static String image(ComputeState state, Instance instance) {
    return instance.spec().disks().stream()
        .filter(AttachedDisk::boot)
        .findFirst()
        .flatMap(disk -> state.disk(new InstanceKey(instance.key().zone(), disk.disk())))
        .flatMap(PersistentDisk::sourceImage)
        .orElse("");
  }

  private static List<Entry> disks(InstanceSpec spec) {
    List<Entry> disks = new ArrayList<>();
    for (AttachedDisk disk : spec.disks()) {
      Map<String, Entry> entries = new LinkedHashMap<>();
      entries.put("device-name", Value.of(disk.deviceName()));
      entries.put("index", Value.of(disks.size()));
      entries.put("interface", Value.of("SCSI"));
      entries.put("mode", Value.of(disk.mode()));
      entries.put("type", Value.of("PERSISTENT-BALANCED"));
      disks.add(directory(entries));
    }
    return disks;
  }

  private static Directory network(String number, InstanceSpec spec, String address) {
    Map<String, Entry> access = new LinkedHashMap<>();
    access.put("external-ip", Value.of(spec.externalAddress() ? EXTERNAL_ADDRESS : ""));
    access.put("type", Value.of("ONE_TO_ONE_NAT"));
    Map<String, Entry> entries = new LinkedHashMap<>();
    entries.put("access-configs", new Numbered(List.of(directory(access))));
    entries.put("ip", Value.of(address));
    entries.put("mac", Value.of("42:01:7f:00:00:01"));
    entries.put("mtu", Value.of(1460));
    entries.put("network", Value.of(number + "/networks/" + spec.network()));
    return directory(entries);
  }

  private static Directory scheduling(InstanceSpec spec) {
    boolean evictable = spec.scheduling().spot() || spec.scheduling().preemptible();
    Map<String, Entry> entries = new LinkedHashMap<>();
    entries.put(
        "automatic-restart", Value.of(spec.scheduling().automaticRestart() ? "TRUE" : "FALSE"));
    entries.put("on-host-maintenance", Value.of(evictable ? "TERMINATE" : "MIGRATE"));
    entries.put("preemptible", Value.of(evictable ? "TRUE" : "FALSE"));
    return directory(entries);
  }

  /// The account appears twice: as `default` and by its address, which gcloud uses.
  private static Directory accounts(InstanceSpec spec) {
    Map<String, Entry> entries = new LinkedHashMap<>();
    spec.serviceAccount()
        .ifPresent(account -> {
          Map<String, Entry> parts = new LinkedHashMap<>();
          parts.put("aliases", Value.lines(List.of("default")));
          parts.put("email", Value.of(account.email()));
          parts.put("scopes", Value.lines(account.scopes()));
          entries.put(account.email(), directory(parts));
          entries.put("default", directory(parts));
        });
    return new Directory(entries, true);
  }

  private static Directory attributes(Map<String, String> pairs) {
    Map<String, Entry> entries = new LinkedHashMap<>();
    pairs.forEach((key, value) -> entries.put(key, Value.of(value)));
    return new Directory(entries, true);
  }

  private static Directory directory(Map<String, Entry> entries) {
    return new Directory(entries, false);
  }
}
