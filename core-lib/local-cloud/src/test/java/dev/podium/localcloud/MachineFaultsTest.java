package dev.podium.localcloud;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.podium.localcloud.Wire.Answer;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;

/// What can be done to a machine, on real processes that serve a real port.
@DisabledOnOs(OS.WINDOWS)
class MachineFaultsTest {
  private static final String VM = "zones/us-central1-a/instances/vm";
  private static final int SILENCE_MILLIS = 400;
  private static final int PATIENCE_MILLIS = 20_000;

  private LocalCloud cloud;
  private Wire wire;

  @BeforeEach
  void start() {
    cloud =
        LocalCloud.start(
            LocalCloudOptions.defaults()
                .withTimeScale(0.2)
                .withFaults("{\"cuttableNetworks\":true}")
                .withAgentCommand(
                    List.of(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:TieredStopAtLevel=1",
                        "-XX:+UseSerialGC",
                        "-cp",
                        System.getProperty("java.class.path"),
                        Echo.class.getName())));
    wire = new Wire(cloud);
    wire.done(wire.insert("us-central1-a", "vm", ""));
    await().atMost(Duration.ofSeconds(30)).until(() -> serial().contains("serves"));
  }

  @AfterEach
  void stop() {
    cloud.close();
  }

  private String serial() {
    return wire.get(VM + "/serialPort").body().path("contents").asText();
  }

  private Answer act(String act) {
    return wire.local("POST", VM + "/" + act, "");
  }

  private long pid() {
    return wire.local("GET", "machines", "").body().at("/machines/0/pid").asLong();
  }

  /// Where the cloud says that the machine is reached.
  private int port() {
    return Integer.parseInt(wire.get(VM).body().at("/metadata/items/0/value").asText());
  }

  private Socket connect() throws IOException {
    Socket socket = new Socket(InetAddress.getLoopbackAddress(), port());
    socket.setTcpNoDelay(true);
    return socket;
  }

  private static void write(Socket socket, int value) throws IOException {
    socket.getOutputStream().write(value);
  }

  private static int read(Socket socket, int millis) throws IOException {
    socket.setSoTimeout(millis);
    return socket.getInputStream().read();
  }

  private static void assertSilent(Socket socket) {
    assertThatThrownBy(() -> read(socket, SILENCE_MILLIS))
        .isInstanceOf(SocketTimeoutException.class);
  }

  @Test
  void a_hung_machine_answers_nobody_until_it_carries_on() throws IOException {
    try (Socket socket = connect()) {
      write(socket, 1);
      assertThat(read(socket, PATIENCE_MILLIS)).isEqualTo(1);

      assertThat(act("hang").body().path("hung").asBoolean()).isTrue();
      write(socket, 2);
      assertSilent(socket);
      assertThat(wire.status("us-central1-a", "vm")).isEqualTo("RUNNING");

      assertThat(act("unhang").body().path("hung").asBoolean()).isFalse();
      assertThat(read(socket, PATIENCE_MILLIS)).isEqualTo(2);
    }
  }

  @Test
  void a_machine_of_an_image_that_does_not_boot_is_on_and_runs_nothing() {
    wire.local("PUT", "faults", "{\"unbootableImages\":[\"podium-agent-v1\"]}");
    wire.done(wire.insert("us-central1-a", "dead", ""));
    assertThat(wire.status("us-central1-a", "dead")).isEqualTo("RUNNING");
    String dead = "zones/us-central1-a/instances/dead/serialPort";
    assertThat(wire.get(dead).body().path("contents").asText()).contains("Nothing boots");
    assertThat(wire.local("GET", "machines", "").body().findValuesAsText("pid")).hasSize(1);
  }

  @Test
  void a_hung_machine_can_still_be_deleted() {
    Optional<ProcessHandle> process = ProcessHandle.of(pid());
    act("hang");
    wire.done(wire.send("DELETE", VM, ""));

    assertThat(process.filter(ProcessHandle::isAlive)).isEmpty();
  }

  @Test
  void a_crashed_machine_stays_on_with_nothing_in_it_and_a_reset_brings_it_back()
      throws IOException {
    long before = pid();
    try (Socket socket = connect()) {
      write(socket, 1);
      assertThat(read(socket, PATIENCE_MILLIS)).isEqualTo(1);
      Answer crashed = act("crash");

      assertThat(crashed.body().has("pid")).isFalse();
      assertThat(crashed.body().path("status").asText()).isEqualTo("RUNNING");
      assertBroken(socket);
    }
    assertThat(act("hang").status()).isEqualTo(400);
    wire.done(wire.post(VM + "/reset", ""));
    await().until(() -> pid() != 0);
    assertThat(pid()).isNotEqualTo(before);
  }

  private static void assertBroken(Socket socket) {
    int last;
    try {
      last = read(socket, PATIENCE_MILLIS);
    } catch (SocketTimeoutException silence) {
      throw new AssertionError("The connection of a dead program is still open.", silence);
    } catch (IOException reset) {
      last = -1;
    }
    assertThat(last).isEqualTo(-1);
  }

  @Test
  void a_cut_network_is_silent_in_both_directions_and_delivers_when_it_heals() throws IOException {
    try (Socket socket = connect()) {
      write(socket, 1);
      assertThat(read(socket, PATIENCE_MILLIS)).isEqualTo(1);

      assertThat(act("cut").body().path("cut").asBoolean()).isTrue();
      write(socket, 2);
      assertSilent(socket);
      try (Socket newcomer = connect()) {
        write(newcomer, 3);
        assertSilent(newcomer);

        assertThat(act("heal").body().path("cut").asBoolean()).isFalse();
        assertThat(read(socket, PATIENCE_MILLIS)).isEqualTo(2);
        assertThat(read(newcomer, PATIENCE_MILLIS)).isEqualTo(3);
      }
    }
  }

