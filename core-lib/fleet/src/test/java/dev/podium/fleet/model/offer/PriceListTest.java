package dev.podium.fleet.model.offer;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

/// What a VM costs with all that it has.
class PriceListTest {
  private static final Offset<Double> EXACT = Offset.offset(1e-9);
  private static final OptionalDouble MACHINE = OptionalDouble.of(0.0168);

  private final PriceList prices = list(true);

  private static PriceList list(boolean addresses) {
    return new PriceList(
        Map.of("pd-balanced", 0.10),
        0.005,
        0.0025,
        40.0 / 1_024,
        addresses,
        Optional.of(new PriceList.Source("https://prices.example", "2026", "us-central1")));
  }

  private static VmResources has(boolean address, String disk, long sizeGb) {
    return new VmResources("p", "a@p.example", address, disk, sizeGb);
  }

  @Test
  void machine_disk_and_external_address_are_one_price() {
    OptionalDouble price = prices.vm(MACHINE, has(true, "pd-balanced", 73), false);
    assertThat(price.orElse(0)).isCloseTo(0.0168 + 0.01 + 0.005, EXACT);
  }

  @Test
  void an_address_is_charged_only_where_there_is_one_and_half_on_a_spot_vm() {
    assertThat(prices.vm(MACHINE, has(false, "pd-balanced", 73), false).orElse(0))
        .isCloseTo(0.0268, EXACT);
    assertThat(prices.vm(MACHINE, has(true, "pd-balanced", 73), true).orElse(0))
        .isCloseTo(0.0293, EXACT);
    assertThat(list(false).newVm(MACHINE, "pd-balanced", 73, false).orElse(0))
        .isCloseTo(0.0268, EXACT);
  }

  @Test
  void what_is_not_in_the_list_is_not_known_and_never_free() {
    assertThat(prices.vm(MACHINE, has(true, "hyperdisk-new", 10), false)).isEmpty();
    assertThat(prices.vm(MACHINE, has(true, "", 10), false)).isEmpty();
    assertThat(prices.vm(OptionalDouble.empty(), has(true, "pd-balanced", 10), false)).isEmpty();
  }

  @Test
  void on_a_local_cloud_nothing_costs_anything() {
    assertThat(PriceList.FREE.vm(OptionalDouble.of(0), has(true, "", 10), false)).hasValue(0);
    assertThat(PriceList.FREE.messages(100, Duration.ofSeconds(5))).isZero();
  }

  @Test
  void heartbeats_go_to_every_vm_so_a_large_fleet_pays_for_them() {
    double ten = prices.messages(10, Duration.ofSeconds(5));
    assertThat(ten).isCloseTo(720 * 10 * 12 * 1_000.0 / (1L << 30) * 40 / 1_024, EXACT);
    assertThat(prices.messages(100, Duration.ofSeconds(5))).isGreaterThan(80 * ten);
  }

  @Test
  void it_says_where_its_prices_come_from_and_when_they_were_read() {
    assertThat(prices.source().orElseThrow().words())
        .isEqualTo("Google's list prices of us-central1, read in 2026");
  }
}
