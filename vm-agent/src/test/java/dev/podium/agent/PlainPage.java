package dev.podium.agent;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/// A page on a plain socket, which writes the frames of RFC 6455 itself. For one thread.
final class PlainPage implements AutoCloseable {
  static final int TEXT = 1;
  static final int BINARY = 2;
  private static final int CLOSE = 8;
  private static final int NO_CLOSE_FRAME = 1006;
  private static final ObjectMapper JSON = new ObjectMapper();

  private final Socket socket;
  private final DataInputStream in;

  private PlainPage(int port) throws IOException {
    socket = new Socket(InetAddress.getLoopbackAddress(), port);
    socket.setSoTimeout(Math.toIntExact(PageClient.PATIENCE.toMillis()));
    in = new DataInputStream(socket.getInputStream());
    String request =
        "GET /ws HTTP/1.1\r\nHost: 127.0.0.1:"
            + port
            + "\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Version: 13\r\n"
            + "Sec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==\r\n\r\n";
    socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
    ByteArrayOutputStream answer = new ByteArrayOutputStream();
    while (!answer.toString(StandardCharsets.US_ASCII).endsWith("\r\n\r\n")) {
      answer.write(in.readUnsignedByte());
    }
    if (!answer.toString(StandardCharsets.US_ASCII).startsWith("HTTP/1.1 101")) {
      throw new IOException("No WebSocket: " + answer.toString(StandardCharsets.US_ASCII));
    }
  }

  /// Connects and is welcomed.
  static PlainPage join(int port, String name, String room) throws IOException {
    PlainPage page = new PlainPage(port);
    page.say(
        """
        {"t":"hello","token":"%s","name":"%s","room":"%s","device":"d1"}\
        """
            .formatted(name, name, room));
    page.first("welcome");
    return page;
  }

  void say(String text) throws IOException {
    send(TEXT, text.getBytes(StandardCharsets.UTF_8));
  }

  /// Sends one whole frame, masked with zeros. What the other side does not read any more is lost.
  void send(int opcode, byte[] payload) throws IOException {
    ByteBuffer frame = ByteBuffer.allocate(payload.length + 14);
    frame.put((byte) (0x80 | opcode));
    if (payload.length < 126) {
      frame.put((byte) (0x80 | payload.length));
    } else if (payload.length < 1 << 16) {
      frame.put((byte) (0x80 | 126)).putShort((short) payload.length);
    } else {
      frame.put((byte) (0x80 | 127)).putLong(payload.length);
    }
    frame.putInt(0).put(payload);
    try {
      socket.getOutputStream().write(frame.array(), 0, frame.position());
    } catch (SocketException closing) {
      // Its end is what is asked for next.
    }
  }

  /// The next frame of that type, which may still have to come; those before it are dropped.
  JsonNode first(String type) throws IOException {
    while (true) {
      Frame frame = read();
      if (frame.opcode() == CLOSE) {
        throw new IOException("The socket was closed before a " + type);
      }
      if (frame.opcode() == TEXT) {
        JsonNode message = JSON.readTree(frame.payload());
        if (message.path("t").asText().equals(type)) {
          return message;
        }
      }
    }
  }

  /// Reads to the end.
  ///
  /// @return the code that the other side gave; 1006 if it gave none
  int closeCode() throws IOException {
    try {
      Frame frame = read();
      while (frame.opcode() != CLOSE) {
        frame = read();
      }
      byte[] payload = frame.payload();
      return payload.length < 2 ? NO_CLOSE_FRAME : ByteBuffer.wrap(payload).getShort() & 0xffff;
    } catch (EOFException | SocketException ended) {
      return NO_CLOSE_FRAME;
    }
  }

  private Frame read() throws IOException {
    int opcode = in.readUnsignedByte() & 0x0f;
    int length = in.readUnsignedByte() & 0x7f;
    if (length == 126) {
      length = in.readUnsignedShort();
    } else if (length == 127) {
      length = Math.toIntExact(in.readLong());
    }
    byte[] payload = new byte[length];
    in.readFully(payload);
    return new Frame(opcode, payload);
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }

  @SuppressWarnings("ArrayRecordComponent") // It is read once and compared with nothing.
  private record Frame(int opcode, byte[] payload) {}
}