  @Test
  void where_probes_are_cut_nobody_reaches_the_machine_and_the_machine_reaches_all()
      throws IOException {
    try (Socket before = connect()) {
      write(before, 1);
      assertThat(read(before, PATIENCE_MILLIS)).isEqualTo(1);
      wire.local("PUT", "faults", "{\"probesCut\":true}");
      write(before, 2);
      assertSilent(before);
      wire.done(wire.insert("us-central1-a", "young", ""));
      String young = "zones/us-central1-a/instances/young";
      await()
          .atMost(Duration.ofSeconds(30))
          .until(() -> {
            String says = wire.get(young + "/serialPort").body().path("contents").asText();
            return says.contains("metadata 200") && says.contains("pubsub 404");
          });
      int port = wire.get(young).body().at("/metadata/items/0/value").asInt();
      try (Socket fresh = new Socket(InetAddress.getLoopbackAddress(), port)) {
        write(fresh, 3);
        assertSilent(fresh);
        wire.local("PATCH", "faults", "{\"probesCut\":false}");
        assertThat(read(before, PATIENCE_MILLIS)).isEqualTo(2);
        assertThat(read(fresh, PATIENCE_MILLIS)).isEqualTo(3);
      }
    }
  }

  @Test
  void a_connection_that_is_closed_while_the_network_is_cut_is_missed_only_later()
      throws IOException {
    Socket socket = connect();
    write(socket, 1);
    assertThat(read(socket, PATIENCE_MILLIS)).isEqualTo(1);
    act("cut");
    socket.close();
    assertThat(serial()).doesNotContain("goodbye");

    act("heal");
    await().atMost(Duration.ofMillis(PATIENCE_MILLIS)).until(() -> serial().contains("goodbye"));
  }

  @Test
  void a_cut_machine_reaches_neither_its_metadata_nor_pubsub() {
    await().until(() -> serial().contains("metadata 200"));
    await().until(() -> serial().contains("pubsub 404"));
    act("cut");
    try (Socket ask = connect()) {
      write(ask, 1);
      int answers = serial().length();
      assertSilent(ask);
      assertThat(serial()).hasSize(answers);
    } catch (IOException fault) {
      throw new AssertionError(fault);
    }
  }

  @Test
  void a_network_that_does_not_run_through_the_cloud_cannot_be_cut() {
    wire.local("PUT", "faults", "{}");
    wire.done(wire.post(VM + "/reset", ""));
    await().until(() -> pid() != 0);
    Answer answer = act("cut");

    assertThat(answer.status()).isEqualTo(400);
    assertThat(answer.message()).contains("cuttableNetworks");
  }

  @Test
  void a_preempted_machine_is_asked_to_end_at_once_and_ends() {
    Optional<ProcessHandle> process = ProcessHandle.of(pid());
    Answer operation = act("preempt");
    assertThat(operation.body().path("operationType").asText())
        .isEqualTo("compute.instances.preempted");
    assertThat(wire.done(operation).path("user").asText()).isEqualTo("system");

    assertThat(process.filter(ProcessHandle::isAlive)).isEmpty();
    assertThat(wire.status("us-central1-a", "vm")).isEqualTo("TERMINATED");
    assertThat(act("hang").status()).isEqualTo(400);
  }

  /// What the machine runs: gives every byte back, and says on its serial port what it reaches.
  static final class Echo {
    private static final HttpClient HTTP = HttpClient.newHttpClient();

    private Echo() {}

    public static void main(String[] arguments) throws IOException {
      ServerSocket server =
          new ServerSocket(
              Integer.parseInt(System.getenv().getOrDefault("PODIUM_LISTEN_PORT", "0")),
              50,
              InetAddress.getLoopbackAddress());
      Thread.ofVirtual()
          .start(() -> ask("metadata", "GCE_METADATA_HOST", "/computeMetadata/v1/instance/name"));
      Thread.ofVirtual()
          .start(() -> ask("pubsub", "PUBSUB_EMULATOR_HOST", "/v1/projects/p-123456/topics/none"));
      System.out.println("serves");
      while (true) {
        Socket socket = server.accept();
        Thread.ofVirtual().start(() -> echo(socket));
      }
    }

    private static void ask(String name, String variable, String path) {
      try {
        HttpResponse<String> answer =
            HTTP.send(
                HttpRequest.newBuilder(URI.create("http://" + System.getenv(variable) + path))
                    .header("Metadata-Flavor", "Google")
                    .build(),
                HttpResponse.BodyHandlers.ofString());
        System.out.println(name + " " + answer.statusCode());
      } catch (IOException fault) {
        System.out.println(name + " " + fault);
      } catch (InterruptedException ending) {
        Thread.currentThread().interrupt();
      }
    }

    private static void echo(Socket socket) {
      try (socket;
          InputStream in = socket.getInputStream()) {
        socket.setTcpNoDelay(true);
        for (int value = in.read(); value >= 0; value = in.read()) {
          socket.getOutputStream().write(value);
        }
      } catch (IOException reset) {
        // The other end is gone.
      }
      System.out.println("goodbye");
    }
  }
}
