package dev.podium.localcloud;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.google.pubsub.v1.GetTopicRequest;
import com.google.pubsub.v1.PublisherGrpc;
import com.linecorp.armeria.common.HttpMethod;
import com.linecorp.armeria.common.RequestHeaders;
import com.linecorp.armeria.common.RequestHeadersBuilder;
import dev.podium.localcloud.error.HostCheck;
import io.grpc.ManagedChannel;
import io.grpc.ManagedChannelBuilder;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Web pages that a person has open reach no server of the local cloud, by whatever name.
@DisabledOnOs(OS.WINDOWS)
class HostsTest {
  private static final Pattern LENGTH = Pattern.compile("(?i)\r\ncontent-length: ([0-9]+)");

  private static LocalCloud open;
  private static LocalCloud guarded;
  private static int metadata;

  @BeforeAll
  static void start() {
    open =
        LocalCloud.start(
            LocalCloudOptions.defaults()
                .withAgentCommand(List.of("sh", "-c", "echo at $GCE_METADATA_HOST; exec cat")));
    guarded = LocalCloud.start(LocalCloudOptions.defaults().withRequireAuth(true));
    Wire wire = new Wire(open);
    wire.done(wire.insert("us-central1-a", "vm", ""));
    Pattern address = Pattern.compile("at 127\\.0\\.0\\.1:([0-9]+)");
    String serial = "zones/us-central1-a/instances/vm/serialPort";
    await().until(() -> address.matcher(wire.get(serial).body().path("contents").asText()).find());
    Matcher found = address.matcher(wire.get(serial).body().path("contents").asText());
    assertThat(found.find()).isTrue();
    metadata = Integer.parseInt(found.group(1));
  }

  @AfterAll
  static void stop() {
    open.close();
    guarded.close();
  }

  /// One request of each server, and how its refusals begin.
  ///
  /// @param request its first line and whatever headers it always has
  record Door(String name, int port, String request, String refusal) {
    @Override
    public String toString() {
      return name;
    }
  }

  private static Stream<Door> doors() {
    String pubsub = "{ \"error\" : { \"code\" : 403, \"message\" : \"";
    return Stream.of(open, guarded)
        .flatMap(cloud -> {
          int port = cloud.compute().getPort();
          int messages = Integer.parseInt(cloud.pubsub().replaceFirst(".*:", ""));
          String project = "/projects/" + cloud.project();
          return Stream.of(
              new Door("compute", port, get("/compute/v1" + project + "/zones"), pubsub),
              new Door("batch", port, post("/batch/compute/v1"), pubsub),
              new Door("addresses", port, get("/local/addresses"), pubsub),
              new Door("faults", port, get("/local/faults"), pubsub),
              new Door("revoking", port, post("/local/tokens/revoke"), pubsub),
              new Door("nothing", port, get("/favicon.ico"), "\"error\":\"access_denied\""),
              new Door("sign-in", port, get("/oauth2/v3/certs"), "\"error\":\"access_denied\""),
              new Door("tokens", port, post("/token"), "\"error\":\"access_denied\""),
              new Door("pubsub", messages, get("/v1" + project + "/topics"), pubsub));
        });
  }

  private static Stream<Door> all() {
    return Stream.concat(
        doors(),
        Stream.of(
            new Door(
                "metadata",
                metadata,
                get("/computeMetadata/v1/instance/name") + "Metadata-Flavor: Google\r\n",
                "<html><title>Error 403 (Forbidden)</title><p>")));
  }

  private static String get(String path) {
    return "GET " + path + " HTTP/1.1\r\n";
  }

  private static String post(String path) {
    return "POST " + path + " HTTP/1.1\r\nContent-Length: 2\r\n";
  }

  @ParameterizedTest
  @MethodSource("all")
  void a_name_that_is_not_the_loopbacks_is_refused(Door door) {
    List<Function<Integer, String>> hosts =
        List.of(
            port -> "rebind.example:" + port,
            port -> "rebind.example",
            port -> "127.0.0.1.rebind.example:" + port,
            port -> "localhost.rebind.example",
            port -> "127.0.0.2:" + port,
            port -> "0.0.0.0:" + port,
            port -> "[::2]:" + port,
            port -> "user@localhost:" + port,
            port -> "localhost:" + port + "x");
    for (Function<Integer, String> host : hosts) {
      String name = host.apply(door.port());
      assertRefused(door, name, "Host: " + name + "\r\n");
    }
    String own = "127.0.0.1:" + door.port();
    assertRefused(
        door,
        "behind a proxy's header",
        "Host: rebind.example\r\nX-Forwarded-Host: " + own + "\r\n");
  }

  @Test
  void an_emulated_machine_may_call_pubsub_by_its_name_for_this_computer() {
    int port = Integer.parseInt(open.pubsub().replaceFirst(".*:", ""));
    HostCheck machines = HostCheck.ofMachines();
    String host = "169.254.2.2:" + port;
    assertThat(machines.refusal(headers(host, ""))).isEmpty();
    assertThat(machines.refusal(headers(host, "http://rebind.example"))).isPresent();
    assertThat(HostCheck.ofLoopback().refusal(headers(host, ""))).isPresent();
  }

  private static RequestHeaders headers(String host, String origin) {
    RequestHeadersBuilder headers = RequestHeaders.builder(HttpMethod.GET, "/").authority(host);
    return (origin.isEmpty() ? headers : headers.add("origin", origin)).build();
  }

