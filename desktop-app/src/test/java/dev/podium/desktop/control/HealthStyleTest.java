package dev.podium.desktop.control;

import static org.assertj.core.api.Assertions.assertThat;

import dev.podium.fleet.model.Health;
import java.util.Objects;
import javafx.scene.Scene;
import javafx.scene.control.Label;
import javafx.scene.layout.Region;
import javafx.scene.layout.StackPane;
import javafx.scene.shape.SVGPath;
import javafx.stage.Stage;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.testfx.api.FxRobot;
import org.testfx.api.FxToolkit;

class HealthStyleTest {
  private final FxRobot robot = new FxRobot();

  @BeforeEach
  void show() throws Exception {
    Stage stage = FxToolkit.registerPrimaryStage();
    robot.interact(() -> {
      StackPane root = new StackPane(HealthStyle.label(Health.HEALTHY));
      root.getStyleClass().add("console");
      Scene scene = new Scene(root, 300, 100);
      scene
          .getStylesheets()
          .add(
              Objects.requireNonNull(
                      HealthStyle.class.getResource("/dev/podium/desktop/shell/console.css"))
                  .toExternalForm());
      stage.setScene(scene);
      stage.show();
    });
  }

  @AfterEach
  void close() throws Exception {
    FxToolkit.cleanupStages();
  }

  @Test
  void word_and_shape_change_together() {
    robot.interact(() -> {
      Label label = label();
      String before = shape();
      HealthStyle.show(label, Health.BROKEN, "Broken");
      // Before the next frame is drawn, while the word is the new one already.
      assertThat(label.getText()).isEqualTo("Broken");
      assertThat(shape()).isNotEqualTo(before).startsWith("M3 0L8 5");
    });
  }

  private Label label() {
    return robot.lookup(".health").queryAs(Label.class);
  }

  private String shape() {
    return ((SVGPath) ((Region) label().getGraphic()).getShape()).getContent();
  }
}
