package dev.podium.fleet.google.compute;

import com.google.cloud.compute.v1.AccessConfig;
import com.google.cloud.compute.v1.AttachedDisk;
import com.google.cloud.compute.v1.AttachedDiskInitializeParams;
import com.google.cloud.compute.v1.Instance;
import com.google.cloud.compute.v1.Items;
import com.google.cloud.compute.v1.Metadata;
import com.google.cloud.compute.v1.NetworkInterface;
import com.google.cloud.compute.v1.Scheduling;
import com.google.cloud.compute.v1.ServiceAccount;
import com.google.cloud.compute.v1.ShieldedInstanceConfig;
import com.google.cloud.compute.v1.Tags;
import dev.podium.fleet.config.MachineSettings;
import dev.podium.fleet.model.Vm;
import dev.podium.fleet.model.VmName;
import dev.podium.fleet.model.VmSpec;
import dev.podium.fleet.model.VmState;
import dev.podium.fleet.model.offer.VmResources;
import dev.podium.wire.model.Labels;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/// Our VMs as Compute Engine's instances, and back.
public final class Instances {
  /// Where the agent serves, as metadata for the agent and for whoever lists the fleet.
  private static final String PORT_ITEM = "podium-port";

  /// Which image the VM was made from: an instance itself does not remember.
  private static final String IMAGE_ITEM = "podium-image";

  /// Of which type its boot disk is: an instance itself tells only the disk's size.
  private static final String DISK_TYPE_ITEM = "podium-disk-type";

  private static final Pattern PROJECT = Pattern.compile("projects/([^/]+)/zones/");

  private static final int DEFAULT_PORT = 8080;

  /// A first start comes within this time.
  private static final Duration FIRST_START = Duration.ofMinutes(10);

  private static final String SEATS_ITEM = "podium-seats";

  /// The agent's own default.
  private static final int DEFAULT_SEATS = 50;

  private static final String IDENTITY_ITEM = "podium-identity";

  private Instances() {}

  /// The body of an insert.
  static Instance of(VmSpec spec, MachineSettings machines) {
    Instance.Builder instance =
        Instance.newBuilder()
            .setName(spec.name().value())
            .setMachineType("zones/" + spec.zone() + "/machineTypes/" + spec.machineType())
            .addDisks(bootDisk(spec))
            .addNetworkInterfaces(network(spec, machines))
            .addServiceAccounts(
                ServiceAccount.newBuilder()
                    .setEmail(machines.serviceAccount().orElse("default"))
                    .addAllScopes(machines.scopes()))
            .setScheduling(scheduling(spec))
            .putAllLabels(spec.labels())
            .setMetadata(metadata(spec));
    if (!machines.tags().isEmpty()) {
      instance.setTags(Tags.newBuilder().addAllItems(machines.tags()));
    }
    if (machines.secureBoot()) {
      instance.setShieldedInstanceConfig(
          ShieldedInstanceConfig.newBuilder()
              .setEnableSecureBoot(true)
              .setEnableVtpm(true)
              .setEnableIntegrityMonitoring(true));
    }
    return instance.build();
  }

  private static NetworkInterface network(VmSpec spec, MachineSettings machines) {
    NetworkInterface.Builder network = NetworkInterface.newBuilder();
    machines.networkPath().ifPresent(network::setNetwork);
    machines.subnetIn(spec.zone()).ifPresent(network::setSubnetwork);
    if (machines.externalAddress()) {
      network.addAccessConfigs(
          AccessConfig.newBuilder().setName("External NAT").setType("ONE_TO_ONE_NAT"));
    }
    return network.build();
  }

  private static AttachedDisk bootDisk(VmSpec spec) {
    return AttachedDisk.newBuilder()
        .setBoot(true)
        .setAutoDelete(true)
        .setInitializeParams(
            AttachedDiskInitializeParams.newBuilder()
                .setSourceImage(spec.sourceImage())
                .setDiskType("zones/" + spec.zone() + "/diskTypes/" + spec.diskType())
                .setDiskSizeGb(spec.diskSizeGb())
                .putAllLabels(diskLabels(spec)))
        .build();
  }

  /// A disk that outlives its VM tells whose it was.
  private static Map<String, String> diskLabels(VmSpec spec) {
    Map<String, String> labels = new HashMap<>(spec.labels());
    labels.keySet().retainAll(Set.of(Labels.FLEET, Labels.OWNER, Labels.CONSOLE));
    labels.put(Labels.VM, spec.name().value());
    return labels;
  }

  /// The run limit is the last line of defence: the cloud itself ends what no console ends.
  private static Scheduling scheduling(VmSpec spec) {
    Scheduling.Builder scheduling =
        Scheduling.newBuilder()
            .setMaxRunDuration(
                com.google.cloud.compute.v1.Duration.newBuilder()
                    .setSeconds(spec.runLimit().toSeconds()))
            .setInstanceTerminationAction("DELETE");
    if (spec.spot()) {
      scheduling
          .setProvisioningModel("SPOT")
          .setAutomaticRestart(false)
          .setOnHostMaintenance("TERMINATE");
    }
    return scheduling.build();
  }

