package dev.podium.localcloud.state.compute;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.podium.localcloud.compute.fault.FaultsJson;
import dev.podium.localcloud.state.ManualTimeline;
import dev.podium.localcloud.state.Refusal;
import dev.podium.localcloud.state.fault.FaultPlan;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class RateQuotasTest {
  private final ManualTimeline timeline = new ManualTimeline();
  private final FaultPlan plan = new FaultPlan(1);
  private final RateQuotas quotas = new RateQuotas(plan, timeline, 123);

  private void limit(String limits) {
    plan.set(FaultsJson.read("{\"requestsPerMinute\":" + limits + "}").faults());
  }

  private void read(String region) {
    quotas.admit(region, true);
  }

  @Test
  void what_is_above_the_limit_waits_for_the_next_full_minute() {
    limit("{\"reads_per_region\":2}");
    timeline.pass(Duration.ofSeconds(50));
    read("us-central1");
    read("us-central1");
    assertThatThrownBy(() -> read("us-central1"))
        .isInstanceOfSatisfying(
            Refusal.class,
            refused -> {
              assertThat(refused.status()).isEqualTo(403);
              assertThat(refused.reason()).isEqualTo("rateLimitExceeded");
              assertThat(refused.text()).contains("project_number:123");
            });

    timeline.pass(Duration.ofSeconds(10));
    assertThatCode(() -> read("us-central1")).doesNotThrowAnyException();
  }

  @Test
  void each_region_and_the_rest_of_the_world_are_counted_for_themselves() {
    limit("{\"reads_per_region\":1,\"global_requests\":1}");
    read("us-central1");
    read("europe-west1");
    quotas.admit("us-central1", false);
    read("");

    assertThatThrownBy(() -> quotas.admit("", false)).isInstanceOf(Refusal.class);
    assertThatThrownBy(() -> read("europe-west1")).isInstanceOf(Refusal.class);
  }
}
