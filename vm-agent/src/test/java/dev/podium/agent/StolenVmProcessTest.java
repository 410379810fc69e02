package dev.podium.agent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.podium.agent.trust.Speaker;
import dev.podium.fleet.invite.InviteIssuer;
import dev.podium.fleet.invite.InviteKeys;
import dev.podium.localcloud.LocalCloud;
import dev.podium.localcloud.LocalCloudOptions;
import dev.podium.wire.chat.FleetTopics;
import dev.podium.wire.chat.Pulse;
import dev.podium.wire.chat.PulseCodec;
import dev.podium.wire.cloud.AccessTokens;
import dev.podium.wire.cloud.MessageBus;
import dev.podium.wire.cloud.Ticker;
import dev.podium.wire.google.pubsub.GoogleMessageBus;
import dev.podium.wire.google.pubsub.PubsubEndpoint;
import dev.podium.wire.identity.Roster;
import dev.podium.wire.invite.Audience;
import dev.podium.wire.pulse.PulseSignature;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A stolen VM beside honest ones as they really run: processes on the local cloud, over its
/// Pub/Sub, with its identity tokens.
class StolenVmProcessTest {
  private static final String FLEET = "class-s";
  private static final FleetTopics TOPICS = new FleetTopics(FLEET);
  private static final Duration BOOT = Duration.ofMinutes(2);
  private static final HttpClient HTTP = HttpClient.newHttpClient();
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Speaker CONSOLE = Speaker.console(FLEET, Ticker.system());
  private static final Speaker THIEF = Speaker.vm(FLEET, Ticker.system());

  /// By VM, the last of each.
  private static final Map<String, Pulse.Announcement> SHOWN = new ConcurrentHashMap<>();

  private static final Map<String, MessageBus.Incoming> BEATS = new ConcurrentHashMap<>();
  private static final List<Pulse> HEARD = new CopyOnWriteArrayList<>();

  @TempDir static Path folder;
  private static LocalCloud cloud;
  private static MessageBus bus;
  private static InviteKeys keys;

