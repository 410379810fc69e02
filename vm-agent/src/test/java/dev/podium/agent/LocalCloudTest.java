package dev.podium.agent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.podium.fleet.cloud.Leftovers;
import dev.podium.fleet.config.CloudProfile;
import dev.podium.fleet.google.GoogleCloud;
import dev.podium.fleet.health.sight.TopicMaintenance;
import dev.podium.fleet.invite.InviteIssuer;
import dev.podium.fleet.invite.InviteKeys;
import dev.podium.localcloud.LocalCloud;
import dev.podium.localcloud.LocalCloudOptions;
import dev.podium.testing.PersonToken;
import dev.podium.wire.chat.FleetTopics;
import dev.podium.wire.cloud.AccessTokens;
import dev.podium.wire.cloud.Backoff;
import dev.podium.wire.cloud.MessageBus;
import dev.podium.wire.invite.AccessCode;
import dev.podium.wire.invite.Audience;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The agent as it really runs: a process on a VM of the local cloud, configured by the metadata
/// server, over the real Pub/Sub client. Tokens are required, so an agent that needs more than the
/// role of VMs permits fails here; the test is the console.
class LocalCloudTest {
  private static final HttpClient HTTP = HttpClient.newHttpClient();
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final FleetTopics TOPICS = new FleetTopics("class-a");
  private static final Pattern SERVES = Pattern.compile("http://127.0.0.1:(\\d+)/");
  private static final Duration ONE_SECOND = Duration.ofSeconds(1);
  private static final Duration BOOT = Duration.ofMinutes(2);

  @TempDir static Path folder;
  private static LocalCloud cloud;
  private static InviteKeys keys;
  private static String person;
  private static MessageBus bus;
  private static Leftovers leftovers;
  private static TopicMaintenance topics;

  @BeforeAll
  static void start() throws Exception {
    String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
    cloud =
        LocalCloud.start(
            LocalCloudOptions.defaults()
                .withRequireAuth(true)
                .withAgentCommand(
                    List.of(
                        java,
                        "-XX:+UseSerialGC",
                        "-XX:TieredStopAtLevel=1",
                        "--enable-native-access=ALL-UNNAMED",
                        "--sun-misc-unsafe-memory-access=allow",
                        "-cp",
                        System.getProperty("java.class.path"),
                        "dev.podium.agent.Main")));
    keys = InviteKeys.open(folder.resolve("keys"), InstantSource.system());
    person = PersonToken.of(cloud.identity());
    AccessTokens tokens = AccessTokens.fixed(person);
    CloudProfile profile =
        CloudProfile.local(
            cloud.compute(), cloud.pubsub(), cloud.identity(), cloud.project(), "class-a");
    bus = GoogleCloud.bus(profile, tokens);
    leftovers = GoogleCloud.leftovers(profile, tokens);
    topics =
        new TopicMaintenance(
            bus,
            TOPICS,
            () -> TopicMaintenance.regionOf("us-central1-a"),
            () -> leftovers.orphanedSubscriptions(TOPICS.fleet()),
            sentence -> {},
            new Backoff(Duration.ofMillis(200), 1, Duration.ofMillis(200), 0));
    topics.start();
  }

  @AfterAll
  static void stop() {
    topics.close();
    bus.close();
    leftovers.close();
    cloud.close();
  }

  @Test
  void two_vms_are_one_chat_and_a_killed_ones_people_go_on_at_the_other() throws Exception {
    create("vm-a", Map.of());
    create("vm-b", Map.of());
    int a = port("vm-a");
    int b = port("vm-b");
    String invite =
        new InviteIssuer(keys, InstantSource.system())
            .issue("Ann", "lobby", new Audience.WholeFleet("class-a"), Duration.ofHours(1))
            .token();
    try (PageClient ann = hello(a, invite, "");
        PageClient watcher = hello(b, invite, "")) {
      assertThat(ann.first("welcome").at("/you/name").asText()).isEqualTo("Ann");
      ann.say("{\"t\":\"say\",\"cid\":\"d1-1\",\"text\":\"one\"}");
      ann.first("ack");
      String last = ann.first("msg").path("id").asText();
      watcher.say("{\"t\":\"say\",\"cid\":\"d2-1\",\"text\":\"two\"}");
      await().until(() -> ann.texts().equals(List.of("one", "two")));
      await().until(() -> watcher.texts().equals(List.of("one", "two")));

      ProcessHandle agent = agentOf("vm-a");
      agent.destroyForcibly();
      assertThat(ann.closeCode()).isNotEqualTo(1000);
      try (PageClient back = hello(b, invite, last)) {
        JsonNode welcome = back.first("welcome");
        assertThat(welcome.path("recovered").asBoolean()).isTrue();
        assertThat(back.texts()).containsExactly("two");
      }
    }
  }

