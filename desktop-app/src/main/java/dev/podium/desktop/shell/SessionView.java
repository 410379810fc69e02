package dev.podium.desktop.shell;

import atlantafx.base.theme.Styles;
import dev.podium.desktop.activity.ActivityView;
import dev.podium.desktop.control.Action;
import dev.podium.desktop.control.Card;
import dev.podium.desktop.control.Focus;
import dev.podium.desktop.control.Overlay;
import dev.podium.desktop.details.DetailsView;
import dev.podium.desktop.ending.EndCard;
import dev.podium.desktop.ending.UndoToasts;
import dev.podium.desktop.fleet.FleetView;
import dev.podium.desktop.leaks.LeaksCard;
import dev.podium.desktop.leaks.LeaksNotice;
import dev.podium.desktop.people.PeopleView;
import dev.podium.desktop.people.PutOutCard;
import dev.podium.desktop.policy.PolicyView;
import dev.podium.desktop.settings.SettingsView;
import dev.podium.desktop.settings.SettingsView.ProjectDialogs;
import dev.podium.desktop.settings.SettingsViewModel;
import dev.podium.desktop.signin.SignInNotice;
import dev.podium.desktop.signin.SignInPort.Fact;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import javafx.geometry.Orientation;
import javafx.geometry.Pos;
import javafx.scene.Node;
import javafx.scene.control.Label;
import javafx.scene.control.SplitPane;
import javafx.scene.control.TextInputControl;
import javafx.scene.control.ToggleButton;
import javafx.scene.control.ToggleGroup;
import javafx.scene.control.Tooltip;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyCodeCombination;
import javafx.scene.input.KeyCombination;
import javafx.scene.input.KeyEvent;
import javafx.scene.layout.BorderPane;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.StackPane;
import javafx.scene.layout.VBox;
import org.kordamp.ikonli.feather.Feather;
import org.kordamp.ikonli.javafx.FontIcon;

/// The window while somebody is signed in: navigation, the pages, the status bar.
final class SessionView extends BorderPane {
  /// The pages, in the order of their shortcuts.
  enum Page {
    FLEET("Fleet", Feather.SERVER, KeyCode.DIGIT1),
    ACTIVITY("Activity", Feather.LIST, KeyCode.DIGIT2),
    POLICY("Policy", Feather.SLIDERS, KeyCode.DIGIT3),
    SETTINGS("Settings", Feather.SETTINGS, KeyCode.DIGIT4),
    PEOPLE("People", Feather.USERS, KeyCode.DIGIT5);

    private final String title;
    private final Feather icon;
    private final KeyCode digit;

    Page(String title, Feather icon, KeyCode digit) {
      this.title = title;
      this.icon = icon;
      this.digit = digit;
    }

    private KeyCombination keys() {
      return new KeyCodeCombination(digit, KeyCombination.SHORTCUT_DOWN);
    }
  }

  /// The ways out of the session.
  ///
  /// @param signInAgain out, and in through the same door
  record WaysOut(Runnable signOut, Runnable signInAgain) {}

  private static final KeyCombination UNDO =
      new KeyCodeCombination(KeyCode.Z, KeyCombination.SHORTCUT_DOWN);

  private final SessionModels models;
  private final SettingsViewModel settings;
  private final SessionActions actions;
  private final FleetView fleet;
  private final DetailsView details;
  private final ActivityView activity;
  private final PeopleView people;
  private final SplitPane fleetPage;
  private final Map<Page, Node> pages = new EnumMap<>(Page.class);
  private boolean slashIsTyped;
  private final Map<Page, ToggleButton> tabs = new EnumMap<>(Page.class);

