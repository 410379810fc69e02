package dev.podium.fleet.health.ending;

import static org.assertj.core.api.Assertions.assertThat;

import dev.podium.fleet.cloud.HealthProbe;
import dev.podium.fleet.health.ending.LastLook.Answer;
import dev.podium.fleet.health.ending.LastLook.Ask;
import dev.podium.fleet.health.ending.LastLook.Outcome;
import dev.podium.fleet.health.record.HealthAction.End;
import dev.podium.fleet.model.Vm;
import dev.podium.fleet.model.VmState;
import dev.podium.fleet.testing.HealthTable;
import dev.podium.fleet.testing.VmBuilder;
import dev.podium.wire.model.Labels;
import dev.podium.wire.model.PodiumException;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

class LastLookTest {
  // Six timeouts of a probe.
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  private static PodiumException unavailable() {
    return new PodiumException.Unavailable("It was not done", "no answer", "", null);
  }

  private static PodiumException notPermitted() {
    return new PodiumException.NotPermitted("It was not done", "403", "", null);
  }

  static Stream<PodiumException> silences() {
    return Stream.of(
        unavailable(), new PodiumException.CloudFailed("It was not done", "backend", "", null));
  }

  static Stream<PodiumException> refusals() {
    return Stream.of(
        notPermitted(),
        LastLookTalk.conflict(),
        new PodiumException.RateLimited("It was not done", "429", "", null),
        new PodiumException.NotSignedIn("It was not done", "401", "", null));
  }

  private static HealthProbe.Result answered(int people, long idleSeconds) {
    return new HealthProbe.Result.Answered(true, "b", "ok", people, idleSeconds);
  }

  private static Vm without(Vm vm, String label) {
    Map<String, String> labels = new HashMap<>(vm.labels());
    labels.remove(label);
    return LastLookTalk.labelled(vm, labels);
  }

  private static Vm with(Vm vm, String label, String value) {
    Map<String, String> labels = new HashMap<>(vm.labels());
    labels.put(label, value);
    return LastLookTalk.labelled(vm, labels);
  }

  private static Vm withoutAddress() {
    return VmBuilder.like(HealthTable.machine(VmState.RUNNING, Map.of())).noAddress().build();
  }

  private static Vm in(VmState state, Vm vm) {
    return HealthTable.machine(state, vm.labels());
  }

  private static String refusal(LastLookTalk talk) {
    assertThat(talk.outcome()).isInstanceOf(Outcome.Refused.class);
    return ((Outcome.Refused) talk.outcome()).why();
  }

  private static void assertClaimTakenOff(LastLookTalk talk) {
    int asked = talk.questions().size();
    assertThat(talk.questions().subList(asked - 3, asked))
        .containsExactly(Ask.Read.class, Ask.Label.class, Ask.Over.class);
    assertThat(talk.vm.labels()).doesNotContainKey(Labels.CLAIM).containsEntry(Labels.OWNER, "ada");
  }

  private static Arguments order(End end, HealthProbe.Result probe, Class<?>... questions) {
    return Arguments.of(end, probe, List.of(questions));
  }

