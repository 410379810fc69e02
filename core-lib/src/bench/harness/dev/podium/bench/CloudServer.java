package dev.podium.bench;

import dev.podium.localcloud.LocalCloud;
import dev.podium.localcloud.LocalCloudOptions;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// A local cloud without machines in a process of its own, so that what it costs can be told from
/// what its clients cost.
///
/// @param compute `http://127.0.0.1:N/compute/v1/`
/// @param pubsub `127.0.0.1:M`
public record CloudServer(Program program, URI compute, String pubsub, String project)
    implements AutoCloseable {

  /// Starts one on the first processor.
  public static CloudServer start() throws IOException {
    List<String> command = new ArrayList<>(Program.java("-Xmx2g"));
    command.add(CloudServer.class.getName());
    Program program = Program.start(Program.pinned(0, command), Path.of("."), Map.of());
    String[] said = program.line(line -> line.startsWith("cloud ")).split(" ", -1);
    return new CloudServer(program, URI.create(said[1]), said[2], said[3]);
  }

  /// The server: says where it is and serves until it is ended. At each line on its standard input
  /// it collects garbage and says how many bytes its heap holds then.
  public static void main(String[] arguments) throws IOException {
    try (LocalCloud cloud = LocalCloud.start(LocalCloudOptions.defaults())) {
      System.out.println("cloud " + cloud.compute() + " " + cloud.pubsub() + " " + cloud.project());
      while (System.in.read() >= 0) {
        // Twice, because the first time only empties what the requests left behind.
        System.gc();
        System.gc();
        Runtime runtime = Runtime.getRuntime();
        System.out.println("heap " + (runtime.totalMemory() - runtime.freeMemory()));
      }
    }
  }

  /// What lives on its heap, in bytes.
  public long heapBytes() throws IOException {
    program.say("");
    return Long.parseLong(program.line(line -> line.startsWith("heap ")).substring(5));
  }

  @Override
  public void close() {
    program.close();
  }
}
