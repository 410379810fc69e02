package dev.podium.desktop.leaks;

import atlantafx.base.theme.Styles;
import dev.podium.desktop.control.Card;
import dev.podium.desktop.control.Overlay;
import dev.podium.desktop.control.Phrases;
import dev.podium.desktop.control.Typography;
import dev.podium.fleet.leaks.Leak;
import dev.podium.fleet.leaks.LeakReport;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import javafx.geometry.Pos;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.ScrollPane;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;
import javafx.util.Subscription;

/// The list of what the fleet has in the cloud, and what becomes of each.
public final class LeaksCard {
  private static final double WIDTH_EM = 56;
  private static final double LIST_EM = 24;

  private final LeaksViewModel model;
  private final VBox rows = new VBox();
  private final Label summary = Card.paragraph("");
  private final Button clean;

  private LeaksCard(LeaksViewModel model) {
    this.model = model;
    this.clean = Card.button("Clean now", model::clean, Styles.ACCENT);
    rows.getStyleClass().add("name-list");
  }

  /// Shows it, and looks at the cloud anew.
  ///
  /// @param overlay where it opens
  public static void open(LeaksViewModel model, Overlay overlay) {
    LeaksCard parts = new LeaksCard(model);
    ScrollPane scroll = new ScrollPane(parts.rows);
    scroll.setFitToWidth(true);
    scroll.getStyleClass().add("bordered");
    scroll.setMaxHeight(LIST_EM * Typography.SIZE);
    Card card = new Card("What the fleet has in the cloud", WIDTH_EM, parts.summary, scroll);
    Subscription shown =
        model.report().subscribe(parts::show).and(model.busy().subscribe(parts::refresh));
    Runnable close =
        () -> {
          shown.unsubscribe();
          overlay.hide(card);
        };
    Button again = Card.button("Look again", model::look);
    again.disableProperty().bind(model.busy());
    card.setButtons(Card.button("Close", close), again, parts.clean);
    overlay.show(card, close);
    model.look();
  }

  private void show(Optional<LeakReport> report) {
    refresh();
    List<Node> lines = new ArrayList<>();
    report.ifPresent(seen -> seen.leaks().forEach(leak -> lines.add(row(leak, seen.at()))));
    rows.getChildren().setAll(lines);
  }

  private void refresh() {
    Optional<LeakReport> seen = model.report().get();
    boolean busy = model.busy().get();
    clean.setDisable(busy || seen.filter(LeaksViewModel::cleanable).isEmpty());
    summary.setText(
        seen.map(LeakReport::sentence)
            .orElse(busy ? "Looking at the cloud…" : "The cloud could not be looked at."));
  }

  private static Node row(Leak leak, Instant now) {
    Label name = new Label(leak.name());
    name.getStyleClass().add(Styles.TEXT_BOLD);
    Label fate = new Label(words(leak.fate()));
    fate.getStyleClass().add(leak.open() ? "open-leak" : Styles.TEXT_MUTED);
    fate.setMinWidth(Region.USE_PREF_SIZE);
    Region spring = new Region();
    HBox.setHgrow(spring, Priority.ALWAYS);
    HBox first = new HBox(new Label(words(leak.kind())), name, spring, fate);
    first.getStyleClass().add("leak-line");
    first.setAlignment(Pos.CENTER_LEFT);
    VBox row = new VBox(first, Card.paragraph(origin(leak, now), "hint"));
    row.getChildren().add(Card.paragraph(leak.reason(), "hint"));
    row.getStyleClass().add("creation");
    return row;
  }

  private static String origin(Leak leak, Instant now) {
    List<String> parts = new ArrayList<>();
    if (!leak.owner().isEmpty()) {
      parts.add("by " + leak.owner());
    }
    if (!leak.console().isEmpty()) {
      parts.add("from " + leak.console());
    }
    parts.add("created " + Phrases.ago(leak.since(), now));
    if (!leak.zone().isEmpty()) {
      parts.add(leak.zone());
    }
    if (leak.costPerHour() > 0) {
      parts.add(Phrases.money(leak.costPerHour()) + " an hour");
    }
    return String.join(" · ", parts);
  }

  private static String words(Leak.Kind kind) {
    return switch (kind) {
      case VM -> "VM";
      case DISK -> "Disk";
      case SUBSCRIPTION -> "Subscription";
    };
  }

  private static String words(Leak.Fate fate) {
    return switch (fate) {
      case KEPT -> "kept";
      case ENDING -> "being ended";
      case YOUNG -> "too young to clean";
      case CLEANABLE -> "can be cleaned";
      case CLEANED -> "cleaned";
    };
  }
}
