package dev.podium.fleet.cloud;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.podium.fleet.cloud.HealthProbe.Result;
import dev.podium.fleet.google.compute.ScriptedServer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// A VM that was taken over answers the console's probe with whatever it likes.
@Timeout(60)
class HostileHealthTest {
  private static final long MIB = 1024 * 1024;
  private static final Duration PATIENCE = Duration.ofSeconds(10);
  private static final Duration SHORT = Duration.ofMillis(500);
  private static final String OK = "HTTP/1.1 200 OK\r\n";
  private static final String AGENT = "{\"status\":\"ok\",\"bootId\":\"b1\",\"participants\":3}";

  private final HttpHealthProbe probe = new HttpHealthProbe();
  private final AtomicLong written = new AtomicLong();
  private final AtomicInteger open = new AtomicInteger();
  private final AtomicInteger connections = new AtomicInteger();
  private ServerSocket server;

  @FunctionalInterface
  private interface Answer {
    void write(OutputStream out) throws IOException, InterruptedException;
  }

  @BeforeEach
  void listen() throws IOException {
    server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
  }

  @AfterEach
  void stop() throws IOException {
    server.close();
    probe.close();
  }

  private void answer(Answer answer) {
    Thread.ofVirtual()
        .start(() -> {
          while (!server.isClosed()) {
            try {
              Socket socket = server.accept();
              open.incrementAndGet();
              connections.incrementAndGet();
              Thread.ofVirtual().start(() -> serve(socket, answer));
            } catch (IOException closed) {
              return;
            }
          }
        });
  }

  /// Reads the request, answers, and then waits until the console has dropped the connection.
  private void serve(Socket socket, Answer answer) {
    try (socket) {
      byte[] request = new byte[8_192];
      int read = socket.getInputStream().read(request);
      assertThat(new String(request, 0, read, StandardCharsets.US_ASCII))
          .doesNotContainIgnoringCase("accept-encoding");
      answer.write(counting(socket.getOutputStream()));
      socket.getOutputStream().flush();
      socket.getInputStream().transferTo(OutputStream.nullOutputStream());
    } catch (IOException | InterruptedException dropped) {
      // What the test waits for.
    } finally {
      open.decrementAndGet();
    }
  }

  private OutputStream counting(OutputStream to) {
    return new OutputStream() {
      @Override
      public void write(int octet) throws IOException {
        to.write(octet);
        written.incrementAndGet();
      }

      @Override
      public void write(byte[] bytes, int start, int length) throws IOException {
        to.write(bytes, start, length);
        written.addAndGet(length);
      }
    };
  }

  private static void send(OutputStream out, String text) throws IOException {
    out.write(text.getBytes(StandardCharsets.UTF_8));
  }

  /// As much as anybody reads, 500 MiB at most.
  private static void flood(OutputStream out, String unit) throws IOException {
    byte[] block = unit.repeat(65_536 / unit.length()).getBytes(StandardCharsets.US_ASCII);
    for (long sent = 0; sent < 500 * MIB; sent += block.length) {
      out.write(block);
    }
  }

  private Result ask(Duration patience) {
    return probe.probe(URI.create("http://127.0.0.1:" + server.getLocalPort() + "/"), patience);
  }

  private String silence(Duration patience) {
    Result result = ask(patience);
    assertThat(result).isInstanceOf(Result.Silent.class);
    return ((Result.Silent) result).why();
  }

