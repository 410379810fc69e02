package dev.podium.desktop.shell;

import dev.podium.desktop.settings.WindowMemoryFile;
import dev.podium.desktop.signin.SignInPort;
import dev.podium.desktop.system.BrowserOpener;
import dev.podium.desktop.testing.SameThread;
import dev.podium.desktop.testing.ScriptedFleet;
import dev.podium.desktop.testing.ScriptedProject;
import dev.podium.desktop.testing.ScriptedSetup;
import dev.podium.fleet.preflight.Preflight;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.io.TempDir;

/// The console's window over a fleet that does what the test says, with a clock that stands still
/// until the test moves it.
abstract class ConsoleTest extends WindowTest {
  @TempDir Path folder;
  final ScriptedFleet fleet = new ScriptedFleet();
  final AtomicBoolean closed = new AtomicBoolean();
  final AtomicBoolean signedOut = new AtomicBoolean();
  final List<String> copied = new CopyOnWriteArrayList<>();
  final SameThread clock = new SameThread();
  volatile BrowserOpener browser = page -> {};
  volatile boolean opens = true;
  volatile boolean prepared = true;
  final ScriptedSetup setup = new ScriptedSetup();
  final ScriptedProject project = new ScriptedProject();
  volatile @Nullable Path clientFile;

  /// Shows the first screen.
  void open(boolean local) {
    fleet.goBy(clock::wall);
    ConsoleParts parts =
        new ConsoleParts(
            new ScriptedDoors(local),
            new WindowMemoryFile(folder.resolve("window.properties")),
            page -> browser.open(page),
            copied::add,
            Optional::empty,
            new ConsoleParts.Projects(setup, setup),
            () -> Optional.ofNullable(clientFile),
            clock);
    window(() -> {
      new ConsoleWindow(stage, parts, () -> closed.set(true)).show();
      return true;
    });
  }

  /// Shows the fleet.
  void enter(boolean local) {
    open(local);
    press("#door-local");
  }

  void passTime(Duration time) {
    window(() -> {
      clock.pass(time);
      return true;
    });
  }

  private final class ScriptedDoors implements SignInPort {
    private final boolean local;

    ScriptedDoors(boolean local) {
      this.local = local;
    }

    @Override
    public Optional<Door> remembered() {
      return Optional.empty();
    }

    @Override
    public Optional<String> prepared() {
      return prepared ? Optional.of("project class-1") : Optional.empty();
    }

    @Override
    public Preflight preflight() {
      return project.preflight();
    }

    @Override
    public Attempt open(Door door, Consumer<Progress> progress) {
      Opened inside =
          new Opened(
              fleet,
              "ann@example.org",
              local ? "LOCAL" : "class-1",
              local,
              () -> false,
              List.of(new Fact("REST API", "Address", "http://127.0.0.1:8090/")));
      CompletableFuture<Opened> done =
          opens ? CompletableFuture.completedFuture(inside) : new CompletableFuture<>();
      return new Attempt(done, () -> done.cancel(false));
    }

    @Override
    public void signOut() {
      signedOut.set(true);
    }
  }
}
