package dev.podium.agent;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/// The rules of RFC 6455 over plain sockets, along the chapters of the Autobahn test suite: what is
/// within them is answered, and what is not ends the connection with the right code, at once.
class WebSocketRulesTest {
  private static final int OPEN = 0;
  private static final int NO_CODE = -1;
  private static final int NO_CLOSE_FRAME = 1006;

  /// Far more than an answer takes here, and less than a server waits for who never closes.
  private static final int AT_ONCE_MILLIS = 3_000;

  private static final String HANDSHAKE =
      "GET /ws HTTP/1.1\r\nHost: h\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n";
  private static final String KEY = "Sec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==\r\n";

  @RegisterExtension private final Agents agents = new Agents();

  /// @param sent whole frames, masked
  /// @param expected the close code, -1 for a close without one, or 0 where the connection stays
  @SuppressWarnings("ArrayRecordComponent") // It is read once and compared with nothing.
  private record Case(String name, byte[] sent, int expected) {}

  private static List<Case> cases() {
    List<Case> cases = new ArrayList<>();
    // 1: messages of every form of length. What they say is no frame of the chat, and is told so.
    for (int length : new int[] {0, 1, 125, 126, 127, 128, 8_192, 65_535, 65_536}) {
      cases.add(new Case("1: text of " + length, frame(0x81, ascii(length)), OPEN));
      cases.add(new Case("1: binary of " + length, frame(0x82, ascii(length)), OPEN));
    }
    cases.add(new Case("1: text of 65537", frame(0x81, ascii(65_537)), 1009));
    // 2: pings and pongs.
    cases.add(new Case("2: a pong that nobody asked for", frame(0x8A, ascii(5)), OPEN));
    cases.add(new Case("2: a ping of 125", frame(0x89, ascii(125)), OPEN));
    cases.add(new Case("2: a ping of 126", frame(0x89, ascii(126)), 1002));
    // 3 and 4: reserved bits and kinds.
    for (int bits = 1; bits < 8; bits++) {
      cases.add(new Case("3: reserved bits " + bits, frame(0x81 | bits << 4, ascii(2)), 1002));
    }
    for (int opcode : new int[] {3, 4, 5, 6, 7, 11, 12, 13, 14, 15}) {
      cases.add(new Case("4: reserved kind " + opcode, frame(0x80 | opcode, ascii(1)), 1002));
    }
    // 5: messages in pieces.
    byte[] ping = frame(0x89, ascii(3));
    cases.add(new Case("5: a ping in pieces", frame(0x09, ascii(1)), 1002));
    cases.add(new Case("5: a pong in pieces", frame(0x0A, ascii(1)), 1002));
    cases.add(new Case("5: two pieces", join(frame(0x01, ascii(1)), frame(0x80, ascii(1))), OPEN));
    cases.add(
        new Case(
            "5: a ping between pieces",
            join(frame(0x01, ascii(1)), ping, frame(0x80, ascii(1))),
            OPEN));
    cases.add(new Case("5: a last piece of nothing", frame(0x80, ascii(1)), 1002));
    cases.add(new Case("5: a piece of nothing", frame(0x00, ascii(1)), 1002));
    cases.add(
        new Case(
            "5: a message within another",
            join(frame(0x01, ascii(1)), frame(0x81, ascii(1))),
            1002));
    cases.add(
        new Case(
            "5: more than may be in all",
            join(frame(0x01, ascii(60_000)), frame(0x80, ascii(60_000))),
            1009));
    // 6: text is UTF-8.
    byte[] word = "\u03ba\u1f79\u03c3\u03bc\u03b5 \ud83d\ude00".getBytes(UTF_8);
    cases.add(new Case("6: many scripts", frame(0x81, word), OPEN));
    cases.add(
        new Case(
            "6: a character across pieces",
            join(frame(0x01, slice(word, 0, 1)), frame(0x80, slice(word, 1, word.length))),
            OPEN));
    for (String bad :
        List.of(
            "80",
            "ff",
            "fe",
            "c0af",
            "c1bf",
            "e0809f",
            "eda080",
            "edbfbf",
            "f08080af",
            "f4908080",
            "f5808080",
            "cebae1bd")) {
      cases.add(new Case("6: bad " + bad, frame(0x81, HexFormat.of().parseHex(bad)), 1007));
    }
    cases.add(
        new Case(
            "6: bad in the second piece",
            join(frame(0x01, ascii(3)), frame(0x80, new byte[] {(byte) 0xff})),
            1007));
    // 7: closing.
    cases.add(new Case("7: a close without a code", frame(0x88, ascii(0)), NO_CODE));
    cases.add(new Case("7: a close with half a code", frame(0x88, ascii(1)), 1002));
    cases.add(new Case("7: a reason of 123", close(1000, ascii(123)), 1000));
    cases.add(new Case("7: a reason of 124", close(1000, ascii(124)), 1002));
    cases.add(
        new Case("7: a reason that is no UTF-8", close(1000, new byte[] {(byte) 0xff}), 1007));
    cases.add(new Case("7: a ping after the close", join(close(1000, ascii(0)), ping), 1000));
    for (int code :
        new int[] {1000, 1001, 1002, 1003, 1007, 1008, 1009, 1010, 1011, 3000, 3999, 4000, 4999}) {
      cases.add(new Case("7: code " + code, close(code, ascii(0)), code));
    }
    for (int code : new int[] {0, 999, 1004, 1005, 1006, 1016, 1100, 2000, 2999, 5000, 65_535}) {
      cases.add(new Case("7: code " + code, close(code, ascii(0)), 1002));
    }
    // The frame itself.
    cases.add(new Case("unmasked", new byte[] {(byte) 0x81, 1, 'x'}, 1002));
    cases.add(
        new Case(
            "a length of 2 in two bytes",
            new byte[] {(byte) 0x81, (byte) 0xFE, 0, 2, 0, 0, 0, 0, 'x', 'x'},
            1002));
    cases.add(
        new Case(
            "a negative length",
            new byte[] {(byte) 0x81, (byte) 0xFF, (byte) 0x80, 0, 0, 0, 0, 0, 0, 1, 0, 0, 0, 0},
            1002));
    return cases;
  }

