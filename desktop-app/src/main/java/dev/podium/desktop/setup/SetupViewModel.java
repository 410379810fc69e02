package dev.podium.desktop.setup;

import dev.podium.desktop.control.failure.FailureText;
import dev.podium.desktop.fx.UiExecutor;
import dev.podium.desktop.profile.ProfileFormViewModel;
import dev.podium.desktop.setup.SetupPort.Project;
import dev.podium.desktop.setup.SetupPort.SignIn;
import dev.podium.fleet.config.CloudProfile;
import dev.podium.fleet.config.ProfileMember;
import java.net.URI;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.function.Consumer;
import javafx.beans.property.ReadOnlyBooleanProperty;
import javafx.beans.property.ReadOnlyBooleanWrapper;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.beans.property.ReadOnlyStringProperty;
import javafx.beans.property.ReadOnlyStringWrapper;
import javafx.beans.property.SimpleStringProperty;
import javafx.beans.property.StringProperty;
import javafx.collections.FXCollections;
import javafx.collections.ObservableList;
import org.jspecify.annotations.Nullable;

/// Where a setup is, and what was said in it. Belongs to the window's thread; one for each setup.
public final class SetupViewModel {
  private final SetupPort port;
  private final UiExecutor executor;
  private final StringProperty client = new SimpleStringProperty("");
  private final ReadOnlyObjectWrapper<Step> step = new ReadOnlyObjectWrapper<>(Step.CLIENT);
  private final ReadOnlyObjectWrapper<@Nullable FailureText> refusal =
      new ReadOnlyObjectWrapper<>();
  private final ReadOnlyBooleanWrapper busy = new ReadOnlyBooleanWrapper();
  private final ReadOnlyObjectWrapper<Optional<CloudProfile>> known =
      new ReadOnlyObjectWrapper<>(Optional.empty());
  private final ReadOnlyObjectWrapper<Optional<URI>> page =
      new ReadOnlyObjectWrapper<>(Optional.empty());
  private final ReadOnlyStringWrapper email = new ReadOnlyStringWrapper("");
  private final ObservableList<Project> projects = FXCollections.observableArrayList();
  private final ReadOnlyStringWrapper projectsNote = new ReadOnlyStringWrapper("");
  private final ProfileFormViewModel form = new ProfileFormViewModel();
  private final ReadOnlyObjectWrapper<Optional<CloudProfile>> finished =
      new ReadOnlyObjectWrapper<>(Optional.empty());
  private Optional<CloudProfile> template = Optional.empty();
  private @Nullable SignIn waiting;

  // What an earlier attempt answers carries an older number and is dropped.
  private int sequence;

  /// The steps, in order.
  public enum Step {
    /// The JSON of the OAuth client.
    CLIENT("OAuth client"),
    /// The person is in the browser.
    SIGN_IN("Sign in"),
    /// Which project, and how it wants its VMs.
    PROJECT("Project"),
    /// Whether all is there that a fleet needs.
    CHECK("Check");

    private final String title;

    Step(String title) {
      this.title = title;
    }

    /// As the list of steps says it.
    public String title() {
      return title;
    }
  }

  public SetupViewModel(SetupPort port, UiExecutor executor) {
    this.port = port;
    this.executor = executor;
  }

  /// Looks for a client that is known already.
  public void load() {
    executor.call(port::knownClient, known::set, failure -> refusal.set(FailureText.of(failure)));
  }

  /// Reads the file that the person chose into the field, and goes on if it is a client.
  public void useFile(Path file) {
    call(
        () -> port.read(file),
        text -> {
          client.set(text);
          useClient();
        });
  }

  /// Takes the JSON that was pasted, and opens the browser.
  public void useClient() {
    String json = client.get();
    call(() -> port.withClient(json), this::signIn);
  }

  /// Takes the client of another profile, and opens the browser.
  public void useKnownClient() {
    known.get().ifPresent(this::signIn);
  }

  private void signIn(CloudProfile profile) {
    template = Optional.of(profile);
    int mine = ++sequence;
    step.set(Step.SIGN_IN);
    page.set(Optional.empty());
    refusal.set(null);
    executor.call(
        () -> port.signIn(profile),
        begun -> {
          if (mine == sequence) {
            await(begun, mine);
          } else {
            executor.inBackground(begun.cancel());
          }
        },
        failure -> notSignedIn(mine, failure));
  }

  private void await(SignIn begun, int mine) {
    waiting = begun;
    page.set(Optional.of(begun.page()));
    executor.await(begun.done(), who -> signedIn(mine, who), failure -> notSignedIn(mine, failure));
  }

