package dev.podium.fleet.google;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.podium.fleet.cloud.ComputeCloud;
import dev.podium.fleet.config.CloudProfile;
import dev.podium.fleet.invite.InviteDesk;
import dev.podium.fleet.invite.InviteIssuer;
import dev.podium.fleet.model.Vm;
import dev.podium.fleet.model.VmName;
import dev.podium.fleet.model.VmSpec;
import dev.podium.fleet.model.VmState;
import dev.podium.localcloud.LocalCloud;
import dev.podium.localcloud.LocalCloudOptions;
import dev.podium.wire.cloud.AccessTokens;
import dev.podium.wire.cloud.CloudTicker;
import dev.podium.wire.cloud.Ticker;
import dev.podium.wire.invite.Audience;
import dev.podium.wire.model.PodiumException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// The adapter and the local cloud's compute API, which know nothing of each other.
@Timeout(60)
class LocalComputeTest {
  private static final String ZONE = "us-central1-a";
  private static LocalCloud local;
  private static ComputeCloud cloud;

  @BeforeAll
  static void start() {
    local = LocalCloud.start(LocalCloudOptions.defaults().withTimeScale(0.05));
    cloud =
        GoogleCloud.compute(
            CloudProfile.local(
                local.compute(), local.pubsub(), local.identity(), local.project(), "demo"),
            AccessTokens.fixed("local"));
  }

  @AfterAll
  static void stop() {
    cloud.close();
    local.close();
  }

  @Test
  void a_console_whose_clock_is_two_hours_off_knows_the_clouds_and_its_invites_are_good(
      @TempDir Path folder) {
    Duration skew = Duration.ofHours(2);
    CloudTicker ticker = new CloudTicker(aheadBy(skew));
    CloudProfile profile =
        CloudProfile.local(
            local.compute(), local.pubsub(), local.identity(), local.project(), "demo");
    try (ComputeCloud own = GoogleCloud.compute(profile, AccessTokens.fixed("local"), ticker)) {
      assertThat(own.list("nobodys").vms()).isEmpty();
    }
    assertThat(ticker.cloudAhead()).isCloseTo(skew.negated(), Duration.ofSeconds(3));
    InviteDesk desk = InviteDesk.open(folder.resolve("keys"), ticker::cloud);
    InviteIssuer.Issued issued =
        desk.issue("Ann", "lobby", new Audience.WholeFleet("demo"), Duration.ofHours(1));
    Duration good = Duration.between(Instant.now(), issued.invite().expires());
    assertThat(good).isCloseTo(Duration.ofHours(1), Duration.ofSeconds(5));
  }

  private static Ticker aheadBy(Duration skew) {
    Ticker right = Ticker.system();
    return new Ticker() {
      @Override
      public long nanos() {
        return right.nanos();
      }

      @Override
      public Instant wall() {
        return right.wall().plus(skew);
      }
    };
  }

  @Test
  void a_vm_is_created_listed_labelled_given_metadata_and_deleted() throws Exception {
    VmName name = new VmName("class-1");
    UUID requestId = UUID.randomUUID();
    var started = cloud.create(spec(name, "e2-small"), requestId);
    assertThat(cloud.create(spec(name, "e2-small"), requestId).operation())
        .isEqualTo(started.operation());
    started.done().get(30, TimeUnit.SECONDS);

    Vm vm = cloud.get(ZONE, name).orElseThrow();
    assertThat(cloud.list("demo").vms()).containsExactly(vm);
    assertThat(cloud.list("other").vms()).isEmpty();
    assertThat(vm.state()).isEqualTo(VmState.RUNNING);
    assertThat(vm.machineType()).isEqualTo("e2-small");
    assertThat(vm.image()).isEqualTo("podium-agent");
    assertThat(vm.runLimit()).contains(Duration.ofHours(1));
    assertThat(vm.chatUrl()).isPresent();

    cloud.setLabels(vm, Map.of("podium-fleet", "demo", "podium-pin", "true"));
    assertThat(cloud.get(ZONE, name).orElseThrow().pinned()).isTrue();
    assertThatThrownBy(() -> cloud.setLabels(vm, Map.of("podium-fleet", "demo")))
        .isInstanceOf(PodiumException.Conflict.class);
    cloud.editMetadata(ZONE, name, "podium-port", _ -> "40123");
    assertThat(cloud.get(ZONE, name).orElseThrow().chatPort()).isEqualTo(40123);
    assertThat(cloud.serialPort(ZONE, name, 0).next()).isNotNegative();

    cloud.delete(ZONE, name, UUID.randomUUID()).done().get(30, TimeUnit.SECONDS);
    assertThat(cloud.get(ZONE, name)).isEmpty();
    assertThat(cloud.delete(ZONE, name, UUID.randomUUID()).done()).isCompleted();
  }

  @Test
  void what_was_deleted_lately_is_read_from_the_clouds_operations() throws Exception {
    VmName name = new VmName("gone-1");
    cloud.create(spec(name, "e2-small"), UUID.randomUUID()).done().get(30, TimeUnit.SECONDS);
    Vm vm = cloud.get(ZONE, name).orElseThrow();
    Instant labelled = cloud.setLabels(vm, vm.labels());
    UUID requestId = UUID.randomUUID();
    cloud.delete(ZONE, name, requestId).done().get(30, TimeUnit.SECONDS);

    assertThat(cloud.deletions(labelled))
        .filteredOn(one -> one.vmId().equals(vm.id()))
        .singleElement()
        .satisfies(one -> {
          assertThat(one.requestId()).contains(requestId);
          assertThat(one.accepted()).isBetween(labelled, labelled.plusSeconds(60));
        });
  }

  @Test
  void what_the_cloud_does_not_have_is_named() {
    assertThatThrownBy(() ->
            cloud
                .create(spec(new VmName("class-2"), "e9-none"), UUID.randomUUID())
                .done()
                .get(30, TimeUnit.SECONDS))
        .hasMessageContaining("class-2")
        .hasMessageContaining("e9-none");
  }

  @Test
  void zones_and_machine_types_are_offered_and_cost_nothing_here() {
    assertThat(cloud.zones()).contains(ZONE);
    assertThat(cloud.machineTypes(ZONE))
        .isNotEmpty()
        .allMatch(type -> type.priceKnown() && type.costPerHour() == 0);
  }

  private static VmSpec spec(VmName name, String machineType) {
    return new VmSpec(
        name,
        ZONE,
        machineType,
        "global/images/family/podium-agent",
        "pd-balanced",
        10,
        false,
        Duration.ofHours(1),
        Map.of("podium-fleet", "demo"),
        Map.of("podium-fleet", "demo"));
  }
}
