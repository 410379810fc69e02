package dev.podium.fleet.health.ending;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.podium.fleet.cloud.ComputeCloud;
import dev.podium.fleet.cloud.HealthProbe;
import dev.podium.fleet.health.ending.LastLook.Outcome;
import dev.podium.fleet.health.record.HealthAction.End;
import dev.podium.fleet.health.record.HealthLimits;
import dev.podium.fleet.model.Vm;
import dev.podium.fleet.model.VmState;
import dev.podium.fleet.testing.HealthTable;
import dev.podium.fleet.testing.ManualTicker;
import dev.podium.fleet.testing.MemoryCloud;
import dev.podium.wire.model.Labels;
import dev.podium.wire.model.PodiumException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class VmEndingTest {
  private final MemoryCloud cloud = new MemoryCloud(() -> Instant.EPOCH);
  private HealthProbe.Result answer = new HealthProbe.Result.Silent("connection refused");
  private String hooked = "";
  private Runnable hook = () -> {};
  private final Vm vm = put(VmState.RUNNING);
  private final VmEnding ending =
      new VmEnding(
          watched(), (_, _) -> answer, new ManualTicker(), HealthLimits.standard(), "f", "me");

  private Vm put(VmState state) {
    Vm put = HealthTable.machine(state, Map.of());
    cloud.put(put);
    return put;
  }

  /// The cloud, with something that happens right after one of its calls.
  private ComputeCloud watched() {
    return (ComputeCloud)
        Proxy.newProxyInstance(
            ComputeCloud.class.getClassLoader(),
            new Class<?>[] {ComputeCloud.class},
            (_, method, arguments) -> {
              try {
                Object result = method.invoke(cloud, arguments);
                if (method.getName().equals(hooked)) {
                  hook.run();
                }
                return result;
              } catch (InvocationTargetException e) {
                throw e.getCause();
              }
            });
  }

  private void after(String call, Runnable action) {
    hooked = call;
    hook =
        () -> {
          hooked = "";
          action.run();
        };
  }

  private Vm now() {
    return cloud.get(vm.zone(), vm.name()).orElseThrow();
  }

  private final List<HealthProbe.Result> probed = new ArrayList<>();

  private Outcome end(End end) {
    return ending.end(vm, end, probed::add, _ -> Optional.empty());
  }

  @Test
  void a_dead_vm_is_deleted() {
    assertThat(end(End.DELETE_DEAD)).isInstanceOf(Outcome.Accepted.class);
  }

  @Test
  void a_pin_set_while_the_vm_is_claimed_still_saves_it() {
    after("setLabels", () -> cloud.label(vm.name(), Labels.PIN, "true"));
    assertThat(end(End.DELETE_DEAD))
        .isEqualTo(new Outcome.Refused("it is pinned, at the last moment"));
    assertThat(now().pinned()).isTrue();
    assertThat(now().labels()).doesNotContainKey(Labels.CLAIM);
  }

  @Test
  void a_person_who_joins_a_deaf_vm_while_it_is_claimed_saves_it() {
    answer = new HealthProbe.Result.Answered(true, "b", "ok", 0, 2_000);
    after("setLabels", () -> answer = new HealthProbe.Result.Answered(true, "b", "ok", 1, 0));
    assertThat(end(End.DELETE_DEAF)).isInstanceOf(Outcome.Refused.class);
    assertThat(cloud.deleted()).isEmpty();
  }

  @Test
  void the_watch_is_told_what_the_last_look_s_probes_found() {
    answer = new HealthProbe.Result.Answered(true, "b", "ok", 5, 3);
    assertThat(end(End.DELETE_DEAD)).isEqualTo(new Outcome.Refused("it answered its probe"));
    assertThat(probed).containsExactly(answer);
  }

  @Test
  void a_deaf_vm_that_somebody_holds_is_kept() {
    answer = new HealthProbe.Result.Answered(true, "b", "ok", 0, 0);
    assertThat(end(End.DELETE_DEAF)).isEqualTo(new Outcome.Refused("a person holds it"));
  }

  @Test
  void a_stopped_vm_that_is_just_being_switched_on_is_kept() {
    cloud.state(vm.name(), VmState.STAGING);
    assertThat(end(End.DELETE_STOPPED))
        .isEqualTo(new Outcome.Refused("Compute Engine says STAGING"));
    cloud.state(vm.name(), VmState.TERMINATED);
    assertThat(end(End.DELETE_STOPPED)).isInstanceOf(Outcome.Accepted.class);
  }

  @Test
  void a_deletion_that_the_cloud_refuses_leaves_no_claim() {
    after(
        "deleteOnce",
        () -> {
          cloud.put(vm);
          cloud.label(vm.name(), Labels.CLAIM, "me_1_h");
          throw new PodiumException.NotPermitted("The VM was not deleted", "403", "", null);
        });
    assertThatThrownBy(() -> end(End.DELETE_DEAD)).isInstanceOf(PodiumException.class);
    assertThat(now().labels()).doesNotContainKey(Labels.CLAIM);
  }

  @Test
  void a_deletion_of_which_no_answer_comes_keeps_its_claim_since_it_may_go_on() {
    PodiumException silence =
        new PodiumException.Unavailable("The VM was not deleted", "no answer", "", null);
    after(
        "deleteOnce",
        () -> {
          cloud.put(vm);
          cloud.label(vm.name(), Labels.CLAIM, "me_1_h");
          throw silence;
        });
    assertThat(end(End.DELETE_DEAD)).isEqualTo(new Outcome.Unsure(silence));
    assertThat(now().labels()).containsEntry(Labels.CLAIM, "me_1_h");
  }

  @Test
  void tabs_that_were_left_open_do_not_save_a_vm_that_cannot_be_drained() {
    answer = new HealthProbe.Result.Answered(true, "b", "ok", 2, 1_799);
    assertThat(end(End.DELETE_DEAF)).isEqualTo(new Outcome.Refused("2 people on it"));
    answer = new HealthProbe.Result.Answered(true, "b", "ok", 2, 1_800);
    assertThat(end(End.DELETE_DEAF)).isInstanceOf(Outcome.Accepted.class);
  }

  @Test
  void people_on_a_drained_vm_save_it_however_long_they_did_nothing() {
    answer = new HealthProbe.Result.Answered(true, "b", "ok", 2, 9_999);
    assertThat(end(End.DELETE_DRAINED)).isEqualTo(new Outcome.Refused("2 people on it"));
  }

  @Test
  void only_a_deletion_that_failed_gives_the_next_one_another_id() {
    for (boolean forHealth : List.of(true, false)) {
      UUID first = ending.deletionId(vm, forHealth);
      assertThat(first).isEqualTo(ending.deletionId(vm, forHealth));
      ending.failed(vm);
      assertThat(ending.deletionId(vm, forHealth))
          .isNotEqualTo(first)
          .isEqualTo(ending.deletionId(vm, forHealth));
    }
  }

  @Test
  void an_end_for_health_is_on_the_clouds_record_and_read_by_the_next_who_would_end_one() {
    assertThat(end(End.DELETE_DEAD)).isInstanceOf(Outcome.Accepted.class);
    assertThat(cloud.deletions(Instant.EPOCH))
        .singleElement()
        .matches(one -> DeletionId.forHealth("f", one));

    Vm next = LastLookTalk.numbered(vm, "78");
    cloud.put(next);
    List<HealthEnd> told = new ArrayList<>();
    ending.end(
        next,
        End.DELETE_DEAD,
        _ -> {},
        asked -> {
          asked.others().ifPresent(others -> told.addAll(others.ended()));
          return Optional.empty();
        });
    assertThat(told).extracting(HealthEnd::vmId).containsExactly(vm.id());
  }

  @Test
  void who_may_not_read_what_was_deleted_ends_a_dead_vm_all_the_same() {
    cloud.hideHistory(
        new PodiumException.NotPermitted("It cannot be read", "a right is missing", "Ask.", null));
    assertThat(end(End.DELETE_DEAD)).isInstanceOf(Outcome.Accepted.class);
  }

  @Test
  void while_the_cloud_does_not_tell_what_was_deleted_nothing_ends_for_its_health() {
    cloud.hideHistory(
        new PodiumException.Unavailable("It cannot be read", "no answer", "Wait.", null));
    assertThatThrownBy(() -> end(End.DELETE_DEAD)).isInstanceOf(PodiumException.Unavailable.class);
    assertThat(cloud.deleted()).isEmpty();
  }
}
