package dev.podium.agent.checker;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.podium.agent.AgentVm;
import dev.podium.bench.Emulator;
import dev.podium.bench.Program;
import dev.podium.fleet.invite.InviteIssuer;
import dev.podium.fleet.invite.InviteKeys;
import dev.podium.localcloud.LocalCloud;
import dev.podium.localcloud.LocalCloudOptions;
import dev.podium.testing.PersonToken;
import dev.podium.wire.chat.FleetTopics;
import dev.podium.wire.chat.Pulse;
import dev.podium.wire.chat.PulseCodec;
import dev.podium.wire.cloud.AccessTokens;
import dev.podium.wire.cloud.MessageBus;
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
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// A local cloud with VMs on it whose agents are processes; their Pub/Sub is the local cloud's or
/// Google's emulator. Tokens are required, and the topics are a console's. For one thread.
final class Machines implements AutoCloseable {
  private static final String FLEET = "checked";
  private static final long BOOT_SECONDS = 300;

  /// So often a pulse is tried to be sent.
  private static final int PULSES = 5;

  private static final Pattern SERVES =
      Pattern.compile("http://127\\.0\\.0\\.1:(\\d+)/ \\(.*pid (\\d+)");

  private final HttpClient http = HttpClient.newHttpClient();
  private final LocalCloud cloud;
  private final String person;
  private final Optional<Emulator> emulator;
  private final MessageBus bus;
  private final InviteKeys keys;
  private final InviteIssuer issuer;
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
  Machines(List<String> agent, long seed, Path folder, Optional<Emulator> emulator) {
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
    if (emulator.isEmpty()) {
      FleetTopics topics = new FleetTopics(FLEET);
      bus.ensureTopic(topics.chat(), FleetTopics.CHAT_RETENTION, "us-central1");
      bus.ensureTopic(topics.pulse(), FleetTopics.PULSE_RETENTION, "us-central1");
    }
    keys = InviteKeys.open(folder.resolve("keys"), InstantSource.system());
    issuer = new InviteIssuer(keys, InstantSource.system());
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
    return issuer.issue(name, room, new Audience.WholeFleet(FLEET), Duration.ofHours(12)).token();
  }

  /// Begins to create a VM.
  ///
  /// @return its name
  String create() throws IOException, InterruptedException {
    String name = "vm-" + ++created;
    Map<String, String> metadata =
        Map.of(
            "podium-fleet", FLEET, "podium-seats", "5000", "podium-invite-keys", keys.publicKeys());
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
        return new Running(
            name, Integer.parseInt(serves.group(1)), Long.parseLong(serves.group(2)));
      }
      TimeUnit.MILLISECONDS.sleep(50);
    }
    throw new IllegalStateException(name + " was not ready in time:\n" + console(name));
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

  /// Lets a VM's network fall silent, or carry again.
  void cut(String vm, boolean cut) throws IOException, InterruptedException {
    String path = "local/zones/us-central1-a/instances/" + vm + (cut ? "/cut" : "/heal");
    send("POST", cloud.identity().resolve(path), null);
  }

  /// Asks a VM to take nobody any more, as a console does, and insists.
  void drain(String id, String vm) {
    pulse(new Pulse.DrainRequest(id, vm, Optional.empty(), true));
  }

  void drainCancelled(String id, String vm) {
    pulse(new Pulse.DrainCancelled(id, vm));
  }

  private void pulse(Pulse pulse) {
    FleetTopics topics = new FleetTopics(FLEET);
    MessageBus.Outgoing outgoing =
        new MessageBus.Outgoing(
            PulseCodec.encode(pulse), Map.of(FleetTopics.FLEET_ATTRIBUTE, FLEET), Optional.empty());
    // A busy computer's Pub/Sub may be late; a console says it again too.
    for (int left = PULSES; left > 0; left--) {
      try {
        bus.publish(topics.pulse(), outgoing).join();
        return;
      } catch (CompletionException failed) {
        if (left == 1) {
          throw failed;
        }
      }
    }
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
    bus.close();
    cloud.close();
    http.close();
  }
}
