package dev.podium.fleet.preflight.fact;

import dev.podium.wire.google.CloudApi;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;

/// A project as whoever is signed in sees it. All methods may be called from any thread and block;
/// all throw [dev.podium.wire.model.PodiumException]: `NotPermitted` where something may not be
/// read, `Unavailable` where nobody answers.
public interface ProjectView extends AutoCloseable {
  /// Whose token it is: an e-mail address.
  ///
  /// @throws dev.podium.wire.model.PodiumException.NotSignedIn if it is good no more
  SignIn signIn();

  /// The project itself.
  ///
  /// @throws dev.podium.wire.model.PodiumException.NotFound if there is none, or it may not be seen
  Project project();

  /// Whether a billing account that is open pays for it.
  boolean billed();

  /// Those of the APIs that are switched off.
  Set<CloudApi> switchedOff(Collection<CloudApi> apis);

  /// Those of the permissions that are held on the project.
  Set<String> held(Collection<String> permissions);

  /// Those of the permissions that are held on a service account.
  Set<String> heldOn(String account, Collection<String> permissions);

  /// What the organisation's policies say of that constraint, for this project.
  ///
  /// @param constraint such as `constraints/compute.vmExternalIpAccess`
  Policy policy(String constraint);

  /// The newest image that a reference means; nothing if there is none.
  Optional<Image> image(String reference);

  /// A network of the project; nothing if there is none of that name.
  Optional<Network> network(String name);

  /// Whether there is that subnet.
  ///
  /// @param path `projects/P/regions/R/subnetworks/S`, or without its first two parts
  boolean hasSubnet(String path);

  /// All firewall rules of the project.
  List<FirewallRule> firewalls();

  /// The account that VMs run as where nobody names one.
  String defaultAccount();

  /// A service account of the project; nothing if there is none.
  Optional<Account> account(String email);

  /// What the roles permit that a service account has in this project; not those that a folder or
  /// the organisation gives.
  Set<String> permissionsOf(String account);

  /// The zones that are up.
  Set<String> zones();

  /// A machine type of a zone; nothing if it is not offered there.
  Optional<Machine> machine(String zone, String machineType);

  /// The quotas of a region.
  List<Quota> quotas(String region);

  /// How far this computer's clock is ahead of the cloud's, from the date of an answer: exact to a
  /// second or two.
  Duration clockAhead();

  /// Asks Pub/Sub something by gRPC, as the fleet does.
  void reachPubsub();

  /// Sends a message through a temporary topic, receives it, and removes the topic and its
  /// subscription whatever came of it.
  ///
  /// @return how long the message took
  Duration sendMessage();

  /// What one VM costs an hour, in US dollars; empty where its price is not known.
  OptionalDouble hourlyCost(PlannedVm vm);

  /// Switches APIs on. Returns when the cloud has accepted it; it may take minutes to be felt.
  void switchOn(Collection<CloudApi> apis);

  /// Makes a firewall rule that lets a port in.
  ///
  /// @param network by its name
  /// @param tags of the VMs that it opens; none: all of the network
  void openPort(String name, String network, int port, List<String> tags);

  /// Gives a service account the VMs' role, which it makes first if it is missing.
  void grantVmRole(String account);

  @Override
  void close();

  /// @param email whose token it is
  /// @param means by what: `a sign-in in the browser`, `a service account's key`
  record SignIn(String email, String means) {}

  /// @param number as Google writes it
  /// @param active whether it is not about to be deleted
  record Project(String id, String number, boolean active) {}

  /// @param enforced of a constraint that is on or off
  /// @param denied values that are forbidden; `*` for all
  /// @param allowed values that alone are allowed; empty for all that are not denied
  record Policy(boolean enforced, Set<String> denied, Set<String> allowed) {
    public Policy {
      denied = Set.copyOf(denied);
      allowed = Set.copyOf(allowed);
    }
  }

  /// @param architecture `X86_64` or `ARM64`
  /// @param made date of its creation, as the cloud writes it
  /// @param version of the agent in it; empty if it does not say
  /// @param retired whether its owner says that it is not to be used any more
  record Image(String name, String architecture, String made, String version, boolean retired) {
    /// One that says no more.
    public Image(String name, String architecture, String made) {
      this(name, architecture, made, "", false);
    }
  }

  /// @param ownSubnets whether somebody makes its subnets; else each region has one
  record Network(String name, boolean ownSubnets) {}

  /// A rule for what comes in.
  ///
  /// @param network by its name
  /// @param allows whether it lets in; else it shuts out
  /// @param priority the lowest number counts
  /// @param sources ranges of addresses
  /// @param tags whose VMs it is for; none: all of the network
  /// @param accounts service accounts whose VMs it is for; none: all
  /// @param tcpPorts `8080` or `8000-8999`; empty for all ports, if it is about TCP at all
  record FirewallRule(
      String name,
      String network,
      boolean allows,
      int priority,
      boolean disabled,
      List<String> sources,
      List<String> tags,
      List<String> accounts,
      Optional<List<String>> tcpPorts) {}

  /// @param disabled whether nobody can run as it
  record Account(String email, boolean disabled) {}

  /// @param cpus virtual processors
  /// @param architecture `X86_64` or `ARM64`
  record Machine(int cpus, String architecture) {}

  /// @param metric such as `CPUS` or `N2_CPUS`
  record Quota(String metric, double limit, double usage) {
    /// How much is left.
    public double left() {
      return Math.max(0, limit - usage);
    }
  }
}
