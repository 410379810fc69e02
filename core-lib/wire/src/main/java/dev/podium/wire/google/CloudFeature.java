package dev.podium.wire.google;

import java.util.Arrays;
import java.util.Collection;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/// What needs what. Each feature of Podium has the API that it calls, the OAuth scope that a token
/// needs for it, and the permissions that whoever asks must hold.
///
/// This is the one table of it. Sign-in asks for its scopes, the pre-flight tries its permissions,
/// the README names its roles, and tests hold the local cloud's checks against it. Which method
/// needs what: the pages *IAM permissions* of each API's reference.
public enum CloudFeature {
  /// The list of VMs, zones and machine types, operations, and what else a console reads.
  SEE_VMS(
      CloudApi.COMPUTE,
      Whose.OPERATOR,
      Place.PROJECT,
      "roles/compute.instanceAdmin.v1",
      "compute.disks.list",
      "compute.globalOperations.list",
      "compute.instances.get",
      "compute.instances.getSerialPortOutput",
      "compute.instances.list",
      "compute.machineTypes.get",
      "compute.machineTypes.list",
      "compute.regions.get",
      "compute.zoneOperations.get",
      "compute.zones.list"),
  /// A new VM: with its disk from the image, its account, labels, metadata and tags.
  MAKE_VMS(
      CloudApi.COMPUTE,
      Whose.OPERATOR,
      Place.PROJECT,
      "roles/compute.instanceAdmin.v1",
      "compute.disks.create",
      "compute.disks.setLabels",
      "compute.images.useReadOnly",
      "compute.instances.create",
      "compute.instances.setLabels",
      "compute.instances.setMetadata",
      "compute.instances.setServiceAccount",
      "compute.instances.setTags",
      "compute.subnetworks.use"),
  /// The same with an address that the internet reaches.
  GIVE_ADDRESSES(
      CloudApi.COMPUTE,
      Whose.OPERATOR,
      Place.PROJECT,
      "roles/compute.instanceAdmin.v1",
      "compute.subnetworks.useExternalIp"),
  /// Deletion of VMs, and of disks that VMs left.
  END_VMS(
      CloudApi.COMPUTE,
      Whose.OPERATOR,
      Place.PROJECT,
      "roles/compute.instanceAdmin.v1",
      "compute.disks.delete",
      "compute.instances.delete"),
  /// That a VM runs as its service account.
  RUN_AS_ACCOUNT(
      CloudApi.IAM,
      Whose.OPERATOR,
      Place.SERVICE_ACCOUNT,
      "roles/iam.serviceAccountUser",
      "iam.serviceAccounts.actAs"),
  /// The fleet's topics, heartbeats, and subscriptions that VMs left.
  HEAR_VMS(
      CloudApi.PUBSUB,
      Whose.OPERATOR,
      Place.PROJECT,
      "roles/pubsub.editor",
      "pubsub.subscriptions.consume",
      "pubsub.subscriptions.create",
      "pubsub.subscriptions.delete",
      "pubsub.subscriptions.list",
      "pubsub.topics.attachSubscription",
      "pubsub.topics.create",
      "pubsub.topics.delete",
      "pubsub.topics.get",
      "pubsub.topics.publish"),
  /// What a VM's agent does: chat, heartbeats, and its own subscriptions.
  CHAT(
      CloudApi.PUBSUB,
      Whose.VM,
      Place.PROJECT,
      "projects/P/roles/podiumVm",
      "pubsub.subscriptions.consume",
      "pubsub.subscriptions.create",
      "pubsub.subscriptions.delete",
      "pubsub.topics.attachSubscription",
      "pubsub.topics.get",
      "pubsub.topics.publish"),
  /// The pre-flight: networks and firewall rules.
  CHECK_NETWORK(
      CloudApi.COMPUTE,
      Whose.PREFLIGHT,
      Place.PROJECT,
      "roles/compute.networkViewer",
      "compute.firewalls.list",
      "compute.networks.get",
      "compute.subnetworks.get",
      "compute.subnetworks.list"),
  /// The pre-flight: the project, and who has which role in it.
  CHECK_PROJECT(
      CloudApi.RESOURCE_MANAGER,
      Whose.PREFLIGHT,
      Place.PROJECT,
      "roles/browser",
      "resourcemanager.projects.get",
      "resourcemanager.projects.getIamPolicy"),
  /// The pre-flight: which APIs are on.
  CHECK_APIS(
      CloudApi.SERVICE_USAGE,
      Whose.PREFLIGHT,
      Place.PROJECT,
      "roles/serviceusage.serviceUsageViewer",
      "serviceusage.services.get",
      "serviceusage.services.list"),
  /// The pre-flight: whether somebody pays.
  CHECK_BILLING(
      CloudApi.BILLING,
      Whose.PREFLIGHT,
      Place.PROJECT,
      "roles/browser",
      "resourcemanager.projects.get"),
  /// The pre-flight: the VMs' service account.
  CHECK_ACCOUNT(
      CloudApi.IAM,
      Whose.PREFLIGHT,
      Place.PROJECT,
      "roles/iam.serviceAccountUser",
      "iam.serviceAccounts.get"),
  /// The pre-flight: what the account's roles hold.
  CHECK_ROLES(
      CloudApi.IAM, Whose.PREFLIGHT, Place.PROJECT, "roles/iam.roleViewer", "iam.roles.get"),
  /// A fix of the pre-flight: switching an API on.
  SWITCH_API_ON(
      CloudApi.SERVICE_USAGE,
      Whose.OWNER,
      Place.PROJECT,
      "roles/serviceusage.serviceUsageAdmin",
      "serviceusage.services.enable"),
  /// A fix of the pre-flight: a firewall rule for the chat.
  OPEN_FIREWALL(
      CloudApi.COMPUTE,
      Whose.OWNER,
      Place.PROJECT,
      "roles/compute.securityAdmin",
      "compute.firewalls.create",
      "compute.networks.updatePolicy"),
  /// A fix of the pre-flight: the role of the VMs' account.
  GRANT_VM_ROLE(
      CloudApi.RESOURCE_MANAGER,
      Whose.OWNER,
      Place.PROJECT,
      "roles/owner",
      "iam.roles.create",
      "resourcemanager.projects.setIamPolicy");

