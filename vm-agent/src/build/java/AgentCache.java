import dev.podium.fleet.invite.InviteIssuer;
import dev.podium.fleet.invite.InviteKeys;
import dev.podium.localcloud.LocalCloud;
import dev.podium.localcloud.LocalCloudOptions;
import dev.podium.wire.invite.Audience;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.WebSocket;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.logging.LogManager;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Makes the agent's class cache (JEP 514): the packaged agent runs once on the local cloud beside
/// a second VM, serves its page, carries fifty messages each way, and ends; what it loaded, linked
/// and profiled is kept in its `lib`. Its launcher is told to by `PODIUM_JAVA_OPTS`.
///
/// Arguments: the agent's folder; whether to make a cache, or only to remove an old one.
///
/// An agent without the cache works and only starts more slowly, so a failure here is told and
/// fails no build.
class AgentCache {
  private static final HttpClient HTTP = HttpClient.newHttpClient();
  private static final String NAME = "agent.cache";
  private static final String TRAINED = "cache";
  private static final String PEER = "peer";
  private static final int MESSAGES = 50;
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  public static void main(String[] arguments) {
    LogManager.getLogManager().reset();
    Path agent = Path.of(arguments[0]);
    try {
      removeOld(agent.resolve("lib"));
      if (Boolean.parseBoolean(arguments[1])) {
        make(agent);
        name(agent.resolve("lib"));
      }
    } catch (Exception failure) {
      // Whatever it is: the agent starts without the cache too.
      System.err.println("The agent's class cache was not made: " + failure);
    }
    System.exit(0);
  }

  /// In a copied folder the JVM does not see that a jar has changed since the cache was made, and
  /// would run the old classes. So each cache has a name of its own, and the launcher takes only
  /// the one that `agent.cache` names. That file is written with every packaging.
  private static void removeOld(Path lib) throws IOException {
    Files.writeString(lib.resolve(NAME), "none\n");
    try (DirectoryStream<Path> caches = Files.newDirectoryStream(lib, "agent*.aot")) {
      for (Path cache : caches) {
        Files.delete(cache);
      }
    }
  }

  private static void name(Path lib) throws IOException {
    String name = "agent-" + Long.toString(System.currentTimeMillis(), 36) + ".aot";
    Files.move(lib.resolve("agent.aot"), lib.resolve(name));
    Files.writeString(lib.resolve(NAME), name + "\n");
  }

  private static void make(Path agent) throws Exception {
    Path folder = Files.createTempDirectory("podium-cache");
    InviteKeys keys = InviteKeys.open(folder.resolve("keys"), InstantSource.system());
    // Where a second VM cannot be told from the first, both would write the one cache.
    boolean pair = !System.getProperty("os.name").startsWith("Windows");
    Path agents = pair ? firstOnly(agent, folder) : agent.resolve("bin/podium-agent.cmd");
    try (LocalCloud cloud =
        LocalCloud.start(
            LocalCloudOptions.defaults().withAgentCommand(List.of(agents.toString())))) {
      URI zone =
          cloud.compute().resolve("projects/" + cloud.project() + "/zones/us-central1-a/instances");
      Vm trained = start(zone, TRAINED, keys);
      Vm peer = pair ? start(zone, PEER, keys) : trained;
      String token =
          new InviteIssuer(keys, InstantSource.system())
              .issue("Ann", "lobby", new Audience.WholeFleet("cache"), Duration.ofHours(1))
              .token();
      chat(trained.port, peer.port, token);
      chat(peer.port, trained.port, token);
      trained.process.destroy();
      trained.process.onExit().get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
    } finally {
      for (String file : List.of("keys", "agent", "agent.first")) {
        Files.deleteIfExists(folder.resolve(file));
      }
      Files.deleteIfExists(folder);
    }
  }

  private record Vm(int port, ProcessHandle process) {}

