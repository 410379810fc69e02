package dev.podium.localcloud.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.argumentSet;

import dev.podium.localcloud.LocalCloud;
import dev.podium.localcloud.LocalCloudOptions;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/// Requests whose end two programs would see at different places. Behind a proxy such a request
/// carries a second one past its checks; so the hidden one must never be answered.
class SmugglingTest {

  private static final String ZONES = "/compute/v1/projects/podium-local/zones";
  private static final String HIDDEN =
      "GET /compute/v1/projects/podium-local/regions HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n";
  private static final Pattern STATUS = Pattern.compile("HTTP/1\\.[01] (\\d{3})");

  private static ErrorLog log;
  private static LocalCloud cloud;

  @BeforeAll
  static void start() {
    log = new ErrorLog();
    cloud = LocalCloud.start(LocalCloudOptions.defaults());
  }

  @AfterAll
  static void stop() {
    cloud.close();
    log.close();
  }

  static Stream<Arguments> forms() {
    String post = "POST " + ZONES + "/us-central1-a/instances HTTP/1.1\r\nHost: 127.0.0.1\r\n";
    return Stream.of(
        argumentSet(
            "both lengths, the count shorter",
            post
                + "Transfer-Encoding: chunked\r\nContent-Length: 4\r\n\r\n"
                + Integer.toHexString(HIDDEN.length())
                + "\r\n"
                + HIDDEN
                + "\r\n0\r\n\r\n"),
        argumentSet(
            "two counts",
            post + "Content-Length: 0\r\nContent-Length: " + HIDDEN.length() + "\r\n\r\n" + HIDDEN),
        argumentSet(
            "two counts in one",
            post + "Content-Length: 0, " + HIDDEN.length() + "\r\n\r\n" + HIDDEN),
        argumentSet("a signed count", post + "Content-Length: +0\r\n\r\n" + HIDDEN),
        argumentSet("a negative count", post + "Content-Length: -1\r\n\r\n" + HIDDEN),
        argumentSet(
            "an encoding that is nearly chunked",
            post + "Transfer-Encoding: xchunked\r\n\r\n0\r\n\r\n" + HIDDEN),
        argumentSet(
            "a space before the colon",
            post + "Content-Length : " + HIDDEN.length() + "\r\n\r\n" + HIDDEN),
        argumentSet(
            "a folded encoding",
            post + "Transfer-Encoding:\r\n chunked\r\nContent-Length: 5\r\n\r\n0\r\n\r\n" + HIDDEN),
        argumentSet(
            "a chunk size that overflows",
            post + "Transfer-Encoding: chunked\r\n\r\nFFFFFFFFFFFFFFFF1\r\n" + HIDDEN),
        argumentSet(
            "a chunk size that is no number",
            post + "Transfer-Encoding: chunked\r\n\r\n0x0\r\n\r\n" + HIDDEN),
        argumentSet("a NUL in a name", post + "Content-\0Length: 0\r\n\r\n" + HIDDEN));
  }

  @ParameterizedTest
  @MethodSource("forms")
  void a_hidden_request_is_not_answered(String request) throws IOException {
    String answers = exchange(request);
    // The regions are what the hidden request would have listed.
    assertThat(answers).doesNotContain("compute#regionList");
    assertThat(STATUS.matcher(answers).results().map(m -> m.group(1)))
        .as(answers)
        .allMatch(status -> status.startsWith("4") || status.startsWith("5"));
    assertThat(log.errors()).isEmpty();
  }

  @Test
  void the_forms_without_their_trick_are_answered() throws IOException {
    String both = "GET " + ZONES + " HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n" + HIDDEN;
    assertThat(exchange(both)).contains("compute#zoneList").contains("compute#regionList");
  }

  /// Everything that the server says until it closes, or has said nothing for a second.
  private static String exchange(String request) throws IOException {
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), cloud.compute().getPort())) {
      socket.setSoTimeout(1000);
      socket.getOutputStream().write(request.getBytes(StandardCharsets.ISO_8859_1));
      socket.getOutputStream().flush();
      socket.getInputStream().transferTo(all);
    } catch (SocketTimeoutException | SocketException quietOrReset) {
      // What was said before the silence is what counts.
    }
    return all.toString(StandardCharsets.ISO_8859_1);
  }
}
