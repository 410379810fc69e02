package dev.podium.desktop.control;

import static org.assertj.core.api.Assertions.assertThat;

import dev.podium.desktop.testing.Vms;
import dev.podium.fleet.model.FleetVm;
import dev.podium.fleet.model.Health;
import dev.podium.fleet.model.Verdict;
import dev.podium.fleet.model.Vm;
import dev.podium.wire.model.Labels;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PhrasesTest {
  @ParameterizedTest
  @CsvSource({"0,free", "0.0168,$0.017", "1.5,$1.50"})
  void money_is_said_as_finely_as_it_matters(double dollars, String words) {
    assertThat(Phrases.money(dollars)).isEqualTo(words);
  }

  @Test
  void what_keeps_a_vm_is_said_for_as_long_as_it_does() {
    FleetVm free = Vms.vm("class-a-1");
    Instant end = Vms.START.plus(Duration.ofMinutes(12));
    Vm held = Vms.labelled(free, Labels.HOLD, "" + end.getEpochSecond()).vm();
    Vm pinned = Vms.labelled(free, Labels.PIN, "true").vm();

    assertThat(Phrases.kept(free.vm(), Vms.START)).isEmpty();
    assertThat(Phrases.kept(pinned, Vms.START)).contains("pinned, Podium never ends it");
    assertThat(Phrases.kept(held, Vms.START)).contains("held, 12 min left");
    assertThat(Phrases.kept(held, end)).isEmpty();
  }

  @Test
  void thousands_of_dollars_are_grouped() {
    assertThat(Phrases.money(12_345.678)).isEqualTo("$12,345.68");
  }

  @Test
  void a_price_that_is_not_known_is_not_called_free() {
    assertThat(Phrases.hourly(0, true)).isEqualTo("free");
    assertThat(Phrases.hourly(0, false)).isEqualTo("price not known");
    assertThat(Phrases.hourly(0.1, true)).isEqualTo("$0.100 an hour");
    assertThat(Phrases.hourly(0.1, false)).isEqualTo("more than $0.100 an hour");
  }

  @Test
  void why_does_not_repeat_the_state_beside_which_it_stands() {
    assertThat(Phrases.why(verdict(Health.UNREACHABLE, "unreachable: no heartbeat for 72 s")))
        .isEqualTo("no heartbeat for 72 s");
    assertThat(Phrases.why(verdict(Health.HEALTHY, "kept: 3 people"))).isEqualTo("kept: 3 people");
    assertThat(Phrases.why(verdict(Health.IDLE, "idle"))).isEqualTo("idle");
  }

  private static Verdict verdict(Health health, String reason) {
    return new Verdict(health, reason, Instant.EPOCH, List.of());
  }
}
