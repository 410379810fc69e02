package dev.podium.desktop.shell;

import dev.podium.desktop.ending.EndViewModel;
import dev.podium.desktop.settings.Appearance;
import dev.podium.desktop.signin.SignInPort;
import dev.podium.desktop.testing.Classroom;
import dev.podium.desktop.testing.ScriptedFleet;
import dev.podium.desktop.testing.Vms;
import dev.podium.fleet.model.Health;
import dev.podium.wire.model.PodiumException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.TextField;
import javafx.scene.input.KeyCode;
import javafx.stage.WindowEvent;

/// Pictures of the ways in which VMs end and a person leaves, and of what did not work.
final class EndPictures extends WindowPictures {
  EndPictures(Path folder, Appearance appearance) throws Exception {
    super(folder, appearance);
  }

  void all() throws Exception {
    drain();
    force();
    leaveLocal();
    leaveProject();
    failedCreation();
    noBrowser();
  }

  private void drain() throws Exception {
    fleet.show(Classroom.vms());
    open(Optional.of(SignInPort.Door.LOCAL));
    select(0, 1, 2, 3);
    shoot("selected");
    keys(KeyCode.D, true);
    shoot("drain");
    fill(".card .text-field", "drain 4");
    press(".card .button:default");
    shoot("drain-undo");
    keys(KeyCode.Z, true);
  }

  private void force() throws Exception {
    fleet = new ScriptedFleet();
    fleet.fallSilent();
    fleet.show(
        IntStream.rangeClosed(1, 9)
            .mapToObj(i -> Vms.vm("room-" + i, Health.STARTING, 0, "booting for 3 min"))
            .toList());
    open(Optional.of(SignInPort.Door.LOCAL));
    select(0, 1, 2, 3, 4, 5, 6, 7, 8);
    keys(KeyCode.DELETE, false);
    press(".card .button:default");
    awaitGrace();
    shoot("force-offered");
    pressNamed("Destroy by force…");
    shoot("force");
    keys(KeyCode.ESCAPE, false);
  }

  private void leaveLocal() throws Exception {
    closeWindow();
    shoot("leave-local");
    keys(KeyCode.ESCAPE, false);
  }

  private void leaveProject() throws Exception {
    local = false;
    fleet = new ScriptedFleet();
    fleet.show(Classroom.vms());
    open(Optional.of(SignInPort.Door.LOCAL));
    closeWindow();
    shoot("leave-project");
    keys(KeyCode.ESCAPE, false);
    local = true;
  }

  private void failedCreation() throws Exception {
    keys(KeyCode.N, true);
    fill(".card .text-field", "2");
    press(".card .button:default");
    settle();
    for (int i = 0; i < 2; i++) {
      fleet
          .creations()
          .get(i)
          .operation()
          .completeExceptionally(
              new PodiumException.QuotaExceeded(
                  "The VM 'vm-" + (i + 1) + "' was not created",
                  "the quota CPUS of 8 in us-central1 is used up",
                  "Destroy VMs that are not needed, or ask Google for more quota.",
                  null));
    }
    shoot("new-vms-failed");
    keys(KeyCode.ESCAPE, false);
  }

  private void noBrowser() throws Exception {
    browser =
        page -> {
          throw new PodiumException.Unavailable(
              "Your browser was not opened", "xdg-open ended with 3", "Open it yourself.", null);
        };
    select(0);
    shoot("details-end");
    keys(KeyCode.O, true);
    shoot("no-browser");
    keys(KeyCode.ESCAPE, false);
  }

  // Until the seconds in which it can be taken back are over; a program for people may wait.
  private static void awaitGrace() throws InterruptedException {
    Thread.sleep(EndViewModel.GRACE.plusSeconds(1).toMillis());
  }

  private void closeWindow() throws Exception {
    onWindow(() -> {
      stage.getOnCloseRequest().handle(new WindowEvent(stage, null));
      return stage;
    });
    settle();
  }

  private void fill(String selector, String text) throws Exception {
    TextField field = lookup(selector, TextField.class);
    onWindow(() -> {
      field.setText(text);
      return field;
    });
  }

  private void pressNamed(String name) throws Exception {
    onWindow(() -> {
      List<Node> buttons = List.copyOf(stage.getScene().getRoot().lookupAll(".button"));
      buttons.stream()
          .filter(node -> node instanceof Button b && name.equals(b.getText()))
          .map(Button.class::cast)
          .findFirst()
          .orElseThrow()
          .fire();
      return name;
    });
    settle();
  }
}
