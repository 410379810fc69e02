package dev.podium.desktop.shell;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.podium.desktop.program.Programs.Limits;
import dev.podium.desktop.program.Shutdown;
import dev.podium.desktop.program.open.FleetOpener;
import dev.podium.desktop.program.open.FleetOpener.OpenFleet;
import dev.podium.desktop.program.open.FleetOpener.Options;
import dev.podium.desktop.settings.WindowMemoryFile;
import dev.podium.desktop.signin.SignInPort;
import dev.podium.desktop.testing.ScriptedSetup;
import dev.podium.fleet.config.PodiumFolders;
import dev.podium.fleet.model.FleetVm;
import dev.podium.fleet.preflight.Preflight;
import dev.podium.wire.cloud.Ticker;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import javafx.scene.control.Label;
import javafx.scene.input.KeyCode;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The window over a local cloud with VMs that really run, by mouse and keyboard.
class LocalWindowIT extends WindowTest {
  private static final Duration BOOT = Duration.ofMinutes(2);
  private static final Path AGENT = Path.of("..", "vm-agent", "target", "podium-agent");

  @TempDir Path home;
  private final Shutdown shutdown = new Shutdown();
  private final AtomicReference<OpenFleet> fleet = new AtomicReference<>();
  private final AtomicLong ahead = new AtomicLong();

  @BeforeEach
  void open() {
    System.setProperty("podium.agent.home", AGENT.toAbsolutePath().normalize().toString());
    Consumer<String> clipboard = text -> {};
    ConsoleParts parts =
        new ConsoleParts(
            new LocalDoor(),
            new WindowMemoryFile(home.resolve("window.properties")),
            page -> {},
            clipboard,
            Optional::empty,
            new ConsoleParts.Projects(new ScriptedSetup(), new ScriptedSetup()),
            Optional::empty,
            new AheadTicker());
    window(() -> {
      new ConsoleWindow(stage, parts, () -> {}).show();
      return true;
    });
  }

  @AfterEach
  void stop() {
    shutdown.close();
    System.clearProperty("podium.agent.home");
  }

  @Test
  void vms_that_fall_silent_before_they_are_destroyed_are_destroyed_by_force_from_one_dialog() {
    press("#door-local");
    await().atMost(BOOT).until(() -> shows("No VMs yet"));
    push(KeyCode.CONTROL, KeyCode.N);
    push(KeyCode.CONTROL, KeyCode.A);
    push(KeyCode.DIGIT2);
    click("Create 2 VMs");
    await().atMost(BOOT).until(() -> shows("2 of 2 ready"));
    push(KeyCode.ENTER);

    push(KeyCode.CONTROL, KeyCode.A);
    push(KeyCode.DELETE);
    click("Destroy in 10 s");
    awaitText("Destroying 2 VMs in 10 s");
    opened().fleet().list().forEach(this::hang);
    await().atMost(BOOT).until(() -> cellTexts("HEALTH").equals(List.of("Suspect", "Suspect")));
    passGrace();
    await().atMost(BOOT).until(() -> startsWith("2 VMs were not destroyed.\nvm-1, vm-2: "));

    click("Destroy by force…");
    type("destroy 2");
    click("Destroy in 10 s");
    awaitText("Destroying 2 VMs in 10 s");
    passGrace();
    await().atMost(BOOT).until(() -> shows("No VMs yet"));
    assertThat(opened().fleet().list()).isEmpty();
  }

  private boolean startsWith(String text) {
    return window(() ->
        robot.lookup(".card .label").queryAllAs(Label.class).stream()
            .anyMatch(label -> label.getText().startsWith(text)));
  }

  private OpenFleet opened() {
    OpenFleet open = fleet.get();
    if (open == null) {
      throw new AssertionError("The fleet is not open.");
    }
    return open;
  }

  private void passGrace() {
    ahead.addAndGet(Duration.ofSeconds(11).toNanos());
  }

  private void hang(FleetVm vm) {
    URI act =
        URI.create(opened().served().cloud().identity())
            .resolve("/local/zones/%s/instances/%s/hang".formatted(vm.vm().zone(), vm.name()));
    try (HttpClient client = HttpClient.newHttpClient()) {
      HttpRequest request =
          HttpRequest.newBuilder(act).POST(HttpRequest.BodyPublishers.noBody()).build();
      int status = client.send(request, HttpResponse.BodyHandlers.discarding()).statusCode();
      assertThat(status).isEqualTo(200);
    } catch (IOException failure) {
      throw new AssertionError(failure);
    } catch (InterruptedException interrupt) {
      Thread.currentThread().interrupt();
      throw new AssertionError(interrupt);
    }
  }

  /// The system's clock, but for what the test lets pass.
  private final class AheadTicker implements Ticker {
    @Override
    public long nanos() {
      return Ticker.system().nanos() + ahead.get();
    }

    @Override
    public Instant wall() {
      return Ticker.system().wall();
    }
  }

  private final class LocalDoor implements SignInPort {
    @Override
    public Optional<Door> remembered() {
      return Optional.empty();
    }

    @Override
    public Optional<String> prepared() {
      return Optional.empty();
    }

    @Override
    public Preflight preflight() {
      throw new AssertionError("nobody asks for it");
    }

    @Override
    public Attempt open(Door door, Consumer<Progress> progress) {
      CompletableFuture<Opened> done =
          CompletableFuture.supplyAsync(this::opened, Executors.newVirtualThreadPerTaskExecutor());
      return new Attempt(done, () -> done.cancel(false));
    }

    // The limits of every day, by which no VM is removed for its health while the test looks on.
    private Opened opened() {
      OpenFleet open =
          new FleetOpener(new PodiumFolders(home, home, home))
              .local(new Options(Optional.of(Limits.STANDARD), 0, Optional.empty()), shutdown);
      fleet.set(open);
      return new Opened(open.fleet(), open.operator(), "LOCAL", true, () -> false, List.of());
    }

    @Override
    public void signOut() {}
  }
}
