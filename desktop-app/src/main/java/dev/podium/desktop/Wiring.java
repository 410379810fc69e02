package dev.podium.desktop;

import dev.podium.desktop.program.Programs;
import dev.podium.desktop.program.RunningServers;
import dev.podium.desktop.program.SavedProfiles;
import dev.podium.desktop.program.Shutdown;
import dev.podium.desktop.program.open.AcceptanceOpener;
import dev.podium.desktop.program.open.Doctor;
import dev.podium.desktop.program.open.FleetOpener;
import dev.podium.desktop.program.open.FleetOpener.OpenFleet;
import dev.podium.desktop.program.open.FleetOpener.Options;
import dev.podium.desktop.program.open.LocalClouds;
import dev.podium.desktop.program.open.OperatorSessions;
import dev.podium.desktop.program.open.PreflightOpener;
import dev.podium.desktop.system.SystemBrowser;
import dev.podium.fleet.acceptance.AcceptanceReport;
import dev.podium.fleet.acceptance.AcceptanceStep;
import dev.podium.fleet.auth.Session;
import dev.podium.fleet.config.PodiumFolders;
import dev.podium.fleet.preflight.Preflight;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// What each command starts, put together from the parts of this program.
final class Wiring implements Programs {
  private static final Logger LOG = LoggerFactory.getLogger(Wiring.class);

  private final PodiumFolders folders = PodiumFolders.system();
  private final RunningServers running = new RunningServers(folders.state().resolve("running"));
  private final FleetOpener fleets = new FleetOpener(folders);
  private final OperatorSessions operators =
      new OperatorSessions(
          folders, Optional.ofNullable(System.getenv(SavedProfiles.VARIABLE)), new SystemBrowser());

  @Override
  public boolean console(Shutdown shutdown) {
    return Console.run(folders, new ConsoleSignIn(fleets, operators, running, shutdown), shutdown);
  }

  @Override
  public Served serve(ServeRequest request, Shutdown shutdown) {
    Options options = new Options(request.limits(), request.port(), request.apiKeyFile());
    OpenFleet opened = open(request, options, shutdown);
    opened.readiness().await();
    return opened.served();
  }

  private OpenFleet open(ServeRequest request, Options options, Shutdown shutdown) {
    if (request.cloud().isPresent()) {
      return fleets.local(LocalClouds.at(request.cloud().get()), options, shutdown);
    }
    if (request.defaultCredentials()) {
      return fleets.byDefaultCredentials(request.profile(), operators, options, shutdown);
    }
    boolean google =
        request.profile().isPresent() || (!request.local() && operators.whoami().isPresent());
    if (!google) {
      return fleets.local(options, shutdown);
    }
    Session operator =
        operators.signInOrResume(
            request.profile(), page -> LOG.info("{}", OperatorSessions.inOneLine(page)));
    return fleets.google(
        operator.profile(), operator.tokens(), operator.email(), options, shutdown);
  }

  @Override
  public CloudAddresses localCloud(LocalCloudRequest request, Shutdown shutdown) {
    return LocalClouds.addresses(LocalClouds.start(request, runningClouds(), shutdown));
  }

  @Override
  public String login(LoginRequest request, Consumer<String> tell) {
    return operators.login(request, tell).email();
  }

  @Override
  public Optional<String> logout() {
    return operators.signOut();
  }

  @Override
  public Optional<Identity> whoami() {
    return operators
        .whoami()
        .map(operator ->
            new Identity(
                operator.email(), operator.profile().project(), operator.profile().name()));
  }

  @Override
  public List<Finding> doctor() {
    return new Doctor(folders, whoami()).look();
  }

  @Override
  public AcceptanceReport acceptance(
      AcceptanceRequest request, Consumer<AcceptanceStep> told, Shutdown shutdown) {
    return acceptances().run(request, told, shutdown);
  }

  @Override
  public String cleanAcceptance(PreflightRequest where, Shutdown shutdown) {
    return acceptances().clean(where, shutdown);
  }

  private AcceptanceOpener acceptances() {
    return new AcceptanceOpener(folders, operators);
  }

  @Override
  public Preflight preflight(PreflightRequest request) {
    return new PreflightOpener(folders, operators).open(request);
  }

  @Override
  public SavedProfiles profiles() {
    return operators.profiles();
  }

  @Override
  public RunningServers running() {
    return running;
  }

  @Override
  public RunningServers runningClouds() {
    return FleetOpener.runningClouds(folders);
  }
}