  /// The system's own buffers take a few MiB that nobody has read.
  private void assertLittleWasTaken() {
    await().untilAsserted(() -> assertThat(open).hasValue(0));
    assertThat(written.get()).isLessThan(32 * MIB);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "Content-Length: 524288000\r\n"})
  void an_answer_of_500_mib_is_given_up_after_a_few_kib(String length) {
    answer(out -> {
      send(out, OK + length + "Content-Type: application/json\r\n\r\n{\"bootId\":\"");
      flood(out, "b");
    });
    long before = usedMemory();

    assertThat(silence(PATIENCE)).isEqualTo("something answered more than 64 KiB that is no agent");

    assertLittleWasTaken();
    assertLittleIsKept(before);
  }

  /// Half of what was sent, because other tests use the same memory meanwhile.
  private static void assertLittleIsKept(long before) {
    await().untilAsserted(() -> assertThat(usedMemory() - before).isLessThan(250 * MIB));
  }

  private static long usedMemory() {
    Runtime runtime = Runtime.getRuntime();
    runtime.gc();
    return runtime.totalMemory() - runtime.freeMemory();
  }

  @ParameterizedTest
  @ValueSource(strings = {"1\r\nb\r\n", "8000\r\n"})
  void chunks_without_end_are_given_up(String chunk) {
    String filled = chunk.startsWith("8") ? chunk + "b".repeat(0x8000) + "\r\n" : chunk;
    answer(out -> {
      send(out, OK + "Transfer-Encoding: chunked\r\n\r\n");
      flood(out, filled);
    });

    assertThat(silence(PATIENCE)).contains("that is no agent");

    assertLittleWasTaken();
  }

  @Test
  void a_chunk_whose_size_never_ends_is_given_up_without_being_kept() {
    answer(out -> {
      send(out, OK + "Transfer-Encoding: chunked\r\n\r\n1;");
      flood(out, "x");
    });
    long before = usedMemory();

    assertThat(silence(Duration.ofSeconds(2))).isNotEmpty();

    await().untilAsserted(() -> assertThat(open).hasValue(0));
    assertLittleIsKept(before);
  }

  @ParameterizedTest
  @ValueSource(strings = {"X-%d: b\r\n", "b"})
  void headers_without_end_are_given_up(String header) {
    answer(out -> {
      send(out, OK + "X-Long: ");
      flood(out, header.formatted(1));
    });
    long before = usedMemory();

    assertThat(silence(PATIENCE)).isNotEmpty();

    assertLittleWasTaken();
    assertLittleIsKept(before);
  }

  @Test
  void a_vm_that_answers_badly_keeps_no_other_from_being_heard() throws Exception {
    answer(out -> send(out, "garbage\r\n\r\n"));
    try (ScriptedServer well = new ScriptedServer();
        ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      well.answers("GET /healthz", 200, AGENT);
      List<Future<Result>> results = new ArrayList<>();
      for (int i = 0; i < 100; i++) {
        Future<Result> _ = threads.submit(() -> ask(PATIENCE));
        results.add(threads.submit(() -> probe.probe(URI.create(well.base() + "/"), PATIENCE)));
      }
      for (Future<Result> result : results) {
        assertThat(result.get()).isEqualTo(new Result.Answered(true, "b1", "ok", 3, 0));
      }
    }
    await().untilAsserted(() -> assertThat(open).hasValue(0));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "HTTP/1.1 200",
        OK + "Content-Length: 1000\r\n\r\n{\"bootId\":\"",
        OK + "\r\n{"
      })
  void an_answer_that_stops_or_trickles_ends_with_the_time_and_its_connection_is_dropped(
      String start) {
    answer(out -> {
      send(out, start);
      out.flush();
    });
    assertThat(silence(SHORT)).isEqualTo("no answer in 500 ms");
    await().untilAsserted(() -> assertThat(open).hasValue(0));
  }

  @Test
  void a_body_that_comes_a_byte_at_a_time_ends_with_the_time_and_its_connection_is_dropped() {
    answer(out -> {
      send(out, OK + "Content-Length: 60000\r\n\r\n");
      for (int i = 0; i < 60_000; i++) {
        send(out, "b");
        out.flush();
        Thread.sleep(20);
      }
    });
    assertThat(silence(SHORT)).isEqualTo("no answer in 500 ms");
    await().untilAsserted(() -> assertThat(open).hasValue(0));
    assertThat(connections).hasValue(1);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "garbage\r\n\r\n",
        "HTTP/1.1 99999999999 OK\r\n\r\n",
        "HTTP/1.1 -20 OK\r\n\r\n",
        "HTTP/9.9 200 OK\r\n\r\n{}",
        "HTTP/1.1 200 OK\r\nContent-Length: -5\r\n\r\n{}",
        "HTTP/1.1 200 OK\r\nContent-Length: 99999999999999999999\r\n\r\n{}",
        "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n",
        "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nffffffffffffffff\r\n",
        "HTTP/1.1 302 Found\r\nLocation: http://127.0.0.1:1/\r\nContent-Length: 0\r\n\r\n",
        "HTTP/1.1 204 No Content\r\n\r\n",
        "HTTP/1.1 101 Switching Protocols\r\nUpgrade: h2c\r\nConnection: Upgrade\r\n\r\n"
      })
  void what_is_no_answer_is_a_short_printable_reason(String text) {
    answer(out -> send(out, text));
    assertThat(silence(SHORT)).hasSizeLessThan(80).matches("[ -~]+");
    // A connection that may be used again is kept.
    int kept = text.contains("302") || text.contains("204") ? 1 : 0;
    await().untilAsserted(() -> assertThat(open).hasValueLessThanOrEqualTo(kept));
  }

  private Result answered(String json) {
    answer(out ->
        send(
            out,
            OK
                + "Content-Type: image/png\r\nConnection: close\r\nContent-Length: "
                + json.getBytes(StandardCharsets.UTF_8).length
                + "\r\n\r\n"
                + json));
    return ask(PATIENCE);
  }

  @Test
  void a_packed_answer_is_not_unpacked() throws IOException {
    ByteArrayOutputStream packed = new ByteArrayOutputStream();
    try (GZIPOutputStream gzip = new GZIPOutputStream(packed)) {
      gzip.write(AGENT.getBytes(StandardCharsets.UTF_8));
      byte[] block = new byte[65_536];
      Arrays.fill(block, (byte) ' ');
      for (int i = 0; i < 320; i++) {
        gzip.write(block);
      }
    }
    byte[] body = packed.toByteArray();
    answer(out -> {
      send(out, OK + "Content-Encoding: gzip\r\nContent-Length: " + body.length + "\r\n\r\n");
      out.write(body);
    });
    assertThat(silence(PATIENCE)).isEqualTo("something answered (HTTP 200) that is no agent");
  }

  @ParameterizedTest
  @ValueSource(strings = {"-1", "-1e99", "-99999999999999999999", "\"many\"", "null", "[3]", "{}"})
  void a_count_below_nothing_or_that_is_none_is_nothing(String number) {
    assertThat(answered(counted(number))).isEqualTo(new Result.Answered(true, "b1", "ok", 0, 0));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "1e99",
        "1e999999",
        "4294967295",
        "9223372036854775807",
        "99999999999999999999999"
      })
  void a_count_that_cannot_be_is_the_most_that_can(String number) {
    assertThat(answered(counted(number)))
        .isEqualTo(
            new Result.Answered(
                true, "b1", "ok", HttpHealthProbe.MOST_PARTICIPANTS, HttpHealthProbe.LONGEST_IDLE));
  }

  private static String counted(String number) {
    return "{\"status\":\"ok\",\"bootId\":\"b1\",\"participants\":"
        + number
        + ",\"idleSeconds\":"
        + number
        + "}";
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "[[[[",
        "{\"bootId\":\"\"}",
        "{\"bootId\":\"a\\nb\"}",
        "{\"bootId\":\"\\u202ea\"}",
        "{\"bootId\":7}",
        "\"bootId\"",
        "null",
        ""
      })
  void who_names_no_start_of_an_agent_is_no_agent(String json) {
    assertThat(answered(json))
        .isEqualTo(new Result.Silent("something answered (HTTP 200) that is no agent"));
  }

  @Test
  void a_name_of_a_start_that_is_too_long_is_no_agents() {
    assertThat(answered("{\"bootId\":\"" + "b".repeat(60_000) + "\"}"))
        .isInstanceOf(Result.Silent.class);
  }

  @Test
  void json_that_is_nested_or_whose_numbers_are_endless_is_no_agents() {
    assertThat(answered("[".repeat(60_000))).isInstanceOf(Result.Silent.class);
    assertThat(ask(PATIENCE)).isInstanceOf(Result.Silent.class);
  }

  @Test
  void a_number_of_sixty_thousand_digits_is_no_agents() {
    assertThat(answered(counted("9".repeat(20_000)))).isInstanceOf(Result.Silent.class);
  }

  @Test
  void a_word_for_people_is_short_and_stays_on_its_line() {
    String word = "fine\\u0000\\n\\u001b[31m\\u202e\\u2028" + "x".repeat(5_000);
    Result answered = answered("{\"bootId\":\"b1\",\"status\":\"" + word + "\"}");
    assertThat(answered)
        .isEqualTo(new Result.Answered(true, "b1", "fine[31m" + "x".repeat(56), 0, 0));
  }
}
