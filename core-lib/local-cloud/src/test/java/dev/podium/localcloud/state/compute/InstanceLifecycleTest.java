package dev.podium.localcloud.state.compute;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.podium.localcloud.state.ManualTimeline;
import dev.podium.localcloud.state.Refusal;
import dev.podium.localcloud.state.fault.FaultPlan;
import dev.podium.localcloud.state.fault.Tempo;
import dev.podium.localcloud.state.instance.Instance;
import dev.podium.localcloud.state.instance.InstanceKey;
import dev.podium.localcloud.state.instance.InstanceSpec;
import dev.podium.localcloud.state.instance.InstanceStatus;
import dev.podium.localcloud.state.instance.Machines;
import dev.podium.localcloud.state.instance.Scheduling;
import dev.podium.localcloud.state.instance.SerialLog;
import dev.podium.localcloud.state.operation.Operation;
import dev.podium.localcloud.state.operation.Operations.Caller;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Random;
import java.util.Set;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

class InstanceLifecycleTest {
  private static final InstanceKey KEY = new InstanceKey("us-central1-a", "vm");
  private static final Caller CALLER = new Caller("me@example.com", Optional.empty());

  /// Machines that only note what they were told.
  private static final class Notes implements Machines {
    private final Set<Long> on = new HashSet<>();
    private final List<Duration> graces = new ArrayList<>();
    private int boots;
    private Consumer<End> told = _ -> {};

    @Override
    public Map<String, String> additions(InstanceSpec spec) {
      return Map.of();
    }

    @Override
    public void boot(Instance instance, SerialLog log, Consumer<End> whenEnded) {
      boots++;
      told = whenEnded;
      assertThat(on.add(instance.id())).as("booted twice").isTrue();
    }

    @Override
    public void halt(Instance instance, Duration grace, Runnable whenGone) {
      on.remove(instance.id());
      graces.add(grace);
      whenGone.run();
    }

    @Override
    public void cutPower(Instance instance, Runnable whenOff) {
      on.remove(instance.id());
      whenOff.run();
    }

    @Override
    public void freeze(Instance instance) {}

    @Override
    public void thaw(Instance instance) {}

    @Override
    public void afflict(Instance instance, Affliction affliction) {
      throw new AssertionError("not asked for");
    }

    @Override
    public Condition condition(Instance instance) {
      OptionalLong pid =
          on.contains(instance.id()) ? OptionalLong.of(instance.id()) : OptionalLong.empty();
      return new Condition(pid, false, false, false, Optional.empty());
    }

    /// All programs of the one machine ended.
    void end(End how) {
      on.clear();
      told.accept(how);
    }
  }

  private final ManualTimeline timeline = new ManualTimeline();
  private final ComputeState state = new ComputeState("podium-local", new FaultPlan(1), timeline);
  private final Notes machines = new Notes();
  private final InstanceLifecycle lifecycle = new InstanceLifecycle(state, machines, Tempo.fast(1));

  private static InstanceSpec spec(Scheduling scheduling) {
    return new InstanceSpec(
        "e2-micro",
        Map.of(),
        Map.of(),
        List.of(),
        scheduling,
        Optional.empty(),
        "default",
        false,
        List.of(),
        true,
        Map.of());
  }

  private static Scheduling limited(Scheduling.TerminationAction action) {
    return new Scheduling(
        true,
        true,
        false,
        Optional.of(Duration.ofHours(1)),
        Optional.of(action),
        Optional.empty(),
        Duration.ZERO,
        Optional.empty());
  }

  private void running(Scheduling scheduling) {
    lifecycle.insert(KEY, spec(scheduling), List.of(), CALLER);
    timeline.pass(Duration.ofSeconds(1));
    assertThat(status()).isEqualTo(InstanceStatus.RUNNING);
  }

  private InstanceStatus status() {
    return state.requireInstance(KEY).status();
  }

  private List<String> operations() {
    return state.operations().all().stream().map(Operation::type).toList();
  }

  @Test
  void a_machine_that_shuts_down_by_itself_is_terminated() {
    running(Scheduling.standard());
    machines.end(Machines.End.SHUTDOWN);
    timeline.pass(Duration.ofSeconds(1));

    assertThat(status()).isEqualTo(InstanceStatus.TERMINATED);
    assertThat(operations()).contains("compute.instances.guestTerminate");
  }

