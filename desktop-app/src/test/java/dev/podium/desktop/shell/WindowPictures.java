package dev.podium.desktop.shell;

import dev.podium.desktop.settings.Appearance;
import dev.podium.desktop.settings.WindowMemory;
import dev.podium.desktop.settings.WindowMemoryFile;
import dev.podium.desktop.signin.SignInPort;
import dev.podium.desktop.system.BrowserOpener;
import dev.podium.desktop.testing.ScriptedFleet;
import dev.podium.desktop.testing.ScriptedProject;
import dev.podium.desktop.testing.ScriptedSetup;
import dev.podium.desktop.testing.Vms;
import dev.podium.wire.cloud.Ticker;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import javafx.application.Platform;
import javafx.scene.Node;
import javafx.scene.Scene;
import javafx.scene.control.ButtonBase;
import javafx.scene.control.TabPane;
import javafx.scene.control.TableView;
import javafx.scene.image.PixelReader;
import javafx.scene.image.WritableImage;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyEvent;
import javafx.stage.Stage;
import javax.imageio.ImageIO;

/// A window to take pictures of: what is pressed in it, and how a picture comes into a file.
abstract class WindowPictures {
  private static final int WIDTH = 1366;
  private static final int HEIGHT = 768;

  final Appearance appearance;
  ScriptedFleet fleet = new ScriptedFleet();
  BrowserOpener browser = page -> {};
  boolean local = true;
  Optional<String> prepared = Optional.of("project acme-chat-eu (profile “company”)");
  ScriptedSetup setup = new ScriptedSetup();
  ScriptedProject project = new ScriptedProject();
  volatile boolean signInEnded;
  Stage stage;
  private final Path folder;
  private final Path memoryFile;

  /// @param folder where the pictures go
  WindowPictures(Path folder, Appearance appearance) throws Exception {
    this.folder = folder;
    this.appearance = appearance;
    this.memoryFile = Files.createTempFile("podium-pictures", ".properties");
    this.stage = onWindow(Stage::new);
  }

  void select(int... rows) throws Exception {
    TableView<?> table = lookup(".table-view", TableView.class);
    onWindow(() -> {
      table.getSelectionModel().clearSelection();
      for (int row : rows) {
        table.getSelectionModel().select(row);
      }
      return table;
    });
    settle();
  }

  void tab(int index) throws Exception {
    TabPane tabs = lookup(".tab-pane", TabPane.class);
    onWindow(() -> {
      tabs.getSelectionModel().select(index);
      return tabs;
    });
    settle();
  }

  void press(String selector) throws Exception {
    ButtonBase button = lookup(selector, ButtonBase.class);
    onWindow(() -> {
      button.fire();
      return button;
    });
    settle();
  }

  void keys(KeyCode code, boolean control) throws Exception {
    onWindow(() -> {
      Node owner = stage.getScene().getFocusOwner();
      Node target = owner == null ? stage.getScene().getRoot() : owner;
      target.fireEvent(
          new KeyEvent(KeyEvent.KEY_PRESSED, "", "", code, false, control, false, false));
      return target;
    });
    settle();
  }

  <T extends Node> T lookup(String selector, Class<T> kind) throws Exception {
    return onWindow(() ->
        kind.cast(
            Optional.ofNullable(stage.getScene().getRoot().lookup(selector))
                .orElseThrow(() -> new IllegalStateException("no " + selector))));
  }

  // Batches come after 150 ms and ages once a second; a program for people may simply wait.
  void settle() throws Exception {
    Thread.sleep(600); // Twice for each picture: what the window does every second is done.
    onWindow(() -> true);
  }

  void shoot(String name) throws Exception {
    settle();
    WritableImage image =
        onWindow(() -> {
          Scene scene = stage.getScene();
          return scene.snapshot(null);
        });
    save(image, folder.resolve(name + "-" + appearance.name().toLowerCase(Locale.ROOT) + ".png"));
  }

  private static void save(WritableImage image, Path file) throws IOException {
    int width = (int) image.getWidth();
    int height = (int) image.getHeight();
    PixelReader pixels = image.getPixelReader();
    BufferedImage picture = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
    for (int y = 0; y < height; y++) {
      for (int x = 0; x < width; x++) {
        picture.setRGB(x, y, pixels.getArgb(x, y));
      }
    }
    ImageIO.write(picture, "png", file.toFile());
  }

  static <T> T onWindow(java.util.concurrent.Callable<T> work) throws Exception {
    CompletableFuture<T> result = new CompletableFuture<>();
    Platform.runLater(() -> {
      try {
        result.complete(work.call());
      } catch (Throwable failure) {
        result.completeExceptionally(failure);
      }
    });
    return result.get(20, TimeUnit.SECONDS);
  }

  void open(Optional<SignInPort.Door> remembered) throws Exception {
    // Moves on, so that what happens every second does, and yet all ages stay the same.
    fleet.goBy(() -> Vms.START.plusNanos(System.nanoTime() % 1_000_000));
    WindowMemory memory = new WindowMemory(appearance, WIDTH, HEIGHT, false, Set.of(), 0.55);
    new WindowMemoryFile(memoryFile).write(memory);
    onWindow(() -> {
      stage.hide();
      stage = new Stage();
      new ConsoleWindow(stage, parts(remembered), () -> {}).show();
      return stage;
    });
    settle();
  }

  private ConsoleParts parts(Optional<SignInPort.Door> remembered) {
    Consumer<String> clipboard = text -> {};
    return new ConsoleParts(
        new PicturedSignIn(fleet, local, remembered, () -> signInEnded, prepared, () -> project),
        new WindowMemoryFile(memoryFile),
        page -> browser.open(page),
        clipboard,
        Optional::empty,
        new ConsoleParts.Projects(setup, setup),
        Optional::empty,
        Ticker.system());
  }
}