  SessionView(
      SessionModels models,
      SettingsViewModel settings,
      ConsoleParts parts,
      Overlay overlay,
      ToastArea toasts,
      WaysOut waysOut,
      ProjectDialogs dialogs) {
    this.models = models;
    this.settings = settings;
    this.actions = new SessionActions(models, overlay, toasts, parts.clipboard());
    this.fleet = new FleetView(models.fleet(), actions.create, actions.groups(), actions::openChat);
    this.details =
        new DetailsView(
            models.details(),
            models.fleet().now(),
            List.of(actions.openChat, actions.drain, actions.hold, actions.pin, actions.destroy),
            actions::copyText);
    this.activity = new ActivityView(models.activity(), parts.saveTarget(), toasts::say);
    this.fleetPage = new SplitPane(fleet);
    fleetPage.setOrientation(Orientation.VERTICAL);
    fleet.hideColumns(settings.memory().get().hiddenColumns());
    models.details().vm().subscribe(vm -> showDetails(vm.isPresent()));
    EndCard.follow(models.ending(), overlay);
    new UndoToasts(models.ending(), toasts);
    pages.put(Page.FLEET, fleetPage);
    pages.put(Page.ACTIVITY, activity);
    PolicyView policy = new PolicyView(models.policy(), toasts::say);
    // Shown by its tab alone, because the cloud is asked when it is shown.
    policy.setVisible(false);
    pages.put(Page.POLICY, policy);
    Runnable leftovers = () -> LeaksCard.open(models.leaks(), overlay);
    this.people = new PeopleView(models.people(), actions.invite);
    people.setVisible(false);
    pages.put(Page.PEOPLE, people);
    PutOutCard.follow(models.people(), overlay);
    pages.put(
        Page.SETTINGS, new SettingsView(settings, leftovers, dialogs, facts(), actions::copyText));
    getStyleClass().addAll("session", models.opened().local() ? "local" : "project");
    setTop(
        new VBox(
            header(waysOut.signOut()),
            new SignInNotice(
                models.fleet().signInEnded(), models.opened().badge(), waysOut.signInAgain()),
            new LeaksNotice(models.leaks(), overlay)));
    setCenter(new StackPane(pages.values().toArray(Node[]::new)));
    setBottom(new StatusBar(models.fleet(), models.opened()));
    addEventFilter(KeyEvent.KEY_TYPED, this::onCharacter);
    addEventFilter(KeyEvent.KEY_RELEASED, event -> slashIsTyped = false);
    go(Page.FLEET);
  }

  private HBox header(Runnable signOut) {
    Label brand = new Label("Podium");
    brand.getStyleClass().add("brand");
    HBox header = new HBox(brand);
    header.getStyleClass().add("header");
    header.setAlignment(Pos.CENTER_LEFT);
    ToggleGroup group = new ToggleGroup();
    for (Page page : Page.values()) {
      ToggleButton tab = tab(page);
      tab.setToggleGroup(group);
      tabs.put(page, tab);
      header.getChildren().add(tab);
    }
    Region spring = new Region();
    HBox.setHgrow(spring, Priority.ALWAYS);
    header.getChildren().addAll(spring, Card.button("Sign out", signOut, Styles.FLAT));
    return header;
  }

  // The tabs are one stop for the Tab key: the left and right arrows go from one to the next and
  // show its page, and the down arrow goes into the page.
  private ToggleButton tab(Page page) {
    ToggleButton tab = new ToggleButton(page.title, new FontIcon(page.icon));
    tab.setTooltip(new Tooltip(page.title + "  " + page.keys().getDisplayText()));
    tab.getStyleClass().addAll("page-tab");
    tab.focusTraversableProperty().bind(tab.selectedProperty());
    tab.setOnAction(event -> go(page));
    tab.selectedProperty()
        .subscribe((before, selected) -> {
          if (selected) {
            show(page);
          }
        });
    tab.addEventFilter(
        KeyEvent.KEY_PRESSED,
        event -> {
          if (event.getCode() == KeyCode.DOWN) {
            go(page);
            event.consume();
          }
        });
    return tab;
  }

