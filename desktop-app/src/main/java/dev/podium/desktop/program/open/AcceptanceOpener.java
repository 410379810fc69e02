package dev.podium.desktop.program.open;

import dev.podium.desktop.program.Programs.AcceptanceRequest;
import dev.podium.desktop.program.Programs.PreflightRequest;
import dev.podium.desktop.program.Shutdown;
import dev.podium.desktop.program.Version;
import dev.podium.fleet.Fleet;
import dev.podium.fleet.acceptance.AcceptanceCleanup;
import dev.podium.fleet.acceptance.AcceptancePlan;
import dev.podium.fleet.acceptance.AcceptanceReport;
import dev.podium.fleet.acceptance.AcceptanceRun;
import dev.podium.fleet.acceptance.AcceptanceStep;
import dev.podium.fleet.cloud.ComputeCloud;
import dev.podium.fleet.cloud.HttpHealthProbe;
import dev.podium.fleet.cloud.Leftovers;
import dev.podium.fleet.config.CloudProfile;
import dev.podium.fleet.config.PodiumFolders;
import dev.podium.fleet.directory.FleetSettings;
import dev.podium.fleet.facade.FleetPorts;
import dev.podium.fleet.facade.FleetService;
import dev.podium.fleet.google.GoogleCloud;
import dev.podium.fleet.health.record.HealthLimits;
import dev.podium.fleet.invite.InviteDesk;
import dev.podium.fleet.policy.FleetPolicy;
import dev.podium.fleet.policy.PolicyInForce;
import dev.podium.fleet.policy.ScalingPolicy;
import dev.podium.fleet.preflight.CheckResult;
import dev.podium.fleet.preflight.Preflight;
import dev.podium.fleet.preflight.PreflightReport;
import dev.podium.fleet.preflight.check.CheckState;
import dev.podium.fleet.scaler.SpendingLedger;
import dev.podium.wire.cloud.CloudTicker;
import dev.podium.wire.cloud.MessageBus;
import dev.podium.wire.cloud.Ticker;
import dev.podium.wire.model.PodiumException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/// Opens the fleet of an acceptance run, which is nobody else's and has neither an API nor a policy
/// that is saved.
///
/// @param folders where its keys are
/// @param operators who is signed in
public record AcceptanceOpener(PodiumFolders folders, OperatorSessions operators) {
  /// Nothing of the walk may end because nobody used it for a while.
  private static final Duration IDLE = Duration.ofHours(1);

  private static final int SEATS = 5;
  private static final Duration FIRST_LIST = Duration.ofSeconds(5);

  /// What is open, to be closed by the shutdown.
  private record Clients(
      Operator asker,
      CloudTicker clock,
      ComputeCloud compute,
      Leftovers leftovers,
      MessageBus bus) {
    AcceptanceCleanup cleanup() {
      return new AcceptanceCleanup(compute, leftovers, bus);
    }
  }

  /// Walks, and leaves nothing.
  public AcceptanceReport run(
      AcceptanceRequest request, Consumer<AcceptanceStep> told, Shutdown shutdown) {
    Clients clients = clients(request.where(), shutdown);
    ScalingPolicy usual = ScalingPolicy.defaults(IDLE);
    AcceptancePlan plan =
        new AcceptancePlan(
            clients.asker().profile().project(),
            request.zone().map(List::of).orElse(usual.zones()),
            request.image().orElse(usual.image()),
            Version.podium());
    FleetService fleet = shutdown.add("The health monitor", fleet(clients, plan));
    // Whoever stops the run in the middle has its VMs ended all the same.
    shutdown.add("What the run made", () -> clients.cleanup().begin());
    return new AcceptanceRun(
            plan,
            new Walked(fleet),
            clients.compute(),
            clients.cleanup(),
            () -> preflight(request.where()),
            Ticker.system(),
            told)
        .run();
  }

  private record Walked(FleetService service) implements AcceptanceRun.WalkedFleet {
    @Override
    public Fleet open() {
      service.start();
      new MonitorReadiness(service.events(), FIRST_LIST).await();
      return service;
    }

    @Override
    public void close() {
      service.close();
    }
  }

  /// Removes what runs left.
  public String clean(PreflightRequest where, Shutdown shutdown) {
    return clients(where, shutdown).cleanup().run();
  }

  private Clients clients(PreflightRequest where, Shutdown shutdown) {
    Operator asker = operators.asker(where, AcceptanceRun.FLEET);
    CloudTicker clock = new CloudTicker(Ticker.system());
    return new Clients(
        asker,
        clock,
        shutdown.add(
            "The client of Compute Engine",
            GoogleCloud.compute(asker.profile(), asker.tokens(), clock)),
        shutdown.add(
            "The client for what was left", GoogleCloud.leftovers(asker.profile(), asker.tokens())),
        shutdown.add("The client of Pub/Sub", GoogleCloud.bus(asker.profile(), asker.tokens())));
  }

  private FleetService fleet(Clients clients, AcceptancePlan plan) {
    CloudProfile profile = clients.asker().profile();
    HealthLimits limits =
        (profile.local() ? HealthLimits.demo() : HealthLimits.standard()).withIdle(IDLE);
    ScalingPolicy policy =
        new ScalingPolicy(
            0,
            2,
            SEATS,
            0,
            IDLE,
            plan.zones(),
            ScalingPolicy.defaults(IDLE).machineType(),
            plan.image(),
            ScalingPolicy.Provisioning.SPOT,
            AcceptancePlan.LONGEST,
            0,
            AcceptancePlan.MOST_DOLLARS);
    return new FleetService(
        new FleetSettings(
            AcceptanceRun.FLEET,
            clients.asker().name(),
            FleetOpener.consoleId(),
            Version.podium(),
            limits),
        new PolicyInForce(new FleetPolicy(policy, limits), 0, (_, _) -> {}),
        new FleetPorts(
            clients.compute(),
            clients.bus(),
            clients.leftovers(),
            new HttpHealthProbe(),
            GoogleCloud.identityTokens(profile),
            clients.clock()),
        InviteDesk.open(
            profile.fleetFile(folders.data().resolve("acceptance-keys")), clients.clock()::cloud),
        SpendingLedger.none());
  }

  /// What the pre-flight saw, in a few words.
  private String preflight(PreflightRequest where) {
    try (Preflight preflight = new PreflightOpener(folders, operators).open(where)) {
      PreflightReport report = preflight.run(false, _ -> {});
      if (!report.good()) {
        throw new PodiumException.CloudFailed(
            "The project cannot be used yet",
            words(report, CheckState.FAILED),
            "See 'podium doctor' with the same options.",
            null);
      }
      Optional<String> warned =
          Optional.of(words(report, CheckState.WARNING)).filter(text -> !text.isEmpty());
      return report.count(CheckState.OK)
          + " checks are well"
          + warned.map(text -> "; to look at: " + text).orElse("");
    }
  }

  private static String words(PreflightReport report, CheckState state) {
    return report.results().stream()
        .filter(result -> result.state() == state)
        .map(CheckResult::found)
        .collect(Collectors.joining("; "));
  }
}