  private static final String AUTH = "https://www.googleapis.com/auth/";

  /// Who needs it.
  public enum Whose {
    /// Whoever runs a fleet, always.
    OPERATOR,
    /// The service account of the VMs.
    VM,
    /// Whoever lets the pre-flight look at all it can.
    PREFLIGHT,
    /// Whoever sets the project up, once.
    OWNER
  }

  /// On what a permission is held.
  public enum Place {
    /// The whole project.
    PROJECT,
    /// The one service account.
    SERVICE_ACCOUNT
  }

  private final CloudApi api;
  private final Whose whose;
  private final Place place;
  private final String role;

  /// Separated by blanks, because an enum holds nothing that could change.
  private final String permissions;

  CloudFeature(CloudApi api, Whose whose, Place place, String role, String... permissions) {
    this.api = api;
    this.whose = whose;
    this.place = place;
    this.role = role;
    this.permissions = String.join(" ", permissions);
  }

  /// Which API it calls.
  public CloudApi api() {
    return api;
  }

  /// Who needs it.
  public Whose whose() {
    return whose;
  }

  /// On what its permissions are held.
  public Place place() {
    return place;
  }

  /// The role that people give for it; `P` in it stands for the project's id.
  public String role() {
    return role;
  }

  /// In Google's names, sorted.
  public List<String> permissions() {
    return List.of(permissions.split(" ", -1));
  }

  /// The scope that a token needs, as a URL. Resource Manager, Service Usage, Billing and IAM have
  /// no narrower one that covers what is asked of them.
  public String scope() {
    return switch (api) {
      case COMPUTE -> AUTH + "compute";
      // It checks the right of whoever creates the VM, with the token for that.
      case IAM -> AUTH + (this == RUN_AS_ACCOUNT ? "compute" : "cloud-platform");
      case PUBSUB -> AUTH + "pubsub";
      case RESOURCE_MANAGER, SERVICE_USAGE, BILLING -> AUTH + "cloud-platform";
    };
  }

  /// All features that somebody needs.
  public static Set<CloudFeature> of(Whose whose) {
    EnumSet<CloudFeature> features = EnumSet.allOf(CloudFeature.class);
    features.removeIf(feature -> feature.whose != whose);
    return features;
  }

  /// The scopes of those features, sorted, each once.
  public static List<String> scopes(Collection<CloudFeature> features) {
    return features.stream().map(CloudFeature::scope).distinct().sorted().toList();
  }

  /// The permissions of those features on that, sorted, each once.
  public static List<String> permissions(Collection<CloudFeature> features, Place place) {
    Set<String> all = new TreeSet<>();
    features.stream()
        .filter(feature -> feature.place == place)
        .forEach(feature -> all.addAll(feature.permissions()));
    return List.copyOf(all);
  }

  /// The roles of those features, in the table's order, each once.
  public static List<String> roles(Collection<CloudFeature> features) {
    return features.stream().map(CloudFeature::role).distinct().toList();
  }

  /// The role by which people give a permission, where a feature needs it.
  public static Optional<String> roleWith(String permission) {
    return Arrays.stream(values())
        .filter(feature -> feature.permissions().contains(permission))
        .map(CloudFeature::role)
        .findFirst();
  }
}
