package dev.podium.desktop.image;

import atlantafx.base.theme.Styles;
import dev.podium.desktop.control.Card;
import dev.podium.desktop.control.Overlay;
import dev.podium.desktop.control.Typography;
import dev.podium.desktop.control.failure.RefusalBox;
import dev.podium.desktop.image.ImagePort.Seen;
import dev.podium.fleet.image.DiskImage;
import dev.podium.fleet.image.ImageInventory.Row;
import dev.podium.fleet.image.publish.PublishProgress;
import dev.podium.wire.text.CountText;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;
import javafx.geometry.Pos;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.ProgressBar;
import javafx.scene.control.ScrollPane;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;
import javafx.util.Subscription;

/// The dialog with the VM images: which one new VMs are made from, which there are, and how another
/// is published.
public final class ImageCard {
  private static final double WIDTH_EM = 60;
  private static final double LIST_EM = 22;

  private final ImageViewModel model;
  private final Overlay overlay;
  private final VBox rows = new VBox();
  private final Label used = Card.paragraph("");
  private final Label step = Card.paragraph("", "hint");
  private final ProgressBar bar = new ProgressBar();
  private final VBox going = new VBox(step, bar);
  private final Button publish;
  private final Button prune;
  private final Button cancel;

  private ImageCard(ImageViewModel model, Overlay overlay, Supplier<Optional<Path>> archive) {
    this.model = model;
    this.overlay = overlay;
    this.publish =
        Card.button("Publish…", () -> archive.get().ifPresent(model::publish), Styles.ACCENT);
    publish.setId("image-publish");
    this.prune = Card.button("Remove unused…", this::askToPrune);
    prune.setId("image-prune");
    this.cancel = Card.button("Cancel", model::cancel);
    cancel.setId("image-cancel");
    rows.getStyleClass().add("name-list");
    going.getStyleClass().add("choices");
    bar.setMaxWidth(Double.MAX_VALUE);
    bar.setAccessibleText("How much of the archive has arrived");
  }

  /// Opens the dialog, and asks the cloud.
  ///
  /// @param archive asks for the file to publish; empty if the person changed their mind
  /// @param clipboard takes the code of a refusal
  public static void open(
      ImageViewModel model,
      Overlay overlay,
      Supplier<Optional<Path>> archive,
      Consumer<String> clipboard) {
    new ImageCard(model, overlay, archive).show(clipboard);
  }

  private void show(Consumer<String> clipboard) {
    RefusalBox refusal = new RefusalBox(clipboard);
    Label note = Card.paragraph("", "hint");
    ScrollPane scroll = new ScrollPane(rows);
    scroll.setFitToWidth(true);
    scroll.getStyleClass().add("bordered");
    scroll.setMaxHeight(LIST_EM * Typography.SIZE);
    Card card = new Card("VM image", WIDTH_EM, used, scroll, going, note, refusal);
    Subscription shown =
        model
            .seen()
            .subscribe(seen -> refresh())
            .and(model.busy().subscribe(busy -> refresh()))
            .and(model.progress().subscribe(this::progress))
            .and(model.refusal().subscribe(refusal::show))
            .and(
                model
                    .note()
                    .subscribe(text -> {
                      note.setText(text);
                      note.setVisible(!text.isEmpty());
                      note.setManaged(!text.isEmpty());
                    }));
    Runnable close =
        () -> {
          shown.unsubscribe();
          overlay.hide(card);
        };
    card.setButtons(Card.button("Close", close), cancel, prune, publish);
    overlay.show(card, close);
    model.look();
  }

  private void progress(Optional<PublishProgress> progress) {
    going.setVisible(progress.isPresent());
    going.setManaged(progress.isPresent());
    cancel.setVisible(progress.isPresent());
    cancel.setManaged(progress.isPresent());
    progress.ifPresent(now -> {
      step.setText(
          words(now.step())
              + ": "
              + now.words()
              + (now.total() == 0 ? "" : ", " + Math.round(now.share() * 100) + " %"));
      bar.setProgress(now.total() == 0 ? ProgressBar.INDETERMINATE_PROGRESS : now.share());
    });
  }

  private static String words(PublishProgress.Step step) {
    return switch (step) {
      case PREPARE -> "Preparing";
      case UPLOAD -> "Uploading";
      case INSTALL -> "Installing";
      case IMPORT -> "Importing";
      case BOOT -> "Booting a VM of it";
      case RELEASE -> "Releasing";
    };
  }