  @ParameterizedTest
  @MethodSource("all")
  void a_page_of_another_origin_is_refused(Door door) {
    int port = door.port();
    for (String origin :
        List.of(
            "null",
            "http://rebind.example",
            "https://127.0.0.1:" + port,
            "http://127.0.0.1",
            "http://127.0.0.1:" + (port - 1),
            "http://localhost:" + port,
            "http://127.0.0.1:" + port + ".rebind.example")) {
      assertRefused(door, origin, "Host: 127.0.0.1:" + port + "\r\nOrigin: " + origin + "\r\n");
    }
  }

  @ParameterizedTest
  @MethodSource("all")
  void the_loopbacks_names_and_its_own_pages_come_in(Door door) {
    int port = door.port();
    for (String host :
        List.of(
            "127.0.0.1:" + port,
            "127.0.0.1",
            "localhost:" + port,
            "LocalHost:" + port,
            "localhost.:" + port,
            "[::1]:" + port,
            "127.0.0.1:9")) {
      assertComesIn(door, host, "Host: " + host + "\r\n");
      assertComesIn(
          door,
          host,
          "Host: " + host + "\r\nOrigin: http://" + host + "\r\nX-Forwarded-Host: x\r\n");
    }
  }

  @ParameterizedTest
  @MethodSource("all")
  void two_names_in_one_request_are_refused_if_one_is_foreign(Door door) {
    String own = "Host: 127.0.0.1:" + door.port() + "\r\n";
    String foreign = "Host: rebind.example\r\n";
    assertThat(status(answer(door, own + foreign))).as("own first").isIn(400, 403);
    assertThat(status(answer(door, foreign + own))).as("foreign first").isIn(400, 403);
  }

  @Test
  void googles_names_are_those_of_the_metadata_server_alone() {
    List<Door> doors = all().toList();
    for (String name :
        List.of("metadata.google.internal", "metadata.google.internal.", "169.254.169.254")) {
      String host = "Host: " + name + "\r\n";
      for (Door door : doors) {
        if (door.port() == metadata) {
          assertThat(answer(door, host)).startsWith("HTTP/1.1 200").endsWith("\r\nvm");
        } else {
          assertRefused(door, name, host);
        }
      }
    }
  }

  @Test
  void what_a_caller_wrote_is_no_markup_in_a_refusal() {
    Door door = all().filter(some -> some.port() == metadata).findFirst().orElseThrow();
    assertThat(answer(door, "Host: 127.0.0.1:" + metadata + "\r\nOrigin: http://<img src=x>\r\n"))
        .startsWith("HTTP/1.1 403")
        .contains("&lt;img")
        .doesNotContain("<img");
  }

  @Test
  void a_grpc_call_by_another_name_is_refused_in_grpcs_own_form() {
    assertThat(call("127.0.0.1:1").getCode()).isEqualTo(Status.Code.NOT_FOUND);
    Status refused = call("rebind.example:80");
    assertThat(refused.getCode()).isEqualTo(Status.Code.PERMISSION_DENIED);
    assertThat(refused.getDescription()).contains("'rebind.example:80'").contains("127.0.0.1");
  }

  private static Status call(String authority) {
    ManagedChannel channel =
        ManagedChannelBuilder.forTarget(open.pubsub())
            .overrideAuthority(authority)
            .usePlaintext()
            .build();
    try {
      return Assertions.catchThrowableOfType(
              StatusRuntimeException.class,
              () ->
                  PublisherGrpc.newBlockingStub(channel)
                      .getTopic(
                          GetTopicRequest.newBuilder()
                              .setTopic("projects/podium-local/topics/none")
                              .build()))
          .getStatus();
    } finally {
      channel.shutdownNow();
    }
  }

  private static void assertRefused(Door door, String what, String headers) {
    String answer = answer(door, headers);
    assertThat(answer).as(what).startsWith("HTTP/1.1 403");
    assertThat(answer.substring(answer.indexOf("\r\n\r\n")).strip().replaceAll("\\s+", " "))
        .as(what)
        .contains(door.refusal())
        .containsAnyOf("Call it by 127.0.0.1", "Call it from a program");
  }

  private static void assertComesIn(Door door, String what, String headers) {
    assertThat(answer(door, headers))
        .as(what)
        .startsWith("HTTP/1.1 ")
        .doesNotContain("Call it by 127.0.0.1", "Call it from a program");
  }

  private static int status(String answer) {
    return Integer.parseInt(answer.split(" ", 3)[1]);
  }

  private static String answer(Door door, String headers) {
    String body = door.request().startsWith("POST") ? "{}" : "";
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), door.port())) {
      socket.setSoTimeout(8_000);
      socket
          .getOutputStream()
          .write((door.request() + headers + "\r\n" + body).getBytes(StandardCharsets.US_ASCII));
      return read(socket.getInputStream());
    } catch (IOException e) {
      throw new AssertionError(door + " did not answer", e);
    }
  }

  /// Reads one answer by its length: the server takes its time to close a connection.
  private static String read(InputStream in) throws IOException {
    ByteArrayOutputStream head = new ByteArrayOutputStream();
    while (!head.toString(StandardCharsets.US_ASCII).endsWith("\r\n\r\n")) {
      int next = in.read();
      if (next < 0) {
        break;
      }
      head.write(next);
    }
    String headers = head.toString(StandardCharsets.US_ASCII);
    Matcher length = LENGTH.matcher(headers);
    return headers
        + (length.find()
            ? new String(in.readNBytes(Integer.parseInt(length.group(1))), StandardCharsets.UTF_8)
            : "");
  }
}
