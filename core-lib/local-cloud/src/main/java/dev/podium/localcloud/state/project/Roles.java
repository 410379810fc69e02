package dev.podium.localcloud.state.project;

import dev.podium.localcloud.state.token.MachineRole;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;

/// Roles: Google's own, as far as Podium's documents name them, and those of the project. Any
/// thread may call.
///
/// Source: Google's page "IAM roles and permissions index". A role of Google's holds more than what
/// stands here; what does, it holds.
public final class Roles {
  /// Every permission that some method of this cloud asks for, or that people look for.
  private static final Set<String> ALL =
      Set.of(
          "compute.disks.create",
          "compute.disks.delete",
          "compute.disks.get",
          "compute.disks.list",
          "compute.disks.setLabels",
          "compute.diskTypes.get",
          "compute.diskTypes.list",
          "compute.firewalls.create",
          "compute.firewalls.delete",
          "compute.firewalls.get",
          "compute.firewalls.list",
          "compute.globalOperations.get",
          "compute.globalOperations.list",
          "compute.images.create",
          "compute.images.delete",
          "compute.images.deprecate",
          "compute.images.get",
          "compute.images.getFromFamily",
          "compute.images.list",
          "compute.images.setLabels",
          "compute.images.update",
          "compute.images.useReadOnly",
          "compute.instanceTemplates.create",
          "compute.instanceTemplates.delete",
          "compute.instanceTemplates.get",
          "compute.instanceTemplates.list",
          "compute.instances.create",
          "compute.instances.delete",
          "compute.instances.get",
          "compute.instances.getGuestAttributes",
          "compute.instances.getSerialPortOutput",
          "compute.instances.list",
          "compute.instances.reset",
          "compute.instances.resume",
          "compute.instances.setLabels",
          "compute.instances.setMachineType",
          "compute.instances.setMetadata",
          "compute.instances.setScheduling",
          "compute.instances.setServiceAccount",
          "compute.instances.setTags",
          "compute.instances.start",
          "compute.instances.stop",
          "compute.instances.suspend",
          "compute.machineTypes.get",
          "compute.machineTypes.list",
          "compute.networks.create",
          "compute.networks.delete",
          "compute.networks.get",
          "compute.networks.list",
          "compute.networks.updatePolicy",
          "compute.networks.use",
          "compute.projects.get",
          "compute.projects.setCommonInstanceMetadata",
          "compute.regionOperations.get",
          "compute.regionOperations.list",
          "compute.regions.get",
          "compute.regions.list",
          "compute.subnetworks.get",
          "compute.subnetworks.list",
          "compute.subnetworks.use",
          "compute.subnetworks.useExternalIp",
          "compute.zoneOperations.get",
          "compute.zoneOperations.list",
          "compute.zones.get",
          "compute.zones.list",
          "iam.roles.create",
          "iam.roles.get",
          "iam.roles.list",
          "iam.serviceAccounts.actAs",
          "iam.serviceAccounts.get",
          "iam.serviceAccounts.list",
          "orgpolicy.policy.get",
          "pubsub.snapshots.create",
          "pubsub.snapshots.delete",
          "pubsub.snapshots.get",
          "pubsub.snapshots.list",
          "pubsub.snapshots.seek",
          "pubsub.snapshots.update",
          "pubsub.subscriptions.consume",
          "pubsub.subscriptions.create",
          "pubsub.subscriptions.delete",
          "pubsub.subscriptions.get",
          "pubsub.subscriptions.list",
          "pubsub.subscriptions.update",
          "pubsub.topics.attachSubscription",
          "pubsub.topics.create",
          "pubsub.topics.delete",
          "pubsub.topics.detachSubscription",
          "pubsub.topics.get",
          "pubsub.topics.list",
          "pubsub.topics.publish",
          "pubsub.topics.update",
          "resourcemanager.projects.get",
          "resourcemanager.projects.getIamPolicy",
          "resourcemanager.projects.setIamPolicy",
          "serviceusage.services.enable",
          "serviceusage.services.get",
          "serviceusage.services.list",
          "storage.buckets.create",
          "storage.buckets.delete",
          "storage.buckets.get",
          "storage.buckets.getIamPolicy",
          "storage.buckets.list",
          "storage.buckets.setIamPolicy",
          "storage.buckets.update",
          "storage.objects.create",
          "storage.objects.delete",
          "storage.objects.get",
          "storage.objects.list",
          "storage.objects.update");