  @BeforeAll
  static void a_fleet_with_a_console() throws Exception {
    String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
    cloud =
        LocalCloud.start(
            LocalCloudOptions.defaults()
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
    bus =
        GoogleMessageBus.forConsole(
            PubsubEndpoint.of(cloud.project(), Optional.of(cloud.pubsub()), true),
            AccessTokens.fixed("none"));
    bus.ensureTopic(TOPICS.pulse(), FleetTopics.PULSE_RETENTION);
    var listening =
        bus.subscribe(
            new MessageBus.SubscriptionSpec(
                TOPICS.pulse(),
                "listener",
                Optional.empty(),
                false,
                FleetTopics.SUBSCRIPTION_EXPIRY,
                Optional.empty(),
                Map.of()),
            StolenVmProcessTest::heard);
    assertThat(listening.ended()).isNotDone();
    create("vm-a");
    create("vm-b");
    await().atMost(BOOT).until(() -> SHOWN.keySet().containsAll(List.of("vm-a", "vm-b")));
  }

  @AfterAll
  static void stop() {
    bus.close();
    cloud.close();
  }

  private static void heard(MessageBus.Incoming incoming) {
    PulseCodec.decode(incoming.body())
        .ifPresent(pulse -> {
          HEARD.add(pulse);
          if (pulse instanceof Pulse.Announcement shown) {
            SHOWN.put(shown.vm(), shown);
          } else if (pulse instanceof Pulse.Heartbeat beat
              && PulseSignature.of(incoming.attributes()).isPresent()) {
            BEATS.put(beat.vm(), incoming);
          }
        });
  }

  /// All attacks in one fleet's life: a start of two processes is what takes long.
  @Test
  void a_stolen_vm_moves_ends_and_mutes_nobody() throws Exception {
    Pulse.Announcement a = shown("vm-a");
    assertThat(claims(a.token()).path("aud").asText()).startsWith("podium/" + FLEET + "/");
    assertThat(claims(a.token()).at("/google/compute_engine/instance_id").asText())
        .isEqualTo(a.vmId());
    String urlA = "http://127.0.0.1:" + port("vm-a") + "/";
    String urlB = "http://127.0.0.1:" + port("vm-b") + "/";
    List<Roster.Entry> entries = new ArrayList<>();
    entries.add(entry("vm-a", urlA));
    entries.add(entry("vm-b", urlB));
    entries.add(THIEF.entry("vm-t", "99", "http://192.0.2.1/", 5));
    Roster roster = new Roster(System.currentTimeMillis(), entries);
    send(CONSOLE.message(new Pulse.RosterChanged("c", roster), FLEET));

    try (PageClient ann = hello("vm-a", "Ann");
        PageClient bob = hello("vm-b", "Bob")) {
      ann.first(frame -> Agents.names(frame).equals(Map.of("Ann", "vm-a", "Bob", "vm-b")));

      Pulse.Heartbeat invented = beat("vm-x", "7", 1);
      send(unsigned(invented));
      send(THIEF.message(invented, FLEET));
      send(unsigned(new Pulse.DrainRequest("d1", "vm-a", Optional.empty(), true)));
      send(THIEF.message(new Pulse.DrainRequest("d1", "vm-a", Optional.empty(), true), FLEET));
      Pulse.Heartbeat giant = beat("vm-b", shown("vm-b").vmId(), Long.MAX_VALUE);
      send(unsigned(giant));
      send(THIEF.message(giant, FLEET));
      Pulse mine =
          new Pulse.RosterChanged(
              "c",
              new Roster(
                  roster.revision() + 1,
                  List.of(THIEF.entry("vm-t", "99", "http://192.0.2.1/", 5))));
      send(unsigned(mine));
      send(THIEF.message(mine, FLEET));
      send(
          CONSOLE.message(
              new Pulse.RosterChanged("c", new Roster(roster.revision() - 1, List.of())), FLEET));
      // Eve speaks as herself: she is a place, but only where the roster has her.
      send(THIEF.message(beat("vm-t", "99", 1), FLEET));
      ann.first(frame -> frame.toString().contains("http://192.0.2.1/"));

      assertThat(metric("vm-a", "unsigned")).isPositive();
      assertThat(metric("vm-a", "wrong_sender")).isPositive();
      assertThat(ann.all("moved")).isEmpty();
      assertThat(ann.all("peers").toString()).doesNotContain("vm-x", "http://evil/");
      assertThat(ann.all("peers").getLast().toString()).contains(urlB);
      assertThat(HEARD)
          .noneMatch(pulse -> pulse instanceof Pulse.DrainAnswer answer && answer.accepted());
      try (PageClient cy = hello("vm-b", "Cy")) {
        ann.first(frame -> Agents.names(frame).containsKey("Cy"));
        assertThat(cy.isOpen()).isTrue();
      }
      assertThat(bob.isOpen()).isTrue();
      deadStaysDead(ann);

      send(
          CONSOLE.message(
              new Pulse.RosterChanged(
                  "c", new Roster(roster.revision() + 2, entries.subList(0, 1))),
              FLEET));
      await().until(() -> !ann.all("peers").getLast().toString().contains("192.0.2.1"));
      assertThat(ann.isOpen()).isTrue();
    }
  }

  /// The VM's process is killed, and the thief repeats and forges its heartbeats.
  private static void deadStaysDead(PageClient ann) throws Exception {
    agentOf("vm-b").destroyForcibly();
    Instant killed = Instant.now();
    MessageBus.Incoming last = Objects.requireNonNull(BEATS.get("vm-b"));
    Pulse.Heartbeat before = (Pulse.Heartbeat) PulseCodec.decode(last.body()).orElseThrow();
    PulseSignature old = PulseSignature.of(last.attributes()).orElseThrow();
    await()
        .atMost(Duration.ofSeconds(45))
        .pollInterval(Duration.ofSeconds(1))
        .until(() -> {
          send(new MessageBus.Outgoing(last.body(), last.attributes(), Optional.empty()));
          long number = old.number() + 1 + Duration.between(killed, Instant.now()).toSeconds();
          Pulse.Heartbeat unchanged =
              new Pulse.Heartbeat(
                  before.vm(),
                  before.vmId(),
                  before.bootId(),
                  before.sequence() + number,
                  before.url(),
                  before.participants(),
                  before.seats(),
                  0,
                  before.ready(),
                  false,
                  List.of(),
                  before.members(),
                  before.roster());
          String body = PulseCodec.encode(unchanged);
          PulseSignature forged =
              new PulseSignature(
                  old.key(),
                  old.session(),
                  number,
                  Instant.now(),
                  THIEF.signer().sign(body).signature());
          send(Speaker.message(body, forged, FLEET));
          return !Agents.names(ann.all("members").getLast()).containsKey("Bob");
        });
  }

  private static Pulse.Announcement shown(String vm) {
    return Objects.requireNonNull(SHOWN.get(vm));
  }

  private static Roster.Entry entry(String vm, String url) {
    Pulse.Announcement shown = shown(vm);
    return new Roster.Entry(vm, shown.vmId(), url, shown.publicKey(), 50);
  }

  private static Pulse.Heartbeat beat(String vm, String vmId, long sequence) {
    return new Pulse.Heartbeat(
        vm, vmId, "b", sequence, "http://evil/", 0, 9_000, 0, true, false, List.of(), List.of(), 0);
  }

  private static MessageBus.Outgoing unsigned(Pulse pulse) {
    return new MessageBus.Outgoing(
        PulseCodec.encode(pulse), Map.of(FleetTopics.FLEET_ATTRIBUTE, FLEET), Optional.empty());
  }

  private static void send(MessageBus.Outgoing message) {
    bus.publish(TOPICS.pulse(), message).join();
  }

  private static JsonNode claims(String token) throws Exception {
    byte[] json = Base64.getUrlDecoder().decode(token.split("\\.", -1)[1]);
    return JSON.readTree(new String(json, StandardCharsets.UTF_8));
  }

  private static PageClient hello(String vm, String name) throws Exception {
    String token =
        new InviteIssuer(keys, InstantSource.system())
            .issue(name, "lobby", new Audience.WholeFleet(FLEET), Duration.ofHours(1))
            .token();
    PageClient page = PageClient.connect(port(vm), "");
    page.say("{\"t\":\"hello\",\"token\":\"" + token + "\"}");
    page.first("welcome");
    return page;
  }

  private static double metric(String vm, String why) throws Exception {
    String text =
        HTTP.send(
                HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port(vm) + "/metrics"))
                    .build(),
                HttpResponse.BodyHandlers.ofString())
            .body();
    return OpenMetrics.parse(text).getOrDefault("podium_pulses_" + why + "_total", -1.0);
  }

  private static ProcessHandle agentOf(String vm) throws Exception {
    Matcher boot = Pattern.compile("pid (\\d+)").matcher(serial(vm));
    assertThat(boot.find()).isTrue();
    return ProcessHandle.of(Long.parseLong(boot.group(1))).orElseThrow();
  }

  private static int port(String vm) throws Exception {
    await().atMost(BOOT).until(() -> serial(vm).contains("Ready after"));
    Matcher serves = Pattern.compile("http://127.0.0.1:(\\d+)/").matcher(serial(vm));
    assertThat(serves.find()).isTrue();
    return Integer.parseInt(serves.group(1));
  }

  private static String serial(String vm) throws Exception {
    HttpResponse<String> answer =
        HTTP.send(
            HttpRequest.newBuilder(zone("/instances/" + vm + "/serialPort")).build(),
            HttpResponse.BodyHandlers.ofString());
    return JSON.readTree(answer.body()).path("contents").asText();
  }

  private static URI zone(String path) {
    return cloud.compute().resolve("projects/" + cloud.project() + "/zones/us-central1-a" + path);
  }

  /// One console key for what consoles say, another for invites: both are in the one item.
  private static void create(String name) throws Exception {
    Map<String, String> metadata = new HashMap<>();
    metadata.put("podium-fleet", FLEET);
    metadata.put("podium-identity", "ed25519");
    ObjectNode all = (ObjectNode) JSON.readTree(keys.publicKeys());
    all.withArray("keys").add(JSON.readTree(CONSOLE.keySet()).path("keys").path(0));
    metadata.put("podium-invite-keys", all.toString());
    ObjectNode body = AgentVm.body(name, metadata);
    body.putArray("serviceAccounts")
        .addObject()
        .put("email", "default")
        .putArray("scopes")
        .add("https://www.googleapis.com/auth/cloud-platform");
    HttpResponse<String> answer =
        HTTP.send(
            HttpRequest.newBuilder(zone("/instances"))
                .POST(HttpRequest.BodyPublishers.ofString(body.toString()))
                .header("Content-Type", "application/json")
                .build(),
            HttpResponse.BodyHandlers.ofString());
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
  }
}