  /// One VM's life: who is refused, who is put out, what its console says of it, and its end.
  @Test
  void an_invite_taken_back_ends_a_seat_and_the_console_tells_no_secret() throws Exception {
    create("vm-c", Map.of());
    int port = port("vm-c");
    InviteIssuer issuer = new InviteIssuer(keys, InstantSource.system());
    InviteIssuer.Issued ann =
        issuer.issue("Ann", "hall", new Audience.WholeFleet("class-a"), Duration.ofHours(1));
    InviteIssuer.Issued bob =
        issuer.issue("Bob", "hall", new Audience.WholeFleet("class-a"), Duration.ofHours(1));
    String forged = ann.token().replaceAll(".{3}$", "AAA");
    try (PageClient mallory = PageClient.connect(port, "")) {
      mallory.say("{\"t\":\"hello\",\"token\":\"" + forged + "\"}");
      assertThat(mallory.first("error").path("code").asText()).isEqualTo("bad_token");
      assertThat(mallory.closeCode()).isEqualTo(4001);
    }
    try (PageClient guesser = PageClient.connect(port, "")) {
      guesser.say("{\"t\":\"hello\",\"code\":\"secret-guess\",\"name\":\"Eve\"}");
      assertThat(guesser.first("error").path("code").asText()).isEqualTo("bad_code");
    }
    try (PageClient annPage = hello(port, ann.token(), "");
        PageClient bobPage = hello(port, bob.token(), "")) {
      assertThat(annPage.first("welcome").path("expires").asText())
          .isEqualTo(ann.invite().expires().toString());
      annPage.say("{\"t\":\"say\",\"cid\":\"d1-1\",\"text\":\"private words\"}");
      annPage.first("ack");
      bobPage.first("welcome");

      setMetadata("vm-c", "podium-revoked-invites", ann.invite().id());
      assertThat(annPage.closeCode()).isEqualTo(4001);
      assertThat(annPage.first("error").path("message").asText()).contains("taken back");
      assertThat(bobPage.isOpen()).isTrue();

      ProcessHandle agent = agentOf("vm-c");
      agent.destroy();
      assertThat(bobPage.closeCode()).isEqualTo(4010);
      agent.onExit().get(PageClient.PATIENCE.toSeconds(), TimeUnit.SECONDS);
    }
    String console = serial("vm-c");
    assertThat(console)
        .contains("msg=\"Stopped\"")
        .doesNotContain("private words", "secret-guess", ann.token(), bob.token(), forged)
        .doesNotContain(ann.token().split("\\.", -1)[2], bob.token().split("\\.", -1)[2]);
    assertThat(console.lines().filter(line -> !line.isBlank() && !line.startsWith("[local-cloud]")))
        .allMatch(line -> line.matches("time=\\S+Z level=\\w+ logger=\\w+ msg=\".*\""));
  }