  @Test
  void a_machine_whose_programs_crashed_runs_for_the_cloud_but_not_for_ever() {
    running(Scheduling.standard());
    machines.end(Machines.End.CRASH);
    timeline.pass(Duration.ofMinutes(4));
    assertThat(status()).isEqualTo(InstanceStatus.RUNNING);

    timeline.pass(Duration.ofMinutes(2));
    assertThat(status()).isEqualTo(InstanceStatus.TERMINATED);
  }

  @Test
  void a_crashed_machine_that_was_reset_stays_on() {
    running(Scheduling.standard());
    machines.end(Machines.End.CRASH);
    lifecycle.reset(KEY, CALLER);
    timeline.pass(Duration.ofMinutes(6));

    assertThat(status()).isEqualTo(InstanceStatus.RUNNING);
    assertThat(machines.boots).isEqualTo(2);
  }

  @Test
  void a_run_limit_removes_the_instance_when_it_is_over_and_not_before() {
    running(limited(Scheduling.TerminationAction.DELETE));
    timeline.pass(Duration.ofMinutes(59));
    assertThat(status()).isEqualTo(InstanceStatus.RUNNING);

    timeline.pass(Duration.ofMinutes(1));
    assertThat(state.instance(KEY)).isEmpty();
    assertThat(operations()).contains("compute.instances.deferredDelete");
    assertThat(machines.on).isEmpty();
  }

  @Test
  void a_run_limit_counts_anew_from_each_start() {
    running(limited(Scheduling.TerminationAction.STOP));
    timeline.pass(Duration.ofMinutes(30));
    lifecycle.stop(KEY, CALLER);
    timeline.pass(Duration.ofSeconds(1));
    lifecycle.start(KEY, CALLER);
    timeline.pass(Duration.ofMinutes(45));
    assertThat(status()).isEqualTo(InstanceStatus.RUNNING);

    timeline.pass(Duration.ofMinutes(16));
    assertThat(status()).isEqualTo(InstanceStatus.TERMINATED);
    assertThat(operations()).contains("compute.instances.deferredStop");
  }

  @Test
  void a_preempted_machine_gets_thirty_seconds_to_end_and_its_operation_is_the_systems() {
    running(limited(Scheduling.TerminationAction.STOP));
    Operation operation = lifecycle.preempt(KEY);

    assertThat(state.requireInstance(KEY).preempted()).isTrue();
    assertThat(status()).isEqualTo(InstanceStatus.STOPPING);
    assertThat(machines.graces).containsExactly(Duration.ofSeconds(30));
    timeline.pass(Duration.ofSeconds(2));
    assertThat(status()).isEqualTo(InstanceStatus.TERMINATED);
    assertThat(operation.user()).isEqualTo("system");
    assertThat(operations()).contains("compute.instances.preempted");
  }

  @Test
  void a_machine_that_was_promised_notice_of_its_preemption_gets_it_first() {
    running(
        new Scheduling(
            true,
            true,
            false,
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Duration.ofMinutes(2),
            Optional.empty()));
    lifecycle.preempt(KEY);
    timeline.pass(Duration.ofSeconds(119));
    assertThat(state.requireInstance(KEY).preempted()).isTrue();
    assertThat(status()).isEqualTo(InstanceStatus.RUNNING);

    timeline.pass(Duration.ofSeconds(2));
    assertThat(status()).isEqualTo(InstanceStatus.TERMINATED);
  }

  @Test
  void an_instance_ends_at_the_time_it_was_given_and_cannot_be_started_after_it() {
    running(
        new Scheduling(
            false,
            false,
            true,
            Optional.empty(),
            Optional.of(Scheduling.TerminationAction.STOP),
            Optional.of(timeline.now().plus(Duration.ofMinutes(5))),
            Duration.ZERO,
            Optional.empty()));
    timeline.pass(Duration.ofMinutes(6));

    assertThat(status()).isEqualTo(InstanceStatus.TERMINATED);
    assertThat(operations()).contains("compute.instances.deferredStop");
    assertThatThrownBy(() -> lifecycle.start(KEY, CALLER)).hasMessageContaining("in the past");
  }

  @Test
  void an_instance_with_a_run_limit_cannot_be_suspended() {
    running(limited(Scheduling.TerminationAction.STOP));
    assertThatThrownBy(() -> lifecycle.suspend(KEY, CALLER)).isInstanceOf(Refusal.class);
    assertThat(status()).isEqualTo(InstanceStatus.RUNNING);
  }

