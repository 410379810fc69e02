package dev.podium.localcloud.machine.qemu;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.BufferedReader;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;

/// The monitor's protocol, against a socket that speaks it.
@DisabledOnOs(OS.WINDOWS)
class MachineMonitorTest {
  private static final String GREETING = "{\"QMP\": {\"version\": {}, \"capabilities\": []}}";
  private static final String EVENT = "{\"event\": \"NIC_RX_FILTER_CHANGED\", \"data\": {}}";
  private static final String DONE = "{\"return\": {}}";

  private final List<String> heard = new CopyOnWriteArrayList<>();
  private Path folder;
  private Path socket;
  private ServerSocketChannel server;

  @BeforeEach
  void listen() throws IOException {
    // A socket's name has room for about a hundred letters; JUnit's own folders may be deeper.
    folder = Files.createTempDirectory(Path.of("/tmp"), "qmp");
    socket = folder.resolve("qmp");
    server = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
    server.bind(UnixDomainSocketAddress.of(socket));
  }

  @AfterEach
  void close() throws IOException {
    server.close();
    Files.deleteIfExists(socket);
    Files.delete(folder);
  }

  /// Serves connections, each command after the first with `answers`.
  private void serve(String... answers) {
    Thread.ofVirtual()
        .start(() -> {
          try {
            while (true) {
              try (SocketChannel channel = server.accept()) {
                converse(channel, answers);
              }
            }
          } catch (IOException closed) {
            // The test is over.
          }
        });
  }

  private void converse(SocketChannel channel, String... answers) throws IOException {
    BufferedReader lines = new BufferedReader(Channels.newReader(channel, StandardCharsets.UTF_8));
    say(channel, GREETING);
    heard.add(lines.readLine());
    say(channel, DONE);
    heard.add(lines.readLine());
    for (String answer : answers) {
      say(channel, answer);
    }
  }

  private static void say(SocketChannel channel, String line) throws IOException {
    channel.write(ByteBuffer.wrap((line + "\r\n").getBytes(StandardCharsets.UTF_8)));
  }

  @Test
  void a_command_is_sent_after_the_greeting_and_answered_whatever_happens_meanwhile()
      throws IOException {
    serve(EVENT, EVENT, DONE);
    MachineMonitor monitor = new MachineMonitor(socket);

    monitor.pressPower();
    monitor.setLink("card0", false);

    assertThat(heard)
        .containsExactly(
            "{\"execute\":\"qmp_capabilities\"}",
            "{\"execute\":\"system_powerdown\"}",
            "{\"execute\":\"qmp_capabilities\"}",
            heard.get(3));
    assertThat(heard.get(3))
        .contains("\"execute\":\"set_link\"", "\"name\":\"card0\"", "\"up\":false");
  }

  @Test
  void a_refusal_is_told_in_qemus_own_words() {
    serve("{\"error\": {\"class\": \"DeviceNotFound\", \"desc\": \"Device 'card0' not found\"}}");

    assertThatThrownBy(() -> new MachineMonitor(socket).setLink("card0", true))
        .isInstanceOf(IOException.class)
        .hasMessage("QEMU refused: Device 'card0' not found");
  }

  @Test
  void a_qemu_that_ends_meanwhile_is_an_error_at_once() {
    serve();

    assertThatThrownBy(() -> new MachineMonitor(socket).pressPower())
        .isInstanceOf(IOException.class)
        .hasMessage("QEMU closed its monitor.");
  }
}