  private void refresh() {
    boolean busy = model.busy().get();
    Optional<Seen> seen = model.seen().get();
    publish.setDisable(busy);
    prune.setDisable(busy || seen.map(Seen::prunable).orElse(List.of()).isEmpty());
    used.setText(
        seen.map(now -> "New VMs are made from " + plain(now.used()) + ".")
            .orElse(busy ? "Asking the cloud…" : "The cloud could not be asked."));
    List<Node> lines = new ArrayList<>();
    seen.ifPresent(now -> now.rows().forEach(row -> lines.add(row(row, now, busy))));
    if (lines.isEmpty() && seen.isPresent()) {
      lines.add(
          Card.paragraph(
              "There is no image yet. Publish the archive that came with the release.", "hint"));
    }
    rows.getChildren().setAll(lines);
  }

  private static String plain(String reference) {
    String name = reference.substring(reference.lastIndexOf('/') + 1);
    return reference.contains("/family/") ? "the newest of the family " + name : name;
  }

  private Node row(Row row, Seen seen, boolean busy) {
    DiskImage image = row.image();
    Label name = new Label(image.name());
    name.getStyleClass().add(Styles.TEXT_BOLD);
    Region spring = new Region();
    HBox.setHgrow(spring, Priority.ALWAYS);
    Label status = new Label(status(row));
    status.getStyleClass().add(row.newest() ? "in-use-mark" : Styles.TEXT_MUTED);
    status.setMinWidth(Region.USE_PREF_SIZE);
    HBox first = new HBox(name, spring, status);
    first.getStyleClass().add("leak-line");
    first.setAlignment(Pos.CENTER_LEFT);
    boolean chosen = seen.used().equals(image.reference());
    if (image.usable() && !image.candidate() && !chosen) {
      Button use = Card.button("Use", () -> model.use(image), Styles.SMALL);
      use.setAccessibleText("Use " + image.name());
      use.setDisable(busy);
      use.setMinWidth(Region.USE_PREF_SIZE);
      first.getChildren().add(use);
    }
    if (row.newest() && !seen.used().contains("/family/")) {
      Button follow = Card.button("Follow the family", () -> model.follow(image), Styles.SMALL);
      follow.setId("image-follow");
      follow.setDisable(busy);
      follow.setMinWidth(Region.USE_PREF_SIZE);
      first.getChildren().add(follow);
    }
    VBox line = new VBox(first, Card.paragraph(facts(row), "hint"));
    line.getStyleClass().add("creation");
    return line;
  }

  private static String status(Row row) {
    return switch (row.status()) {
      case "CURRENT" -> "newest";
      case "OLDER" -> "older";
      case "CANDIDATE" -> "not proved";
      case "PENDING" -> "being made";
      default -> "retired";
    };
  }

  private static String facts(Row row) {
    DiskImage image = row.image();
    List<String> facts = new ArrayList<>();
    image.family().ifPresent(family -> facts.add("family " + family));
    facts.add("made " + image.created().toString().replaceFirst("T.*", ""));
    facts.add(Math.max(1, image.archiveBytes() / 1_000_000) + " MB");
    image
        .costPerMonth()
        .ifPresent(cost ->
            facts.add(
                cost == 0
                    ? "costs nothing"
                    : cost < 0.01 ? "under a cent a month" : "$%.2f a month".formatted(cost)));
    facts.add(
        row.vms().isEmpty()
            ? "no VM uses it"
            : CountText.vms(row.vms().size()) + ": " + String.join(", ", row.vms()));
    return String.join(" · ", facts);
  }

  private void askToPrune() {
    List<DiskImage> unneeded = model.seen().get().map(Seen::prunable).orElse(List.of());
    Card card =
        new Card(
            "Remove " + CountText.of(unneeded.size(), "image") + " for good?",
            WIDTH_EM / 2,
            Card.paragraph(
                "No VM uses "
                    + CountText.choose(unneeded.size(), "it", "them")
                    + ": "
                    + String.join(", ", unneeded.stream().map(DiskImage::name).toList())
                    + "."));
    Runnable close = () -> overlay.hide(card);
    Button remove =
        Card.button(
            "Remove",
            () -> {
              overlay.hide(card);
              model.prune();
            },
            Styles.DANGER);
    remove.setId("image-prune-yes");
    card.setButtons(Card.button("Keep", close), remove);
    overlay.show(card, close);
  }
}