  private void notSignedIn(int of, Throwable failure) {
    if (of == sequence) {
      waiting = null;
      step.set(Step.CLIENT);
      refusal.set(FailureText.of(failure));
    }
  }

  private void signedIn(int of, String who) {
    if (of != sequence) {
      return;
    }
    waiting = null;
    email.set(who);
    step.set(Step.PROJECT);
    projectsNote.set("Asking which projects " + who + " sees…");
    executor.call(
        () -> new Seen(port.projects(), port.profileNames()),
        seen -> {
          if (of == sequence) {
            projects.setAll(seen.projects());
            begin(seen.names());
            projectsNote.set(
                seen.projects().isEmpty()
                    ? who + " sees no project. Make one in Google’s console, or type its id."
                    : "");
          }
        },
        failure -> {
          if (of == sequence) {
            begin(Set.of());
            projectsNote.set(
                FailureText.of(failure).sentence() + ". Type the project’s id instead.");
          }
        });
  }

  private record Seen(java.util.List<Project> projects, Set<String> names) {}

  private void begin(Set<String> names) {
    template.ifPresent(profile -> form.begin(profile, names));
    if (projects.size() == 1) {
      choose(projects.getFirst());
    }
  }

  /// Takes one of the projects.
  public void choose(Project project) {
    form.text(ProfileMember.PROJECT).set(project.id());
  }

  /// Goes on to the check, if nothing is wrong with the form.
  public void useProject() {
    if (step.get() == Step.PROJECT && form.complete()) {
      CloudProfile profile = form.profile();
      call(
          () -> {
            port.finish(profile);
            return profile;
          },
          saved -> {
            finished.set(Optional.of(saved));
            step.set(Step.CHECK);
          });
    }
  }

  /// Goes back a step. What was saved stays; whoever goes back from it changes it.
  public void back() {
    refusal.set(null);
    switch (step.get()) {
      case CLIENT -> {}
      case SIGN_IN, PROJECT -> {
        giveUp();
        step.set(Step.CLIENT);
      }
      case CHECK -> step.set(Step.PROJECT);
    }
  }

  /// Gives up what waits, and ends a sign-in that no profile has yet.
  public void giveUp() {
    sequence++;
    SignIn begun = waiting;
    waiting = null;
    boolean signedIn = step.get() == Step.PROJECT && finished.get().isEmpty();
    if (begun != null || signedIn) {
      executor.inBackground(() -> {
        if (begun != null) {
          begun.cancel().run();
        }
        if (signedIn) {
          port.giveUp();
        }
      });
    }
  }

  private <T> void call(Callable<T> work, Consumer<T> done) {
    if (busy.get()) {
      return;
    }
    busy.set(true);
    refusal.set(null);
    int mine = sequence;
    executor.call(
        work,
        result -> {
          busy.set(false);
          if (mine == sequence) {
            done.accept(result);
          }
        },
        failure -> {
          busy.set(false);
          if (mine == sequence) {
            refusal.set(FailureText.of(failure));
          }
        });
  }

  /// The JSON of the client, as pasted.
  public StringProperty client() {
    return client;
  }

  /// Where the setup is.
  public ReadOnlyObjectProperty<Step> step() {
    return step.getReadOnlyProperty();
  }

  /// Why the last thing was refused; null if it was not.
  public ReadOnlyObjectProperty<@Nullable FailureText> refusal() {
    return refusal.getReadOnlyProperty();
  }

  /// Whether something is asked that blocks.
  public ReadOnlyBooleanProperty busy() {
    return busy.getReadOnlyProperty();
  }

  /// A profile whose client can be used again.
  public ReadOnlyObjectProperty<Optional<CloudProfile>> known() {
    return known.getReadOnlyProperty();
  }

  /// The page to be opened by hand where no browser opened.
  public ReadOnlyObjectProperty<Optional<URI>> page() {
    return page.getReadOnlyProperty();
  }

  /// Who signed in; empty before.
  public ReadOnlyStringProperty email() {
    return email.getReadOnlyProperty();
  }

  /// The projects to choose from.
  public ObservableList<Project> projects() {
    return projects;
  }

  /// What is to be said of them: that they are asked for, or cannot be; empty if nothing is.
  public ReadOnlyStringProperty projectsNote() {
    return projectsNote.getReadOnlyProperty();
  }

  /// What is typed of the profile.
  public ProfileFormViewModel form() {
    return form;
  }

  /// The profile that was made; none before.
  public ReadOnlyObjectProperty<Optional<CloudProfile>> finished() {
    return finished.getReadOnlyProperty();
  }
}
