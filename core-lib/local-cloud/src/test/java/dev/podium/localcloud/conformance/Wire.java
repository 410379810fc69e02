package dev.podium.localcloud.conformance;

import java.io.BufferedInputStream;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.zip.GZIPInputStream;

/// Speaks HTTP/1.1 byte by byte. A proper client would correct the very mistakes that these tests
/// want to send, and would not send a captured request as it was.
final class Wire {

  private static final int TIMEOUT_MILLIS = Math.toIntExact(Duration.ofSeconds(20).toMillis());

  private final int port;

  Wire(URI server) {
    this(server.getPort());
  }

  Wire(int port) {
    this.port = port;
  }

  Answer get(String target) {
    return send("GET", target, Map.of(), "");
  }

  Answer post(String target, String json) {
    return send("POST", target, Map.of("Content-Type", "application/json"), json);
  }

  Answer send(String verb, String target, Map<String, String> headers, String body) {
    byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
    Map<String, String> all = new LinkedHashMap<>();
    all.put("Host", "127.0.0.1:" + port);
    headers.forEach((name, value) -> {
      switch (name.toLowerCase(Locale.ROOT)) {
        // These three describe this connection, not the one that was captured.
        case "host", "content-length", "connection" -> {}
        default -> all.put(name, value);
      }
    });
    all.put("Connection", "close");
    if (bytes.length > 0 || !verb.equals("GET")) {
      all.put("Content-Length", String.valueOf(bytes.length));
    }
    StringBuilder head = new StringBuilder(verb + " " + target + " HTTP/1.1\r\n");
    all.forEach((name, value) -> head.append(name).append(": ").append(value).append("\r\n"));
    head.append("\r\n");
    ByteArrayOutputStream request = new ByteArrayOutputStream();
    request.writeBytes(head.toString().getBytes(StandardCharsets.ISO_8859_1));
    request.writeBytes(bytes);
    return raw(request.toByteArray())
        .orElseThrow(() -> new AssertionError("No answer to " + verb + " " + target));
  }

  /// Sends bytes as they are.
  ///
  /// @return the first answer, or empty where the server closed the connection without one
  Optional<Answer> raw(byte[] request) {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
      socket.setSoTimeout(TIMEOUT_MILLIS);
      socket.setTcpNoDelay(true);
      try {
        OutputStream out = socket.getOutputStream();
        out.write(request);
        out.flush();
      } catch (SocketException refusedMidway) {
        // A server that refuses a request before its end may answer and close; the answer counts.
      }
      return read(new BufferedInputStream(socket.getInputStream()));
    } catch (SocketException reset) {
      return Optional.empty();
    } catch (IOException e) {
      throw new AssertionError("The exchange with 127.0.0.1:" + port + " failed", e);
    }
  }

  private static Optional<Answer> read(InputStream in) throws IOException {
    String statusLine = line(in);
    if (statusLine.isEmpty()) {
      return Optional.empty();
    }
    String[] parts = statusLine.split(" ", 3);
    Map<String, String> headers = new HashMap<>();
    for (String line = line(in); !line.isEmpty(); line = line(in)) {
      int colon = line.indexOf(':');
      headers.put(
          line.substring(0, colon).toLowerCase(Locale.ROOT), line.substring(colon + 1).strip());
    }
    byte[] body = body(in, headers);
    if ("gzip".equals(headers.get("content-encoding"))) {
      body = new GZIPInputStream(new ByteArrayInputStream(body)).readAllBytes();
    }
    String reason = parts.length > 2 ? parts[2] : "";
    return Optional.of(
        new Answer(
            Integer.parseInt(parts[1]), reason, headers, new String(body, StandardCharsets.UTF_8)));
  }

  private static byte[] body(InputStream in, Map<String, String> headers) throws IOException {
    if (headers.getOrDefault("transfer-encoding", "").contains("chunked")) {
      ByteArrayOutputStream all = new ByteArrayOutputStream();
      while (true) {
        int size = Integer.parseInt(line(in).split(";", 2)[0].strip(), 16);
        all.writeBytes(in.readNBytes(size));
        line(in);
        if (size == 0) {
          return all.toByteArray();
        }
      }
    }
    if (!headers.containsKey("content-length")) {
      return in.readAllBytes();
    }
    int length = Integer.parseInt(headers.getOrDefault("content-length", "0"));
    byte[] body = in.readNBytes(length);
    if (body.length < length) {
      throw new EOFException("The body ended after " + body.length + " of " + length + " bytes");
    }
    return body;
  }

  private static String line(InputStream in) throws IOException {
    ByteArrayOutputStream line = new ByteArrayOutputStream();
    for (int b = in.read(); b >= 0 && b != '\n'; b = in.read()) {
      if (b != '\r') {
        line.write(b);
      }
    }
    return line.toString(StandardCharsets.ISO_8859_1);
  }
}
