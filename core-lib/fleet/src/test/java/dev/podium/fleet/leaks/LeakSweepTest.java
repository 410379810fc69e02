package dev.podium.fleet.leaks;

import static org.assertj.core.api.Assertions.assertThat;

import dev.podium.fleet.CreateRequest;
import dev.podium.fleet.event.FleetEvent.Activity;
import dev.podium.fleet.event.FleetEvent.Level;
import dev.podium.fleet.leaks.Leak.Fate;
import dev.podium.fleet.leaks.Leak.Kind;
import dev.podium.fleet.model.Disk;
import dev.podium.fleet.model.Health;
import dev.podium.fleet.model.VmSubscription;
import dev.podium.fleet.testing.MemoryFleet;
import dev.podium.wire.model.Labels;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class LeakSweepTest {
  @TempDir Path folder;
  private MemoryFleet fleet;

  @BeforeEach
  void open() {
    fleet = new MemoryFleet(folder, MemoryFleet.hasty(), MemoryFleet.policy(Duration.ofHours(1)));
    fleet.service.startSweep().orTimeout(20, TimeUnit.SECONDS).join();
  }

  @AfterEach
  void close() {
    fleet.close();
  }

  private Disk leave(String vm) {
    Disk disk =
        new Disk(
            vm,
            "us-central1-a",
            "pd-balanced",
            10,
            Instant.now().minus(Duration.ofHours(2)),
            Map.of(Labels.FLEET, "class", Labels.VM, vm, Labels.OWNER, "ann"),
            false,
            0.001);
    fleet.leftovers.disks.add(disk);
    return disk;
  }

  private List<Activity> activities() {
    List<Activity> kept = new ArrayList<>();
    fleet
        .service
        .events()
        .subscribe(event -> {
          if (event instanceof Activity activity) {
            kept.add(activity);
          }
        })
        .close();
    return kept;
  }

  @Test
  void what_a_dead_vm_left_is_cleaned_and_told_with_its_evidence() {
    leave("dead-1");
    fleet.leftovers.subscriptions.add(
        new VmSubscription(
            "podium-class-chat-dead-1-b", "dead-1", "17", Instant.now().minusSeconds(7_200)));

    LeakReport report = fleet.service.cleanLeaks();

    assertThat(report.leaks()).extracting(Leak::fate).containsOnly(Fate.CLEANED);
    assertThat(report.costPerHour()).isZero();
    assertThat(fleet.leftovers.disks).isEmpty();
    assertThat(fleet.leftovers.subscriptions).isEmpty();
    List<Activity> told =
        activities().stream().filter(one -> one.sentence().startsWith("cleaned ")).toList();
    assertThat(told).hasSize(2);
    assertThat(told).allMatch(one -> one.evidence().size() == 2);
    assertThat(told.getFirst().sentence())
        .startsWith("cleaned disk 'dead-1' in us-central1-a: there is no VM 'dead-1'");
  }

  @Test
  void a_look_cleans_nothing() {
    leave("dead-1");
    assertThat(fleet.service.leaks().leaks())
        .extracting(Leak::fate)
        .containsExactly(Fate.CLEANABLE);
    assertThat(fleet.leftovers.disks).hasSize(1);
  }

  @Test
  void a_vm_that_appears_between_the_two_looks_keeps_its_disk() {
    leave("vm-1");
    fleet.leftovers.onSecondRead(() ->
        fleet
            .service
            .create(CreateRequest.defaults())
            .getFirst()
            .running()
            .orTimeout(20, TimeUnit.SECONDS)
            .join());
    // The sweep of the start was the first read; the counter begins with this one.
    fleet.leftovers.countFromHere();

    LeakReport report = fleet.service.cleanLeaks();

    assertThat(fleet.leftovers.disks).hasSize(1);
    assertThat(report.leaks())
        .filteredOn(leak -> leak.kind() == Kind.DISK)
        .extracting(Leak::fate)
        .containsExactly(Fate.KEPT);
  }

  @Test
  void a_vm_in_use_and_what_belongs_to_it_are_not_touched() {
    fleet
        .service
        .create(CreateRequest.defaults())
        .getFirst()
        .ready()
        .orTimeout(20, TimeUnit.SECONDS)
        .join();
    leave("dead-1");

    LeakReport report = fleet.service.cleanLeaks();

    assertThat(report.leaks())
        .filteredOn(leak -> leak.kind() == Kind.VM)
        .extracting(Leak::fate)
        .containsExactly(Fate.KEPT);
    assertThat(fleet.cloud.all()).hasSize(1);
    assertThat(fleet.service.list().getFirst().health()).isNotEqualTo(Health.DELETING);
  }

  @Test
  void a_deletion_that_failed_is_asked_for_anew_and_not_repeated() {
    leave("dead-1");
    fleet.leftovers.failing(true);
    assertThat(fleet.service.cleanLeaks().problem()).contains("is still in use");

    fleet.leftovers.failing(false);
    assertThat(fleet.service.cleanLeaks().problem()).isEmpty();
    assertThat(fleet.leftovers.disks).isEmpty();
  }

  @Test
  void a_cloud_that_does_not_answer_becomes_a_sentence() {
    fleet.leftovers.down(true);
    LeakReport report = fleet.service.cleanLeaks();
    assertThat(report.leaks()).isEmpty();
    assertThat(report.problem()).contains("the cloud does not answer");
    assertThat(activities())
        .anyMatch(one ->
            one.level() == Level.WARNING && one.sentence().startsWith("the sweep is not complete"));
  }
}
