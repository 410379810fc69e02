package dev.podium.desktop.shell;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.podium.desktop.control.Overlay;
import dev.podium.desktop.fx.EventBridge;
import dev.podium.desktop.image.ImageCard;
import dev.podium.desktop.image.ImageViewModel;
import dev.podium.desktop.testing.ScriptedImages;
import java.nio.file.Path;
import java.util.Optional;
import javafx.scene.Node;
import javafx.scene.Scene;
import javafx.scene.control.ButtonBase;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// The card of the VM image as a person uses it.
class ImageFlowTest extends WindowTest {
  private static final Path ARCHIVE = Path.of("podium-vm-1.2.0-amd64.tar.gz");

  private final EventBridge bridge = new EventBridge();
  private final ScriptedImages images = new ScriptedImages();
  private final ImageViewModel model = new ImageViewModel(() -> images, bridge);

  @BeforeEach
  void open() {
    window(() -> {
      Overlay overlay = new Overlay();
      stage.setScene(new Scene(overlay, 1_000, 700));
      stage.show();
      ImageCard.open(model, overlay, () -> Optional.of(ARCHIVE), text -> {});
      return true;
    });
    awaitText("New VMs are made from the newest of the family podium-agent.");
  }

  @AfterEach
  void close() {
    bridge.close();
  }

  private boolean isShown(String selector) {
    return window(() -> {
      Node node = stage.getScene().getRoot().lookup(selector);
      return node != null && node.isVisible();
    });
  }

  private boolean isDisabled(String selector) {
    return window(() -> stage.getScene().getRoot().lookup(selector).isDisabled());
  }

  @Test
  void an_image_is_published_with_its_progress_and_used_and_an_old_one_removed() {
    awaitText("podium-agent-1-1-0-20261102-081500");
    assertThat(shows("newest")).isTrue();
    assertThat(isShown("#image-cancel")).isFalse();
    press("#image-publish");
    awaitText("Uploading: it goes to bucket 'school-4711-podium-images', 40 %");
    assertThat(isShown("#image-cancel")).isTrue();
    assertThat(isDisabled("#image-publish")).isTrue();
    images.upload();
    awaitText(
        "Family podium-agent is at podium-agent-1-2-0-20261130-160000: a VM of it served 41 s"
            + " after its start.");
    assertThat(images.published).containsExactly(ARCHIVE);
    assertThat(isShown("#image-cancel")).isFalse();

    robot.interact(() ->
        stage.getScene().getRoot().lookupAll(".button").stream()
            .filter(
                node -> "Use podium-agent-1-1-0-20261102-081500".equals(node.getAccessibleText()))
            .map(ButtonBase.class::cast)
            .findFirst()
            .orElseThrow()
            .fire());
    awaitText("New VMs are made from podium-agent-1-1-0-20261102-081500.");
    press("#image-follow");
    awaitText("New VMs are made from the newest of the family podium-agent.");

    await().atMost(PATIENCE).until(() -> !isDisabled("#image-prune"));
    press("#image-prune");
    awaitText("Remove 1 image for good?");
    press("#image-prune-yes");
    await()
        .atMost(PATIENCE)
        .until(() -> !shows("podium-agent-1-0-0-20260914-090000") && isDisabled("#image-prune"));
  }

  @Test
  void a_publication_is_cancelled() {
    press("#image-publish");
    awaitText("Uploading: it goes to bucket 'school-4711-podium-images', 40 %");
    press("#image-cancel");
    images.upload();
    awaitText("The image was not published: it was cancelled, and nothing of it is left");
    assertThat(images.published).isEmpty();
    assertThat(isDisabled("#image-publish")).isFalse();
  }
}