  @Test
  void a_new_access_code_counts_without_a_restart_and_the_old_one_no_longer() throws Exception {
    create("vm-d", Map.of("podium-access-code", AccessCode.of("blue whale").item()));
    int port = port("vm-d");
    long agent = agentOf("vm-d").pid();
    assertThat(answer(port, "blue whale")).isEqualTo("Ann");
    assertThat(answer(port, "red panda"))
        .isEqualTo("bad_code: This is not the access code: check it and try again.");

    setMetadata("vm-d", "podium-access-code", AccessCode.of("red panda").item());
    await().pollInterval(ONE_SECOND).until(() -> answer(port, "red panda").equals("Ann"));
    assertThat(answer(port, "blue whale")).startsWith("bad_code: This is not the access code");

    setMetadata("vm-d", "podium-access-code", "");
    await()
        .pollInterval(ONE_SECOND)
        .until(() -> answer(port, "red panda").contains("This fleet has no access code"));
    assertThat(agentOf("vm-d").pid()).isEqualTo(agent);
    assertThat(serial("vm-d")).doesNotContain("blue whale", "red panda");
  }

  @Test
  void who_is_in_by_a_code_is_asked_again_when_it_is_changed_and_the_invited_stay()
      throws Exception {
    create("vm-f", Map.of("podium-access-code", AccessCode.of("blue whale").item()));
    int port = port("vm-f");
    InviteIssuer issuer = new InviteIssuer(keys, InstantSource.system());
    try (PageClient ann = byCode(port, "blue whale", "");
        PageClient bob = hello(port, token(issuer, new Audience.WholeFleet("class-a")), "")) {
      String id = ann.first("welcome").at("/you/id").asText();
      bob.first("welcome");
      ann.say("{\"t\":\"say\",\"cid\":\"d1-1\",\"text\":\"one\"}");
      String seen = ann.first("msg").path("id").asText();

      setMetadata("vm-f", "podium-access-code", AccessCode.of("red panda").item());
      assertThat(ann.closeCode()).isEqualTo(4001);
      assertThat(ann.first("error").path("code").asText()).isEqualTo("bad_code");
      assertThat(ann.first("error").path("message").asText()).contains("changed");
      bob.say("{\"t\":\"say\",\"cid\":\"d2-1\",\"text\":\"two\"}");
      bob.first("ack");
      try (PageClient back = byCode(port, "red panda", seen)) {
        assertThat(back.first("welcome").at("/you/id").asText()).isEqualTo(id);
        assertThat(back.first("welcome").path("recovered").asBoolean()).isTrue();
        await().until(() -> back.texts().equals(List.of("two")));

        setMetadata("vm-f", "podium-access-code", "");
        assertThat(back.closeCode()).isEqualTo(4001);
        assertThat(back.first("error").path("message").asText()).contains("no access code");
      }
      assertThat(bob.isOpen()).isTrue();
    }
    assertThat(serial("vm-f")).doesNotContain("blue whale", "red panda");
  }

  private static PageClient byCode(int port, String code, String after) {
    PageClient page = PageClient.connect(port, "");
    page.say(
        """
        {"t":"hello","code":"%s","name":"Ann","device":"d1","after":"%s"}\
        """
            .formatted(code, after));
    return page;
  }

  /// The name under which somebody is let in, or why not.
  private static String answer(int port, String code) {
    try (PageClient page = PageClient.connect(port, "")) {
      page.say("{\"t\":\"hello\",\"code\":\"" + code + "\",\"name\":\"Ann\",\"device\":\"d1\"}");
      JsonNode first = page.first(frame -> frame.has("you") || frame.has("code"));
      return first.has("you")
          ? first.at("/you/name").asText()
          : first.path("code").asText() + ": " + first.path("message").asText();
    }
  }

  @Test
  void who_is_refused_is_told_why_and_a_key_that_is_thrown_away_puts_its_people_out()
      throws Exception {
    create("vm-e", Map.of());
    int port = port("vm-e");
    InstantSource now = InstantSource.system();
    InstantSource longAgo = () -> now.instant().minus(Duration.ofHours(2));
    InviteKeys foreign = InviteKeys.open(folder.resolve("foreign"), now);
    Audience fleet = new Audience.WholeFleet("class-a");
    assertThat(refusal(port, token(new InviteIssuer(keys, longAgo), fleet))).contains("expired");
    InviteIssuer issuer = new InviteIssuer(keys, now);
    assertThat(refusal(port, token(issuer, new Audience.WholeFleet("class-b"))))
        .contains("class-b");
    assertThat(refusal(port, token(issuer, new Audience.OneVm("vm-x")))).contains("vm-x");
    assertThat(refusal(port, token(new InviteIssuer(foreign, now), fleet))).contains("key");

    try (PageClient ann = hello(port, token(issuer, fleet), "")) {
      ann.first("welcome");
      setMetadata("vm-e", "podium-invite-keys", foreign.publicKeys());
      assertThat(ann.closeCode()).isEqualTo(4001);
      assertThat(ann.first("error").path("message").asText()).contains("key");
    }
    try (PageClient eve = hello(port, token(new InviteIssuer(foreign, now), fleet), "")) {
      eve.first("welcome");
    }
  }

