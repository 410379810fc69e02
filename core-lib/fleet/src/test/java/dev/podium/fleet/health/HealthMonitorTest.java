package dev.podium.fleet.health;

import static org.awaitility.Awaitility.await;

import dev.podium.fleet.model.VmName;
import dev.podium.fleet.model.VmState;
import dev.podium.fleet.testing.HealthTable;
import dev.podium.fleet.testing.MemoryFleet;
import dev.podium.wire.model.Labels;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HealthMonitorTest {
  @TempDir Path folder;

  @Test
  void a_vm_whose_fleet_label_was_taken_off_is_watched_no_more() {
    try (MemoryFleet fleet =
        new MemoryFleet(folder, MemoryFleet.hasty(), MemoryFleet.policy(Duration.ofHours(1)))) {
      VmName name = new VmName("vm-1");
      fleet.cloud.put(HealthTable.machine(VmState.RUNNING, Map.of()));
      fleet.cloud.label(name, Labels.FLEET, "class");
      await().atMost(Duration.ofSeconds(10)).until(() -> fleet.service.list().size() == 1);
      fleet.cloud.label(name, Labels.FLEET, "other");
      await().atMost(Duration.ofSeconds(10)).until(() -> fleet.service.list().isEmpty());
    }
  }
}