  @Test
  void each_rule_of_websockets_holds() throws IOException {
    Agent a = agents.start("vm-a", 50);
    List<String> wrong = new ArrayList<>();
    for (Case one : cases()) {
      try (Socket socket = joined(a.port())) {
        DataInputStream in = new DataInputStream(socket.getInputStream());
        send(socket, one.sent());
        int found = found(one, socket, in);
        if (found != one.expected()) {
          wrong.add(one.name() + ": " + found + " instead of " + one.expected());
        }
      }
    }
    assertThat(wrong).isEmpty();
  }

  @Test
  void pings_are_answered_each_in_their_order() throws IOException {
    Agent a = agents.start("vm-a", 50);
    try (Socket socket = joined(a.port())) {
      DataInputStream in = new DataInputStream(socket.getInputStream());
      for (int i = 0; i < 10; i++) {
        send(socket, frame(0x89, new byte[] {(byte) i}));
      }
      for (int i = 0; i < 10; i++) {
        Frame pong = next(in, 10);
        assertThat(pong.payload()).containsExactly(i);
      }
    }
  }

  @Test
  void pieces_without_an_end_end_the_connection_as_too_many_frames_do() throws IOException {
    Agent a = agents.start("vm-a", 50);
    try (Socket socket = joined(a.port())) {
      DataInputStream in = new DataInputStream(socket.getInputStream());
      byte[] empty = frame(0x00, new byte[0]);
      ByteArrayOutputStream all = new ByteArrayOutputStream();
      all.writeBytes(frame(0x01, new byte[0]));
      IntStream.range(0, 3_000).forEach(i -> all.writeBytes(empty));
      send(socket, all.toByteArray());
      assertThat(next(in, 8).code()).isEqualTo(1008);
    }
  }

  @Test
  void an_older_websocket_is_told_the_version_to_use() throws IOException {
    Agent a = agents.start("vm-a", 50);
    for (String version :
        List.of("Sec-WebSocket-Version: 8\r\n", "Sec-WebSocket-Version: 0\r\n", "")) {
      assertThat(asked(a.port(), HANDSHAKE + KEY + version))
          .startsWith("HTTP/1.1 426 ")
          .containsIgnoringCase("\r\nsec-websocket-version: 13\r\n")
          .containsIgnoringCase("\r\nupgrade: websocket\r\n");
    }
  }

  @Test
  void a_handshake_without_its_key_is_told_so() throws IOException {
    Agent a = agents.start("vm-a", 50);
    String version = "Sec-WebSocket-Version: 13\r\n";
    for (String key : List.of("", "Sec-WebSocket-Key: short\r\n", "Sec-WebSocket-Key: %%%\r\n")) {
      assertThat(asked(a.port(), HANDSHAKE + version + key)).startsWith("HTTP/1.1 400 ");
    }
    assertThat(asked(a.port(), (HANDSHAKE + version + KEY).replace("GET", "POST")))
        .startsWith("HTTP/1.1 400 ");
  }