  private static String token(InviteIssuer issuer, Audience audience) {
    return issuer.issue("Ann", "lobby", audience, Duration.ofHours(1)).token();
  }

  /// What somebody is told who is not let in by this.
  private static String refusal(int port, String invite) {
    try (PageClient page = hello(port, invite, "")) {
      assertThat(page.first("error").path("code").asText()).isEqualTo("bad_token");
      assertThat(page.closeCode()).isEqualTo(4001);
      return page.first("error").path("message").asText();
    }
  }

  @Test
  void metadata_without_meaning_is_one_line_on_the_serial_console() throws Exception {
    create("vm-bad", Map.of("podium-seats", "many"));
    await()
        .atMost(BOOT)
        .untilAsserted(() ->
            assertThat(serial("vm-bad"))
                .contains(
                    "level=error logger=Main msg=\"The metadata item podium-seats can not be"
                        + " used: 'many' is not a number from 1 to 10000.")
                .doesNotContain("trace="));
  }

  @Test
  void a_chat_topic_deleted_by_hand_comes_back_and_the_agents_with_it() throws Exception {
    create("vm-topic-1", Map.of());
    create("vm-topic-2", Map.of());
    int h = port("vm-topic-1");
    int g = port("vm-topic-2");
    String invite =
        token(new InviteIssuer(keys, InstantSource.system()), new Audience.WholeFleet("class-a"));
    try (PageClient ann = hello(h, invite, "");
        PageClient bob = hello(g, invite, "")) {
      ann.first("welcome");
      bob.first("welcome");
      for (String topic : List.of(TOPICS.chat(), TOPICS.pulse())) {
        deleteTopic(topic);
        // Agents that came back once more have subscriptions of the new topic, all of them.
        await().until(() -> subscribers(topic) >= 2);
      }
      // Whoever was there comes back, and is told of the gap.
      assertThat(ann.closeCode()).isEqualTo(4008);
      assertThat(bob.closeCode()).isEqualTo(4008);
    }
    try (PageClient ann = hello(h, invite, "seen before");
        PageClient bob = hello(g, invite, "seen before")) {
      assertThat(ann.first("welcome").path("recovered").asBoolean()).isFalse();
      assertThat(bob.first("welcome").path("recovered").asBoolean()).isFalse();
      ann.say("{\"t\":\"say\",\"cid\":\"d1-1\",\"text\":\"after it\"}");
      ann.first("ack");
      await().until(() -> bob.texts().contains("after it"));
      await().until(() -> ann.texts().contains("after it"));
      await().until(() -> health(h).statusCode() == 200);
    }
  }

  private static void deleteTopic(String topic) throws Exception {
    HttpResponse<String> answer = pubsub("DELETE", "topics/" + topic);
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
  }

  private static int subscribers(String topic) throws Exception {
    return JSON.readTree(pubsub("GET", "topics/" + topic + "/subscriptions").body())
        .path("subscriptions")
        .size();
  }

  private static HttpResponse<String> pubsub(String method, String path) throws Exception {
    URI uri =
        URI.create("http://" + cloud.pubsub() + "/v1/projects/" + cloud.project() + "/" + path);
    return HTTP.send(
        HttpRequest.newBuilder(uri)
            .method(method, HttpRequest.BodyPublishers.noBody())
            .header("Authorization", "Bearer " + person)
            .build(),
        HttpResponse.BodyHandlers.ofString());
  }

