package dev.podium.desktop;

import com.google.common.base.Suppliers;
import dev.podium.desktop.program.Programs;
import dev.podium.desktop.program.RunningServers;
import dev.podium.desktop.program.SavedProfiles;
import dev.podium.desktop.program.Shutdown;
import dev.podium.desktop.program.image.ImageOpener;
import dev.podium.desktop.program.open.AcceptanceOpener;
import dev.podium.desktop.program.open.Doctor;
import dev.podium.desktop.program.open.FleetOpener;
import dev.podium.desktop.program.open.FleetOpener.OpenFleet;
import dev.podium.desktop.program.open.FleetOpener.Options;
import dev.podium.desktop.program.open.LocalClouds;
import dev.podium.desktop.program.open.Operator;
import dev.podium.desktop.program.open.OperatorSessions;
import dev.podium.desktop.program.open.PreflightOpener;
import dev.podium.desktop.program.open.ProjectSetup;
import dev.podium.desktop.system.SystemBrowser;
import dev.podium.fleet.acceptance.AcceptanceReport;
import dev.podium.fleet.acceptance.AcceptanceStep;
import dev.podium.fleet.auth.Session;
import dev.podium.fleet.config.PodiumFolders;
import dev.podium.fleet.image.desk.ImageDesk;
import dev.podium.fleet.preflight.Preflight;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// What each command starts, put together from the parts of this program.
final class Wiring implements Programs {
  private static final Logger LOG = LoggerFactory.getLogger(Wiring.class);

  private final PodiumFolders folders = PodiumFolders.system();
  // Only when a command needs it: what it loads takes longer than a short command itself.
  private final Supplier<OperatorSessions> operators =
      Suppliers.memoize(() ->
          new OperatorSessions(
              folders,
              Optional.ofNullable(System.getenv(SavedProfiles.VARIABLE)),
              new SystemBrowser()));

  @Override
  public boolean console(Shutdown shutdown) {
    PreflightOpener preflights = new PreflightOpener(folders, operators.get());
    return Console.run(
        folders,
        new ConsoleSignIn(
            new FleetOpener(folders), operators.get(), preflights, running(), shutdown),
        new ConsoleSetup(operators.get(), new ProjectSetup(operators.get())),
        shutdown);
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
      return new FleetOpener(folders)
          .local(LocalClouds.at(request.cloud().get()), options, shutdown);
    }
    if (request.local()) {
      return new FleetOpener(folders).local(options, shutdown);
    }
    boolean project =
        request.defaultCredentials()
            || request.profile().isPresent()
            || operators.get().profiles().current().isPresent();
    Optional<Operator> operator =
        project
            ? operators.get().operator(request.profile(), request.defaultCredentials())
            : Optional.empty();
    if (operator.isPresent()) {
      return new FleetOpener(folders).google(operator.get(), options, shutdown);
    }
    if (request.profile().isEmpty()) {
      return new FleetOpener(folders).local(options, shutdown);
    }
    Session session =
        operators
            .get()
            .signInOrResume(
                request.profile(), page -> LOG.info("{}", OperatorSessions.inOneLine(page)));
    return new FleetOpener(folders)
        .google(session.profile(), session.tokens(), session.email(), options, shutdown);
  }

  @Override
  public CloudAddresses localCloud(LocalCloudRequest request, Shutdown shutdown) {
    return LocalClouds.addresses(LocalClouds.start(request, runningClouds(), shutdown));
  }

  @Override
  public String login(LoginRequest request, Consumer<String> tell) {
    return request.defaultCredentials()
        ? operators.get().loginByDefaultCredentials(request).name()
        : operators.get().login(request, tell).email();
  }

  @Override
  public Optional<String> logout(Optional<String> profile) {
    return operators.get().signOut(profile);
  }

  @Override
  public Optional<Identity> whoami(Optional<String> profile, boolean defaultCredentials) {
    return operators
        .get()
        .operator(profile, defaultCredentials)
        .map(operator ->
            new Identity(
                operator.name(),
                operator.profile().project(),
                operator.profile().name(),
                operator.credentials(),
                operator.signedIn()));
  }

  @Override
  public List<Finding> doctor() {
    return new Doctor(folders, whoami(Optional.empty(), false)).look();
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

  @Override
  public ImageDesk images(ImageRequest request, Shutdown shutdown) {
    return new ImageOpener(folders, operators.get()).open(request, shutdown);
  }

  private AcceptanceOpener acceptances() {
    return new AcceptanceOpener(folders, operators.get());
  }

  @Override
  public Preflight preflight(PreflightRequest request) {
    return new PreflightOpener(folders, operators.get()).open(request);
  }

  @Override
  public SavedProfiles profiles() {
    return operators.get().profiles();
  }

  @Override
  public RunningServers running() {
    return new RunningServers(folders.state().resolve("running"));
  }

  @Override
  public RunningServers runningClouds() {
    return FleetOpener.runningClouds(folders);
  }
}
