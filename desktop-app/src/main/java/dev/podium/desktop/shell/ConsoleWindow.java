package dev.podium.desktop.shell;

import dev.podium.desktop.control.Overlay;
import dev.podium.desktop.control.Typography;
import dev.podium.desktop.control.failure.ErrorPresenter;
import dev.podium.desktop.control.failure.FailureText;
import dev.podium.desktop.ending.EndViewModel;
import dev.podium.desktop.fx.EventBridge;
import dev.podium.desktop.fx.UiExecutor.Handle;
import dev.podium.desktop.image.ArchiveDialog;
import dev.podium.desktop.image.ImageCard;
import dev.podium.desktop.image.ImageViewModel;
import dev.podium.desktop.preflight.PreflightCard;
import dev.podium.desktop.preflight.PreflightViewModel;
import dev.podium.desktop.profile.ProfilesCard;
import dev.podium.desktop.profile.ProfilesViewModel;
import dev.podium.desktop.settings.SettingsView.ProjectDialogs;
import dev.podium.desktop.settings.SettingsViewModel;
import dev.podium.desktop.settings.WindowMemory;
import dev.podium.desktop.setup.SetupView;
import dev.podium.desktop.setup.SetupViewModel;
import dev.podium.desktop.shell.SessionView.WaysOut;
import dev.podium.desktop.signin.SignInPort;
import dev.podium.desktop.signin.SignInPort.Opened;
import dev.podium.desktop.signin.SignInView;
import dev.podium.desktop.signin.SignInViewModel;
import dev.podium.desktop.signin.SignInViewModel.Choosing;
import dev.podium.desktop.signin.SignInViewModel.Inside;
import dev.podium.desktop.signin.SignInViewModel.SettingUp;
import dev.podium.desktop.signin.SignInViewModel.State;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import javafx.scene.Scene;
import javafx.scene.input.KeyEvent;
import javafx.scene.layout.StackPane;
import javafx.stage.Stage;
import org.jspecify.annotations.Nullable;

/// The console's window: the first screen, or the fleet of whoever went through a door. All methods
/// are called on JavaFX's thread.
public final class ConsoleWindow {
  private static final Duration TICK = Duration.ofSeconds(1);
  private static final double LEAST_WIDTH = 1_000;
  private static final double LEAST_HEIGHT = 600;

  private final Stage stage;
  private final ConsoleParts parts;
  private final EventBridge bridge = new EventBridge();
  private final Overlay overlay = new Overlay();
  private final ToastArea toasts = new ToastArea(bridge);
  private final StackPane page = new StackPane();
  private final SettingsViewModel settings;
  private final SignInViewModel signIn;
  private final ErrorPresenter errors;
  private final Runnable onClosed;
  private final List<Handle> handles = new ArrayList<>();
  private @Nullable SessionView session;
  private @Nullable SessionModels models;
  private @Nullable LeavingCard leaving;
  private @Nullable SetupViewModel setup;

  /// @param stage the window to live in; shown by [#show]
  /// @param onClosed runs once the window is closed, for whoever ends the program
  public ConsoleWindow(Stage stage, ConsoleParts parts, Runnable onClosed) {
    this.stage = stage;
    this.parts = parts;
    this.onClosed = onClosed;
    this.settings = new SettingsViewModel(parts.memory(), bridge);
    this.signIn = new SignInViewModel(parts.signIn(), bridge);
    this.errors = new ErrorPresenter(overlay, parts.clipboard());
    stage.setTitle("Podium");
    stage.setScene(scene());
    stage.setMinWidth(LEAST_WIDTH);
    stage.setMinHeight(LEAST_HEIGHT);
    stage.setOnCloseRequest(event -> {
      event.consume();
      close();
    });
  }

  private Scene scene() {
    // Toasts are above the cards: what they offer to take back ends while a card is open, too.
    StackPane root = new StackPane(page, overlay, toasts);
    root.setStyle("-fx-font-size: " + Typography.SIZE + "px");
    root.getStyleClass().add("console");
    root.addEventHandler(KeyEvent.KEY_PRESSED, this::onKey);
    WindowMemory memory = settings.memory().get();
    Scene scene = new Scene(root, memory.width(), memory.height());
    scene
        .getStylesheets()
        .add(
            Objects.requireNonNull(ConsoleWindow.class.getResource("console.css"))
                .toExternalForm());
    ThemeSwitcher.follow(settings.memory(), root);
    return scene;
  }

  /// Shows the window, and goes on where the last start ended if the person is still signed in.
  public void show() {
    signIn.state().subscribe(this::onState);
    stage.setMaximized(settings.memory().get().maximized());
    stage.show();
    signIn.resume();
  }

  /// Brings the window before the others, as when the program is started a second time.
  public void toFront() {
    stage.setIconified(false);
    stage.toFront();
    stage.requestFocus();
  }