  static Stream<Arguments> orders() {
    return Stream.of(
        order(
            End.DELETE_DEAD,
            LastLookTalk.SILENT,
            Ask.Read.class,
            Ask.Probe.class,
            Ask.Consent.class,
            Ask.Label.class,
            Ask.Survey.class,
            Ask.Deletions.class,
            Ask.Probe.class,
            Ask.Read.class,
            Ask.Consent.class,
            Ask.Delete.class,
            Ask.Over.class),
        order(
            End.DELETE_DEAF,
            answered(0, 2_000),
            Ask.Read.class,
            Ask.Probe.class,
            Ask.Consent.class,
            Ask.Label.class,
            Ask.Survey.class,
            Ask.Deletions.class,
            Ask.Read.class,
            Ask.Probe.class,
            Ask.Consent.class,
            Ask.Delete.class,
            Ask.Over.class),
        order(
            End.DELETE_DRAINED,
            answered(0, 60),
            Ask.Read.class,
            Ask.Probe.class,
            Ask.Consent.class,
            Ask.Label.class,
            Ask.Probe.class,
            Ask.Read.class,
            Ask.Consent.class,
            Ask.Delete.class,
            Ask.Over.class),
        order(
            End.DELETE_STOPPED,
            LastLookTalk.SILENT,
            Ask.Read.class,
            Ask.Consent.class,
            Ask.Label.class,
            Ask.Read.class,
            Ask.Consent.class,
            Ask.Delete.class,
            Ask.Over.class));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("orders")
  void what_can_still_change_is_asked_last(
      End end, HealthProbe.Result probe, List<Class<?>> questions) {
    LastLookTalk talk = new LastLookTalk(end);
    talk.probe = probe;
    assertThat(talk.outcome()).isEqualTo(new Outcome.Accepted(LastLookTalk.STARTED));
    assertThat(talk.questions()).isEqualTo(questions);
  }

  @Test
  void a_vm_without_an_address_is_not_probed() {
    LastLookTalk talk = new LastLookTalk(End.DELETE_DEAD, withoutAddress());
    assertThat(talk.outcome()).isEqualTo(new Outcome.Accepted(LastLookTalk.STARTED));
    assertThat(talk.questions()).doesNotContain(Ask.Probe.class);
  }

  @Test
  void the_deletion_is_of_the_vm_as_it_was_read_last_and_has_the_planned_request_id() {
    LastLookTalk talk = new LastLookTalk(End.DELETE_DEAD).until(Ask.Delete.class);
    assertThat(talk.ask()).isEqualTo(new Ask.Delete(talk.vm, LastLookTalk.REQUEST));
    assertThat(talk.vm.labels()).containsKey(Labels.CLAIM);
  }

  @Test
  void the_watch_hears_of_the_fleet_as_it_was_read_after_the_claim() {
    LastLookTalk talk = new LastLookTalk(End.DELETE_DEAD);
    Vm before = talk.vm;
    assertThat(talk.until(Ask.Consent.class).ask())
        .isEqualTo(new Ask.Consent(before, Optional.empty()));
    assertThat(talk.claimed().until(Ask.Consent.class).ask())
        .isEqualTo(
            new Ask.Consent(
                talk.vm, Optional.of(new LastLook.Others(List.of(talk.vm), List.of()))));
  }

  private static Arguments change(String name, String keyword, Consumer<LastLookTalk> happens) {
    return Arguments.of(name, keyword, happens);
  }

  static Stream<Arguments> changes() {
    return Stream.of(
        change("its probe answers", "probe", t -> t.probe = answered(0, 9_999)),
        change("it stops", "STOPPING", t -> t.vm = in(VmState.STOPPING, t.vm)),
        change("it is mended", "REPAIRING", t -> t.vm = in(VmState.REPAIRING, t.vm)),
        change("it leaves the fleet", "label", t -> t.vm = without(t.vm, Labels.FLEET)),
        change("another fleet has it", "label", t -> t.vm = with(t.vm, Labels.FLEET, "g")),
        change("it is pinned", "pinned", t -> t.vm = with(t.vm, Labels.PIN, "true")),
        change("the watch objects", "a sign", t -> t.objection = Optional.of("it gave a sign")));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("changes")
  void whatever_speaks_for_a_dead_vm_saves_it_before_it_is_claimed(
      String name, String keyword, Consumer<LastLookTalk> happens) {
    LastLookTalk talk = new LastLookTalk(End.DELETE_DEAD);
    happens.accept(talk);
    assertThat(refusal(talk)).contains(keyword);
    assertThat(talk.questions()).doesNotContain(Ask.Label.class, Ask.Delete.class);
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("changes")
  void whatever_speaks_for_a_dead_vm_after_it_is_claimed_saves_it_and_takes_the_claim_off(
      String name, String keyword, Consumer<LastLookTalk> happens) {
    LastLookTalk talk = new LastLookTalk(End.DELETE_DEAD).claimed();
    happens.accept(talk);
    assertThat(refusal(talk)).contains(keyword);
    assertClaimTakenOff(talk);
    assertThat(talk.questions()).doesNotContain(Ask.Delete.class);
  }

  @ParameterizedTest
  @EnumSource(names = {"DELETE_DEAD", "DELETE_DEAF", "DELETE_DRAINED", "DELETE_STOPPED"})
  void a_second_look_that_takes_too_long_saves_the_vm_and_takes_the_claim_off(End end) {
    LastLookTalk talk = new LastLookTalk(end).claimed().until(Ask.Consent.class);
    talk.ticker.pass(PATIENCE);
    assertThat(refusal(talk)).contains("took too long");
    assertClaimTakenOff(talk);
    assertThat(talk.questions()).doesNotContain(Ask.Delete.class);
  }

  @ParameterizedTest
  @EnumSource(names = {"DELETE_DEAD", "DELETE_DEAF", "DELETE_DRAINED", "DELETE_STOPPED"})
  void a_second_look_that_takes_just_less_than_the_patience_ends_the_vm(End end) {
    LastLookTalk talk = new LastLookTalk(end).claimed().until(Ask.Consent.class);
    talk.ticker.pass(PATIENCE.minusNanos(1));
    assertThat(talk.outcome()).isInstanceOf(Outcome.Accepted.class);
  }

  @Test
  void a_second_look_through_which_the_computer_slept_and_its_monotonic_clock_stood_saves_the_vm() {
    LastLookTalk talk = new LastLookTalk(End.DELETE_DEAD).claimed().until(Ask.Consent.class);
    talk.ticker.jumpWall(PATIENCE.plusSeconds(1));
    assertThat(refusal(talk)).contains("took too long");
    assertThat(talk.questions()).doesNotContain(Ask.Delete.class);
  }

  @Test
  void what_comes_before_the_second_look_may_take_its_time() {
    LastLookTalk talk = new LastLookTalk(End.DELETE_DEAD);
    for (Class<? extends Ask> slow :
        List.of(Ask.Consent.class, Ask.Label.class, Ask.Survey.class)) {
      talk.until(slow).ticker.pass(Duration.ofHours(1));
    }
    assertThat(talk.outcome()).isInstanceOf(Outcome.Accepted.class);
  }

  @Test
  void a_fleet_that_was_read_too_long_ago_saves_the_vm() {
    LastLookTalk talk = new LastLookTalk(End.DELETE_DEAD).until(Ask.Deletions.class);
    talk.ticker.pass(PATIENCE);
    assertThat(refusal(talk)).contains("took too long");
  }

  @Test
  void a_claim_that_another_console_replaced_saves_the_vm_and_stays_on_it() {
    for (String replaced : List.of("other_1_h", "me_2_h", "me_1_d")) {
      LastLookTalk talk = new LastLookTalk(End.DELETE_DEAD).claimed();
      talk.vm = with(talk.vm, Labels.CLAIM, replaced);
      assertThat(refusal(talk)).contains("claimed");
      assertThat(talk.vm.labels()).containsEntry(Labels.CLAIM, replaced);
      assertThat(talk.questions()).doesNotContain(Ask.Delete.class);
    }
  }

  @Test
  void a_claim_that_was_taken_off_by_somebody_saves_the_vm() {
    LastLookTalk talk = new LastLookTalk(End.DELETE_DEAD).claimed();
    talk.vm = without(talk.vm, Labels.CLAIM);
    assertThat(refusal(talk)).contains("claimed");
    assertThat(talk.questions()).doesNotContain(Ask.Delete.class);
  }

  @Test
  void a_refusal_takes_only_its_own_claim_off() {
    LastLookTalk talk = new LastLookTalk(End.DELETE_DEAD).claimed().until(Ask.Probe.class);
    talk.probe = answered(0, 60);
    talk.vm = with(talk.vm, Labels.CLAIM, "other_1_h");
    assertThat(refusal(talk)).contains("probe");
    assertThat(talk.vm.labels()).containsEntry(Labels.CLAIM, "other_1_h");
  }

  @Test
  void of_two_consoles_that_claim_a_vm_the_second_steps_back_and_leaves_the_firsts_claim() {
    LastLookTalk talk = new LastLookTalk(End.DELETE_DEAD).until(Ask.Label.class);
    talk.vm = with(talk.vm, Labels.CLAIM, "other_1_h");
    assertThat(refusal(talk)).contains("another console");
    assertThat(talk.questions()).doesNotContain(Ask.Delete.class);
    assertThat(talk.vm.labels()).containsEntry(Labels.CLAIM, "other_1_h");
  }

  @Test
  void a_vm_that_is_no_more_is_missing_at_either_look_and_when_it_is_claimed() {
    Answer nothing = new Answer.Found(Optional.empty());
    PodiumException notFound = new PodiumException.NotFound("It was not done", "404", "", null);
    Ask missing = new Ask.Over(new Outcome.Missing());
    assertThat(new LastLookTalk(End.DELETE_DEAD).hears(nothing).ask()).isEqualTo(missing);
    assertThat(new LastLookTalk(End.DELETE_DEAD).until(Ask.Label.class).fails(notFound).ask())
        .isEqualTo(missing);
    assertThat(
            new LastLookTalk(End.DELETE_DEAD).claimed().until(Ask.Read.class).hears(nothing).ask())
        .isEqualTo(missing);
  }

  @ParameterizedTest
  @MethodSource("silences")
  void a_deletion_without_an_answer_is_unsure_and_leaves_the_claim(PodiumException failure) {
    LastLookTalk talk = new LastLookTalk(End.DELETE_DEAD).until(Ask.Delete.class).fails(failure);
    assertThat(talk.ask()).isEqualTo(new Ask.Over(new Outcome.Unsure(failure)));
    assertThat(talk.vm.labels()).containsEntry(Labels.CLAIM, "me_1_h");
  }

  @ParameterizedTest
  @MethodSource("refusals")
  void a_deletion_that_is_refused_fails_and_takes_the_claim_off(PodiumException failure) {
    LastLookTalk talk = new LastLookTalk(End.DELETE_DEAD).until(Ask.Delete.class).fails(failure);
    assertThat(talk.outcome()).isEqualTo(new Outcome.Failed(failure));
    assertClaimTakenOff(talk);
  }

  @Test
  void a_second_look_without_an_answer_fails_and_takes_the_claim_off() {
    PodiumException silence = unavailable();
    for (Class<? extends Ask> question :
        List.of(Ask.Survey.class, Ask.Deletions.class, Ask.Read.class)) {
      LastLookTalk talk =
          new LastLookTalk(End.DELETE_DEAD).claimed().until(question).fails(silence);
      assertThat(talk.outcome()).isEqualTo(new Outcome.Failed(silence));
      assertClaimTakenOff(talk);
    }
  }

  @Test
  void a_claim_that_cannot_be_taken_off_changes_nothing_of_the_outcome() {
    PodiumException refusal = notPermitted();
    for (Class<? extends Ask> question : List.of(Ask.Read.class, Ask.Label.class)) {
      LastLookTalk talk = new LastLookTalk(End.DELETE_DEAD).until(Ask.Delete.class).fails(refusal);
      talk.until(question).fails(LastLookTalk.conflict());
      assertThat(talk.ask()).isEqualTo(new Ask.Over(new Outcome.Failed(refusal)));
    }
  }

  static Stream<PodiumException> unanswered() {
    return Stream.of(unavailable(), LastLookTalk.conflict());
  }

  @ParameterizedTest
  @MethodSource("unanswered")
  void a_claim_that_was_set_although_it_did_not_seem_so_is_taken_off(PodiumException failure) {
    LastLookTalk talk = new LastLookTalk(End.DELETE_DEAD).until(Ask.Label.class);
    Vm before = talk.vm;
    talk.vm = LastLookTalk.labelled(before, ((Ask.Label) talk.ask()).labels());
    talk.fails(failure);
    assertThat(talk.outcome()).isNotInstanceOf(Outcome.Accepted.class);
    assertThat(talk.vm.labels()).isEqualTo(before.labels());
  }
}
