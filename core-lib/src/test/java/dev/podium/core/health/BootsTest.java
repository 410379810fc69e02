package dev.podium.core.health;

import static org.assertj.core.api.Assertions.assertThat;

import dev.podium.core.chat.Pulse;
import dev.podium.core.health.Observation.Beat;
import dev.podium.core.health.Observation.OldBeat;
import dev.podium.core.model.Health;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;

/// An agent that is started anew sends under another boot id, and Pub/Sub keeps no order.
class BootsTest {
  private final Table table = Table.standard().withPeople(1);

  /// Heartbeats of that boot, of which the rules have not heard yet.
  private List<Pulse.Heartbeat> unheard(String boot, int count) {
    VmRecord before = table.vm;
    table.boot = boot;
    List<Pulse.Heartbeat> made = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      table.beat();
      made.add(table.vm.heart().last().orElseThrow());
      table.vm = before;
    }
    return made;
  }

  private String boot() {
    return table.vm.heart().last().orElseThrow().bootId();
  }

  @Test
  void stragglers_of_the_boot_before_are_no_sign() {
    Pulse.Heartbeat heard = table.vm.heart().last().orElseThrow();
    List<Pulse.Heartbeat> late = unheard("b1", 3);
    table.boot = "b2";
    table.beat().silent(Duration.ofSeconds(30)).see(new Beat(heard));
    late.forEach(beat -> table.see(new Beat(beat)));
    assertThat(table.health()).isEqualTo(Health.SUSPECT);
    assertThat(boot()).isEqualTo("b2");
  }

  @Test
  void a_straggler_of_any_boot_before_does_not_deafen_to_the_present_one() {
    List<Pulse.Heartbeat> late = unheard("b1", 1);
    for (String boot : List.of("b2", "b3", "b4")) {
      table.boot = boot;
      table.beats(1);
    }
    table.see(new Beat(late.getFirst())).beats(1);
    assertThat(boot()).isEqualTo("b4");
    assertThat(table.health()).isEqualTo(Health.HEALTHY);
  }

  @Test
  void of_boots_that_came_in_no_order_the_one_that_goes_on_is_the_present_one() {
    List<Pulse.Heartbeat> slept = unheard("b2", 1);
    table.boot = "b3";
    table.oldBeat().see(new OldBeat(slept.getFirst()));
    assertThat(boot()).isEqualTo("b2");
    table.boot = "b3";
    table.beats(4);
    assertThat(boot()).isEqualTo("b3");
    table.people = 2;
    table.beats(1);
    assertThat(table.vm.participants()).isEqualTo(2);
  }

  @Test
  void an_agent_that_cannot_stay_up_fills_no_memory() {
    for (int start = 0; start < 1_000; start++) {
      table.boot = "again-" + start;
      table.beats(1);
    }
    assertThat(table.vm.heart().former().boots()).hasSizeLessThan(100);
    assertThat(table.health()).isEqualTo(Health.HEALTHY);
    assertThat(Collections.max(ids())).isEqualTo("again-998");
  }

  private List<String> ids() {
    return table.vm.heart().former().boots().stream().map(VmRecord.Boot::id).toList();
  }
}
