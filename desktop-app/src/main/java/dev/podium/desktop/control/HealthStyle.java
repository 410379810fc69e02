package dev.podium.desktop.control;

import dev.podium.fleet.model.Health;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import javafx.css.PseudoClass;
import javafx.scene.AccessibleRole;
import javafx.scene.control.Label;
import javafx.scene.control.Labeled;
import javafx.scene.layout.Region;
import org.jspecify.annotations.Nullable;

/// How a health state looks: a shape, a word and a colour, so that it is never colour alone. Shape
/// and colour are in the stylesheet, by a pseudo-class for each state: `:healthy`, `:idle`, ….
public final class HealthStyle {
  private static final Map<Health, PseudoClass> CLASSES = new EnumMap<>(Health.class);

  static {
    for (Health health : Health.values()) {
      CLASSES.put(health, PseudoClass.getPseudoClass(health.name().toLowerCase(Locale.ROOT)));
    }
  }

  private HealthStyle() {}

  /// Makes a label or cell able to show health: gives it its shape.
  public static void prepare(Labeled labeled) {
    Region shape = new Region();
    shape.getStyleClass().add("health-shape");
    shape.setAccessibleRole(AccessibleRole.NODE);
    labeled.getStyleClass().add("health");
    labeled.setGraphic(shape);
  }

  /// Shows this state, or nothing. All states are reset, because cells are used again for other
  /// rows and would keep the wrong colour.
  public static void show(Labeled labeled, @Nullable Health health, String text) {
    boolean same = health != null && labeled.getPseudoClassStates().contains(CLASSES.get(health));
    CLASSES.forEach((state, look) -> labeled.pseudoClassStateChanged(look, state == health));
    var shape = labeled.getGraphic();
    if (shape != null) {
      shape.setVisible(health != null);
    }
    if (!text.equals(labeled.getText())) {
      labeled.setText(text);
    }
    if (!same && labeled.getScene() != null) {
      // A cell that changes while the table is laid out is styled with the next frame only. Until
      // then the new word would stand beside the old shape and colour.
      labeled.applyCss();
    }
  }

  /// A label with the state's word.
  public static Label label(Health health) {
    Label label = new Label();
    prepare(label);
    show(label, health, health.word());
    return label;
  }
}