  @Test
  void a_vm_whose_topic_is_missing_says_who_makes_it_and_goes_on_when_it_is_there()
      throws Exception {
    create("vm-h", Map.of("podium-fleet", "class-h"));
    await().atMost(BOOT).until(() -> SERVES.matcher(serial("vm-h")).find());
    Matcher serves = SERVES.matcher(serial("vm-h"));
    assertThat(serves.find()).isTrue();
    int port = Integer.parseInt(serves.group(1));
    await()
        .until(() ->
            health(port)
                .body()
                .contains(
                    "Topic 'podium-class-h-chat' cannot be used: it is missing, and a console of"
                        + " the fleet makes it"));
    FleetTopics others = new FleetTopics("class-h");
    bus.ensureTopic(others.chat(), FleetTopics.CHAT_RETENTION, "us-central1");
    bus.ensureTopic(others.pulse(), FleetTopics.PULSE_RETENTION, "us-central1");
    await().until(() -> health(port).statusCode() == 200);
  }

  private static HttpResponse<String> health(int port) throws Exception {
    return HTTP.send(
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/healthz")).build(),
        HttpResponse.BodyHandlers.ofString());
  }

  private static PageClient hello(int port, String invite, String after) {
    PageClient page = PageClient.connect(port, "");
    page.say(
        "{\"t\":\"hello\",\"token\":\""
            + invite
            + "\",\"device\":\"d1\",\"after\":\""
            + after
            + "\"}");
    return page;
  }

  /// The process, as it named itself on the serial console.
  private static ProcessHandle agentOf(String vm) throws Exception {
    Matcher boot = Pattern.compile("pid (\\d+)").matcher(serial(vm));
    assertThat(boot.find()).isTrue();
    return ProcessHandle.of(Long.parseLong(boot.group(1))).orElseThrow();
  }

  private static int port(String vm) throws Exception {
    await().atMost(BOOT).until(() -> serial(vm).contains("Ready after"));
    Matcher serves = SERVES.matcher(serial(vm));
    assertThat(serves.find()).isTrue();
    return Integer.parseInt(serves.group(1));
  }

  private static String serial(String vm) throws Exception {
    return JSON.readTree(get("/instances/" + vm + "/serialPort")).path("contents").asText();
  }

  private static String get(String path) throws Exception {
    return HTTP.send(request(path).build(), HttpResponse.BodyHandlers.ofString()).body();
  }

  private static URI zone(String path) {
    return cloud.compute().resolve("projects/" + cloud.project() + "/zones/us-central1-a" + path);
  }

  private static HttpRequest.Builder request(String path) {
    return HttpRequest.newBuilder(zone(path)).header("Authorization", "Bearer " + person);
  }

  /// An empty value takes the item away.
  private static void setMetadata(String vm, String key, String value) throws Exception {
    JsonNode metadata = JSON.readTree(get("/instances/" + vm)).path("metadata");
    ObjectNode wanted = JSON.createObjectNode();
    wanted.set("fingerprint", metadata.path("fingerprint"));
    var items = wanted.putArray("items");
    for (JsonNode item : metadata.path("items")) {
      if (!item.path("key").asText().equals(key)) {
        items.add(item);
      }
    }
    if (!value.isEmpty()) {
      items.addObject().put("key", key).put("value", value);
    }
    post("/instances/" + vm + "/setMetadata", wanted);
  }

  private static void post(String path, ObjectNode body) throws Exception {
    HttpResponse<String> answer =
        HTTP.send(
            request(path)
                .POST(HttpRequest.BodyPublishers.ofString(body.toString()))
                .header("Content-Type", "application/json")
                .build(),
            HttpResponse.BodyHandlers.ofString());
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
  }

  private static void create(String name, Map<String, String> extra) throws Exception {
    Map<String, String> metadata = new HashMap<>(extra);
    metadata.putIfAbsent("podium-fleet", "class-a");
    metadata.put("podium-invite-keys", keys.publicKeys());
    post("/instances", AgentVm.body(name, metadata));
  }
}
