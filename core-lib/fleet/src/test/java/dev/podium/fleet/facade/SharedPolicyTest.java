package dev.podium.fleet.facade;

import static org.assertj.core.api.Assertions.assertThat;

import dev.podium.fleet.directory.FleetSettings;
import dev.podium.fleet.health.FleetSizing;
import dev.podium.fleet.health.record.HealthLimits;
import dev.podium.fleet.invite.InviteDesk;
import dev.podium.fleet.model.offer.MachineType;
import dev.podium.fleet.policy.AvailableMachines;
import dev.podium.fleet.policy.FleetPolicy;
import dev.podium.fleet.policy.PolicyDraft;
import dev.podium.fleet.policy.PolicyInForce;
import dev.podium.fleet.policy.PolicyMember;
import dev.podium.fleet.policy.ScalingPolicy;
import dev.podium.fleet.testing.ManualTicker;
import dev.podium.wire.chat.Pulse;
import dev.podium.wire.cloud.ClockReading;
import dev.podium.wire.invite.AccessCode;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Consoles of one fleet, and a pulse topic that each test carries by hand.
class SharedPolicyTest {
  private static final HealthLimits LIMITS = HealthLimits.demo();
  private static final FleetSizing.WatchStatus STATUS =
      new FleetSizing.WatchStatus(true, 0, 0, true);

  @TempDir Path folder;
  private final ManualTicker ticker = new ManualTicker();
  private final Queue<Pulse> topic = new ArrayDeque<>();
  private final List<Console> consoles = new ArrayList<>();

  /// Whom no VM knows.
  private final List<Console> strangers = new ArrayList<>();

  private final class Console {
    private final List<String> told = new ArrayList<>();
    private final List<Long> saved = new ArrayList<>();
    private final PolicyInForce.Listener listener = change -> told.addAll(change.inWords());
    private final PolicyInForce policy;
    private final SharedPolicy shared;
    private final InviteDesk desk;

    Console(String name, long revision, int maximum) {
      ScalingPolicy scaling = ScalingPolicy.defaults(Duration.ofMinutes(10));
      FleetPolicy usual = new FleetPolicy(scaling, LIMITS);
      FleetPolicy first = draft(usual, maximum).toPolicy(LIMITS);
      policy = new PolicyInForce(first, revision, (_, kept) -> saved.add(kept.inForce()));
      policy.addListener(listener);
      desk = InviteDesk.open(folder.resolve(name), ticker::wall);
      shared =
          new SharedPolicy(
              new FleetSettings("class", name, name, "test", LIMITS),
              desk,
              policy,
              FleetSizing.atLeast(3),
              topic::add,
              Runnable::run,
              () -> consoles.forEach(this::meet),
              (_, sentence) -> told.add(sentence));
      consoles.add(this);
    }

    /// As through a VM that both were introduced to.
    private void meet(Console other) {
      if (!strangers.contains(other)) {
        desk.learn(other.desk.publicKeys());
      }
    }

    void choose(int maximum) {
      long next = policy.standing().revision() + 1;
      // Only what comes from others is to be told here.
      policy.removeListener(listener);
      assertThat(policy.adopt(draft(policy.get(), maximum), next)).isEmpty();
      policy.addListener(listener);
    }

    int maximum() {
      return policy.scaling().maximum();
    }
  }

  private static PolicyDraft draft(FleetPolicy policy, int maximum) {
    return PolicyDraft.of(policy).with(Map.of(PolicyMember.MAXIMUM, "" + maximum));
  }

  private ClockReading now() {
    return ClockReading.of(ticker);
  }

  /// All consoles tick, then all that was said is heard by all.
  private void round() {
    ticker.pass(SharedPolicy.BETWEEN_ANSWERS);
    consoles.forEach(console -> console.shared.vmsToKeep(STATUS, now()));
    for (Pulse said = topic.poll(); said != null; said = topic.poll()) {
      Pulse.Policy policy = (Pulse.Policy) said;
      consoles.forEach(console -> console.shared.policyHeard(policy, now()));
    }
  }

  @Test
  void a_change_on_one_console_is_in_force_on_all_saved_and_told() {
    Console ann = new Console("ann", 0, 3);
    Console bob = new Console("bob", 0, 3);
    round();
    ann.choose(7);
    round();
    assertThat(bob.maximum()).isEqualTo(7);
    assertThat(bob.saved).containsExactly(1L);
    assertThat(bob.told).singleElement().asString().endsWith(" 3 → 7");
    bob.choose(5);
    round();
    assertThat(ann.maximum()).isEqualTo(5);
    assertThat(ann.policy.standing().revision()).isEqualTo(2);
  }

  @Test
  void who_comes_with_an_older_policy_is_answered_at_once() {
    Console ann = new Console("ann", 4, 7);
    round();
    ticker.pass(Duration.ofSeconds(5));
    Console bob = new Console("bob", 0, 3);
    round();
    round();
    assertThat(bob.maximum()).isEqualTo(7);
    assertThat(ann.maximum()).isEqualTo(7);
    assertThat(ann.told).isEmpty();
  }

  @Test
  void who_comes_with_a_newer_policy_brings_it() {
    Console ann = new Console("ann", 4, 7);
    Console bob = new Console("bob", 5, 3);
    round();
    assertThat(List.of(ann.maximum(), bob.maximum())).containsOnly(3);
  }

  @Test
  void of_two_changes_at_the_same_time_all_choose_the_same() {
    Console ann = new Console("ann", 1, 3);
    Console bob = new Console("bob", 1, 3);
    ann.choose(7);
    bob.choose(5);
    round();
    round();
    assertThat(ann.maximum()).isEqualTo(bob.maximum());
  }

