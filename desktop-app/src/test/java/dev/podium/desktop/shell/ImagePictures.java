package dev.podium.desktop.shell;

import dev.podium.desktop.control.Overlay;
import dev.podium.desktop.control.Typography;
import dev.podium.desktop.fx.EventBridge;
import dev.podium.desktop.image.ImageCard;
import dev.podium.desktop.image.ImageViewModel;
import dev.podium.desktop.settings.Appearance;
import dev.podium.desktop.settings.WindowMemory;
import dev.podium.desktop.testing.ScriptedImages;
import java.nio.file.Path;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.scene.Scene;
import javafx.scene.layout.StackPane;

/// Pictures of the card of the VM image.
final class ImagePictures extends WindowPictures {
  ImagePictures(Path folder, Appearance appearance) throws Exception {
    super(folder, appearance);
  }

  void all() throws Exception {
    ScriptedImages images = new ScriptedImages();
    ImageViewModel model = new ImageViewModel(() -> images, new EventBridge());
    onWindow(() -> {
      Overlay overlay = new Overlay();
      StackPane root = new StackPane(overlay);
      root.setStyle("-fx-font-size: " + Typography.SIZE + "px");
      root.getStyleClass().add("console");
      Scene scene = new Scene(root, 1_366, 768);
      scene
          .getStylesheets()
          .add(
              Objects.requireNonNull(ConsoleWindow.class.getResource("console.css"))
                  .toExternalForm());
      ThemeSwitcher.follow(
          new ReadOnlyObjectWrapper<>(
              new WindowMemory(appearance, 1_366, 768, false, Set.of(), 0.55)),
          root);
      stage.setScene(scene);
      stage.show();
      ImageCard.open(
          model, overlay, () -> Optional.of(Path.of("podium-vm-1.2.0-amd64.tar.gz")), text -> {});
      return stage;
    });
    shoot("images");
    press("#image-publish");
    shoot("images-publishing");
    press("#image-cancel");
    images.upload();
    shoot("images-cancelled");
    press("#image-publish");
    shoot("images-published");
    onWindow(() -> {
      stage.hide();
      return stage;
    });
  }
}