  private static Scheduling graceful() {
    return new Scheduling(
        false,
        false,
        true,
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Duration.ZERO,
        Optional.of(Duration.ofMinutes(1)));
  }

  @Test
  void a_stop_waits_for_the_grace_that_was_promised() {
    running(graceful());
    lifecycle.stop(KEY, CALLER);
    timeline.pass(Duration.ofSeconds(59));
    assertThat(status()).isEqualTo(InstanceStatus.PENDING_STOP);
    assertThat(machines.on).isNotEmpty();

    timeline.pass(Duration.ofSeconds(2));
    assertThat(status()).isEqualTo(InstanceStatus.TERMINATED);
  }

  @Test
  void a_delete_during_that_grace_ends_it_and_every_operation_ends() {
    running(graceful());
    lifecycle.stop(KEY, CALLER);
    lifecycle.delete(KEY, CALLER);
    timeline.pass(Duration.ofSeconds(1));
    assertThat(state.instance(KEY)).isEmpty();

    running(Scheduling.standard());
    timeline.pass(Duration.ofMinutes(2));
    assertThat(status()).isEqualTo(InstanceStatus.RUNNING);
    assertThat(state.operations().all()).allMatch(Operation::done);
  }

  @Test
  void a_delete_overtakes_a_boot_and_no_machine_is_left_on() {
    Operation insert = lifecycle.insert(KEY, spec(Scheduling.standard()), List.of(), CALLER);
    timeline.pass(Duration.ofMillis(40));
    assertThat(status()).isEqualTo(InstanceStatus.STAGING);
    Operation delete = lifecycle.delete(KEY, CALLER);
    Operation again = lifecycle.delete(KEY, CALLER);
    timeline.pass(Duration.ofSeconds(1));

    assertThat(state.instance(KEY)).isEmpty();
    assertThat(machines.boots).isZero();
    for (Operation operation : List.of(insert, delete, again)) {
      assertThat(state.operations().find(operation.scope(), operation.name()))
          .hasValueSatisfying(now -> assertThat(now.done()).isTrue());
    }
  }

  @Test
  void whatever_is_asked_in_whatever_order_every_operation_ends_and_machines_match_the_records() {
    for (long seed = 1; seed <= 300; seed++) {
      Random random = new Random(seed);
      List<Runnable> requests = new ArrayList<>();
      requests.add(() -> lifecycle.insert(KEY, spec(Scheduling.standard()), List.of(), CALLER));
      requests.add(() -> lifecycle.delete(KEY, CALLER));
      requests.add(() -> lifecycle.stop(KEY, CALLER));
      requests.add(() -> lifecycle.start(KEY, CALLER));
      requests.add(() -> lifecycle.reset(KEY, CALLER));
      requests.add(() -> lifecycle.suspend(KEY, CALLER));
      requests.add(() -> lifecycle.resume(KEY, CALLER));
      requests.add(() -> lifecycle.preempt(KEY));
      for (int step = 0; step < 40; step++) {
        attempt(requests.get(random.nextInt(requests.size())));
        timeline.pass(Duration.ofMillis(random.nextInt(60)));
      }
      timeline.pass(Duration.ofMinutes(2));
      assertThat(state.operations().all()).as("seed %d", seed).allMatch(Operation::done);
      Set<Long> expected = new HashSet<>();
      state
          .instance(KEY)
          .filter(vm ->
              vm.status() == InstanceStatus.RUNNING || vm.status() == InstanceStatus.SUSPENDED)
          .ifPresent(vm -> expected.add(vm.id()));
      assertThat(machines.on).as("seed %d", seed).isEqualTo(expected);
    }
  }

  private static void attempt(Runnable request) {
    try {
      request.run();
    } catch (Refusal refused) {
      assertThat(refused.status()).isIn(400, 404, 409);
    }
  }

  @Test
  void a_run_limit_without_an_action_is_refused() {
    assertThatThrownBy(() ->
            new Scheduling(
                false,
                false,
                true,
                Optional.of(Duration.ofHours(1)),
                Optional.empty(),
                Optional.empty(),
                Duration.ZERO,
                Optional.empty()))
        .isInstanceOf(Refusal.class)
        .hasMessageContaining("termination action");
  }
}
