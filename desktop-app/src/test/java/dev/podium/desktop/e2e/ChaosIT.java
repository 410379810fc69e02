package dev.podium.desktop.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.Timeout;

/// What can go wrong, done to real processes, while three consoles watch one fleet with somebody on
/// one of its VMs. After each test that person is still in their chat.
///
/// The order is that of the fleet's size: a VM's end takes longer where half of a fleet is silent.
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
@Timeout(value = 6, unit = TimeUnit.MINUTES)
class ChaosIT {
  /// Many times what the demo limits need on an idle machine: a late tick makes a console doubt.
  private static final Duration END = Duration.ofMinutes(4);

  private static final List<String> GREEN = List.of("HEALTHY", "IDLE");

  private static Consoles consoles;
  private static Deque<String> unused;
  private static String used;
  private static Person ann;
  private static int said;

  @BeforeAll
  static void begin() {
    consoles = new Consoles(3);
    try {
      wellAgain();
      // Else the demo limits end a VM that no test has come to yet, or that a slow builder boots.
      consoles.setEachPolicy(Map.of("idleSeconds", 1_800, "bootSeconds", 600));
      unused = new ArrayDeque<>(consoles.api(0).createReady(5, "chaos"));
      consoles.setPolicy(Map.of("idleSeconds", 2_400));
      used = unused.remove();
      ann = Person.join(invite(used), "Ann");
      await().atMost(END).until(() -> consoles.apis().stream().allMatch(ChaosIT::allWell));
    } catch (RuntimeException | Error failure) {
      consoles.close();
      throw failure;
    }
  }

  private static void wellAgain() {
    consoles.faults("{\"cuttableNetworks\":true}");
  }

  /// By another console than the one that made the VM.
  private static URI invite(String vm) {
    String body = "{\"name\":\"Ann\",\"instance\":\"%s\"}".formatted(vm);
    return URI.create(consoles.api(1).post("v1/invites", body).body().path("url").asText());
  }

  private static boolean allWell(Api api) {
    JsonNode fleet = fleet(api);
    for (JsonNode vm : fleet) {
      if (!GREEN.contains(vm.path("health").asText())) {
        return false;
      }
    }
    return !fleet.isEmpty();
  }

  private static JsonNode fleet(Api api) {
    return api.get("v1/instances").body().path("instances");
  }

  private static String zone(String vm) {
    return consoles.api(0).instance(vm).path("zone").asText();
  }

  @AfterEach
  void nobody_who_uses_a_vm_lost_it_and_no_log_shows_a_stack_trace() {
    wellAgain();
    ann.say(++said, "still here");
    assertThat(ann.isIn()).isTrue();
    assertThat(consoles.deletions(zone(used), used)).isZero();
    assertThat(consoles.logs()).noneMatch(log -> log.contains("\n\tat "));
  }

  @AfterAll
  static void end() {
    if (ann != null) {
      ann.close();
      consoles.close();
    }
  }

  @Test
  @Order(1)
  void while_pubsub_is_away_or_slow_the_consoles_doubt_themselves_and_end_nothing() {
    int before = fleet(consoles.api(0)).size();

    consoles.faults("{\"cuttableNetworks\":true,\"pubsub\":{\"unavailable\":true}}");
    await().atMost(END).until(() -> consoles.apis().stream().allMatch(api -> doubt(api) >= 2));
    consoles.faults("{\"cuttableNetworks\":true,\"pubsub\":{\"delayMillis\":500}}");
    await().atMost(END).until(() -> consoles.apis().stream().allMatch(ChaosIT::allWell));

    assertThat(fleet(consoles.api(0))).hasSize(before);
  }

  private static int doubt(Api api) {
    return api.get("healthz").body().path("doubt").asInt();
  }

  @Test
  @Order(2)
  void a_full_zone_moves_on_to_the_next() {
    consoles.faults("{\"cuttableNetworks\":true,\"stockedOutZones\":[\"europe-west3-a\"]}");

    JsonNode made =
        consoles
            .api(1)
            .post(
                "v1/instances?wait=ready",
                "{\"namePrefix\":\"full\",\"zones\":[\"europe-west3-a\",\"europe-west3-b\"]}")
            .body()
            .path("instances");

    assertThat(made).hasSize(1);
    assertThat(made.path(0).path("zone").asText()).isEqualTo("europe-west3-b");
  }

  @Test
  @Order(2)
  void three_consoles_that_keep_a_fleet_at_its_size_make_one_vm_for_each_place() {
    int size = fleet(consoles.api(0)).size() + 2;

    consoles.setPolicy(Map.of("minimum", size));
    await()
        .atMost(END)
        .until(() ->
            consoles.apis().stream().allMatch(api -> fleet(api).size() == size && allWell(api)));
    consoles.setPolicy(Map.of("minimum", 0));

    // A second one for a place would have been made and found out by now.
    assertThat(consoles.creations()).hasSize(size).doesNotHaveDuplicates();
  }

  @Test
  @Order(3)
  void a_killed_vm_is_ended_once_although_the_cloud_refuses_calls_and_one_console_sleeps() {
    String victim = unused.remove();
    String zone = zone(victim);
    consoles.faults("{\"cuttableNetworks\":true,\"errorRate503\":0.1,\"errorRate429\":0.1}");

    consoles.signal(2, "STOP");
    try {
      consoles.act(victim, "crash");
      await().atMost(END).until(() -> consoles.api(0).gone(victim) && consoles.api(1).gone(victim));
    } finally {
      consoles.signal(2, "CONT");
    }
    wellAgain();

    consoles.awaitGone(victim, END);
    await().atMost(END).until(() -> consoles.told(2, "", "this computer slept"));
    assertThat(consoles.told(victim, "destroyed")).isTrue();
    assertThat(consoles.deletions(zone, victim)).isEqualTo(1);
  }

  @Test
  @Order(4)
  void a_hung_vm_is_ended_and_one_in_use_that_only_stumbled_is_kept() {
    String hung = unused.remove();

    consoles.act(hung, "hang");
    consoles.act(used, "hang");
    await().atMost(END).until(() -> !green(used));
    consoles.act(used, "unhang");

    await().atMost(END).until(() -> green(used));
    consoles.awaitGone(hung, END);
  }

  private static boolean green(String vm) {
    return GREEN.contains(consoles.api(0).health(vm));
  }

  @Test
  @Order(5)
  void a_vm_that_was_cut_off_and_comes_back_is_kept() {
    String vm = unused.peek();

    consoles.act(vm, "cut");
    await().atMost(END).until(() -> !green(vm));
    consoles.act(vm, "heal");

    await().atMost(END).until(() -> consoles.apis().stream().allMatch(ChaosIT::allWell));
  }

  @Test
  @Order(6)
  void a_vm_that_is_cut_off_for_good_is_ended_although_a_console_was_killed() {
    String victim = unused.remove();
    String zone = zone(victim);

    consoles.kill(1);
    consoles.act(victim, "cut");

    consoles.awaitGone(victim, END);
    assertThat(consoles.deletions(zone, victim)).isEqualTo(1);
  }
}
