package dev.podium.desktop.signin;

import static org.assertj.core.api.Assertions.assertThat;

import dev.podium.desktop.signin.SignInPort.Door;
import dev.podium.desktop.signin.SignInPort.Opened;
import dev.podium.desktop.signin.SignInPort.Progress;
import dev.podium.desktop.signin.SignInViewModel.Choosing;
import dev.podium.desktop.signin.SignInViewModel.Inside;
import dev.podium.desktop.signin.SignInViewModel.Opening;
import dev.podium.desktop.signin.SignInViewModel.Refused;
import dev.podium.desktop.signin.SignInViewModel.SettingUp;
import dev.podium.desktop.testing.SameThread;
import dev.podium.desktop.testing.ScriptedFleet;
import dev.podium.desktop.testing.ScriptedProject;
import dev.podium.fleet.preflight.Preflight;
import dev.podium.wire.model.PodiumException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

class SignInViewModelTest {
  private final Doors doors = new Doors();
  private final SignInViewModel model = new SignInViewModel(doors, new SameThread());
  private final Opened opened =
      new Opened(new ScriptedFleet(), "ann@example.org", "LOCAL", true, () -> false, List.of());

  @Test
  void a_door_opens_with_progress_and_leads_inside() {
    model.choose(Door.GOOGLE);
    doors.progress.getFirst().accept(Progress.of("Waiting for your browser"));
    assertThat(model.state().get())
        .isEqualTo(new Opening(Door.GOOGLE, Progress.of("Waiting for your browser")));

    doors.results.getFirst().complete(opened);
    assertThat(model.state().get()).isEqualTo(new Inside(opened));
  }

  @Test
  void a_cancelled_door_leads_nowhere_even_if_it_opens_late() {
    model.choose(Door.GOOGLE);
    model.cancel();
    assertThat(model.state().get()).isEqualTo(new Choosing());
    assertThat(doors.cancelled).isEqualTo(1);

    doors.results.getFirst().complete(opened);
    assertThat(model.state().get()).isEqualTo(new Choosing());
  }

  @Test
  void after_cancelling_the_other_door_opens() {
    model.choose(Door.GOOGLE);
    model.cancel();
    model.choose(Door.LOCAL);
    doors.progress.getFirst().accept(Progress.of("late words of the first"));
    doors.results.getLast().complete(opened);
    assertThat(model.state().get()).isInstanceOf(Inside.class);
  }

  @Test
  void a_second_choice_while_a_door_opens_is_not_heard() {
    model.choose(Door.GOOGLE);
    model.choose(Door.LOCAL);
    assertThat(doors.results).hasSize(1);
  }

  @Test
  void a_refusal_says_why_and_leaves_both_doors() {
    model.choose(Door.GOOGLE);
    doors
        .results
        .getFirst()
        .completeExceptionally(
            new PodiumException.NotSignedIn(
                "You were not signed in", "the consent was denied", "Try again.", null));

    assertThat(model.state().get())
        .isInstanceOfSatisfying(
            Refused.class,
            refused -> assertThat(refused.failure().sentence()).contains("consent was denied"));
    model.choose(Door.LOCAL);
    assertThat(model.state().get()).isInstanceOf(Opening.class);
  }

  @Test
  void googles_door_leads_to_the_setup_where_no_project_is_set_up() {
    doors.prepared = false;
    model.choose(Door.GOOGLE);
    assertThat(model.state().get()).isEqualTo(new SettingUp());
    assertThat(doors.results).isEmpty();
    model.backFromSetup();
    assertThat(model.state().get()).isEqualTo(new Choosing());
    model.setUp();
    doors.prepared = true;
    model.choose(Door.GOOGLE);
    assertThat(model.state().get()).isInstanceOf(Opening.class);
  }

  @Test
  void who_is_still_signed_in_is_not_asked() {
    doors.remembered = Optional.of(Door.LOCAL);
    model.resume();
    assertThat(model.state().get()).isInstanceOf(Opening.class);
  }

  @Test
  void signing_out_comes_back_to_the_doors() {
    model.choose(Door.LOCAL);
    doors.results.getFirst().complete(opened);
    model.signOut();
    assertThat(doors.signedOut).isEqualTo(1);
    assertThat(model.state().get()).isEqualTo(new Choosing());
  }

  @Test
  void who_signs_in_again_is_out_and_on_the_way_through_googles_door() {
    model.signInAgain();
    assertThat(doors.results).as("nobody is inside").isEmpty();
    model.choose(Door.GOOGLE);
    doors.results.getFirst().complete(opened);
    model.signInAgain();
    assertThat(doors.signedOut).isEqualTo(1);
    assertThat(model.state().get()).isEqualTo(new Opening(Door.GOOGLE, Progress.of("Starting")));
    assertThat(doors.results).hasSize(2);
  }

  private static final class Doors implements SignInPort {
    private final List<CompletableFuture<Opened>> results = new ArrayList<>();
    private final List<Consumer<Progress>> progress = new ArrayList<>();
    private Optional<Door> remembered = Optional.empty();
    private boolean prepared = true;
    private int cancelled;
    private int signedOut;

    @Override
    public Optional<Door> remembered() {
      return remembered;
    }

    @Override
    public Optional<String> prepared() {
      return prepared ? Optional.of("project class-1") : Optional.empty();
    }

    @Override
    public Preflight preflight() {
      return new ScriptedProject().preflight();
    }

    @Override
    public Attempt open(Door door, Consumer<Progress> told) {
      CompletableFuture<Opened> result = new CompletableFuture<>();
      results.add(result);
      progress.add(told);
      return new Attempt(result, () -> cancelled++);
    }

    @Override
    public void signOut() {
      signedOut++;
    }
  }
}
