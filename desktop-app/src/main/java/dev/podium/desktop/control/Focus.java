package dev.podium.desktop.control;

import javafx.scene.Node;
import javafx.scene.Parent;
import javafx.scene.Scene;
import javafx.util.Subscription;
import org.jspecify.annotations.Nullable;

/// Where the keyboard's focus goes. Belongs to the window's thread.
public final class Focus {
  private Focus() {}

  /// Gives the node the focus: now, or as soon as it is in the window. What a split pane or a tab
  /// holds comes into the window only when that is drawn first.
  public static void give(Node node) {
    if (node.getScene() != null) {
      node.requestFocus();
      return;
    }
    Subscription[] waiting = new Subscription[1];
    waiting[0] =
        node.sceneProperty()
            .subscribe((@Nullable Scene before, @Nullable Scene scene) -> {
              if (scene != null) {
                waiting[0].unsubscribe();
                node.requestFocus();
              }
            });
  }

  /// Gives the focus to the first control inside that takes it, if there is one.
  public static void giveFirstIn(Node container) {
    Node wanted = firstIn(container);
    if (wanted != null) {
      wanted.requestFocus();
    }
  }

  /// The first control inside that takes the focus.
  static @Nullable Node firstIn(Node node) {
    if (node.isFocusTraversable() && !node.isDisabled() && node.isVisible()) {
      return node;
    }
    if (node instanceof Parent parent && node.isVisible()) {
      for (Node child : parent.getChildrenUnmodifiable()) {
        Node found = firstIn(child);
        if (found != null) {
          return found;
        }
      }
    }
    return null;
  }
}
