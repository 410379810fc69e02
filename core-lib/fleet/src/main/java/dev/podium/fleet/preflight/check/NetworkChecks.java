package dev.podium.fleet.preflight.check;

import dev.podium.fleet.preflight.fact.PlannedVm;
import dev.podium.fleet.preflight.fact.ProjectView;
import dev.podium.fleet.preflight.fact.ProjectView.FirewallRule;
import dev.podium.fleet.preflight.fact.ProjectView.Network;
import dev.podium.wire.model.PodiumException;
import dev.podium.wire.text.DurationText;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/// Whether VMs have a network, people reach them over it, and this computer reaches the cloud.
final class NetworkChecks {
  private static final String RULE = "podium-chat";
  private static final String ANYWHERE = "0.0.0.0/0";

  /// Tokens and identity tokens are good within some minutes of a clock that is wrong.
  private static final Duration WRONG_CLOCK = Duration.ofSeconds(30);

  private static final Duration USELESS_CLOCK = Duration.ofMinutes(5);

  private final PlannedVm vm;
  private final ProjectView view;

  NetworkChecks(PlannedVm vm, ProjectView view) {
    this.vm = vm;
    this.view = view;
  }

  CheckFinding network() {
    Optional<String> subnet = vm.profile().machines().subnet();
    if (subnet.isPresent()) {
      return subnet(subnet.get());
    }
    Optional<String> own = vm.ownNetwork();
    if (own.isEmpty()) {
      return CheckFinding.unknown(
          "the network belongs to another project, which is not looked at",
          Remedy.of("Ask its owner whether this project may use it."));
    }
    Optional<Network> network = view.network(own.get());
    if (network.isEmpty()) {
      return CheckFinding.failed(
          "there is no network '" + own.get() + "'",
          Remedy.run(
              "Make it, or name another: podium profile set "
                  + vm.profile().name()
                  + " --network NAME.",
              List.of(
                  "gcloud compute networks create " + own.get() + " --project=" + vm.project())));
    }
    return network.get().ownSubnets()
        ? CheckFinding.failed(
            "network '" + own.get() + "' has only subnets that somebody made, and none is named",
            Remedy.run(
                "Name one of the region of the VMs.",
                List.of("podium profile set " + vm.profile().name() + " --subnet NAME")))
        : CheckFinding.ok("network '" + own.get() + "' has a subnet in every region");
  }

  private CheckFinding subnet(String subnet) {
    List<String> missing =
        vm.zones().stream()
            .map(zone -> vm.profile().machines().subnetIn(zone).orElse(subnet))
            .distinct()
            .filter(path -> !view.hasSubnet(path))
            .toList();
    return missing.isEmpty()
        ? CheckFinding.ok("subnet '" + subnet + "' is there")
        : CheckFinding.failed(
            "there is no subnet " + String.join(", ", missing) + ", or you may not see it",
            Remedy.run(
                "Name a subnet of the region of the VMs; one of a Shared VPC by its full URL.",
                List.of("podium profile set " + vm.profile().name() + " --subnet NAME")));
  }

  CheckFinding firewall() {
    Optional<String> own = vm.ownNetwork();
    if (own.isEmpty()) {
      return CheckFinding.unknown(
          "the network's rules are another project's, which is not looked at",
          Remedy.of("Ask its owner to let tcp:" + vm.port() + " in."));
    }
    // The rule of the lowest number that is about the port decides; of two alike, the one that
    // shuts out.
    Optional<FirewallRule> decisive =
        view.firewalls().stream()
            .filter(rule -> rule.network().equals(own.get()) && !rule.disabled())
            .filter(this::concernsVms)
            .min(
                Comparator.comparingInt(FirewallRule::priority)
                    .thenComparing(FirewallRule::allows));
    String port = "tcp:" + vm.port();
    if (decisive.isPresent() && decisive.get().allows()) {
      return CheckFinding.ok("rule '" + decisive.get().name() + "' lets " + port + " in");
    }
    String found =
        decisive
            .map(rule -> "rule '" + rule.name() + "' shuts " + port + " out")
            .orElse("no rule lets " + port + " in from anywhere: nobody would reach the chat");
    Remedy remedy = Remedy.run("Let it in with a rule.", List.of(openingLine(own.get())));
    return CheckFinding.failed(found, decisive.isPresent() ? remedy : remedy.andFix());
  }

  private boolean concernsVms(FirewallRule rule) {
    List<String> tags = vm.profile().machines().tags();
    boolean taken = rule.tags().isEmpty() || rule.tags().stream().anyMatch(tags::contains);
    boolean account =
        rule.accounts().isEmpty()
            || vm.profile()
                .machines()
                .serviceAccount()
                .filter(rule.accounts()::contains)
                .isPresent();
    return taken
        && account
        && rule.sources().contains(ANYWHERE)
        && rule.tcpPorts().isPresent()
        && holdsPort(rule.tcpPorts().get());
  }

  private boolean holdsPort(List<String> ports) {
    return ports.isEmpty()
        || ports.stream()
            .map(range -> range.split("-", 2))
            .anyMatch(range ->
                Integer.parseInt(range[0]) <= vm.port()
                    && vm.port() <= Integer.parseInt(range[range.length - 1]));
  }

  private String openingLine(String network) {
    List<String> tags = vm.profile().machines().tags();
    return "gcloud compute firewall-rules create "
        + RULE
        + " --project="
        + vm.project()
        + " --network="
        + network
        + " --allow=tcp:"
        + vm.port()
        + (tags.isEmpty() ? "" : " --target-tags=" + tags.getFirst());
  }

  void openPort() {
    List<String> tags = vm.profile().machines().tags();
    view.openPort(
        RULE,
        vm.ownNetwork().orElse("default"),
        vm.port(),
        tags.isEmpty() ? List.of() : List.of(tags.getFirst()));
  }

  CheckFinding clock() {
    Duration ahead = view.clockAhead();
    Duration off = ahead.abs();
    if (off.compareTo(WRONG_CLOCK) <= 0) {
      return CheckFinding.ok("this computer's clock agrees with the cloud's");
    }
    String found =
        "this computer's clock is "
            + DurationText.rounded(off)
            + (ahead.isNegative() ? " behind" : " ahead of")
            + " the cloud's";
    Remedy remedy =
        Remedy.run("Let this computer set its clock.", List.of("sudo timedatectl set-ntp true"));
    return off.compareTo(USELESS_CLOCK) > 0
        ? CheckFinding.failed(found, remedy)
        : CheckFinding.warning(found, remedy);
  }

  CheckFinding pubsub() {
    try {
      view.reachPubsub();
      return CheckFinding.ok("answers by gRPC over this network");
    } catch (PodiumException.Unavailable silent) {
      return silent(silent);
    } catch (PodiumException.NotPermitted refused) {
      // Not the looking was refused, but what a fleet does there.
      return CheckFinding.failed(refused.sentence(), Remedy.of(refused.remedy()));
    }
  }

  /// REST may go through where gRPC does not, so it is said what to look for.
  private static CheckFinding silent(PodiumException.Unavailable silent) {
    return CheckFinding.failed(
        silent.sentence(),
        Remedy.of(
            "Let HTTP/2 through to pubsub.googleapis.com:443, or name the proxy in HTTPS_PROXY; a"
                + " proxy that opens TLS must not hold streams back."));
  }

  CheckFinding message() {
    try {
      Duration took = view.sendMessage();
      return CheckFinding.ok(
          "a message went through a temporary topic and back in " + took.toMillis() + " ms");
    } catch (PodiumException.Unavailable silent) {
      return silent(silent);
    }
  }
}
