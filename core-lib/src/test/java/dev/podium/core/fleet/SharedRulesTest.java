package dev.podium.core.fleet;

import static org.assertj.core.api.Assertions.assertThat;

import dev.podium.core.chat.Pulse;
import dev.podium.core.health.HealthLimits;
import dev.podium.core.health.Moment;
import dev.podium.core.health.Upkeep;
import dev.podium.core.testing.ManualTicker;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import org.junit.jupiter.api.Test;

/// Consoles of one fleet, and a pulse topic that each test carries by hand.
class SharedRulesTest {
  private static final HealthLimits LIMITS = HealthLimits.demo();
  private static final Upkeep.Sight SIGHT = new Upkeep.Sight(true, 0, 0, true);

  private final ManualTicker ticker = new ManualTicker();
  private final Queue<Pulse> topic = new ArrayDeque<>();
  private final List<Console> consoles = new ArrayList<>();

  private final class Console {
    private final List<String> told = new ArrayList<>();
    private final List<Long> saved = new ArrayList<>();
    private final RulesInForce rules;
    private final SharedRules shared;

    Console(String name, long revision, int maximum) {
      FleetPolicy policy = FleetPolicy.defaults(Duration.ofMinutes(10));
      FleetRules usual = new FleetRules(policy, LIMITS);
      FleetRules first = draft(usual, maximum).rules(LIMITS);
      rules = new RulesInForce(first, revision, (_, kept) -> saved.add(kept));
      shared =
          new SharedRules(
              name,
              rules,
              Upkeep.atLeast(3),
              topic::add,
              Runnable::run,
              (inWords, _) -> told.add(inWords),
              (_, sentence) -> told.add(sentence));
      consoles.add(this);
    }

    void choose(int maximum) {
      long next = rules.standing().revision() + 1;
      assertThat(rules.adopt(draft(rules.get(), maximum), next, (_, _) -> {})).isEmpty();
    }

    int maximum() {
      return rules.policy().maximum();
    }
  }

  private static RulesDraft draft(FleetRules rules, int maximum) {
    return RulesDraft.of(rules).with(Map.of(PolicyMember.MAXIMUM, "" + maximum));
  }

  private Moment now() {
    return Moment.of(ticker);
  }

  /// All consoles tick, then all that was said is heard by all.
  private void round() {
    consoles.forEach(console -> assertThat(console.shared.keep(SIGHT, now())).isEqualTo(3));
    for (Pulse said = topic.poll(); said != null; said = topic.poll()) {
      Pulse.Rules rules = (Pulse.Rules) said;
      consoles.forEach(console -> console.shared.rulesHeard(rules, now()));
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
    assertThat(ann.rules.standing().revision()).isEqualTo(2);
  }

  @Test
  void who_comes_with_older_rules_is_answered_at_once() {
    Console ann = new Console("ann", 4, 7);
    round();
    ticker.pass(Duration.ofSeconds(5));
    Console bob = new Console("bob", 0, 3);
    round();
    assertThat(bob.maximum()).isEqualTo(7);
    assertThat(ann.maximum()).isEqualTo(7);
    assertThat(ann.told).isEmpty();
  }

  @Test
  void who_comes_with_newer_rules_brings_them() {
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
  void rules_that_nobody_ever_changed_replace_no_others() {
    Console ann = new Console("ann", 0, 3);
    Console bob = new Console("bob", 0, 5);
    round();
    assertThat(ann.maximum()).isEqualTo(3);
    assertThat(bob.maximum()).isEqualTo(5);
  }

  @Test
  void what_cannot_be_in_force_here_is_told_once_and_changes_nothing() {
    Console ann = new Console("ann", 0, 3);
    Map<String, String> wrong = new HashMap<>(RulesDraft.of(ann.rules.get()).named());
    wrong.put("maximum", "many");
    for (int i = 0; i < 3; i++) {
      ann.shared.rulesHeard(new Pulse.Rules("bob", 9, wrong), now());
    }
    assertThat(ann.maximum()).isEqualTo(3);
    assertThat(ann.told).singleElement().asString().contains("another console's policy");
  }

  @Test
  void it_is_said_now_and_then_and_not_at_every_tick() {
    Console ann = new Console("ann", 1, 3);
    ann.shared.keep(SIGHT, now());
    ann.shared.keep(SIGHT, now());
    assertThat(topic).hasSize(1);
    ticker.pass(SharedRules.AGAIN.plusSeconds(1));
    ann.shared.keep(SIGHT, now());
    assertThat(topic).hasSize(2);
    assertThat(Optional.ofNullable(topic.peek())).get().isInstanceOf(Pulse.Rules.class);
  }
}
