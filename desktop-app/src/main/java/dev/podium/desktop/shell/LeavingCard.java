package dev.podium.desktop.shell;

import atlantafx.base.theme.Styles;
import dev.podium.desktop.control.Card;
import dev.podium.desktop.control.Overlay;
import dev.podium.desktop.ending.EndKind;
import dev.podium.desktop.ending.EndRequest;
import dev.podium.desktop.ending.EndViewModel;
import dev.podium.desktop.ending.PendingEnd;
import dev.podium.desktop.fx.UiExecutor;
import dev.podium.wire.text.CountText;
import java.util.ArrayList;
import java.util.List;
import javafx.collections.ListChangeListener;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.TextField;
import javafx.scene.layout.VBox;

/// The question before the fleet is left: what stays, what it costs and when it ends. It also says
/// what becomes of requests that can still be taken back or are under way. Nothing goes out while
/// it asks; what went out is waited for, with a way back.
final class LeavingCard {
  private static final double WIDTH_EM = 42;

  private final EndViewModel ending;
  private final StayingVms staying;
  private final UiExecutor executor;
  private final Overlay overlay;
  private final Runnable leave;
  private final Card card = new Card("", WIDTH_EM);
  private final ListChangeListener<PendingEnd> onPending = change -> pendingChanged();
  private boolean asking;
  private boolean closed;

  /// Shows the question.
  ///
  /// @param leave runs if the person leaves; a destruction that failed keeps them here, with its
  ///   reason
  LeavingCard(
      EndViewModel ending,
      StayingVms staying,
      UiExecutor executor,
      Overlay overlay,
      Runnable leave) {
    this.ending = ending;
    this.staying = staying;
    this.executor = executor;
    this.overlay = overlay;
    this.leave = leave;
    ending.pause();
    if (!ending.pending().isEmpty()) {
      askAboutPending();
    } else if (!ending.underWay().isEmpty()) {
      awaitEnd();
    } else {
      askAboutStaying();
    }
    overlay.show(card, this::stay);
  }

  /// Whether it is still shown.
  boolean open() {
    return !closed;
  }

  private void askAboutPending() {
    asking = true;
    ending.pending().addListener(onPending);
    setQuestion();
    List<Node> body = new ArrayList<>();
    body.add(
        Card.paragraph(
            "The request has not gone out yet and waits for your answer. Send it now and then"
                + " leave, or keep what waits and leave."));
    if (!staying.none()) {
      body.add(Card.paragraph(staying.sentences()));
    }
    card.setBody(body.toArray(Node[]::new));
    Button sendNow =
        Card.button(
            verb() + " and leave",
            () -> {
              endQuestion();
              var _ = ending.sendNow();
              awaitEnd();
            },
            Styles.DANGER);
    Button keep =
        Card.button(
            "Keep and leave",
            () -> {
              endQuestion();
              ending.withdraw();
              awaitEnd();
            });
    card.setButtons(Card.button("Go back", this::stay), keep, sendNow);
  }

  private void setQuestion() {
    List<PendingEnd> pending = ending.pending();
    int vms = pending.stream().mapToInt(end -> end.request().vms().size()).sum();
    String what = pending.size() == 1 ? pending.getFirst().request().inWords() : CountText.vms(vms);
    card.setTitle(verb() + " " + what + " before leaving?");
  }

  private String verb() {
    List<EndKind> kinds =
        ending.pending().stream().map(end -> end.request().kind()).distinct().toList();
    return kinds.size() == 1 ? kinds.getFirst().verb() : "End";
  }

  private void askAboutStaying() {
    card.setTitle(staying.question());
    Button back = Card.button("Go back", this::stay);
    Button end = Card.button("End all and leave", this::endAll, Styles.DANGER);
    if (staying.local()) {
      card.setBody(Card.paragraph(staying.sentences()));
      card.setButtons(back, end);
      return;
    }
    Button keep = Card.button("Keep and leave", this::leave, Styles.ACCENT);
    if (!staying.endable()) {
      card.setBody(Card.paragraph(staying.sentences()));
      card.setButtons(back, keep);
      return;
    }
    card.setButtons(back, keep, end);
    card.setBody(Card.paragraph(staying.sentences()));
    String word = staying.wordToType();
    if (!word.isEmpty()) {
      card.setBody(Card.paragraph(staying.sentences()), wordToType(word, end));
    }
  }

  private static Node wordToType(String word, Button end) {
    Label prompt = Card.paragraph("To end them all, type “" + word + "”:");
    TextField field = new TextField();
    field.setAccessibleText("Type " + word + " to end them all");
    prompt.setLabelFor(field);
    end.disableProperty().bind(field.textProperty().map(typed -> !typed.strip().equals(word)));
    VBox box = new VBox(prompt, field);
    box.getStyleClass().add("field");
    return box;
  }

  // The local cloud's end is that of its VMs; in a project each is asked for and waited for.
  private void endAll() {
    if (staying.local()) {
      leave();
    } else {
      var _ = ending.destroyNow(staying.vms());
      awaitEnd();
    }
  }

  // The toast and its key still take a request back.
  private void pendingChanged() {
    if (ending.pending().isEmpty()) {
      stay();
    } else {
      setQuestion();
    }
  }

  private void endQuestion() {
    if (asking) {
      asking = false;
      ending.pending().removeListener(onPending);
    }
  }

  private void awaitEnd() {
    if (ending.underWay().isEmpty()) {
      leave();
      return;
    }
    String what = new EndRequest(EndKind.DESTROY, ending.underWay()).inWords();
    card.setTitle("Destroying " + what);
    card.setBody(
        Card.progress("Leaving once the cloud says that it is done…"),
        Card.paragraph("If you leave before, nobody knows whether it was.", Styles.TEXT_MUTED));
    Button back = Card.button("Go back", this::stay);
    card.setButtons(back, Card.button("Leave now", this::leave));
    back.requestFocus();
    executor.await(ending.ended(), this::ended, failure -> ended(false));
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
    ending.resume();
  }

  private void close() {
    closed = true;
    endQuestion();
    overlay.hide(card);
  }
}
