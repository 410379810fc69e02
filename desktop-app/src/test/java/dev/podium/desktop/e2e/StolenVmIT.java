package dev.podium.desktop.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.podium.wire.chat.Pulse;
import dev.podium.wire.identity.Ed25519KeyPair;
import dev.podium.wire.identity.Ed25519PublicKey;
import dev.podium.wire.identity.Roster;
import dev.podium.wire.pulse.PulseSignature;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;

/// One stolen VM is one stolen VM: what somebody cannot do who has one VM's key, address, metadata
/// server and rights on the topic. A real console, real VMs beside it, and people on them.
///
/// The tests have an order: the last two change the fleet.
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class StolenVmIT {
  private static final Set<String> GREEN = Set.of("HEALTHY", "IDLE");

  /// A VM with one seat, which is Ann's: its door sends all others elsewhere.
  private static final String FULL = "full-1";

  /// Bob is on it.
  private static final String HONEST = "honest-1";

  private static final HttpClient HTTP = HttpClient.newHttpClient();

  private static Path folder;
  private static PodiumProcess podium;
  private static Api api;
  private static Api compute;
  private static Topic topic;
  private static StolenVm stolen;
  private static Person ann;
  private static Person bob;

  @BeforeAll
  static void a_fleet_with_people_of_which_one_vm_is_stolen() throws Exception {
    folder = Files.createTempDirectory("podium-e2e");
    podium = PodiumProcess.ready(ChosenAgent.environment(folder), "serve", "--local");
    api = podium.api();
    JsonNode cloud = podium.readyLine().path("cloud");
    compute = Api.keyless(cloud.path("compute").asText());
    topic = new Topic(cloud);
    policy(Map.of("minimum", 0, "spare", 0));
    create("{\"namePrefix\":\"stolen\"}", "v1/instances");
    create("{\"namePrefix\":\"full\",\"seats\":1}", "v1/instances?wait=ready");
    create("{\"namePrefix\":\"honest\"}", "v1/instances?wait=ready");
    api.pin(HONEST);
    stolen = new StolenVm(topic, api, compute, "stolen-1");
    ann = Person.join(URI.create(Invites.link(podium, "Ann", "lobby", FULL)), "Ann");
    bob = Person.join(URI.create(Invites.link(podium, "Bob", "lobby", HONEST)), "Bob");
    awaitRosterWith(stolen.key());
    soon().until(() -> api.health(stolen.name()).equals("HEALTHY"));
  }

  private static void create(String body, String path) {
    assertThat(api.post(path, body).status()).isBetween(200, 202);
  }

  private static void policy(Map<String, Integer> changes) {
    ObjectNode policy = (ObjectNode) api.get("v1/policy").body();
    changes.forEach(policy::put);
    assertThat(api.put("v1/policy", policy.toString()).status()).isEqualTo(200);
  }

  /// Waits until a console has named that key, and the honest VMs go by what it said.
  private static void awaitRosterWith(String key) {
    soon()
        .until(() ->
            topic.newestRoster().entries().stream().anyMatch(entry -> entry.key().equals(key))
                && topic.newestRoster().byName().keySet().containsAll(List.of(FULL, HONEST)));
    long revision = topic.newestRoster().revision();
    soon().until(() -> goesBy(FULL) >= revision && goesBy(HONEST) >= revision);
  }

  /// The revision of the roster that the VM says it goes by.
  private static long goesBy(String vm) {
    return lastBeat(vm).map(Pulse.Heartbeat::roster).orElse(-1L);
  }

  /// The last heartbeat that the VM itself sent.
  private static Optional<Pulse.Heartbeat> lastBeat(String vm) {
    return topic
        .heard(Pulse.Heartbeat.class)
        .filter(beat -> beat.vm().equals(vm) && !beat.url().equals(StolenVm.TRAP))
        .reduce((_, later) -> later);
  }

  @AfterAll
  static void stop() {
    ann.close();
    bob.close();
    stolen.close();
    topic.close();
    podium.close();
    ChosenAgent.remove(folder);
  }

  private static String keyIdOf(String vm) {
    return Ed25519PublicKey.thumbprint(
        topic.newestRoster().byName().getOrDefault(vm, entryOfNobody()).key());
  }

  private static Roster.Entry entryOfNobody() {
    return new Roster.Entry("", "", "", "", 0);
  }

  private static ConditionFactory soon() {
    return await().atMost(Duration.ofSeconds(60));
  }

  private static void nobodyIsHarmed() {
    nobodyIsHarmed(Duration.ofSeconds(3));
  }

  /// All that must stay as it is, for so long.
  private static void nobodyIsHarmed(Duration seconds) {
    soon()
        .during(seconds)
        .until(() -> GREEN.contains(api.health(HONEST)) && GREEN.contains(api.health(FULL)));
    assertThat(bob.isIn()).isTrue();
    assertThat(bob.moves()).isEmpty();
    assertThat(ann.isIn()).isTrue();
    assertThat(topic.heard(Pulse.DrainAnswer.class).filter(Pulse.DrainAnswer::accepted))
        .extracting(Pulse.DrainAnswer::vm)
        .doesNotContain(HONEST);
  }

  @Test
  @Order(1)
  void an_invented_vm_gets_nobody_from_a_front_door() throws Exception {
    for (long n = 0; n < 20; n++) {
      stolen.inAnyWay(StolenVm.beat("invented-1", "77", "b", n), keyIdOf(HONEST));
      assertThat(door()).doesNotStartWith(StolenVm.TRAP).startsWith("http://127.0.0.1:");
    }
    assertThat(api.get("v1/instances").body().toString()).doesNotContain("invented-1");
    nobodyIsHarmed();
  }

  /// Where the full VM's front door sends somebody.
  private static String door() throws Exception {
    URI join = URI.create(api.instance(FULL).path("chatUrl").asText()).resolve("join");
    return HTTP.send(HttpRequest.newBuilder(join).build(), BodyHandlers.discarding())
        .headers()
        .firstValue("location")
        .orElse("");
  }

  @Test
  @Order(2)
  void a_forged_drain_moves_nobody_and_ends_nothing() {
    for (boolean force : List.of(true, false)) {
      stolen.inAnyWay(
          new Pulse.DrainRequest("d-" + force, HONEST, Optional.empty(), force, Optional.empty()),
          topic.consoleKeyId());
    }
    nobodyIsHarmed();
  }

  @Test
  @Order(3)
  void a_forged_jump_of_the_sequence_silences_nobody() {
    Pulse.Heartbeat last = lastBeat(HONEST).orElseThrow();
    for (long sequence : List.of(last.sequence() + 1_000, Long.MAX_VALUE)) {
      stolen.inAnyWay(StolenVm.beat(HONEST, last.vmId(), last.bootId(), sequence), keyIdOf(HONEST));
    }
    // Silence is noticed after 2.5 s.
    nobodyIsHarmed(Duration.ofSeconds(5));
  }

  @Test
  @Order(4)
  void wants_in_anothers_name_make_no_vm() {
    long before = creations();
    for (String vm : List.of(HONEST, FULL, "invented-1")) {
      stolen.inAnyWay(new Pulse.SeatsWanted(vm, 10_000, Optional.empty()), keyIdOf(HONEST));
    }
    nobodyIsHarmed();
    assertThat(creations()).isEqualTo(before);
  }

  private static long creations() {
    return compute
        .get("projects/podium-local/aggregated/operations")
        .body()
        .path("items")
        .valueStream()
        .flatMap(scope -> scope.path("operations").valueStream())
        .filter(one -> one.path("operationType").asText().equals("insert"))
        .count();
  }

  @Test
  @Order(5)
  void a_poisoned_message_breaks_no_room() {
    String poison =
        """
        {"t":"chat","cid":"p1","room":"lobby","text":"%s","at":"+1000000000-12-31T23:59:59Z",\
        "from":{"id":"r","name":"Rogue","instance":"stolen-1"}}\
        """;
    topic.say("lobby", poison.formatted("dated"));
    topic.say("lobby", poison.formatted("x".repeat(60_000)));

    ann.say(1, "after it");

    soon().until(() -> bob.heard(List.of("dated", "after it")).contains("after it"));
    assertThat(bob.heard(List.of("dated", "after it"))).containsExactly("dated", "after it");
    assertThat(bob.messages()).allMatch(frame -> frame.length() < 8_000);
    assertThat(bob.messages()).noneMatch(frame -> frame.contains("+1000000000"));
  }

  @Test
  @Order(6)
  void what_was_heard_before_counts_once() {
    // Every heartbeat before it was proved by now, or a later one was.
    Topic.Heard beat = lastOf(HONEST, Instant.now().minusSeconds(12));
    Topic.Heard roster =
        topic.heard().stream()
            .filter(heard -> heard.pulse() instanceof Pulse.RosterChanged)
            .findFirst()
            .orElseThrow();
    long revision = topic.newestRoster().revision();
    double before = dropped(FULL, "repeated");

    for (Topic.Heard one : List.of(beat, roster)) {
      topic.send(one.message().body(), one.message().attributes());
    }

    soon().untilAsserted(() -> assertThat(dropped(FULL, "repeated")).isGreaterThan(before));
    nobodyIsHarmed();
    assertThat(goesBy(HONEST)).isGreaterThanOrEqualTo(revision);
    assertThat(goesBy(FULL)).isGreaterThanOrEqualTo(revision);
  }

  /// The last heartbeat that the VM signed until then.
  private static Topic.Heard lastOf(String vm, Instant until) {
    return topic.heard().stream()
        .filter(heard -> heard.pulse() instanceof Pulse.Heartbeat beat && beat.vm().equals(vm))
        .filter(heard ->
            PulseSignature.of(heard.message().attributes())
                .filter(signature -> signature.key().equals(keyIdOf(vm)))
                .isPresent())
        .filter(heard -> !heard.message().body().contains(StolenVm.TRAP))
        .filter(heard -> heard.message().published().isBefore(until))
        .reduce((_, later) -> later)
        .orElseThrow();
  }

  private static double dropped(String vm, String why) {
    URI metrics = URI.create(api.instance(vm).path("chatUrl").asText()).resolve("metrics");
    String line = "podium_pulses_" + why + "_total ";
    return HTTP.sendAsync(HttpRequest.newBuilder(metrics).build(), BodyHandlers.ofString())
        .join()
        .body()
        .lines()
        .filter(one -> one.startsWith(line))
        .mapToDouble(one -> Double.parseDouble(one.substring(line.length())))
        .findFirst()
        .orElseThrow();
  }

  @Test
  @Order(7)
  void a_roster_of_a_vm_is_followed_by_nobody() throws Exception {
    Roster.Entry trap =
        new Roster.Entry(
            HONEST, lastBeat(HONEST).orElseThrow().vmId(), StolenVm.TRAP, stolen.key(), 9_000);
    long revision = topic.newestRoster().revision() + 1_000;
    stolen.inAnyWay(
        new Pulse.RosterChanged("thief", new Roster(revision, List.of(trap))),
        topic.consoleKeyId());

    nobodyIsHarmed();
    assertThat(goesBy(FULL)).isNotEqualTo(revision);
    assertThat(goesBy(HONEST)).isNotEqualTo(revision);
    assertThat(door()).doesNotStartWith(StolenVm.TRAP);
  }

  @Test
  @Order(8)
  void a_key_is_shown_with_its_own_token_for_this_fleet_or_not_at_all() {
    Pulse.Heartbeat honest = lastBeat(HONEST).orElseThrow();
    String honestKey = keyIdOf(HONEST);
    Ed25519KeyPair other = Ed25519KeyPair.generate();
    String id = other.publicKey().id();
    String honestToken =
        topic
            .heard(Pulse.Announcement.class)
            .filter(shown -> shown.vm().equals(HONEST))
            .map(Pulse.Announcement::token)
            .findFirst()
            .orElseThrow();

    // In the honest VM's name, with the own VM's token.
    stolen.signed(
        new Pulse.Announcement(
            HONEST,
            honest.vmId(),
            honest.bootId(),
            stolen.key(),
            stolen.token("local", Ed25519PublicKey.thumbprint(stolen.key()))));
    // With the honest VM's token, of another fleet, for another key, and none.
    stolen.announce(other, honestToken);
    stolen.announce(other, stolen.token("another", id));
    stolen.announce(other, stolen.token("local", honestKey));
    stolen.announce(other, "e30.e30.");
    Ed25519KeyPair good = Ed25519KeyPair.generate();
    stolen.announce(good, stolen.token("local", good.publicKey().id()));

    awaitRosterWith(good.publicKey().x());
    assertThat(topic.rosters().flatMap(roster -> roster.entries().stream()))
        .noneMatch(entry -> entry.key().equals(other.publicKey().x()))
        .noneMatch(entry -> entry.vm().equals(HONEST) && !idOf(entry).equals(honestKey));
    stolen.announce();
    awaitNewestKey(stolen.key());
    nobodyIsHarmed();
  }

  private static String idOf(Roster.Entry entry) {
    return Ed25519PublicKey.thumbprint(entry.key());
  }

  private static void awaitNewestKey(String key) {
    soon()
        .until(() ->
            topic
                .newestRoster()
                .ofVm(stolen.vmId())
                .filter(one -> one.key().equals(key))
                .isPresent());
  }

  @Test
  @Order(9)
  void wants_in_the_own_name_are_those_of_200_people_at_most() {
    policy(Map.of("seats", 200));
    long before = creations();

    stolen.signed(new Pulse.SeatsWanted(stolen.name(), 10_000, Optional.empty()));

    soon().until(() -> creations() > before);
    nobodyIsHarmed();
    assertThat(creations()).isEqualTo(before + 1);
    stolen.signed(new Pulse.SeatsWanted(stolen.name(), 0, Optional.empty()));
  }

  @Test
  @Order(10)
  void who_is_moved_goes_where_the_roster_says_and_a_drain_serves_for_no_other_vm() {
    stolen.inAnyWay(StolenVm.beat("invented-1", "77", "b", 1_000), keyIdOf(HONEST));

    assertThat(api.post("v1/instances/" + FULL + ":drain", "").status()).isBetween(200, 202);

    soon().until(() -> !ann.moves().isEmpty());
    assertThat(ann.moves()).noneMatch(frame -> frame.contains(StolenVm.TRAP));
    Topic.Heard drain =
        topic.heard().stream()
            .filter(heard ->
                heard.pulse() instanceof Pulse.DrainRequest asked && asked.vm().equals(FULL))
            .reduce((_, later) -> later)
            .orElseThrow();
    Pulse.DrainRequest asked = (Pulse.DrainRequest) drain.pulse();
    String forHonest =
        drain
            .message()
            .body()
            .replace('"' + FULL + '"', '"' + HONEST + '"')
            .replace(asked.vmId().orElseThrow(), lastBeat(HONEST).orElseThrow().vmId());
    topic.send(forHonest, drain.message().attributes());
    topic.send(drain.message().body(), drain.message().attributes());

    soon().until(() -> dropped(HONEST, "forged") > 0);
    soon().during(Duration.ofSeconds(3)).until(() -> GREEN.contains(api.health(HONEST)));
    assertThat(bob.isIn()).isTrue();
    assertThat(bob.moves()).isEmpty();
  }
}
