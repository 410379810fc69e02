package dev.podium.fleet.health.ending;

import static org.assertj.core.api.Assertions.assertThat;

import dev.podium.fleet.cloud.ComputeCloud.PastDeletion;
import dev.podium.fleet.model.Vm;
import dev.podium.fleet.model.VmState;
import dev.podium.fleet.testing.HealthTable;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class DeletionIdTest {
  private final Vm vm = HealthTable.machine(VmState.RUNNING, Map.of());

  private static boolean forHealth(String vmId, UUID id) {
    return DeletionId.forHealth("f", new PastDeletion(vmId, Optional.of(id), Instant.EPOCH));
  }

  @Test
  void an_id_tells_whether_a_vm_of_the_fleet_ended_for_its_health() {
    for (int failures : List.of(0, 1, 1_000)) {
      assertThat(forHealth(vm.id(), DeletionId.of("f", vm, true, failures))).isTrue();
      assertThat(forHealth(vm.id(), DeletionId.of("f", vm, false, failures))).isFalse();
      assertThat(forHealth(vm.id(), DeletionId.of("g", vm, true, failures))).isFalse();
      assertThat(forHealth("78", DeletionId.of("f", vm, true, failures))).isFalse();
    }
    assertThat(forHealth(vm.id(), UUID.randomUUID())).isFalse();
  }

  @Test
  void it_is_a_uuid_as_the_cloud_takes_it_and_another_one_after_each_failure() {
    Set<UUID> ids = new HashSet<>();
    for (int failures = 0; failures < 10; failures++) {
      UUID id = DeletionId.of("f", vm, true, failures);
      assertThat(id).isEqualTo(DeletionId.of("f", vm, true, failures));
      assertThat(id.variant()).isEqualTo(2);
      assertThat(UUID.fromString(id.toString())).isEqualTo(id);
      ids.add(id);
    }
    assertThat(ids).hasSize(10);
  }
}
