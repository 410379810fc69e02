package dev.podium.desktop.control;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import javafx.beans.value.ObservableValue;
import javafx.geometry.Pos;
import javafx.scene.Node;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyEvent;
import javafx.scene.layout.Region;
import javafx.scene.layout.StackPane;
import org.jspecify.annotations.Nullable;

/// Dialogs inside the window: a card above a veil. They need no window manager, look the same
/// everywhere, block nothing, and keep the focus until they are closed.
public final class Overlay extends StackPane {
  private record Layer(StackPane veil, Runnable escape, @Nullable Node focusBefore) {}

  private final Deque<Layer> layers = new ArrayDeque<>();

  public Overlay() {
    setVisible(false);
    getStyleClass().add("overlay");
    addEventFilter(KeyEvent.KEY_PRESSED, this::onKey);
    sceneProperty()
        .subscribe(scene -> {
          if (scene != null) {
            scene.focusOwnerProperty().subscribe(this::keepFocus);
          }
        });
  }

  /// Shows a card above everything else. Its focus goes to the first control that takes it, unless
  /// the card asks for another.
  ///
  /// @param escape what the escape key does; usually it closes the card
  public void show(Region card, Runnable escape) {
    StackPane veil = new StackPane(card);
    veil.getStyleClass().add("veil");
    veil.setAlignment(Pos.CENTER);
    card.getStyleClass().add("card");
    card.setMaxSize(Region.USE_PREF_SIZE, Region.USE_PREF_SIZE);
    Node before = getScene() == null ? null : getScene().getFocusOwner();
    layers.push(new Layer(veil, escape, before));
    getChildren().add(veil);
    setVisible(true);
    Focus.giveFirstIn(veil);
  }

  /// Shows a card for each question that is asked, and closes it when the question is another or
  /// none.
  ///
  /// @param question what is asked now; empty while nothing is
  /// @param card for a question
  /// @param escape what the escape key does
  public <Q> void follow(
      ObservableValue<@Nullable Q> question, Function<Q, ? extends Region> card, Runnable escape) {
    AtomicReference<@Nullable Region> shown = new AtomicReference<>();
    question.subscribe(asked -> {
      Region before = shown.getAndSet(null);
      if (before != null) {
        hide(before);
      }
      if (asked != null) {
        Region next = card.apply(asked);
        shown.set(next);
        show(next, escape);
      }
    });
  }

  /// Closes the card, wherever in the stack it is; does nothing if it is not shown. The focus goes
  /// back to where it was.
  public void hide(Region card) {
    Layer layer =
        layers.stream().filter(l -> l.veil().getChildren().contains(card)).findFirst().orElse(null);
    if (layer == null) {
      return;
    }
    layers.remove(layer);
    layer.veil().getChildren().clear();
    getChildren().remove(layer.veil());
    setVisible(!layers.isEmpty());
    Node before = layer.focusBefore();
    if (before != null) {
      before.requestFocus();
    }
  }

  /// Closes everything, as when the person signs out.
  public void clear() {
    layers.clear();
    getChildren().clear();
    setVisible(false);
  }

  /// Whether a card is shown; shortcuts of the window behind it rest meanwhile.
  public boolean busy() {
    return !layers.isEmpty();
  }

  private void onKey(KeyEvent event) {
    Layer top = layers.peek();
    if (top != null && event.getCode() == KeyCode.ESCAPE) {
      event.consume();
      top.escape().run();
    }
  }

  // Tab must not lead to what the veil hides.
  private void keepFocus(@Nullable Node owner) {
    Layer top = layers.peek();
    if (top != null && owner != null && !isInside(owner, top.veil())) {
      Focus.giveFirstIn(top.veil());
    }
  }

  private static boolean isInside(Node node, Node container) {
    for (Node at = node; at != null; at = at.getParent()) {
      if (at.equals(container)) {
        return true;
      }
    }
    return false;
  }
}
