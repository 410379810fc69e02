package dev.podium.fleet.google;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.podium.fleet.cloud.ComputeCloud;
import dev.podium.fleet.cloud.Leftovers;
import dev.podium.fleet.config.CloudProfile;
import dev.podium.fleet.model.Disk;
import dev.podium.fleet.model.VmName;
import dev.podium.fleet.model.VmSpec;
import dev.podium.fleet.model.VmSubscription;
import dev.podium.localcloud.LocalCloud;
import dev.podium.localcloud.LocalCloudOptions;
import dev.podium.wire.chat.FleetTopics;
import dev.podium.wire.cloud.AccessTokens;
import dev.podium.wire.cloud.MessageBus;
import dev.podium.wire.cloud.MessageBus.SubscriptionSpec;
import dev.podium.wire.model.PodiumException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// Against the local cloud over its sockets.
@Timeout(60)
class GoogleLeftoversTest {
  private static final String ZONE = "us-central1-a";
  private static final Duration DAY = Duration.ofDays(1);
  private static LocalCloud local;
  private static CloudProfile profile;
  private static Leftovers leftovers;

  @BeforeAll
  static void start() {
    local = LocalCloud.start(LocalCloudOptions.defaults().withTimeScale(0.05));
    profile =
        CloudProfile.local(
            local.compute(), local.pubsub(), local.identity(), local.project(), "demo");
    leftovers = GoogleCloud.leftovers(profile, AccessTokens.fixed("local"));
  }

  @AfterAll
  static void stop() {
    leftovers.close();
    local.close();
  }

  @Test
  void a_vms_disk_is_listed_with_whose_it_is_and_cannot_be_deleted_under_it() throws Exception {
    try (ComputeCloud cloud = GoogleCloud.compute(profile, AccessTokens.fixed("local"))) {
      cloud.create(spec("class-1", "fleet-a"), UUID.randomUUID()).done().get(30, TimeUnit.SECONDS);

      Disk disk = leftovers.disks("fleet-a").getFirst();

      assertThat(disk.attached()).isTrue();
      assertThat(disk.vm()).isEqualTo("class-1");
      assertThat(disk.owner()).isEqualTo("ann_example_org");
      assertThat(disk.labels()).containsEntry("podium-console", "console-1");
      assertThat(disk.type()).isEqualTo("pd-balanced");
      assertThat(disk.sizeGb()).isEqualTo(10);
      assertThat(disk.costPerHour()).isZero();
      assertThatThrownBy(() -> leftovers.deleteDisk(disk, UUID.randomUUID()))
          .isInstanceOf(PodiumException.class)
          .hasMessageContaining("Disk 'class-1' was not deleted");

      cloud.delete(ZONE, disk(disk), UUID.randomUUID()).done().get(30, TimeUnit.SECONDS);
      assertThat(leftovers.disks("fleet-a")).isEmpty();
    }
  }

  private static VmName disk(Disk disk) {
    return new VmName(disk.vm());
  }

  @Test
  void an_orphan_disk_is_found_by_its_fleet_and_deleted_and_deleting_it_again_is_success()
      throws Exception {
    insertDisk("orphan-1", "fleet-b");
    insertDisk("stranger-1", "fleet-c");

    assertThat(leftovers.disks("fleet-b"))
        .extracting(Disk::name, Disk::attached, Disk::zone)
        .containsExactly(org.assertj.core.groups.Tuple.tuple("orphan-1", false, ZONE));
    Disk orphan = leftovers.disks("fleet-b").getFirst();
    assertThat(orphan.created()).isBefore(Instant.now().plusSeconds(60));

    leftovers.deleteDisk(orphan, UUID.randomUUID());
    assertThat(leftovers.disks("fleet-b")).isEmpty();
    leftovers.deleteDisk(orphan, UUID.randomUUID());
    assertThat(leftovers.disks("fleet-c")).hasSize(1);
  }

  @Test
  void a_vms_subscription_is_found_by_its_labels_and_one_without_them_is_invisible() {
    Instant made = Instant.parse("2026-03-02T09:00:00Z");
    FleetTopics topics = new FleetTopics("fleet-d");
    try (MessageBus bus = GoogleCloud.bus(profile, AccessTokens.fixed("local"))) {
      bus.ensureTopic(topics.pulse(), DAY);
      bus.subscribe(spec(topics, "vm-1-boot", topics.labels("vm-1", "4711", made)), _ -> {})
          .close();
      bus.subscribe(spec(topics, "console-9", Map.of()), _ -> {}).close();
      bus.subscribe(
              spec(topics, "vm-2-boot", new FleetTopics("other").labels("vm-2", "4712", made)),
              _ -> {})
          .close();
    }

    VmSubscription found =
        new VmSubscription("podium-fleet-d-pulse-vm-1-boot", "vm-1", "4711", made);
    assertThat(leftovers.subscriptions("fleet-d")).containsExactly(found);
    leftovers.deleteSubscription(found);
    assertThat(leftovers.subscriptions("fleet-d")).isEmpty();
    leftovers.deleteSubscription(found);
  }

  private static SubscriptionSpec spec(FleetTopics topics, String who, Map<String, String> labels) {
    return new SubscriptionSpec(
        topics.pulse(),
        topics.subscription(topics.pulse(), who),
        Optional.empty(),
        false,
        DAY,
        Optional.empty(),
        labels);
  }

  private static void insertDisk(String name, String fleet) throws Exception {
    String body =
        "{\"name\":\"%s\",\"sizeGb\":\"10\",\"labels\":{\"podium-fleet\":\"%s\"}}"
            .formatted(name, fleet);
    HttpRequest request =
        HttpRequest.newBuilder(
                local
                    .compute()
                    .resolve("projects/" + local.project() + "/zones/" + ZONE + "/disks"))
            .POST(HttpRequest.BodyPublishers.ofString(body))
            .build();
    try (HttpClient http = HttpClient.newHttpClient()) {
      assertThat(http.send(request, BodyHandlers.ofString()).statusCode()).isEqualTo(200);
    }
    org.awaitility.Awaitility.await().until(() -> !leftovers.disks(fleet).isEmpty());
  }

  private static VmSpec spec(String name, String fleet) {
    return new VmSpec(
        new VmName(name),
        ZONE,
        "e2-small",
        "global/images/family/podium-agent",
        "pd-balanced",
        10,
        false,
        Duration.ofHours(1),
        Map.of(
            "podium-fleet",
            fleet,
            "podium-owner",
            "ann_example_org",
            "podium-console",
            "console-1"),
        Map.of("podium-fleet", fleet));
  }
}