  /// Closes the window. While there are VMs it asks first, and says what becomes of them. While
  /// ends can still be taken back or are under way it asks as well: they are neither done nor
  /// dropped silently. If the program is ended without asking, nothing is destroyed.
  public void close() {
    leave(this::closeNow, true);
  }

  private void leave(Runnable then, boolean forGood) {
    LeavingCard shown = leaving;
    if (shown != null && shown.open()) {
      return;
    }
    SessionModels open = models;
    if (open == null) {
      then.run();
      return;
    }
    // Who signs in again is back in a moment; nothing is left alone.
    StayingVms staying = open.staying();
    boolean nothingStays = staying.none() || !forGood;
    if (nothingToEnd(open.ending()) && nothingStays) {
      then.run();
    } else {
      leaving = new LeavingCard(open.ending(), staying, bridge, overlay, then);
    }
  }

  private static boolean nothingToEnd(EndViewModel ending) {
    return ending.pending().isEmpty() && ending.underWay().isEmpty();
  }

  private void closeNow() {
    endSession();
    boolean maximized = stage.isMaximized();
    Scene scene = stage.getScene();
    settings.change(memory ->
        maximized
            ? memory.withSize(memory.width(), memory.height(), true)
            : memory.withSize(scene.getWidth(), scene.getHeight(), false));
    settings.flush();
    bridge.close();
    stage.hide();
    onClosed.run();
  }

  private void onState(State state) {
    if (state instanceof Inside(Opened opened)) {
      begin(opened);
    } else if (state instanceof SettingUp) {
      beginSetup();
    } else if (session != null || setup != null || page.getChildren().isEmpty()) {
      endSession();
      setup = null;
      page.getChildren().setAll(new SignInView(signIn, parts.clipboard(), this::showProfiles));
    }
  }

  private void beginSetup() {
    SetupViewModel begun = new SetupViewModel(parts.projects().setup(), bridge);
    setup = begun;
    page.getChildren()
        .setAll(
            new SetupView(
                begun,
                new SetupView.Parts(
                    parts.clientFile(),
                    parts.clipboard(),
                    this::browse,
                    () -> new PreflightViewModel(parts.signIn()::preflight, bridge),
                    signIn::backFromSetup,
                    () -> {
                      signIn.backFromSetup();
                      signIn.choose(SignInPort.Door.GOOGLE);
                    })));
  }

  private void showProfiles() {
    ProfilesCard.open(
        new ProfilesViewModel(parts.projects().profiles(), bridge),
        overlay,
        parts.clipboard(),
        this::showDoorsAnew);
  }

  // Another profile may count by now, and the first screen names it.
  private void showDoorsAnew() {
    if (signIn.state().get() instanceof Choosing) {
      page.getChildren().setAll(new SignInView(signIn, parts.clipboard(), this::showProfiles));
    }
  }

  private void showPreflight() {
    PreflightCard.open(
        new PreflightViewModel(parts.signIn()::preflight, bridge),
        overlay,
        parts.clipboard(),
        this::browse);
  }

  // Starting a browser may take seconds.
  private void browse(URI uri) {
    bridge.call(
        () -> {
          parts.browser().open(uri);
          return uri;
        },
        opened -> {},
        failure -> {
          parts.clipboard().accept(uri.toString());
          errors.accept(FailureText.of(failure));
        });
  }

  private void begin(Opened opened) {
    SessionModels begun = new SessionModels(opened, bridge, parts, errors, toasts::say);
    WaysOut waysOut =
        new WaysOut(() -> leave(signIn::signOut, true), () -> leave(signIn::signInAgain, false));
    ImageViewModel images = new ImageViewModel(parts.signIn()::images, bridge);
    ProjectDialogs dialogs =
        new ProjectDialogs(
            this::showPreflight,
            this::showProfiles,
            () -> ImageCard.open(images, overlay, new ArchiveDialog(), parts.clipboard()));
    SessionView view = new SessionView(begun, settings, parts, overlay, toasts, waysOut, dialogs);
    models = begun;
    session = view;
    handles.add(bridge.follow(begun.events(), begun::accept));
    handles.add(bridge.every(TICK, begun::tick));
    page.getChildren().setAll(view);
    stage.setTitle("Podium – " + opened.badge());
    view.go(SessionView.Page.FLEET);
  }

  private void endSession() {
    SessionView ending = session;
    if (ending != null) {
      ending.rememberLayout();
    }
    handles.forEach(Handle::close);
    handles.clear();
    errors.clear();
    overlay.clear();
    toasts.getChildren().clear();
    session = null;
    models = null;
    leaving = null;
    stage.setTitle("Podium");
  }

  private void onKey(KeyEvent event) {
    SessionView open = session;
    if (open == null) {
      return;
    }
    // The seconds in which a destruction can be taken back run on while a card is open.
    open.undoOnKey(event);
    if (!overlay.busy()) {
      open.onKey(event);
    }
  }
}
