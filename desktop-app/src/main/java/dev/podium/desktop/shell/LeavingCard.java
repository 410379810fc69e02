package dev.podium.desktop.shell;

import atlantafx.base.theme.Styles;
import dev.podium.desktop.control.Card;
import dev.podium.desktop.control.Overlay;
import dev.podium.desktop.destroy.DestroyRequest;
import dev.podium.desktop.destroy.DestroyViewModel;
import dev.podium.desktop.destroy.PendingDestruction;
import dev.podium.desktop.fx.UiExecutor;
import java.util.List;
import javafx.collections.ListChangeListener;
import javafx.scene.control.Button;

/// The question before the fleet is left while destructions can still be taken back or are under
/// way. Nothing goes out while it asks; what went out is waited for, with a way back.
final class LeavingCard {
  private static final double WIDTH_EM = 38;

  private final DestroyViewModel destroy;
  private final UiExecutor executor;
  private final Overlay overlay;
  private final Runnable leave;
  private final Card card = new Card("", WIDTH_EM);
  private final ListChangeListener<PendingDestruction> onPending = change -> pendingChanged();
  private boolean asking;
  private boolean closed;

  /// Shows the question.
  ///
  /// @param leave runs if the person leaves; a destruction that failed keeps them here, with its
  ///   reason
  LeavingCard(DestroyViewModel destroy, UiExecutor executor, Overlay overlay, Runnable leave) {
    this.destroy = destroy;
    this.executor = executor;
    this.overlay = overlay;
    this.leave = leave;
    destroy.pause();
    if (destroy.pending().isEmpty()) {
      awaitEnd();
    } else {
      ask();
    }
    overlay.show(card, this::stay);
  }

  /// Whether it is still shown.
  boolean open() {
    return !closed;
  }

  private void ask() {
    asking = true;
    destroy.pending().addListener(onPending);
    setQuestion();
    card.setBody(
        Card.paragraph(
            "The request has not gone out yet and waits for your answer. Destroy now and then"
                + " leave, or keep what waits and leave."));
    Button destroyNow =
        Card.button(
            "Destroy and leave",
            () -> {
              endQuestion();
              var _ = destroy.destroyNow();
              awaitEnd();
            },
            Styles.DANGER);
    Button keep =
        Card.button(
            "Keep and leave",
            () -> {
              endQuestion();
              destroy.withdraw();
              awaitEnd();
            });
    card.setButtons(Card.button("Go back", this::stay), keep, destroyNow);
  }

  private void setQuestion() {
    List<PendingDestruction> pending = destroy.pending();
    String what =
        pending.size() == 1
            ? pending.getFirst().request().inWords()
            : pending.size() + " destructions";
    card.setTitle("Destroy " + what + " before leaving?");
  }

  // The toast and its key still take a destruction back.
  private void pendingChanged() {
    if (destroy.pending().isEmpty()) {
      stay();
    } else {
      setQuestion();
    }
  }

  private void endQuestion() {
    if (asking) {
      asking = false;
      destroy.pending().removeListener(onPending);
    }
  }

  private void awaitEnd() {
    if (destroy.underWay().isEmpty()) {
      leave();
      return;
    }
    String what = new DestroyRequest(destroy.underWay()).inWords();
    card.setTitle("Destroying " + what);
    card.setBody(
        Card.progress("Leaving once the cloud says that it is done…"),
        Card.paragraph("If you leave before, nobody knows whether it was.", Styles.TEXT_MUTED));
    Button back = Card.button("Go back", this::stay);
    card.setButtons(back, Card.button("Leave now", this::leave));
    back.requestFocus();
    executor.await(destroy.ended(), this::ended, failure -> ended(false));
  }

  private void ended(boolean allGone) {
    if (closed) {
      return;
    }
    if (allGone) {
      leave();
    } else {
      stay();
    }
  }

  private void leave() {
    close();
    leave.run();
  }

  private void stay() {
    close();
    destroy.resume();
  }

  private void close() {
    closed = true;
    endQuestion();
    overlay.hide(card);
  }
}