  private static int found(Case one, Socket socket, DataInputStream in) throws IOException {
    try {
      return one.expected() == OPEN ? pinged(socket, in) : closed(in);
    } catch (EOFException ended) {
      return NO_CLOSE_FRAME;
    }
  }

  /// Whether it still answers: 0 if it does, else the code that it closed with.
  private static int pinged(Socket socket, DataInputStream in) throws IOException {
    send(socket, frame(0x89, "still there?".getBytes(US_ASCII)));
    while (true) {
      Frame frame = next(in, -1);
      if (frame.opcode() == 8) {
        return frame.code();
      }
      if (frame.opcode() == 10 && new String(frame.payload(), US_ASCII).equals("still there?")) {
        return OPEN;
      }
    }
  }

  /// Reads to the end of the connection, which the server has to bring about.
  private static int closed(DataInputStream in) throws IOException {
    int code = next(in, 8).code();
    try {
      return in.read() < 0 ? code : 1;
    } catch (SocketException reset) {
      return code; // It did not read all that was sent.
    }
  }

  private static Frame next(DataInputStream in, int opcode) throws IOException {
    while (true) {
      int kind = in.readUnsignedByte() & 0x0f;
      int length = in.readUnsignedByte() & 0x7f;
      length = length == 126 ? in.readUnsignedShort() : length;
      byte[] payload = in.readNBytes(length == 127 ? Math.toIntExact(in.readLong()) : length);
      if (opcode < 0 || kind == opcode) {
        return new Frame(kind, payload);
      }
    }
  }

  @SuppressWarnings("ArrayRecordComponent") // It is read once and compared with nothing.
  private record Frame(int opcode, byte[] payload) {
    int code() {
      return payload.length < 2 ? NO_CODE : ByteBuffer.wrap(payload).getShort() & 0xffff;
    }
  }

  private static Socket joined(int port) throws IOException {
    Socket socket = connect(port);
    String answer = answered(socket, HANDSHAKE + KEY + "Sec-WebSocket-Version: 13\r\n");
    assertThat(answer).startsWith("HTTP/1.1 101 ");
    String hello = "{\"t\":\"hello\",\"token\":\"Ann\",\"room\":\"lobby\",\"device\":\"d\"}";
    send(socket, frame(0x81, hello.getBytes(US_ASCII)));
    next(new DataInputStream(socket.getInputStream()), 1);
    return socket;
  }

  private static String asked(int port, String request) throws IOException {
    try (Socket socket = connect(port)) {
      return answered(socket, request);
    }
  }

  private static Socket connect(int port) throws IOException {
    Socket socket = new Socket(InetAddress.getLoopbackAddress(), port);
    socket.setSoTimeout(AT_ONCE_MILLIS);
    return socket;
  }

  private static String answered(Socket socket, String request) throws IOException {
    send(socket, (request + "\r\n").getBytes(US_ASCII));
    StringBuilder answer = new StringBuilder();
    while (answer.indexOf("\r\n\r\n") < 0) {
      int read = socket.getInputStream().read();
      assertThat(read).as(answer.toString()).isNotNegative();
      answer.append((char) read);
    }
    return answer.toString();
  }

  private static void send(Socket socket, byte[] bytes) throws IOException {
    try {
      socket.getOutputStream().write(bytes);
    } catch (SocketException closing) {
      // Its end is what is asked for next.
    }
  }

  private static byte[] close(int code, byte[] reason) {
    return frame(
        0x88, ByteBuffer.allocate(2 + reason.length).putShort((short) code).put(reason).array());
  }

  /// One frame, masked with zeros.
  private static byte[] frame(int first, byte[] payload) {
    ByteBuffer frame = ByteBuffer.allocate(payload.length + 14).put((byte) first);
    if (payload.length < 126) {
      frame.put((byte) (0x80 | payload.length));
    } else if (payload.length < 1 << 16) {
      frame.put((byte) (0x80 | 126)).putShort((short) payload.length);
    } else {
      frame.put((byte) (0x80 | 127)).putLong(payload.length);
    }
    frame.putInt(0).put(payload);
    return slice(frame.array(), 0, frame.position());
  }

  private static byte[] slice(byte[] bytes, int from, int to) {
    return Arrays.copyOfRange(bytes, from, to);
  }

  private static byte[] join(byte[]... parts) {
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    for (byte[] part : parts) {
      all.writeBytes(part);
    }
    return all.toByteArray();
  }

  private static byte[] ascii(int length) {
    return "*".repeat(length).getBytes(ISO_8859_1);
  }
}
