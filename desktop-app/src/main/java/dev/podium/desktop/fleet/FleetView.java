package dev.podium.desktop.fleet;

import atlantafx.base.controls.CustomTextField;
import atlantafx.base.theme.Styles;
import atlantafx.base.theme.Tweaks;
import dev.podium.desktop.control.Action;
import dev.podium.desktop.control.Card;
import dev.podium.desktop.control.Focus;
import dev.podium.fleet.event.FleetEvent.MonitorTicked;
import dev.podium.fleet.model.FleetVm;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import javafx.geometry.Orientation;
import javafx.geometry.Pos;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.CheckMenuItem;
import javafx.scene.control.ContextMenu;
import javafx.scene.control.Label;
import javafx.scene.control.MenuButton;
import javafx.scene.control.Separator;
import javafx.scene.control.Tooltip;
import javafx.scene.input.KeyCode;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.StackPane;
import javafx.scene.layout.VBox;
import org.kordamp.ikonli.feather.Feather;
import org.kordamp.ikonli.javafx.FontIcon;

/// The fleet page's upper part: toolbar, banner, table or what to do while it is empty.
public final class FleetView extends VBox {
  private final FleetViewModel model;
  private final FleetTable table;
  private final CustomTextField search = new CustomTextField();

  /// @param create makes new VMs: the first of the toolbar, and what an empty table offers
  /// @param others the toolbar's other actions, in groups; the last group is what can be done to
  ///   several VMs at once
  /// @param openChat opens the chat of the VM whose link was clicked
  public FleetView(
      FleetViewModel model, Action create, List<List<Action>> others, Consumer<FleetVm> openChat) {
    this.model = model;
    this.table = new FleetTable(model, openChat);
    table.setContextMenu(contextMenu(others));
    getStyleClass().add("fleet");
    StackPane content = new StackPane(table, emptyState(create), looking(), unseen(), noMatch());
    VBox.setVgrow(content, Priority.ALWAYS);
    getChildren()
        .addAll(
            toolbar(create, others),
            banner(),
            new AttentionStrip(model, this::select),
            content,
            new SelectionBar(model, others.getLast()));
  }

  private void select(Attention attention) {
    model.search().set("");
    model.select(attention.vms().stream().map(vm -> vm.vm().id()).toList());
    table.showSelection();
    focusTable();
  }

  private HBox toolbar(Action create, List<List<Action>> others) {
    Button make = create.button();
    make.getStyleClass().add(Styles.ACCENT);
    HBox bar = new HBox(make);
    bar.getStyleClass().add("toolbar");
    bar.setAlignment(Pos.CENTER_LEFT);
    for (List<Action> group : others) {
      Separator line = new Separator(Orientation.VERTICAL);
      bar.getChildren().add(line);
      group.forEach(action -> bar.getChildren().add(toolbarButton(action)));
    }
    Region spring = new Region();
    HBox.setHgrow(spring, Priority.ALWAYS);
    bar.getChildren().addAll(spring, columnsMenu(), searchField());
    return bar;
  }

  private MenuButton columnsMenu() {
    MenuButton menu = new MenuButton("", new FontIcon(Feather.COLUMNS));
    menu.getStyleClass().addAll(Styles.FLAT, Tweaks.NO_ARROW);
    menu.setTooltip(new Tooltip("Choose which columns are shown"));
    menu.setAccessibleText("Columns");
    table
        .getColumns()
        .forEach(column -> {
          CheckMenuItem item = new CheckMenuItem(column.getText());
          item.selectedProperty().bindBidirectional(column.visibleProperty());
          menu.getItems().add(item);
        });
    return menu;
  }

  private static Button toolbarButton(Action action) {
    Button button = action.button();
    button.getStyleClass().add(Styles.FLAT);
    return button;
  }

  private CustomTextField searchField() {
    search.setPromptText("Search   /");
    search.setLeft(new FontIcon(Feather.SEARCH));
    search.setTooltip(new Tooltip("Search names, zones, health, owners, labels  /"));
    search.setAccessibleText("Search the fleet");
    search.getStyleClass().add("search");
    search.textProperty().bindBidirectional(model.search());
    search.setOnKeyPressed(event -> {
      if (event.getCode() == KeyCode.ESCAPE) {
        search.clear();
        table.requestFocus();
        event.consume();
      } else if (event.getCode() == KeyCode.ENTER || event.getCode() == KeyCode.DOWN) {
        table.requestFocus();
        event.consume();
      }
    });
    return search;
  }

