package dev.podium.localcloud.machine.qemu;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.BufferedReader;
import java.io.EOFException;
import java.io.IOException;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;

/// QEMU's monitor, by which a machine is steered: lines of JSON over a socket of the file system
/// (QMP). Any thread may call; a call blocks until QEMU has answered.
///
/// Each command has a connection of its own, because QEMU serves one at a time.
final class MachineMonitor {
  private static final ObjectMapper JSON = new ObjectMapper();

  private final Path socket;
  private final ReentrantLock lock = new ReentrantLock();

  /// @param socket where QEMU listens; it may not listen yet
  MachineMonitor(Path socket) {
    this.socket = socket;
  }

  /// Presses the machine's power button.
  void pressPower() throws IOException {
    execute("system_powerdown", Map.of());
  }

  /// Cuts the link of the machine's card, or joins it again.
  void setLink(String card, boolean up) throws IOException {
    execute("set_link", Map.of("name", card, "up", up));
  }

  /// Runs one command.
  ///
  /// @throws IOException if QEMU does not answer, or refuses; the sentence is QEMU's own
  private void execute(String command, Map<String, Object> arguments) throws IOException {
    lock.lock();
    try (SocketChannel channel = SocketChannel.open(UnixDomainSocketAddress.of(socket));
        BufferedReader answers =
            new BufferedReader(Channels.newReader(channel, StandardCharsets.UTF_8))) {
      // QEMU greets first, and then takes nothing before it is told that its offer was read.
      next(answers);
      send(channel, "qmp_capabilities", Map.of());
      result(answers);
      send(channel, command, arguments);
      result(answers);
    } finally {
      lock.unlock();
    }
  }

  private static void send(SocketChannel channel, String command, Map<String, Object> arguments)
      throws IOException {
    ObjectNode node = JSON.createObjectNode().put("execute", command);
    if (!arguments.isEmpty()) {
      node.set("arguments", JSON.valueToTree(arguments));
    }
    ByteBuffer bytes = ByteBuffer.wrap((node + "\n").getBytes(StandardCharsets.UTF_8));
    while (bytes.hasRemaining()) {
      channel.write(bytes);
    }
  }

  /// Reads on to the command's answer, over whatever happens in the machine meanwhile.
  private static void result(BufferedReader answers) throws IOException {
    JsonNode answer = next(answers);
    while (!answer.has("return")) {
      if (answer.has("error")) {
        throw new IOException("QEMU refused: " + answer.path("error").path("desc").asText());
      }
      answer = next(answers);
    }
  }

  private static JsonNode next(BufferedReader answers) throws IOException {
    String line = answers.readLine();
    if (line == null) {
      throw new EOFException("QEMU closed its monitor.");
    }
    return JSON.readTree(line);
  }
}
