package dev.podium.desktop.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.podium.wire.chat.Pulse;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;

/// A fleet in the middle of its upgrade: VMs and a console of the release before VMs signed, beside
/// a console and VMs of this one.
///
/// The tests have an order: each goes on with the fleet that the one before left.
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class HalfUpgradedIT {
  private static final Duration SOON = Duration.ofSeconds(90);
  private static final Set<String> GREEN = Set.of("HEALTHY", "IDLE");
  private static final Set<String> LEAVING = Set.of("DRAINING", "CONDEMNED", "DELETING", "");

  private static Path folder;
  private static PodiumProcess cloud;
  private static PodiumProcess console;
  private static Api api;
  private static Api compute;
  private static Topic topic;
  private static OldConsole before;

  /// On an old VM, from the second test to the last.
  private static Optional<Person> joined = Optional.empty();

  @BeforeAll
  static void the_fleet_of_the_release_before_gets_a_new_console() throws Exception {
    folder = Files.createTempDirectory("podium-e2e");
    cloud = PodiumProcess.ready(ChosenAgent.environment(folder.resolve("agent")), "local-cloud");
    compute = Api.keyless(cloud.readyLine().path("compute").asText());
    topic = new Topic(cloud.readyLine());
    before = new OldConsole(topic, compute, folder.resolve("keys"));
    before.create("old-empty", false);
    console = PodiumProcess.ready("serve", "--cloud", cloud.readyLine().path("identity").asText());
    api = console.api();
  }

  /// Where the old VM's page is, as soon as it serves and sends heartbeats.
  private static String oldPage(String vm) {
    await()
        .atMost(SOON)
        .until(() -> topic.heard(Pulse.Heartbeat.class).anyMatch(beat -> beat.vm().equals(vm)));
    return topic
        .heard(Pulse.Heartbeat.class)
        .filter(beat -> beat.vm().equals(vm))
        .findFirst()
        .orElseThrow()
        .url();
  }

  @AfterAll
  static void stop() {
    joined.ifPresent(Person::close);
    topic.close();
    console.close();
    cloud.close();
    ChosenAgent.remove(folder);
  }

  @Test
  @Order(1)
  void an_empty_old_vm_is_drained_and_deleted_once_its_replacement_is_ready() {
    policy(Map.of("minimum", 1));

    List<String> gapless = new ArrayList<>();
    await()
        .atMost(SOON)
        .until(() -> {
          JsonNode seen = api.get("v1/instances").body().path("instances");
          boolean leaves = LEAVING.contains(health(seen, "old-empty"));
          if (leaves) {
            gapless.add(seen.toString());
            assertThat(newVms(seen)).as("when the old one left: %s", seen).isNotEmpty();
          }
          return leaves && api.gone("old-empty");
        });

    assertThat(gapless).isNotEmpty();
    assertThat(console.api().get("v1/activity?instance=old-empty").body().toString())
        .contains("made by a release whose VMs sign nothing");
  }

  private static String health(JsonNode instances, String vm) {
    return instances
        .valueStream()
        .filter(one -> one.path("name").asText().equals(vm))
        .map(one -> one.path("health").asText())
        .findFirst()
        .orElse("");
  }

  /// The VMs of this release that are ready.
  private static List<String> newVms(JsonNode instances) {
    return instances
        .valueStream()
        .filter(one -> GREEN.contains(one.path("health").asText()))
        .map(one -> one.path("name").asText())
        .filter(name -> !name.startsWith("old-"))
        .toList();
  }

  private static String newVm() {
    return newVms(api.get("v1/instances").body().path("instances")).getFirst();
  }

  private static void policy(Map<String, Integer> changes) {
    ObjectNode policy = (ObjectNode) api.get("v1/policy").body();
    changes.forEach(policy::put);
    assertThat(api.put("v1/policy", policy.toString()).status()).isEqualTo(200);
  }

  @Test
  @Order(2)
  void people_on_old_and_new_vms_hear_all_that_is_said_in_one_order() {
    before.create("old-used", true);
    Person ann = Person.join(URI.create(oldPage("old-used") + "#t=none"), "Ann");
    joined = Optional.of(ann);
    await().atMost(SOON).until(() -> api.health("old-used").equals("HEALTHY"));
    unpin("old-used");
    String vm = newVm();
    try (Person bob = Person.join(URI.create(Invites.link(console, "Bob", "lobby", vm)), "Bob")) {
      List<String> texts = new ArrayList<>();
      for (int n = 1; n <= 5; n++) {
        ann.say(n, "ann says " + n);
        bob.say(100 + n, "bob says " + n);
        texts.addAll(List.of("ann says " + n, "bob says " + n));
      }

      await().atMost(SOON).untilAsserted(() -> assertThat(ann.heard(texts)).isEqualTo(texts));
      await().atMost(SOON).untilAsserted(() -> assertThat(bob.heard(texts)).isEqualTo(texts));
    }
  }

  private static void unpin(String vm) {
    assertThat(api.post("v1/instances/" + vm + ":pin", "{\"pinned\":false}").status())
        .isEqualTo(200);
  }

  @Test
  @Order(3)
  void an_old_consoles_drain_ends_no_vm_of_this_release_and_none_that_is_used() throws Exception {
    String vm = newVm();
    try (Person bob = Person.join(URI.create(Invites.link(console, "Bob", "lobby", vm)), "Bob")) {
      before.canary();
      String forced = before.drain(vm, true);
      String refused = before.drain("old-used", false);

      await().atMost(SOON).untilAsserted(() -> assertThat(unsigned(vm)).isPositive());
      await().atMost(SOON).until(() -> topic.heard(Pulse.DrainAnswer.class).anyMatch(of(refused)));
      before.cancel(refused, "old-used");
      assertThat(topic.heard(Pulse.DrainAnswer.class).filter(of(refused)))
          .noneMatch(Pulse.DrainAnswer::accepted);
      assertThat(topic.heard(Pulse.DrainAnswer.class)).noneMatch(of(forced));
      await()
          .atMost(SOON)
          .during(Duration.ofSeconds(3))
          .until(() -> GREEN.contains(api.health(vm)) && GREEN.contains(api.health("old-used")));
      for (Person person : List.of(joined.orElseThrow(), bob)) {
        assertThat(person.isIn()).isTrue();
        assertThat(person.moves()).isEmpty();
      }
    }
  }

  private static Predicate<Pulse.DrainAnswer> of(String drain) {
    return answer -> answer.id().equals(drain);
  }

  /// How many pulses the VM dropped because nobody had signed them.
  private static double unsigned(String vm) throws Exception {
    URI metrics = URI.create(api.instance(vm).path("chatUrl").asText() + "metrics");
    try (HttpClient http = HttpClient.newHttpClient()) {
      String text =
          http.send(HttpRequest.newBuilder(metrics).build(), BodyHandlers.ofString()).body();
      return text.lines()
          .filter(line -> line.startsWith("podium_pulses_unsigned_total "))
          .mapToDouble(line -> Double.parseDouble(line.substring(line.indexOf(' '))))
          .findFirst()
          .orElseThrow();
    }
  }

  @Test
  @Order(4)
  void a_policy_that_an_old_console_signed_as_then_is_taken_over() {
    before.policy(100, Map.of("minimum", "2", "maximum", "7"));

    await().atMost(SOON).until(() -> api.get("v1/policy").body().path("maximum").asInt() == 7);
  }

  @Test
  @Order(5)
  void an_old_vm_is_replaced_once_the_last_person_has_left() {
    Person ann = joined.orElseThrow();
    assertThat(api.health("old-used")).isEqualTo("HEALTHY");
    assertThat(ann.isIn()).isTrue();

    ann.close();

    await().atMost(SOON).until(() -> api.gone("old-used"));
    List<String> left = newVms(api.get("v1/instances").body().path("instances"));
    assertThat(left).hasSizeGreaterThanOrEqualTo(2);
    assertThat(topic.heard(Pulse.DrainAnswer.class).filter(Pulse.DrainAnswer::accepted))
        .extracting(Pulse.DrainAnswer::vm)
        .containsOnly("old-empty", "old-used");
  }
}
