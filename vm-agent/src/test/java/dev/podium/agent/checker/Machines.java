package dev.podium.agent.checker;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.podium.agent.AgentVm;
import dev.podium.bench.Emulator;
import dev.podium.bench.Program;
import dev.podium.fleet.cloud.IdentityTokens;
import dev.podium.fleet.config.CloudProfile;
import dev.podium.fleet.google.GoogleIdentityTokens;
import dev.podium.fleet.invite.InviteDesk;
import dev.podium.localcloud.LocalCloud;
import dev.podium.localcloud.LocalCloudOptions;
import dev.podium.testing.PersonToken;
import dev.podium.wire.chat.AgentMetadata;
import dev.podium.wire.chat.FleetTopics;
import dev.podium.wire.chat.Pulse;
import dev.podium.wire.cloud.AccessTokens;
import dev.podium.wire.cloud.MessageBus;
import dev.podium.wire.cloud.Ticker;
import dev.podium.wire.google.pubsub.GoogleMessageBus;
import dev.podium.wire.google.pubsub.PubsubEndpoint;
import dev.podium.wire.invite.Audience;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// A local cloud with VMs on it whose agents are processes; their Pub/Sub is the local cloud's or
/// Google's emulator. Tokens are required, and the topics are a console's. For one thread.
final class Machines implements AutoCloseable {
  private static final String FLEET = "checked";
  private static final long BOOT_SECONDS = 300;

  private static final Pattern SERVES =
      Pattern.compile("http://127\\.0\\.0\\.1:(\\d+)/ \\(.*pid (\\d+)");

  private final HttpClient http = HttpClient.newHttpClient();
  private final LocalCloud cloud;
  private final String person;
  private final Optional<Emulator> emulator;
  private final MessageBus bus;
  private final InviteDesk desk;
  private final Console console;
  private final Optional<Rogue> rogue;
  private final Set<Integer> ports = ConcurrentHashMap.newKeySet();
  private final Map<String, String> ids = new HashMap<>();
  private int created;

  /// A VM whose agent is ready.
  record Running(String name, int port, long pid) {
    /// Sends its process a signal, by its name.
    void signal(String name) throws IOException, InterruptedException {
      Program.signal(pid, name);
    }
  }

  /// @param agent how an agent is started
  /// @param folder for the keys
  /// @param emulator in place of the local cloud's Pub/Sub
  /// @param withRogue whether one VM is in strange hands
  Machines(
      List<String> agent, long seed, Path folder, Optional<Emulator> emulator, boolean withRogue) {
    this.emulator = emulator;
    List<String> command = new ArrayList<>();
    emulator.ifPresent(
        pubsub -> command.addAll(List.of("env", "PUBSUB_EMULATOR_HOST=" + pubsub.address())));
    command.addAll(agent);
    cloud =
        LocalCloud.start(
            LocalCloudOptions.defaults()
                .withAgentCommand(command)
                .withSeed(seed)
                .withRequireAuth(true));
    person = person(cloud);
    String pubsub = emulator.map(Emulator::address).orElse(cloud.pubsub());
    bus =
        GoogleMessageBus.forConsole(
            PubsubEndpoint.of(cloud.project(), Optional.of(pubsub), true),
            AccessTokens.fixed(person));
    makeTopic(true);
    makeTopic(false);
    desk = InviteDesk.open(folder.resolve("keys"), InstantSource.system());
    console = new Console(bus, FLEET, desk, tokens());
    rogue = withRogue ? Optional.of(new Rogue(bus, FLEET, seed)) : Optional.empty();
    rogue.ifPresent(one -> {
      console.came(Rogue.NAME, Rogue.ID, Rogue.PORT);
      ports.add(Rogue.PORT);
      one.start();
    });
  }

