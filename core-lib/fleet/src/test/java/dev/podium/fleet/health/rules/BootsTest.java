package dev.podium.fleet.health.rules;

import static org.assertj.core.api.Assertions.assertThat;

import dev.podium.fleet.health.record.Observation.Beat;
import dev.podium.fleet.health.record.Observation.OldBeat;
import dev.podium.fleet.health.record.VmRecord;
import dev.podium.fleet.model.Health;
import dev.podium.fleet.testing.HealthTable;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/// An agent that is started anew sends under another boot id, and Pub/Sub keeps no order. Which of
/// two boots is the present one, the cloud's clock tells.
class BootsTest {
  private static final Duration SECOND = Duration.ofSeconds(1);

  private final HealthTable table = HealthTable.standard().withPeople(1);

  /// Heartbeats that were sent a second apart, of which the rules have not heard yet.
  private List<Beat> unheard(String boot, int count) {
    VmRecord before = table.vm;
    table.boot = boot;
    List<Beat> made = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      table.pass(SECOND).beat();
      made.add(table.again());
      table.vm = before;
    }
    return made;
  }

  private String boot() {
    return table.vm.heartbeats().last().orElseThrow().bootId();
  }

  @Test
  void stragglers_of_the_boot_before_are_no_sign() {
    Beat heard = table.again();
    List<Beat> late = unheard("b1", 3);
    table.boot = "b2";
    table.pass(SECOND).beat().silent(Duration.ofSeconds(30)).see(heard);
    late.forEach(table::see);
    assertThat(table.health()).isEqualTo(Health.SUSPECT);
    assertThat(boot()).isEqualTo("b2");
  }

  @Test
  void a_straggler_of_any_boot_before_does_not_deafen_to_the_present_one() {
    List<Beat> late = unheard("b1", 1);
    for (String boot : List.of("b2", "b3", "b4")) {
      table.boot = boot;
      table.beats(1);
    }
    table.see(late.getFirst()).beats(1);
    assertThat(boot()).isEqualTo("b4");
    assertThat(table.health()).isEqualTo(Health.HEALTHY);
  }

  @Test
  void who_was_on_it_last_is_told_by_the_newest_boot_in_whatever_order_two_arrive() {
    table.people = 0;
    List<Beat> before = unheard("b2", 3);
    table.people = 2;
    List<Beat> present = unheard("b3", 3);
    for (Beat beat : List.of(present.get(1), before.get(2), present.get(0), before.get(0))) {
      table.see(beat);
    }
    assertThat(boot()).isEqualTo("b3");
    assertThat(table.vm.participants()).isEqualTo(2);
    table.see(present.get(2)).see(before.get(1));
    assertThat(table.vm.participants()).isEqualTo(2);
  }

  @Test
  void what_waited_while_the_console_slept_is_put_in_order_too() {
    Beat before = unheard("b2", 1).getFirst();
    table.boot = "b3";
    table.pass(SECOND).oldBeat();
    table.see(new OldBeat(before.heartbeat(), before.published()));
    assertThat(boot()).isEqualTo("b3");
  }
}