  @Test
  void a_policy_that_nobody_ever_changed_replaces_no_other() {
    Console ann = new Console("ann", 0, 3);
    Console bob = new Console("bob", 0, 5);
    round();
    assertThat(ann.maximum()).isEqualTo(3);
    assertThat(bob.maximum()).isEqualTo(5);
  }

  @Test
  void what_cannot_be_in_force_here_is_told_once_and_changes_nothing() {
    Console ann = new Console("ann", 0, 3);
    Map<String, String> wrong = new HashMap<>(PolicyDraft.of(ann.policy.get()).named());
    wrong.put("maximum", "many");
    Console bob = new Console("bob", 0, 3);
    for (int i = 0; i < 3; i++) {
      ann.shared.policyHeard(signed(bob, 9, wrong), now());
    }
    assertThat(ann.maximum()).isEqualTo(3);
    assertThat(ann.told).singleElement().asString().contains("another console's policy");
  }

  @Test
  void the_next_change_is_newer_than_all_that_was_heard_even_after_a_restart() {
    List<PolicyInForce.Revisions> saved = new ArrayList<>();
    FleetPolicy usual = new FleetPolicy(ScalingPolicy.defaults(Duration.ofMinutes(10)), LIMITS);
    PolicyInForce first = new PolicyInForce(usual, 2, (_, kept) -> saved.add(kept));
    PolicyDraft wrong = PolicyDraft.of(usual).with(Map.of(PolicyMember.MAXIMUM, "many"));
    assertThat(first.adopt(wrong, 9)).isNotEmpty();
    assertThat(first.adopt(wrong, 9)).isNotEmpty();
    assertThat(saved).containsExactly(new PolicyInForce.Revisions(2, 9));

    first.learnCode(Optional.of(AccessCode.of("blue whale")), 12);
    assertThat(saved).last().isEqualTo(new PolicyInForce.Revisions(2, 12));

    PolicyInForce again =
        new PolicyInForce(first.get(), saved.getLast(), (_, kept) -> saved.add(kept));
    List<MachineType> types = List.of(new MachineType(usual.scaling().machineType(), 2, 2_048, 0));
    List<String> zones = usual.scaling().zones();
    AvailableMachines offer =
        new AvailableMachines(
            zones, zones.stream().collect(Collectors.toMap(it -> it, _ -> types)));
    assertThat(again.standing().revision()).isEqualTo(2);
    assertThat(again.set(draft(first.get(), 7), first.get(), offer)).isEmpty();
    assertThat(again.standing().revision()).isEqualTo(13);
    assertThat(saved).last().isEqualTo(new PolicyInForce.Revisions(13, 13));
  }

  private static Pulse.Policy signed(Console by, long revision, Map<String, String> texts) {
    String text = "the rules of fleet class, " + revision + ": " + new TreeMap<>(texts);
    return new Pulse.Policy("bob", revision, texts, by.desk.key(), by.desk.sign(text));
  }

  @Test
  void what_no_known_console_signed_counts_for_nothing() {
    Console ann = new Console("ann", 0, 3);
    Console bob = new Console("bob", 0, 3);
    Map<String, String> large = draft(ann.policy.get(), 900).named();
    Pulse.Policy good = signed(bob, 9, large);
    for (Pulse.Policy forged :
        List.of(
            new Pulse.Policy("bob", 10, large, good.key(), good.signature()),
            new Pulse.Policy("bob", 9, Map.of("maximum", "5"), good.key(), good.signature()),
            new Pulse.Policy("bob", 9, large, "unknown", good.signature()),
            new Pulse.Policy("bob", 9, large, good.key(), "%%"))) {
      ann.shared.policyHeard(forged, now());
    }
    assertThat(ann.maximum()).isEqualTo(3);
    ann.shared.policyHeard(good, now());
    assertThat(ann.maximum()).isEqualTo(900);
  }

  @Test
  void a_console_that_no_vm_knows_changes_nothing_until_one_does() {
    Console ann = new Console("ann", 0, 3);
    Console eve = new Console("eve", 0, 3);
    strangers.add(eve);
    eve.choose(7);
    round();
    assertThat(ann.maximum()).isEqualTo(3);
    strangers.clear();
    eve.shared.vmsToKeep(STATUS, now());
    ticker.pass(SharedPolicy.AGAIN);
    round();
    assertThat(ann.maximum()).isEqualTo(7);
  }

  @Test
  void a_console_that_starts_sizes_nothing_until_it_could_hear_the_others() {
    Console ann = new Console("ann", 0, 3);
    assertThat(ann.shared.vmsToKeep(STATUS, now())).isEqualTo(Integer.MAX_VALUE);
    round();
    assertThat(ann.shared.vmsToKeep(STATUS, now())).isEqualTo(3);

    Console deaf = new Console("deaf", 0, 3);
    assertThat(deaf.shared.vmsToKeep(STATUS, now())).isEqualTo(Integer.MAX_VALUE);
    ticker.pass(SharedPolicy.FIRST);
    assertThat(deaf.shared.vmsToKeep(STATUS, now())).isEqualTo(3);
  }

  @Test
  void it_is_said_now_and_then_and_not_at_every_tick() {
    Console ann = new Console("ann", 1, 3);
    round();
    ticker.pass(SharedPolicy.BETWEEN_ANSWERS);
    ann.shared.vmsToKeep(STATUS, now());
    assertThat(topic).isEmpty();
    ticker.pass(SharedPolicy.AGAIN);
    ann.shared.vmsToKeep(STATUS, now());
    assertThat(topic).hasSize(1);
  }
}
