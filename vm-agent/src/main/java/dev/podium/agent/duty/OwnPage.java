package dev.podium.agent.duty;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.Optional;

/// Asks the VM's own server for `/healthz`, over TCP as anybody else would. A console whose probes
/// are blocked goes by what the VM says of itself, so *ready* must mean that its page answers.
public final class OwnPage {
  private static final Duration PATIENCE = Duration.ofSeconds(5);
  private static final byte[] EXPECTED = "HTTP/1.1 ".getBytes(StandardCharsets.US_ASCII);

  private final int port;
  private final Duration patience;

  public OwnPage(int port) {
    this(port, PATIENCE);
  }

  OwnPage(int port, Duration patience) {
    this.port = port;
    this.patience = patience;
  }

  /// Asks once. Any answer in HTTP will do: whether the VM is well is another question. Blocks for
  /// twice the patience at most.
  ///
  /// @return why it did not answer; empty if it did
  public Optional<String> ask() {
    int millis = (int) patience.toMillis();
    // The JDK's HTTP client would load hundreds of classes while the agent starts.
    try (Socket socket = new Socket()) {
      socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), millis);
      socket.setSoTimeout(millis);
      String request =
          "GET /healthz HTTP/1.1\r\nHost: 127.0.0.1:" + port + "\r\nConnection: close\r\n\r\n";
      socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
      return answered(socket.getInputStream())
          ? Optional.empty()
          : Optional.of("its own page is no page");
    } catch (IOException silent) {
      return Optional.of("its own page does not answer: " + silent.getMessage());
    }
  }

  private static boolean answered(InputStream answer) throws IOException {
    byte[] start = answer.readNBytes(EXPECTED.length);
    boolean right = Arrays.equals(start, EXPECTED);
    answer.readAllBytes();
    return right;
  }
}