  private static ContextMenu contextMenu(List<List<Action>> others) {
    ContextMenu menu = new ContextMenu();
    for (List<Action> group : others) {
      if (!menu.getItems().isEmpty()) {
        menu.getItems().add(new javafx.scene.control.SeparatorMenuItem());
      }
      group.forEach(action -> menu.getItems().add(action.menuItem()));
    }
    return menu;
  }

  private Node banner() {
    Label text = Card.paragraph("");
    text.setGraphic(new FontIcon(Feather.ALERT_TRIANGLE));
    HBox banner = new HBox(text);
    banner.getStyleClass().add("banner");
    Runnable decide =
        () -> {
          MonitorTicked ticked = model.monitor().getValue();
          text.setText(ticked == null ? "" : ticked.banner().orElse(""));
          // Without a sign-in all else that the monitor says follows from that.
          banner.setVisible(!text.getText().isEmpty() && !model.signInEnded().get());
          banner.setManaged(banner.isVisible());
        };
    model.monitor().subscribe(decide);
    model.signInEnded().subscribe(decide);
    decide.run();
    return banner;
  }

  private Node emptyState(Action create) {
    FontIcon icon = new FontIcon(Feather.SERVER);
    Label title = new Label("No VMs yet");
    title.getStyleClass().add(Styles.TITLE_3);
    Button make = create.button();
    make.getStyleClass().addAll(Styles.ACCENT, Styles.LARGE);
    VBox box =
        new VBox(
            icon,
            title,
            Card.paragraph(
                "Each VM serves a chat that people open in their browser. Make one, wait until it"
                    + " is healthy, then invite somebody.",
                Styles.TEXT_MUTED),
            make,
            Card.paragraph("or press " + create.shortcut().getDisplayText(), Styles.TEXT_MUTED));
    box.getStyleClass().add("empty-state");
    showWhen(box, () -> model.total() == 0 && model.known().getValue());
    return box;
  }

  /// Nobody knows yet which VMs there are.
  private Node looking() {
    HBox progress = Card.progress("Looking for your VMs…");
    progress.setAlignment(Pos.CENTER);
    VBox box = new VBox(progress);
    box.getStyleClass().add("empty-state");
    showWhen(box, () -> neverSeen() && !model.signInEnded().get());
    return box;
  }

  /// Nobody can find out.
  private Node unseen() {
    VBox box = new VBox(Card.paragraph("Sign in again to see your VMs.", Styles.TEXT_MUTED));
    box.getStyleClass().add("empty-state");
    showWhen(box, () -> neverSeen() && model.signInEnded().get());
    return box;
  }

  private boolean neverSeen() {
    return model.total() == 0 && !model.known().getValue();
  }

  private Node noMatch() {
    Label title = new Label();
    title.getStyleClass().add(Styles.TITLE_4);
    model.search().subscribe(text -> title.setText("No VM matches “" + text.strip() + "”"));
    VBox box =
        new VBox(
            title,
            Card.button("Clear the search", () -> search.clear(), Styles.ACCENT, Styles.FLAT));
    box.getStyleClass().add("empty-state");
    showWhen(box, () -> model.total() > 0 && model.rows().isEmpty());
    return box;
  }

  private void showWhen(Node node, java.util.function.BooleanSupplier condition) {
    Runnable decide = () -> node.setVisible(condition.getAsBoolean());
    model.rows().addListener((javafx.beans.Observable rows) -> decide.run());
    model.summary().subscribe(decide);
    model.known().subscribe(decide);
    model.signInEnded().subscribe(decide);
    decide.run();
  }

  /// Puts the cursor into the search field.
  public void startSearch() {
    search.requestFocus();
    search.selectAll();
  }

  /// Whether the cursor is in the search field, where a slash is a slash.
  public boolean searching() {
    return search.isFocused();
  }

  /// The ids of the columns that are not shown.
  public Set<String> hiddenColumns() {
    return table.hiddenColumns();
  }

  /// Hides these columns and shows the others.
  public void hideColumns(Set<String> hidden) {
    table.hideColumns(hidden);
  }

  /// Gives the table the focus.
  public void focusTable() {
    Focus.give(table);
  }
}
