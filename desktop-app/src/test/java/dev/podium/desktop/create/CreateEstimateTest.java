package dev.podium.desktop.create;

import static org.assertj.core.api.Assertions.assertThat;

import dev.podium.fleet.model.offer.MachineType;
import dev.podium.fleet.model.offer.PriceList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/// What new VMs cost, all in, while the form is filled in.
class CreateEstimateTest {
  private static final MachineType SMALL = new MachineType("e2-small", 2, 2_048, 0.0168);
  private static final PriceList PRICES =
      new PriceList(
          Map.of("pd-balanced", 0.73),
          0.005,
          0.0025,
          0.04,
          true,
          Optional.of(new PriceList.Source("https://prices.example", "2026", "us-central1")));

  private static CreateForm form(boolean spot) {
    return new CreateForm(
        "2", "vm", "us-central1-a", List.of(), "e2-small", "image", "10", spot, "8", "50");
  }

  @Test
  void machine_disk_and_address_are_in_it_and_it_says_where_the_prices_come_from() {
    CreateEstimate estimate = CreateEstimate.of(form(false), SMALL, PRICES);
    assertThat(estimate.cost()).isEqualTo("$0.064 an hour, $0.509 in 8 h");
    assertThat(estimate.use())
        .contains("Each: machine $0.017, disk $0.010, external address $0.005.")
        .endsWith(
            "Google's list prices of us-central1, read in 2026; traffic and Pub/Sub come on top.");
  }

  @Test
  void a_spot_vm_costs_at_most_that_with_the_smaller_price_of_its_address() {
    CreateEstimate estimate = CreateEstimate.of(form(true), SMALL, PRICES);
    assertThat(estimate.cost()).startsWith("at most $0.059 an hour");
    assertThat(estimate.use()).contains("external address $0.003");
  }

  @Test
  void a_disk_without_a_known_price_makes_the_whole_unknown() {
    MachineType modern = new MachineType("n4-standard-2", 2, 8_192, 0.1);
    assertThat(CreateEstimate.of(form(false), modern, PRICES).cost()).isEqualTo("Price not known");
  }
}
