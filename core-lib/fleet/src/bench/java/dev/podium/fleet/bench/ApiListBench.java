package dev.podium.fleet.bench;

import dev.podium.bench.Figure;
import dev.podium.bench.Program;
import dev.podium.bench.Race;
import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/// `GET /v1/instances` of 1,000 VMs over four connections that stay open; the server has one
/// processor, this client, which reads and drops the bodies, the other.
public final class ApiListBench {
  private static final int CONNECTIONS = 4;
  private static final int REQUESTS = 1_000;
  private static final int ROUNDS = 5;

  private static final Figure RATE = Figure.higher("lists of 1,000 VMs", "/s").value(1_000);
  private static final Figure PER_CPU =
      Figure.higher("lists a second of the server's processor", "/s").value(1_000);
  private static final Figure SIZE = Figure.lower("a body", "KB");

  private ApiListBench() {}

  /// Runs the bench and prints its table.
  public static void main(String[] arguments) throws Exception {
    List<String> command = new ArrayList<>(Program.java("-Xmx512m"));
    command.add(ApiFleet.class.getName());
    try (Program server = Program.start(Program.pinned(0, command), Path.of("."), Map.of())) {
      String[] said = server.line(line -> line.startsWith("api ")).split(" ", -1);
      URI api = URI.create(said[1]);
      new Race("REST: a list of " + ApiFleet.COUNT + " VMs", RATE, PER_CPU, SIZE)
          .enter("Podium", () -> round(server, api, said[2]))
          .run(ROUNDS);
    }
  }

  private static Map<Figure, Double> round(Program server, URI api, String key) throws Exception {
    double before = server.cpuSeconds();
    long start = System.nanoTime();
    long bytes = 0;
    try (ExecutorService executor = Executors.newFixedThreadPool(CONNECTIONS)) {
      List<Future<Long>> all = new ArrayList<>();
      for (int i = 0; i < CONNECTIONS; i++) {
        all.add(executor.submit(() -> ask(api, key)));
      }
      for (Future<Long> one : all) {
        bytes += one.get();
      }
    }
    double seconds = (System.nanoTime() - start) / 1e9;
    double used = server.cpuSeconds() - before;
    int count = REQUESTS * CONNECTIONS;
    return Map.of(RATE, count / seconds, PER_CPU, count / used, SIZE, bytes / 1024.0 / count);
  }

  /// @return the bytes of all bodies
  private static long ask(URI api, String key) throws IOException {
    byte[] request =
        "GET /v1/instances HTTP/1.1\r\nHost: 127.0.0.1:%d\r\nAuthorization: Bearer %s\r\n\r\n"
            .formatted(api.getPort(), key)
            .getBytes(StandardCharsets.US_ASCII);
    byte[] sink = new byte[1 << 20];
    long bytes = 0;
    try (Socket socket = new Socket(api.getHost(), api.getPort())) {
      OutputStream out = socket.getOutputStream();
      DataInputStream in = new DataInputStream(new BufferedInputStream(socket.getInputStream()));
      for (int i = 0; i < REQUESTS; i++) {
        out.write(request);
        int length = head(in);
        in.readFully(sink, 0, length);
        bytes += length;
      }
    }
    return bytes;
  }

  private static int head(DataInputStream in) throws IOException {
    int length = -1;
    @SuppressWarnings("deprecation") // A head is ASCII.
    String line = in.readLine();
    if (line == null || !line.contains(" 200 ")) {
      throw new IOException("The list was refused: " + line);
    }
    while (!line.isEmpty()) {
      if (line.toLowerCase(Locale.ROOT).startsWith("content-length:")) {
        length = Integer.parseInt(line.substring(15).strip());
      }
      @SuppressWarnings("deprecation") // A head is ASCII.
      String next = in.readLine();
      line = next == null ? "" : next;
    }
    return length;
  }
}