  private static Metadata metadata(VmSpec spec) {
    Metadata.Builder metadata = Metadata.newBuilder();
    spec.metadata().forEach((key, value) -> metadata.addItems(item(key, value)));
    if (!spec.metadata().containsKey(IMAGE_ITEM)) {
      metadata.addItems(item(IMAGE_ITEM, shortName(spec.sourceImage())));
    }
    return metadata.addItems(item(DISK_TYPE_ITEM, spec.diskType())).build();
  }

  static Items item(String key, String value) {
    return Items.newBuilder().setKey(key).setValue(value).build();
  }

  /// The metadata with these items added or replaced, or taken away where a text is empty.
  static Metadata with(Metadata before, Map<String, String> items) {
    Metadata.Builder metadata = Metadata.newBuilder().setFingerprint(before.getFingerprint());
    before.getItemsList().stream()
        .filter(item -> !items.containsKey(item.getKey()))
        .forEach(metadata::addItems);
    items.forEach((key, value) -> {
      if (!value.isEmpty()) {
        metadata.addItems(item(key, value));
      }
    });
    return metadata.build();
  }

  /// The metadata's items by name.
  static Map<String, String> metadata(Instance instance) {
    return instance.getMetadata().getItemsList().stream()
        .collect(Collectors.toMap(Items::getKey, Items::getValue, (first, _) -> first));
  }

  /// What the cloud says of an instance, in our words.
  static Vm vm(Instance instance) {
    return new Vm(
        Long.toUnsignedString(instance.getId()),
        new VmName(instance.getName()),
        shortName(instance.getZone()),
        shortName(instance.getMachineType()),
        metadataItem(instance, IMAGE_ITEM).orElse(""),
        VmState.of(instance.getStatus()),
        // One that is being made may not have a time yet; its age is then unknown, not huge.
        CloudTime.of(instance.getCreationTimestamp()).orElseGet(Instant::now),
        instance.getLabelsMap(),
        instance.getLabelFingerprint(),
        address(instance),
        number(instance, PORT_ITEM, DEFAULT_PORT),
        number(instance, SEATS_ITEM, DEFAULT_SEATS),
        metadataItem(instance, IDENTITY_ITEM).isPresent(),
        "SPOT".equals(instance.getScheduling().getProvisioningModel()),
        runLimit(instance),
        resources(instance));
  }

  private static VmResources resources(Instance instance) {
    Matcher project = PROJECT.matcher(instance.getZone());
    return new VmResources(
        project.find() ? project.group(1) : "",
        instance.getServiceAccountsCount() == 0 ? "" : instance.getServiceAccounts(0).getEmail(),
        instance.getNetworkInterfacesList().stream()
            .anyMatch(network -> network.getAccessConfigsCount() > 0),
        metadataItem(instance, DISK_TYPE_ITEM).orElse(""),
        instance.getDisksList().stream()
            .filter(AttachedDisk::getBoot)
            .mapToLong(AttachedDisk::getDiskSizeGb)
            .sum());
  }

  private static Optional<String> address(Instance instance) {
    if (instance.getNetworkInterfacesCount() == 0) {
      return Optional.empty();
    }
    NetworkInterface network = instance.getNetworkInterfaces(0);
    // Where an external address is on its way, the internal one is not where people are to go.
    String address =
        network.getAccessConfigsCount() == 0
            ? network.getNetworkIP()
            : network.getAccessConfigs(0).getNatIP();
    return address.isEmpty() ? Optional.empty() : Optional.of(address);
  }

  private static int number(Instance instance, String item, int otherwise) {
    try {
      return metadataItem(instance, item).map(Integer::parseInt).orElse(otherwise);
    } catch (NumberFormatException e) {
      // Somebody wrote nonsense there; the agent refuses it too and goes by the default.
      return otherwise;
    }
  }

  /// From the VM's creation on. The cloud counts its limit from the last start, so a VM that was
  /// stopped and started anew lives longer; the seconds between creation and first start are left
  /// out. (The moment itself, `resourceStatus.scheduling.terminationTimestamp`, is not in Google's
  /// client.)
  private static Optional<Duration> runLimit(Instance instance) {
    if (!instance.getScheduling().hasMaxRunDuration()) {
      return Optional.empty();
    }
    Duration limit = Duration.ofSeconds(instance.getScheduling().getMaxRunDuration().getSeconds());
    return CloudTime.of(instance.getCreationTimestamp())
        .flatMap(created ->
            CloudTime.of(instance.getLastStartTimestamp())
                .map(started -> Duration.between(created, started)))
        .filter(before -> before.compareTo(FIRST_START) > 0)
        .map(limit::plus)
        .or(() -> Optional.of(limit));
  }

  static Optional<String> metadataItem(Instance instance, String key) {
    return instance.getMetadata().getItemsList().stream()
        .filter(item -> item.getKey().equals(key))
        .map(Items::getValue)
        .findFirst();
  }

  /// The last part of a URL.
  public static String shortName(String url) {
    return url.substring(url.lastIndexOf('/') + 1);
  }
}
