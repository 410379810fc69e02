package dev.podium.desktop.setup;

import static org.assertj.core.api.Assertions.assertThat;

import dev.podium.desktop.setup.SetupPort.Project;
import dev.podium.desktop.setup.SetupViewModel.Step;
import dev.podium.desktop.testing.SameThread;
import dev.podium.desktop.testing.ScriptedSetup;
import dev.podium.fleet.config.CloudProfile;
import dev.podium.fleet.config.ProfileMember;
import dev.podium.wire.model.PodiumException;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class SetupViewModelTest {
  private static final String CLIENT = "{\"installed\": {\"client_id\": \"client-1\"}}";
  private final ScriptedSetup google =
      new ScriptedSetup()
          .seeing(new Project("acme-chat", "Acme chat"), new Project("acme-2", "Acme 2"));
  private final SetupViewModel model = new SetupViewModel(google, new SameThread());

  private void signedIn() {
    model.client().set(CLIENT);
    model.useClient();
    google.signIns().getLast().complete("ann@acme.example");
  }

  @Test
  void from_the_file_to_the_check_without_a_command_line() {
    model.load();
    model.useFile(Path.of("client_secret.json"));
    assertThat(model.client().get()).contains("installed");
    assertThat(model.step().get()).isEqualTo(Step.SIGN_IN);
    assertThat(model.page().get()).isPresent();

    google.signIns().getFirst().complete("ann@acme.example");
    assertThat(model.step().get()).isEqualTo(Step.PROJECT);
    assertThat(model.email().get()).isEqualTo("ann@acme.example");
    assertThat(model.projects()).extracting(Project::id).containsExactly("acme-chat", "acme-2");
    model.choose(model.projects().getFirst());
    model.form().text(ProfileMember.FLEET).set("class-a");
    model.useProject();

    assertThat(model.step().get()).isEqualTo(Step.CHECK);
    assertThat(google.done()).containsExactly("finished google acme-chat");
    CloudProfile saved = google.list().getFirst();
    assertThat(saved.oauthClientId()).contains("client-1");
    assertThat(saved.fleet()).isEqualTo("class-a");
    assertThat(google.current()).contains("google");
  }

  @Test
  void what_is_no_client_is_refused_where_it_was_pasted() {
    model.client().set("hello");
    model.useClient();
    assertThat(model.step().get()).isEqualTo(Step.CLIENT);
    assertThat(model.refusal().get()).isNotNull();
    assertThat(google.signIns()).isEmpty();
  }

  @Test
  void who_goes_back_from_the_browser_is_signed_in_nowhere() {
    model.client().set(CLIENT);
    model.useClient();
    model.back();
    assertThat(google.done()).containsExactly("cancelled");
    google.signIns().getFirst().complete("ann@acme.example");
    assertThat(model.step().get()).isEqualTo(Step.CLIENT);
    assertThat(model.client().get()).as("nobody pastes twice").isEqualTo(CLIENT);
  }

  @Test
  void who_gives_up_before_a_project_is_chosen_leaves_no_sign_in_and_no_profile() {
    signedIn();
    model.giveUp();
    assertThat(google.done()).containsExactly("given up");
    assertThat(google.list()).isEmpty();
  }

  @Test
  void a_sign_in_that_fails_says_why_at_the_first_step() {
    model.client().set(CLIENT);
    model.useClient();
    google
        .signIns()
        .getFirst()
        .completeExceptionally(
            new PodiumException.NotSignedIn("Nobody was signed in", "no", "Try again.", null));
    assertThat(model.step().get()).isEqualTo(Step.CLIENT);
    assertThat(model.refusal().get()).isNotNull();
  }

  @Test
  void where_projects_cannot_be_listed_an_id_is_typed() {
    google.refuseList(
        new PodiumException.NotPermitted(
            "Your projects cannot be listed", "the API is off", "Switch it on.", null));
    signedIn();
    assertThat(model.projectsNote().get())
        .isEqualTo(
            "Your projects cannot be listed: the API is off. Type the project’s id instead.");
    model.form().text(ProfileMember.PROJECT).set("acme-chat");
    model.useProject();
    assertThat(model.step().get()).isEqualTo(Step.CHECK);
  }

  @Test
  void a_project_with_faults_in_its_settings_is_not_gone_on_with() {
    signedIn();
    model.choose(model.projects().getFirst());
    model.form().text(ProfileMember.TAGS).set("UP");
    model.useProject();
    assertThat(model.step().get()).isEqualTo(Step.PROJECT);
    assertThat(model.form().faults().get()).containsOnlyKeys(ProfileMember.TAGS);
  }

  @Test
  void the_only_project_is_chosen_at_once() {
    google.seeing(new Project("acme-chat", "Acme chat"));
    signedIn();
    assertThat(model.form().text(ProfileMember.PROJECT).get()).isEqualTo("acme-chat");
  }

  @Test
  void a_client_that_is_known_needs_no_file() {
    google.with(
        CloudProfile.google(
            "first", "project-1", "podium", Optional.of("client-9"), Optional.of("s")));
    model.load();
    assertThat(model.known().get()).isPresent();
    model.useKnownClient();
    assertThat(model.step().get()).isEqualTo(Step.SIGN_IN);
  }
}
