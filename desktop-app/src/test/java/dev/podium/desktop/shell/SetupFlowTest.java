package dev.podium.desktop.shell;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.podium.desktop.setup.SetupPort.Project;
import dev.podium.fleet.config.CloudProfile;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import javafx.scene.control.ListView;
import javafx.scene.control.TextField;
import javafx.scene.control.TitledPane;
import javafx.scene.input.KeyCode;
import org.junit.jupiter.api.Test;

/// From the first screen to a fleet on Google Cloud by clicks, and what is shown of the project
/// later.
class SetupFlowTest extends ConsoleTest {
  @Test
  void who_has_no_project_yet_is_led_from_the_clients_file_to_the_fleet() {
    prepared = false;
    clientFile = Path.of("client_secret.json");
    setup.seeing(new Project("acme-chat", "Acme chat"), new Project("acme-2", "Acme 2"));
    open(false);
    press("#door-google");
    awaitText("How to make one");
    press("#setup-file");
    awaitText("Waiting for you in the browser…");
    setup.signIns().getFirst().complete("ann@acme.example");
    awaitText("Signed in as ann@acme.example.");
    robot.interact(() ->
        robot.lookup("#setup-projects").queryAs(ListView.class).getSelectionModel().select(0));
    robot.interact(
        () -> robot.lookup("#company-settings").queryAs(TitledPane.class).setExpanded(true));
    fill("#profile-tags", "UP");
    await().atMost(PATIENCE).until(() -> company().equals("Company settings: 1 set, 1 wrong"));
    fill("#profile-tags", "podium");
    press("#setup-project");
    awaitText("All is well: a fleet can be made here.");
    assertThat(setup.list().getFirst().machines().tags()).containsExactly("podium");

    prepared = true;
    fleet.show(List.of());
    press("#setup-open");
    awaitText("No VMs yet");
  }

  @Test
  void who_cancels_the_setup_is_back_at_the_doors() {
    prepared = false;
    open(false);
    press("#door-google");
    awaitText("How to make one");
    pressText("Cancel");
    awaitText("Try it on this computer");
    assertThat(setup.list()).isEmpty();
  }

  @Test
  void a_project_in_trouble_says_what_stands_in_the_way_and_is_mended_by_a_click() {
    project.troubled();
    fleet.show(List.of());
    enter(false);
    key(KeyCode.DIGIT4, true);
    press("#check-project");
    awaitText("5 things stand in the way of a fleet.");
    press("#fix-firewall");
    awaitText("4 things stand in the way of a fleet.");
    assertThat(project.done()).containsExactly("openPort");
    project.answer("billed", true);
    press("#preflight-again");
    awaitText("3 things stand in the way of a fleet.");
    // What had the focus may be gone by now; the key closes the dialog all the same.
    robot.interact(() -> robot.lookup("#fix-apis").query().requestFocus());
    press("#fix-apis");
    awaitText("2 things stand in the way of a fleet.");
    push(KeyCode.ESCAPE);
    await().atMost(PATIENCE).until(() -> robot.lookup("#preflight-again").tryQuery().isEmpty());
  }

  @Test
  void profiles_are_chosen_changed_and_deleted_by_clicks() {
    setup.with(profile("company", "acme-chat")).with(profile("home", "my-home-1"));
    open(false);
    press("#profiles");
    awaitText("Google Cloud profiles");
    fill("#profile-fleet", "class-b");
    press("#profile-save");
    await()
        .atMost(PATIENCE)
        .until(() -> setup.list().stream().anyMatch(profile -> profile.fleet().equals("class-b")));
    robot.interact(() ->
        robot.lookup(".card .list-view").queryAs(ListView.class).getSelectionModel().select(0));
    press("#profile-use");
    await().atMost(PATIENCE).until(() -> setup.current().equals(Optional.of("company")));
    press("#profile-delete");
    awaitText("Delete the profile “company”?");
    pressText("Delete");
    await().atMost(PATIENCE).until(() -> setup.list().size() == 1);
  }

  private static CloudProfile profile(String name, String project) {
    return CloudProfile.google(
        name, project, "podium", Optional.of("client-1"), Optional.of("secret-1"));
  }

  private String company() {
    return window(() -> robot.lookup("#company-settings").queryAs(TitledPane.class).getText());
  }

  private void fill(String selector, String text) {
    await().atMost(PATIENCE).until(() -> robot.lookup(selector).tryQuery().isPresent());
    robot.interact(() -> robot.lookup(selector).queryAs(TextField.class).setText(text));
  }
}
