package dev.podium.fleet.config;

import dev.podium.wire.model.PodiumException;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/// How a project wants its VMs to be made, as a company's rules may ask. It is the same for every
/// VM of a fleet.
///
/// @param network a VPC network by its name, or one of another project by its URL; none for the
///   project's network `default`, or for the one that the subnet belongs to
/// @param subnet by its name, of the region in which a VM is made; or one of a Shared VPC by its
///   URL, `projects/HOST/regions/REGION/subnetworks/NAME`; none for the network's own
/// @param externalAddress whether VMs have addresses that the internet reaches. Without one, people
///   and consoles reach a VM by its address in its network
/// @param serviceAccount the account that VMs run as, by its e-mail; none for the project's default
/// @param scopes OAuth scopes of the VMs' tokens, as URLs; at least one that lets them use Pub/Sub
/// @param tags network tags, which firewall rules are for: at most 64
/// @param secureBoot whether VMs boot signed kernels only, as Shielded VMs with a virtual TPM
public record MachineSettings(
    Optional<String> network,
    Optional<String> subnet,
    boolean externalAddress,
    Optional<String> serviceAccount,
    List<String> scopes,
    List<String> tags,
    boolean secureBoot) {
  private static final String PUBSUB = "https://www.googleapis.com/auth/pubsub";
  private static final String EVERYTHING = "https://www.googleapis.com/auth/cloud-platform";
  private static final int MOST_TAGS = 64;
  private static final String NAME = "[a-z](?:[-a-z0-9]{0,61}[a-z0-9])?";
  private static final String URL = "(?:https://[^/\\s]+/compute/v1/)?projects/[^/\\s]+/";
  private static final Pattern NETWORK = Pattern.compile("(?:" + URL + "global/networks/)?" + NAME);
  private static final Pattern SUBNET =
      Pattern.compile("(?:" + URL + "regions/[-a-z0-9]+/subnetworks/)?" + NAME);
  private static final Pattern ACCOUNT = Pattern.compile("[^@\\s]+@[-a-z0-9.]+");
  private static final Pattern SCOPE = Pattern.compile("https://www\\.googleapis\\.com/auth/\\S+");

  /// @throws PodiumException.Invalid if a member is not in its form
  public MachineSettings {
    scopes = List.copyOf(scopes);
    tags = List.copyOf(tags);
    network.ifPresent(value -> ProfileForm.require(NETWORK, "network", value, "campus"));
    subnet.ifPresent(value ->
        ProfileForm.require(
            SUBNET, "subnet", value, "projects/host/regions/europe-west1/subnetworks/class"));
    serviceAccount.ifPresent(value ->
        ProfileForm.require(
            ACCOUNT, "service account", value, "podium-vm@my-project.iam.gserviceaccount.com"));
    scopes.forEach(value -> ProfileForm.require(SCOPE, "scope", value, PUBSUB));
    tags.forEach(
        value -> ProfileForm.require(Pattern.compile(NAME), "network tag", value, "podium"));
    if (!scopes.contains(PUBSUB) && !scopes.contains(EVERYTHING)) {
      throw new PodiumException.Invalid(
          "The VMs' scopes are too narrow",
          "a VM that may not use Pub/Sub joins no chat",
          "Add " + PUBSUB + " .");
    }
    if (tags.size() > MOST_TAGS) {
      throw new PodiumException.Invalid(
          tags.size() + " network tags are too many",
          "a VM may have " + MOST_TAGS,
          "Take some away.");
    }
  }

  /// What Google's own defaults suit: the network `default`, external addresses, the project's
  /// default account, and no tag. Its tokens are good for Pub/Sub and for writing its log.
  public static MachineSettings usual() {
    return new MachineSettings(
        Optional.empty(),
        Optional.empty(),
        true,
        Optional.empty(),
        List.of(PUBSUB, "https://www.googleapis.com/auth/logging.write"),
        List.of(),
        false);
  }

  /// The subnet's URL for a VM of that zone.
  ///
  /// @param zone such as `europe-west1-b`
  public Optional<String> subnetIn(String zone) {
    return subnet.map(value ->
        value.contains("/")
            ? value
            : "regions/" + zone.replaceFirst("-[a-z0-9]+$", "") + "/subnetworks/" + value);
  }

  /// The network's URL. With a subnet alone the cloud takes the network that it belongs to.
  public Optional<String> networkPath() {
    return subnet.isPresent() && network.isEmpty()
        ? Optional.empty()
        : Optional.of(network.orElse("default"))
            .map(value -> value.contains("/") ? value : "global/networks/" + value);
  }
}