  private static String person(LocalCloud cloud) {
    try {
      return PersonToken.of(cloud.identity());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  /// How to start the agent of this class path.
  static List<String> agent(String... jvmArguments) {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of(jvmArguments));
    command.addAll(
        List.of(
            "-XX:+UseSerialGC",
            "-Xmx512m",
            "--enable-native-access=ALL-UNNAMED",
            "--sun-misc-unsafe-memory-access=allow",
            "-cp",
            System.getProperty("java.class.path"),
            "dev.podium.agent.Main"));
    return command;
  }

  String token(String name, String room) {
    return desk.issue(name, room, new Audience.WholeFleet(FLEET), Duration.ofHours(12)).token();
  }

  /// Begins to create a VM.
  ///
  /// @return its name
  String create() throws IOException, InterruptedException {
    String name = "vm-" + ++created;
    Map<String, String> metadata =
        Map.of(
            "podium-fleet",
            FLEET,
            "podium-seats",
            "5000",
            AgentMetadata.IDENTITY,
            AgentMetadata.IDENTITY_KIND,
            "podium-invite-keys",
            desk.publicKeys());
    send("POST", zone("/instances"), AgentVm.body(name, metadata));
    return name;
  }

  /// Waits until its agent is ready.
  Running ready(String name) throws IOException, InterruptedException {
    long until = System.nanoTime() + TimeUnit.SECONDS.toNanos(BOOT_SECONDS);
    while (System.nanoTime() < until) {
      String console = console(name);
      Matcher serves = SERVES.matcher(console);
      if (console.contains("Ready after") && serves.find()) {
        Running running =
            new Running(name, Integer.parseInt(serves.group(1)), Long.parseLong(serves.group(2)));
        listed(running);
        return running;
      }
      TimeUnit.MILLISECONDS.sleep(50);
    }
    throw new IllegalStateException(name + " was not ready in time:\n" + console(name));
  }

  private void listed(Running running) throws IOException, InterruptedException {
    String id = send("GET", zone("/instances/" + running.name()), null).path("id").asText();
    ids.put(running.name(), id);
    ports.add(running.port());
    console.came(running.name(), id, running.port());
  }

  /// A VM ends: it comes off the roster.
  void ended(Running running) {
    console.left(running.name(), Objects.requireNonNull(ids.get(running.name())));
  }

  /// Whether one of the fleet's VMs is or was there. From any thread.
  boolean isPlace(String url) {
    URI uri = URI.create(url);
    return "127.0.0.1".equals(uri.getHost()) && ports.contains(uri.getPort());
  }

  /// What the rogue did and what the console made of it; empty without one.
  Optional<String> mischief() {
    return rogue.map(one ->
        "a rogue published %,d times; the console dropped %s"
            .formatted(one.published(), console.dropped()));
  }

  /// The rogue's came from a metadata server like any other.
  private IdentityTokens tokens() {
    IdentityTokens real =
        new GoogleIdentityTokens(
            CloudProfile.local(
                cloud.compute(), cloud.pubsub(), cloud.identity(), cloud.project(), FLEET),
            Ticker.system());
    return (token, audience, now) ->
        token.equals(Rogue.TOKEN)
            ? new IdentityTokens.NamedVm(Rogue.ID, Rogue.NAME, "us-central1-a")
            : real.verify(token, audience, now);
  }

  /// The ports that VMs have or had.
  Set<Integer> ports() {
    return Set.copyOf(ports);
  }

  /// What a VM's health page says; empty if nobody answers there.
  Optional<String> health(int port) {
    try {
      HttpRequest ask =
          HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/healthz"))
              .timeout(Duration.ofSeconds(5))
              .build();
      return Optional.of(http.send(ask, HttpResponse.BodyHandlers.ofString()).body());
    } catch (IOException gone) {
      return Optional.empty();
    } catch (InterruptedException stop) {
      Thread.currentThread().interrupt();
      return Optional.empty();
    }
  }

  String console(String name) throws IOException, InterruptedException {
    URI port = zone("/instances/" + name + "/serialPort");
    return send("GET", port, null).path("contents").asText();
  }

  /// Changes what goes wrong in the cloud.
  void faults(String change) throws IOException, InterruptedException {
    send("PATCH", cloud.identity().resolve("local/faults"), (ObjectNode) Json.read(change));
  }

  /// Lets Pub/Sub answer nothing, or answer again.
  void pubsubAway(boolean away) throws IOException, InterruptedException {
    if (emulator.isPresent()) {
      emulator.get().still(away);
    } else {
      faults(away ? "{\"pubsub\":{\"unavailable\":true}}" : "{\"pubsub\":null}");
    }
  }

  /// Makes a topic, as a console does.
  ///
  /// @param chat the chat's; else the one of heartbeats
  void makeTopic(boolean chat) {
    bus.ensureTopic(
        topic(chat),
        chat ? FleetTopics.CHAT_RETENTION : FleetTopics.PULSE_RETENTION,
        "us-central1");
  }

  /// Makes a topic that was deleted again.
  void makeTopicAgain(boolean chat) {
    makeTopic(chat);
    rogue.ifPresent(Rogue::hearAnew);
  }

  /// Deletes a topic. Its subscriptions stay.
  void deleteTopic(boolean chat) throws IOException, InterruptedException {
    send("DELETE", messaging("topics/" + topic(chat)), null);
  }

  /// How many subscriptions of VMs the topic has.
  int subscribers(boolean chat) throws IOException, InterruptedException {
    JsonNode found =
        send("GET", messaging("topics/" + topic(chat) + "/subscriptions"), null)
            .path("subscriptions");
    int ofVms = 0;
    for (JsonNode name : found) {
      ofVms += name.asText().contains("-vm-") ? 1 : 0;
    }
    return ofVms;
  }

  /// Deletes a VM's subscription, if it has one just now.
  void deleteSubscription(String vm, boolean chat) throws IOException, InterruptedException {
    String topic = "topics/" + topic(chat) + "/subscriptions";
    for (JsonNode name : send("GET", messaging(topic), null).path("subscriptions")) {
      if (name.asText().contains("-" + vm + "-")) {
        String path = name.asText().substring(name.asText().indexOf("subscriptions/"));
        send("DELETE", messaging(path), null);
      }
    }
  }

  private static String topic(boolean chat) {
    FleetTopics topics = new FleetTopics(FLEET);
    return chat ? topics.chat() : topics.pulse();
  }

  private URI messaging(String path) {
    String at = emulator.map(Emulator::address).orElse(cloud.pubsub());
    return URI.create("http://" + at + "/v1/projects/" + cloud.project() + "/" + path);
  }

  /// Lets a VM's network fall silent, or carry again.
  void cut(String vm, boolean cut) throws IOException, InterruptedException {
    String path = "local/zones/us-central1-a/instances/" + vm + (cut ? "/cut" : "/heal");
    send("POST", cloud.identity().resolve(path), null);
  }

  /// Asks a VM to take nobody any more, as a console does, and insists.
  void drain(String id, String vm) {
    console.insist(new Pulse.DrainRequest(id, vm, Optional.empty(), true));
  }

  void drainCancelled(String id, String vm) {
    console.insist(new Pulse.DrainCancelled(id, vm));
  }

  private URI zone(String path) {
    return cloud.compute().resolve("projects/" + cloud.project() + "/zones/us-central1-a" + path);
  }

  private JsonNode send(String method, URI uri, @org.jspecify.annotations.Nullable ObjectNode body)
      throws IOException, InterruptedException {
    HttpRequest request =
        HttpRequest.newBuilder(uri)
            .method(
                method,
                body == null
                    ? HttpRequest.BodyPublishers.noBody()
                    : HttpRequest.BodyPublishers.ofString(body.toString()))
            .header("Content-Type", "application/json")
            .header("Authorization", "Bearer " + person)
            .build();
    HttpResponse<String> answer = http.send(request, HttpResponse.BodyHandlers.ofString());
    if (answer.statusCode() != 200) {
      throw new IllegalStateException(method + " " + uri + " was refused: " + answer.body());
    }
    return Json.read(answer.body());
  }

  @Override
  public void close() {
    rogue.ifPresent(Rogue::close);
    console.close();
    bus.close();
    cloud.close();
    http.close();
  }
}