  private Map<String, List<Map.Entry<String, String>>> facts() {
    Map<String, List<Map.Entry<String, String>>> groups = new LinkedHashMap<>();
    for (Fact fact : models.opened().facts()) {
      groups
          .computeIfAbsent(fact.group(), group -> new ArrayList<>())
          .add(Map.entry(fact.name(), fact.value()));
    }
    List<Map.Entry<String, String>> keys = new ArrayList<>();
    for (Action action : actions.all()) {
      keys.add(Map.entry(action.name().replace("…", ""), action.shortcut().getDisplayText()));
    }
    keys.add(Map.entry("Take an end back", UNDO.getDisplayText()));
    keys.add(Map.entry("Search", "/"));
    for (Page page : Page.values()) {
      keys.add(Map.entry(page.title, page.keys().getDisplayText()));
    }
    groups.put("Keyboard", keys);
    return groups;
  }

  private void showDetails(boolean show) {
    boolean shown = fleetPage.getItems().contains(details);
    if (show && !shown) {
      fleetPage.getItems().add(details);
      fleetPage.setDividerPositions(settings.memory().get().detailsShare());
    } else if (!show && shown) {
      rememberLayout();
      fleetPage.getItems().remove(details);
    }
  }

  /// Shows a page and gives it the focus.
  void go(Page page) {
    ToggleButton tab = tabs.get(page);
    if (tab != null) {
      tab.setSelected(true);
    }
    show(page);
    switch (page) {
      case FLEET -> fleet.focusTable();
      case ACTIVITY -> activity.focusList();
      case PEOPLE -> people.focusTable();
      case POLICY, SETTINGS -> pages.forEach((each, node) -> focusIf(each == page, node));
    }
  }

  private static void focusIf(boolean wanted, Node page) {
    if (wanted) {
      Focus.giveFirstIn(page);
    }
  }

  private void show(Page page) {
    pages.forEach((each, node) -> node.setVisible(each == page));
  }

  /// Keeps which columns are shown and where the divider is.
  void rememberLayout() {
    double share =
        fleetPage.getItems().contains(details)
            ? fleetPage.getDividerPositions()[0]
            : settings.memory().get().detailsShare();
    settings.change(memory -> memory.withLayout(fleet.hiddenColumns(), share));
  }

  /// Takes the youngest destruction back if that is what the key asks for.
  void undoOnKey(KeyEvent event) {
    if (!event.isConsumed() && UNDO.match(event)) {
      models.ending().undoLast();
      event.consume();
    }
  }

  /// Does what the keys ask for; called for keys that no control wanted.
  void onKey(KeyEvent event) {
    boolean typing =
        getScene() != null
            && getScene().getFocusOwner() instanceof TextInputControl text
            && text.isEditable();
    if (event.isConsumed() || (typing && !event.isShortcutDown())) {
      return;
    }
    if (!typing && !event.isShortcutDown() && isSlash(event)) {
      startSearch();
      slashIsTyped = true;
      event.consume();
    }
    // What acts on VMs works only where the person sees which ones are selected.
    boolean seesVms = fleetPage.isVisible() && !typing;
    for (Action action : actions.all()) {
      if (action.shortcut().match(event) && (seesVms || !actions.needsVms(action))) {
        action.run();
        event.consume();
      }
    }
    for (Page page : Page.values()) {
      if (page.keys().match(event)) {
        go(page);
        event.consume();
      }
    }
  }

  // The key's character comes after the key, and by then the search field has the focus.
  private void onCharacter(KeyEvent event) {
    if (slashIsTyped && "/".equals(event.getCharacter())) {
      event.consume();
    }
    slashIsTyped = false;
  }

  // On many keyboards the slash is another key with Shift, so its text decides, not its place.
  private static boolean isSlash(KeyEvent event) {
    return event.getCode() == KeyCode.SLASH
        || event.getCode() == KeyCode.DIVIDE
        || "/".equals(event.getText());
  }

  private void startSearch() {
    if (activity.isVisible()) {
      activity.startSearch();
    } else if (people.isVisible()) {
      people.startSearch();
    } else {
      go(Page.FLEET);
      fleet.startSearch();
    }
  }
}
