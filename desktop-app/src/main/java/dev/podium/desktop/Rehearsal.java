package dev.podium.desktop;

import dev.podium.desktop.fx.EventBridge;
import dev.podium.desktop.fx.UiExecutor.Handle;
import dev.podium.desktop.program.Programs.PreflightRequest;
import dev.podium.desktop.program.RunningServers;
import dev.podium.desktop.program.Shutdown;
import dev.podium.desktop.program.open.FleetOpener;
import dev.podium.desktop.program.open.FleetOpener.OpenFleet;
import dev.podium.desktop.program.open.FleetOpener.Options;
import dev.podium.desktop.program.open.LocalClouds;
import dev.podium.desktop.program.open.OperatorSessions;
import dev.podium.desktop.program.open.PreflightOpener;
import dev.podium.desktop.program.open.ProjectSetup;
import dev.podium.desktop.signin.SignInPort;
import dev.podium.desktop.system.EnvironmentProxies;
import dev.podium.desktop.system.SystemBrowser;
import dev.podium.fleet.config.PodiumFolders;
import dev.podium.fleet.preflight.Preflight;
import dev.podium.localcloud.LocalCloud;
import dev.podium.localcloud.LocalCloudOptions;
import java.io.PrintWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import javafx.scene.Parent;
import javafx.scene.control.ToggleButton;
import javafx.stage.Window;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Does once what people do most, so that a class cache can be made of what the JVM then loaded.
/// With the argument `commands` it runs the short commands against the server that runs; without,
/// it opens the window over a fleet of 200 VMs, page by page. It needs a display, or JavaFX's
/// headless platform, and `PODIUM_HOME` in a folder that may be thrown away.
///
/// There are two caches because a JVM takes in all of one at its start: that of the window would
/// make a short command slower than none.
///
/// A JVM makes one cache of one run, and takes it only for the class path of that run. So this is a
/// class of the program itself and no test.
public final class Rehearsal {
  private static final Logger LOG = LoggerFactory.getLogger(Rehearsal.class);
  private static final int VMS = 200;
  private static final Duration PAGE = Duration.ofMillis(600);
  private static final Duration LONGEST = Duration.ofMinutes(2);

  private static final String CREATE = "instances create --no-wait --count ";

  private static final List<String> COMMANDS =
      List.of(
          "version",
          "instances list",
          CREATE + 1,
          "instances list -o json",
          "instances describe vm-1",
          "instances hold vm-1",
          "instances pin vm-1",
          "policy show",
          "activity",
          "people list",
          "invite Ann",
          "keys list",
          "profile list",
          "whoami",
          "help");

  private Rehearsal() {}

  /// Ends the JVM with 0 when all was done, with 1 when a step failed.
  public static void main(String[] arguments) throws InterruptedException {
    Logs.toStderr();
    EnvironmentProxies.install(System.getenv());
    Shutdown shutdown = new Shutdown();
    boolean done;
    try {
      done = List.of(arguments).contains("commands") ? commands(shutdown) : console(shutdown);
    } finally {
      shutdown.close();
    }
    System.exit(done ? 0 : 1);
  }

  private static boolean console(Shutdown shutdown) throws InterruptedException {
    PodiumFolders folders = PodiumFolders.system();
    RunningServers running = new RunningServers(folders.state().resolve("running"));
    OpenFleet fleet = open(folders, shutdown);
    shutdown.add("The note that this server runs", running.announce(fleet.served()));
    return ran(CREATE + VMS, shutdown) && window(folders, fleet, shutdown);
  }

  /// What a computer without an account refuses has been loaded all the same.
  private static boolean commands(Shutdown shutdown) {
    boolean answered = ran("instances list", shutdown);
    COMMANDS.forEach(line -> ran(line, shutdown));
    return answered;
  }

  private static boolean ran(String line, Shutdown shutdown) {
    PrintWriter out = new PrintWriter(Writer.nullWriter());
    PrintWriter err = new PrintWriter(System.err, true, StandardCharsets.UTF_8);
    return Podium.run(line.split(" "), shutdown, out, err) == 0;
  }

  /// Instances are records only, so that no machines are started.
  private static OpenFleet open(PodiumFolders folders, Shutdown shutdown) {
    LocalCloud cloud =
        shutdown.add("The local cloud", LocalCloud.start(LocalCloudOptions.defaults()));
    OpenFleet fleet =
        new FleetOpener(folders).local(LocalClouds.addresses(cloud), Options.usual(), shutdown);
    fleet.readiness().await();
    return fleet;
  }

  private static boolean window(PodiumFolders folders, OpenFleet fleet, Shutdown shutdown)
      throws InterruptedException {
    OperatorSessions operators =
        new OperatorSessions(folders, Optional.empty(), new SystemBrowser());
    CountDownLatch open = new CountDownLatch(1);
    CountDownLatch seen = new CountDownLatch(1);
    Door door = new Door(fleet, new PreflightOpener(folders, operators), open);
    CompletableFuture<Boolean> closed =
        CompletableFuture.supplyAsync(() ->
            Console.run(
                folders, door, new ConsoleSetup(operators, new ProjectSetup(operators)), shutdown));
    // The window stays open to the end, so this is its failure to open.
    CompletableFuture<Boolean> failed =
        closed.handle((_, failure) -> {
          LOG.warn("The window did not open", failure);
          open.countDown();
          seen.countDown();
          return true;
        });
    // Before the toolkit is there, nothing can be asked of it.
    if (!open.await(LONGEST.toSeconds(), TimeUnit.SECONDS) || failed.isDone()) {
      return false;
    }
    Queue<ToggleButton> pages = new ArrayDeque<>();
    try (EventBridge bridge = new EventBridge();
        Handle _ = bridge.every(PAGE, () -> turn(pages, seen))) {
      return seen.await(LONGEST.toSeconds(), TimeUnit.SECONDS) && !failed.isDone();
    }
  }

  /// On the window's thread: opens the next page; after the last one it is enough.
  private static void turn(Queue<ToggleButton> pages, CountDownLatch seen) {
    if (Window.getWindows().isEmpty()) {
      return;
    }
    Parent root = Window.getWindows().getFirst().getScene().getRoot();
    if (pages.isEmpty()) {
      root.lookupAll(".toggle-button").forEach(tab -> pages.add((ToggleButton) tab));
      return;
    }
    pages.remove().fire();
    if (pages.isEmpty()) {
      seen.countDown();
    }
  }

  /// Goes in at once, to the fleet that is open.
  private record Door(OpenFleet fleet, PreflightOpener preflights, CountDownLatch opened)
      implements SignInPort {
    @Override
    public Optional<SignInPort.Door> remembered() {
      return Optional.of(SignInPort.Door.LOCAL);
    }

    @Override
    public Optional<String> prepared() {
      return Optional.empty();
    }

    @Override
    public Preflight preflight() {
      return preflights.open(
          new PreflightRequest(Optional.empty(), Optional.empty(), Optional.empty(), false));
    }

    @Override
    public Attempt open(SignInPort.Door door, Consumer<Progress> progress) {
      opened.countDown();
      Opened session =
          new Opened(fleet.fleet(), fleet.operator(), "LOCAL", true, () -> false, List.of());
      return new Attempt(CompletableFuture.completedFuture(session), () -> {});
    }

    @Override
    public void signOut() {
      // The fleet ends with the rehearsal.
    }
  }
}
