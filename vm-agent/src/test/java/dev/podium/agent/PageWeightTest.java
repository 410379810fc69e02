package dev.podium.agent;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// What the page costs whoever opens it, in bytes and in questions.
class PageWeightTest {
  private static final int MOST_BYTES = 45 * 1024;
  private static final Pattern PART = Pattern.compile("(?:href|src)=\"(/[^\"]+)\"");

  @RegisterExtension private final Agents agents = new Agents();

  @ParameterizedTest
  @ValueSource(strings = {"gzip", "br;q=1.0, gzip;q=0.8, *;q=0.1", "deflate, GZIP"})
  void the_page_and_all_its_parts_take_little_on_the_wire(String accepted) throws Exception {
    Agent a = agents.start("vm-a", 50);
    Map<String, Answer> all = page(a, accepted);
    assertThat(all).hasSize(4);
    assertThat(all.values().stream().mapToInt(Answer::bytes).sum())
        .as("bytes with all headers: %s", all)
        .isLessThanOrEqualTo(MOST_BYTES);
    all.forEach((path, answer) -> {
      assertThat(answer.header("Content-Encoding")).as(path).isEqualTo("gzip");
      assertThat(answer.header("Vary")).as(path).isEqualToIgnoringCase("Accept-Encoding");
    });
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "identity", "br", "gzip;q=0", "gzip; q=0.000", "x-gzipped"})
  void who_cannot_read_it_gets_it_as_it_is(String accepted) throws Exception {
    Agent a = agents.start("vm-a", 50);
    Map<String, Answer> plain = page(a, accepted);
    Map<String, Answer> compressed = page(a, "gzip");
    assertThat(plain.keySet()).isEqualTo(compressed.keySet());
    plain.forEach((path, answer) -> {
      assertThat(answer.header("Content-Encoding")).isEmpty();
      assertThat(answer.body()).as(path).isEqualTo(at(compressed, path).body());
      assertThat(answer.header("ETag")).isNotEqualTo(at(compressed, path).header("ETag"));
    });
  }

  /// So a reload asks for the page alone, and is told that it is the same.
  @Test
  void all_but_the_page_is_never_asked_for_again() throws Exception {
    Agent a = agents.start("vm-a", 50);
    Map<String, Answer> all = page(a, "gzip");
    List<String> lasting = all.keySet().stream().filter(path -> !path.equals("/")).toList();
    assertThat(lasting)
        .allSatisfy(path -> {
          assertThat(path).matches("/assets/[a-z]+-[A-Za-z0-9_-]{16}\\.(css|mjs|svg)");
          assertThat(at(all, path).header("Cache-Control"))
              .isEqualTo("public, max-age=31536000, immutable");
        });
    assertThat(at(all, "/").header("Cache-Control")).isEqualTo("no-cache");
    Answer again = ask(a, "/", "gzip", "If-None-Match: " + at(all, "/").header("ETag") + "\r\n");
    assertThat(again.head()).startsWith("HTTP/1.1 304");
    assertThat(again.header("Content-Length")).isEmpty();
    assertThat(again.bytes()).isLessThan(1_024);
  }

  @Test
  void an_address_of_another_release_is_told_to_be_none() throws Exception {
    Agent a = agents.start("vm-a", 50);
    Answer none = ask(a, "/assets/main-AAAAAAAAAAAAAAAA.mjs", "gzip", "");
    assertThat(none.head()).startsWith("HTTP/1.1 404");
    assertThat(none.header("Cache-Control")).isEqualTo("no-store");
  }

  @Test
  void the_waiting_page_is_compressed_too() throws Exception {
    Agent a = agents.start("vm-a", 1);
    try (PageClient ann = PageClient.join(a.port(), "Ann", "lobby")) {
      assertThat(ann.isOpen()).isTrue();
      Answer waiting = ask(a, "/join", "gzip", "");
      assertThat(waiting.head()).startsWith("HTTP/1.1 503");
      assertThat(waiting.header("Content-Encoding")).isEqualTo("gzip");
      assertThat(waiting.body()).contains("One moment, please", "/assets/wait-");
    }
  }

  private static Answer at(Map<String, Answer> all, String path) {
    return Objects.requireNonNull(all.get(path), path);
  }

  /// The page and what it names.
  private static Map<String, Answer> page(Agent agent, String accepted) throws IOException {
    Map<String, Answer> all = new LinkedHashMap<>();
    Answer page = ask(agent, "/", accepted, "");
    all.put("/", page);
    for (MatchResult part : PART.matcher(page.body()).results().toList()) {
      if (!all.containsKey(part.group(1))) {
        Answer answer = ask(agent, part.group(1), accepted, "");
        assertThat(answer.head()).startsWith("HTTP/1.1 200");
        all.put(part.group(1), answer);
      }
    }
    return all;
  }

  private static Answer ask(Agent agent, String path, String accepted, String more)
      throws IOException {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), agent.port())) {
      String request =
          "GET "
              + path
              + " HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\nAccept-Encoding: "
              + accepted
              + "\r\n"
              + more
              + "\r\n";
      socket.getOutputStream().write(request.getBytes(ISO_8859_1));
      return Answer.of(socket.getInputStream().readAllBytes());
    }
  }

  private record Answer(int bytes, String head, String body) {
    static Answer of(byte[] all) throws IOException {
      String text = new String(all, ISO_8859_1);
      int end = text.indexOf("\r\n\r\n");
      String head = text.substring(0, end + 2);
      byte[] body = text.substring(end + 4).getBytes(ISO_8859_1);
      if (head.toLowerCase(Locale.ROOT).contains("content-encoding: gzip")) {
        body = new GZIPInputStream(new ByteArrayInputStream(body)).readAllBytes();
      }
      return new Answer(all.length, head, new String(body, ISO_8859_1));
    }

    /// Empty if it is not there.
    String header(String name) {
      return head.lines()
          .filter(line -> line.regionMatches(true, 0, name + ":", 0, name.length() + 1))
          .map(line -> line.substring(name.length() + 1).strip())
          .findFirst()
          .orElse("");
    }

    @Override
    public String toString() {
      return bytes + " bytes";
    }
  }
}
