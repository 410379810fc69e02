package dev.podium.desktop.e2e;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/// A school's HTTP proxy, the only one that can find the hosts below `.test`: they are this
/// computer. Remembers the first line of each request. One request a connection.
final class ForwardProxy implements AutoCloseable {
  private static final int LONGEST_HEAD = 65_536;

  private final ServerSocket listener;
  private final List<String> requests = new CopyOnWriteArrayList<>();

  private ForwardProxy(ServerSocket listener) {
    this.listener = listener;
  }

  static ForwardProxy start() {
    try {
      ForwardProxy proxy =
          new ForwardProxy(new ServerSocket(0, 50, InetAddress.getLoopbackAddress()));
      Thread.ofVirtual().name("proxy").start(proxy::accept);
      return proxy;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  String address() {
    return "http://127.0.0.1:" + listener.getLocalPort();
  }

  /// Such as `GET http://cloud.test:8080/compute/v1/… HTTP/1.1` or `CONNECT pubsub.test:443 …`.
  List<String> requests() {
    return List.copyOf(requests);
  }

  private void accept() {
    while (!listener.isClosed()) {
      try {
        Socket client = listener.accept();
        Thread.ofVirtual().start(() -> serve(client));
      } catch (IOException e) {
        return;
      }
    }
  }

  private void serve(Socket client) {
    try (client) {
      String head = head(client.getInputStream());
      String line = head.lines().findFirst().orElse("");
      requests.add(line);
      String[] words = line.split(" ", -1);
      if (words[0].equals("CONNECT")) {
        tunnel(client, Integer.parseInt(words[1].substring(words[1].lastIndexOf(':') + 1)));
      } else {
        forward(client, head, line, URI.create(words[1]));
      }
    } catch (IOException e) {
      // One of the two went away, which the other sees.
    }
  }

  private static void tunnel(Socket client, int port) throws IOException {
    try (Socket server = new Socket(InetAddress.getLoopbackAddress(), port)) {
      client
          .getOutputStream()
          .write("HTTP/1.1 200 Connection established\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
      pipe(client, server);
    }
  }

  private static void forward(Socket client, String head, String line, URI to) throws IOException {
    String path = to.getRawPath() + (to.getRawQuery() == null ? "" : "?" + to.getRawQuery());
    String own = "127.0.0.1:" + to.getPort();
    String forwarded =
        head.replace(line, line.replace(to.toString(), path))
            .replaceFirst("(?im)^host:.*$", "Host: " + own)
            .replaceFirst("(?im)^(proxy-)?connection:.*\r\n", "")
            .replaceFirst("\r\n\r\n$", "\r\nConnection: close\r\n\r\n");
    try (Socket server = new Socket(InetAddress.getLoopbackAddress(), to.getPort())) {
      server.getOutputStream().write(forwarded.getBytes(StandardCharsets.ISO_8859_1));
      pipe(client, server);
    }
  }

  private static void pipe(Socket client, Socket server) throws IOException {
    Thread.ofVirtual()
        .start(() -> {
          try {
            client.getInputStream().transferTo(server.getOutputStream());
          } catch (IOException e) {
            // The answer is over.
          }
        });
    server.getInputStream().transferTo(client.getOutputStream());
  }

  private static String head(InputStream input) throws IOException {
    ByteArrayOutputStream head = new ByteArrayOutputStream();
    for (int read = input.read(); read >= 0; read = input.read()) {
      head.write(read);
      if (head.size() > LONGEST_HEAD
          || head.toString(StandardCharsets.ISO_8859_1).endsWith("\r\n\r\n")) {
        break;
      }
    }
    return head.toString(StandardCharsets.ISO_8859_1);
  }

  @Override
  public void close() {
    try {
      listener.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
