package dev.podium.desktop.people;

import atlantafx.base.controls.CustomTextField;
import atlantafx.base.theme.Styles;
import dev.podium.desktop.control.Action;
import dev.podium.desktop.control.Card;
import dev.podium.desktop.control.Focus;
import dev.podium.desktop.control.Typography;
import dev.podium.fleet.model.PresentPerson;
import dev.podium.wire.text.CountText;
import java.util.List;
import java.util.function.Function;
import javafx.beans.Observable;
import javafx.beans.property.ReadOnlyStringWrapper;
import javafx.collections.transformation.SortedList;
import javafx.geometry.Pos;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.SelectionMode;
import javafx.scene.control.TableColumn;
import javafx.scene.control.TableView;
import javafx.scene.control.Tooltip;
import javafx.scene.input.KeyCode;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.StackPane;
import javafx.scene.layout.VBox;
import org.kordamp.ikonli.feather.Feather;
import org.kordamp.ikonli.javafx.FontIcon;

/// The people page: who is in which rooms and on which VMs, by name.
public final class PeopleView extends VBox {
  private static final double NAME_EM = 18;
  private static final double ROOMS_EM = 22;
  private static final double VMS_EM = 30;
  private static final double ID_EM = 22;

  private final PeopleViewModel model;
  private final TableView<PresentPerson> table = new TableView<>();
  private final CustomTextField search = new CustomTextField();

  /// @param invite what an empty page offers
  public PeopleView(PeopleViewModel model, Action invite) {
    this.model = model;
    SortedList<PresentPerson> sorted = new SortedList<>(model.people());
    sorted.comparatorProperty().bind(table.comparatorProperty());
    table.setItems(sorted);
    table.getSelectionModel().setSelectionMode(SelectionMode.MULTIPLE);
    table.setAccessibleText("People in the chat");
    table
        .getColumns()
        .setAll(
            List.of(
                column("Name", NAME_EM, PresentPerson::name),
                column("Rooms", ROOMS_EM, person -> String.join(", ", person.rooms())),
                column("VMs", VMS_EM, person -> String.join(", ", person.instances())),
                column("Id", ID_EM, PresentPerson::id)));
    table.setOnKeyPressed(event -> {
      if (event.getCode() == KeyCode.DELETE) {
        ask();
        event.consume();
      }
    });
    StackPane content = new StackPane(table, empty(invite));
    VBox.setVgrow(content, Priority.ALWAYS);
    getStyleClass().add("people");
    getChildren().addAll(toolbar(invite), content);
    visibleProperty().subscribe(model::look);
  }

  private static TableColumn<PresentPerson, String> column(
      String title, double em, Function<PresentPerson, String> text) {
    TableColumn<PresentPerson, String> column = new TableColumn<>(title);
    column.setCellValueFactory(row -> new ReadOnlyStringWrapper(text.apply(row.getValue())));
    column.setPrefWidth(em * Typography.SIZE);
    column.setId("people-" + title.toLowerCase(java.util.Locale.ROOT));
    return column;
  }

  private Node toolbar(Action invite) {
    Button out = Card.button("Put out…", this::ask, Styles.FLAT);
    out.setId("put-out");
    out.setGraphic(new FontIcon(Feather.USER_X));
    out.setTooltip(new Tooltip("Put the selected people out of the chat, after asking.  Delete"));
    out.disableProperty().bind(table.getSelectionModel().selectedItemProperty().isNull());
    Button invited = invite.button();
    invited.getStyleClass().add(Styles.FLAT);
    Label count = new Label();
    count.getStyleClass().add(Styles.TEXT_MUTED);
    Runnable counted =
        () -> count.setText(model.total() == 0 ? "" : CountText.people(model.total()));
    model.people().addListener((Observable changed) -> counted.run());
    Region spring = new Region();
    HBox.setHgrow(spring, Priority.ALWAYS);
    HBox bar = new HBox(invited, out, spring, count, searchField());
    bar.setAlignment(Pos.CENTER_LEFT);
    bar.getStyleClass().add("toolbar");
    return bar;
  }

  private Node searchField() {
    search.setPromptText("Search");
    search.setLeft(new FontIcon(Feather.SEARCH));
    search.setAccessibleText("Search names, rooms and VMs");
    search.getStyleClass().add("search");
    search.textProperty().bindBidirectional(model.search());
    search.setOnKeyPressed(event -> {
      if (event.getCode() == KeyCode.ESCAPE) {
        search.clear();
      }
    });
    return search;
  }

  private Node empty(Action invite) {
    Label title = new Label();
    title.getStyleClass().add(Styles.TITLE_3);
    Label text =
        Card.paragraph(
            "Invite somebody: whoever opens the link shows here a few seconds later.",
            Styles.TEXT_MUTED);
    Button make = invite.button();
    make.getStyleClass().add(Styles.ACCENT);
    VBox box = new VBox(new FontIcon(Feather.USERS), title, text, make);
    box.getStyleClass().add("empty-state");
    Runnable decide =
        () -> {
          boolean nobody = model.total() == 0;
          box.setVisible(model.people().isEmpty());
          title.setText(
              nobody
                  ? "Nobody is in the chat"
                  : "Nobody matches “" + model.search().get().strip() + "”");
          text.setVisible(nobody);
          make.setVisible(nobody);
        };
    model.people().addListener((Observable changed) -> decide.run());
    model.search().subscribe(decide);
    decide.run();
    return box;
  }

  private void ask() {
    model.ask(List.copyOf(table.getSelectionModel().getSelectedItems()));
  }

  /// Gives the table the focus.
  public void focusTable() {
    Focus.give(table);
  }

  /// Puts the cursor into the search field.
  public void startSearch() {
    search.requestFocus();
    search.selectAll();
  }
}