  /// A command that starts the agent, the first of them alone with this program's options.
  private static Path firstOnly(Path agent, Path folder) throws IOException {
    Path script = folder.resolve("agent");
    Files.writeString(
        script,
        """
        #!/bin/sh
        mkdir "$0.first" 2> /dev/null || unset PODIUM_JAVA_OPTS
        exec "%s/bin/podium-agent" "$@"
        """
            .formatted(agent));
    Files.setPosixFilePermissions(script, PosixFilePermissions.fromString("rwx------"));
    return script;
  }

  private static Vm start(URI zone, String name, InviteKeys keys) throws Exception {
    create(zone, name, keys.publicKeys());
    Matcher serves = serial(zone, name, "http://127\\.0\\.0\\.1:(\\d+)/ \\(.*pid (\\d+)");
    serial(zone, name, "Ready after");
    return new Vm(
        Integer.parseInt(serves.group(1)),
        ProcessHandle.of(Long.parseLong(serves.group(2))).orElseThrow());
  }

  private static void create(URI zone, String name, String keys)
      throws IOException, InterruptedException {
    String body =
        """
        {"name":"%s","machineType":"zones/us-central1-a/machineTypes/e2-small",
         "disks":[{"boot":true,"initializeParams":{"sourceImage":"global/images/family/podium-agent"}}],
         "networkInterfaces":[{"accessConfigs":[{"type":"ONE_TO_ONE_NAT"}]}],
         "metadata":{"items":[{"key":"podium-fleet","value":"cache"},
                              {"key":"podium-invite-keys","value":"%s"}]}}
        """
            .formatted(name, keys.replace("\"", "\\\""));
    HTTP.send(
        HttpRequest.newBuilder(zone)
            .header("Content-Type", "application/json")
            .POST(HttpRequest.BodyPublishers.ofString(body))
            .build(),
        HttpResponse.BodyHandlers.discarding());
  }

  /// Waits until the serial console says so.
  private static Matcher serial(URI zone, String name, String words) throws Exception {
    URI port = URI.create(zone + "/" + name + "/serialPort");
    Pattern wanted = Pattern.compile(words);
    long until = System.nanoTime() + PATIENCE.toNanos();
    String last = "";
    while (System.nanoTime() < until) {
      last =
          HTTP.send(HttpRequest.newBuilder(port).build(), HttpResponse.BodyHandlers.ofString())
              .body();
      Matcher found = wanted.matcher(last);
      if (found.find()) {
        return found;
      }
      Thread.sleep(50);
    }
    throw new TimeoutException("the agent's console says only: " + last);
  }

  /// Somebody loads the page of one VM and says what somebody on another one reads.
  private static void chat(int from, int to, String token) throws Exception {
    HTTP.send(
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + from + "/")).build(),
        HttpResponse.BodyHandlers.discarding());
    Semaphore shown = new Semaphore(0);
    WebSocket reader = join(to, token, "r" + to, shown::release);
    WebSocket writer = join(from, token, "w" + from, () -> {});
    for (int i = 0; i < MESSAGES; i++) {
      String text =
          "{\"t\":\"say\",\"cid\":\"w%d-%d\",\"text\":\"hello %d\"}".formatted(from, i, i);
      writer.sendText(text, true).join();
      if (!shown.tryAcquire(PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
        throw new TimeoutException("message " + i + " was not shown");
      }
    }
    writer.sendText("{\"t\":\"bye\"}", true).join();
    reader.sendText("{\"t\":\"bye\"}", true).join();
  }

  private static WebSocket join(int port, String token, String device, Runnable onMessage) {
    WebSocket page =
        HTTP.newWebSocketBuilder()
            .buildAsync(
                URI.create("ws://127.0.0.1:" + port + "/ws"),
                new WebSocket.Listener() {
                  @Override
                  public CompletionStage<?> onText(
                      WebSocket from, CharSequence text, boolean last) {
                    if (text.toString().contains("\"t\":\"msg\"")) {
                      onMessage.run();
                    }
                    return WebSocket.Listener.super.onText(from, text, last);
                  }
                })
            .join();
    page.sendText(
            "{\"t\":\"hello\",\"token\":\"" + token + "\",\"device\":\"" + device + "\"}", true)
        .join();
    return page;
  }
}
