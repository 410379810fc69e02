package dev.podium.desktop.control.failure;

import atlantafx.base.theme.Styles;
import dev.podium.desktop.control.Card;
import dev.podium.desktop.control.Overlay;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.function.Consumer;
import javafx.geometry.Pos;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.TextArea;
import javafx.scene.control.TitledPane;
import javafx.scene.layout.HBox;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Shows what went wrong: a sentence, what to do, a code to copy, and the details folded away. Logs
/// it, once. Belongs to the window's thread.
public final class ErrorPresenter implements Consumer<FailureText> {
  private static final Logger LOG = LoggerFactory.getLogger(ErrorPresenter.class);
  private static final double WIDTH_EM = 40;

  private final Overlay overlay;
  private final Consumer<String> clipboard;
  private final Deque<FailureText> waiting = new ArrayDeque<>();
  private @Nullable Card shown;

  /// @param clipboard takes what is copied
  public ErrorPresenter(Overlay overlay, Consumer<String> clipboard) {
    this.overlay = overlay;
    this.clipboard = clipboard;
  }

  /// Shows the failure, after those that are waiting to be read. One that is waiting already is not
  /// shown twice: ten VMs that fail for the same reason are one dialog.
  @Override
  public void accept(FailureText failure) {
    LOG.warn("{} [{}]", failure.sentence(), failure.code());
    LOG.debug("{}", failure.details());
    if (waiting.stream().noneMatch(other -> other.sentence().equals(failure.sentence()))) {
      waiting.add(failure);
    }
    if (shown == null) {
      next();
    }
  }

  /// Forgets what is shown and what waits, as when the person signs out and every card is closed.
  public void clear() {
    waiting.clear();
    Card card = shown;
    shown = null;
    if (card != null) {
      overlay.hide(card);
    }
  }

  private void next() {
    FailureText failure = waiting.peek();
    if (failure == null) {
      return;
    }
    Card card = card(failure);
    shown = card;
    overlay.show(card, this::read);
  }

  private void read() {
    Card card = shown;
    shown = null;
    waiting.poll();
    if (card != null) {
      overlay.hide(card);
    }
    next();
  }

  private Card card(FailureText failure) {
    Button close = Card.button("Close", this::read, Styles.ACCENT);
    close.setDefaultButton(true);
    Card card =
        new Card(
            "That did not work",
            WIDTH_EM,
            Card.paragraph(failure.sentence()),
            Card.paragraph(failure.remedy(), Styles.TEXT_MUTED),
            codeLine(failure.code(), clipboard),
            details(failure));
    failure.offer().ifPresent(offer -> card.with(offered(offer)));
    return card.with(close);
  }

  // What is offered opens a dialog of its own, so this one is read.
  private Button offered(FailureText.Offer offer) {
    return Card.button(
        offer.name(),
        () -> {
          read();
          offer.work().run();
        });
  }

  /// The code with a button that copies it, as also forms show it.
  public static HBox codeLine(String code, Consumer<String> clipboard) {
    Label label = new Label("Code " + code);
    label.getStyleClass().addAll(Styles.TEXT_MUTED, "code");
    Button copy = Card.button("Copy", () -> clipboard.accept(code), Styles.FLAT, Styles.SMALL);
    copy.setAccessibleText("Copy the code " + code);
    HBox line = new HBox(label, copy);
    line.setAlignment(Pos.CENTER_LEFT);
    line.getStyleClass().add("code-line");
    return line;
  }

  private static TitledPane details(FailureText failure) {
    TextArea text = new TextArea(failure.details());
    text.setEditable(false);
    text.setPrefRowCount(8);
    text.getStyleClass().add("code");
    TitledPane folded = new TitledPane("Details for a report", text);
    folded.setExpanded(false);
    folded.setAnimated(false);
    folded.getStyleClass().add(Styles.DENSE);
    return folded;
  }
}