  private static final List<String> SEEN_BY_ALL =
      List.of(
          "resourcemanager.projects.get",
          "serviceusage.services.get",
          "serviceusage.services.list");

  private static final Map<String, Set<String>> GOOGLES =
      Map.ofEntries(
          Map.entry("roles/owner", ALL),
          Map.entry("roles/editor", without("setIamPolicy|iam\\.roles\\.create")),
          Map.entry("roles/viewer", matching(".*\\.(get|list)\\w*|orgpolicy.*")),
          Map.entry(
              "roles/compute.instanceAdmin.v1",
              and(
                  matching(
                      "compute\\.(disks|instances|instanceTemplates|machineTypes|diskTypes|zones"
                          + "|regions|\\w+Operations)\\..*|compute\\.images\\.(get|list|use)\\w*"
                          + "|compute\\.(networks|subnetworks)\\.(get|list|use)\\w*"
                          + "|compute\\.projects\\.get"))),
          Map.entry(
              "roles/compute.networkViewer",
              and(
                  matching(
                      "compute\\.(firewalls|networks|subnetworks)\\.(get|list)|compute\\.(zones|regions|projects)\\.(get|list)"))),
          Map.entry(
              "roles/compute.securityAdmin",
              and(
                  matching(
                      "compute\\.firewalls\\..*|compute\\.networks\\.(get|list|updatePolicy)"))),
          Map.entry(
              "roles/compute.storageAdmin",
              and(matching("compute\\.(disks|images)\\..*|compute\\.projects\\.get"))),
          Map.entry("roles/storage.admin", and(matching("storage\\..*"))),
          Map.entry("roles/pubsub.editor", and(matching("pubsub\\..*"))),
          Map.entry("roles/pubsub.publisher", Set.of("pubsub.topics.publish")),
          Map.entry(
              "roles/pubsub.subscriber",
              Set.of(
                  "pubsub.subscriptions.consume",
                  "pubsub.snapshots.seek",
                  "pubsub.topics.attachSubscription")),
          Map.entry(
              "roles/iam.serviceAccountUser",
              Set.of(
                  "iam.serviceAccounts.actAs",
                  "iam.serviceAccounts.get",
                  "iam.serviceAccounts.list",
                  "resourcemanager.projects.get")),
          Map.entry(
              "roles/iam.roleViewer",
              Set.of("iam.roles.get", "iam.roles.list", "resourcemanager.projects.get")),
          Map.entry(
              "roles/iam.serviceAccountViewer",
              Set.of("iam.serviceAccounts.get", "iam.serviceAccounts.list")),
          Map.entry(
              "roles/browser",
              Set.of("resourcemanager.projects.get", "resourcemanager.projects.getIamPolicy")),
          Map.entry(
              "roles/serviceusage.serviceUsageViewer",
              Set.of("serviceusage.services.get", "serviceusage.services.list")),
          Map.entry("roles/serviceusage.serviceUsageAdmin", matching("serviceusage\\..*")),
          Map.entry("roles/orgpolicy.policyViewer", Set.of("orgpolicy.policy.get")));

  private final Map<String, Set<String>> own = new ConcurrentHashMap<>();

  /// @param vmRole the name of the role that machines have: `projects/P/roles/podiumVm`
  Roles(String vmRole) {
    own.put(vmRole, MachineRole.PERMISSIONS);
  }

  private static Set<String> matching(String pattern) {
    return ALL.stream()
        .filter(permission -> permission.matches(pattern))
        .collect(Collectors.toUnmodifiableSet());
  }

  private static Set<String> without(String pattern) {
    return ALL.stream()
        .filter(permission -> !permission.matches(".*(?:" + pattern + ").*"))
        .collect(Collectors.toUnmodifiableSet());
  }

  private static Set<String> and(Set<String> permissions) {
    Set<String> all = new TreeSet<>(permissions);
    all.addAll(SEEN_BY_ALL);
    return Set.copyOf(all);
  }

  /// What a role holds; nothing if there is no such role.
  ///
  /// @param name `roles/pubsub.editor` or `projects/P/roles/podiumVm`
  public Optional<Set<String>> permissions(String name) {
    return Optional.ofNullable(GOOGLES.get(name)).or(() -> Optional.ofNullable(own.get(name)));
  }

  /// Makes a role of the project; says whether its name was free.
  public boolean make(String name, Set<String> permissions) {
    return own.putIfAbsent(name, Set.copyOf(permissions)) == null;
  }
}
