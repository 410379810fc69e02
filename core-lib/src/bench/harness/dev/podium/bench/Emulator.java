package dev.podium.bench;

import java.io.File;
import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/// Google's Pub/Sub emulator, a Java program that comes with gcloud, as a process.
///
/// @param address `127.0.0.1:N`
public record Emulator(Program program, String address) implements AutoCloseable {
  private static final int PATIENCE_SECONDS = 60;

  /// Its jar, if gcloud and its component `pubsub-emulator` are installed.
  public static Optional<Path> jar() throws IOException {
    for (String folder : System.getenv("PATH").split(File.pathSeparator, -1)) {
      Path gcloud = Path.of(folder, "gcloud");
      if (Files.exists(gcloud)) {
        Path lib = gcloud.toRealPath().resolve("../../platform/pubsub-emulator/lib").normalize();
        if (Files.isDirectory(lib)) {
          try (Stream<Path> files = Files.list(lib)) {
            return files
                .filter(file -> file.getFileName().toString().matches(".*emulator-.*-all\\.jar"))
                .findFirst();
          }
        }
      }
    }
    return Optional.empty();
  }

  /// Starts it on the first processor, with the JVM and the heap that ours has.
  public static Emulator start(Path jar) throws IOException, InterruptedException {
    int port;
    try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      port = free.getLocalPort();
    }
    String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
    List<String> command =
        List.of(java, "-Xmx2g", "-jar", jar.toString(), "--host=127.0.0.1", "--port=" + port);
    // Its log would fill its pipe if nobody read it.
    List<String> quiet = List.of("sh", "-c", "exec \"$0\" \"$@\" >/dev/null 2>&1");
    List<String> all = Stream.concat(quiet.stream(), command.stream()).toList();
    Program program = Program.start(Program.pinned(0, all), Path.of("."), Map.of());
    for (int i = 0; i < PATIENCE_SECONDS * 10; i++) {
      try (Socket open = new Socket(InetAddress.getLoopbackAddress(), port)) {
        return new Emulator(program, "127.0.0.1:" + open.getPort());
      } catch (ConnectException notYet) {
        Thread.sleep(100);
      }
    }
    program.close();
    throw new IllegalStateException("Google's emulator did not open its port within a minute");
  }

  /// Lets it stand still, as if it could not be reached, or go on (`SIGSTOP`, `SIGCONT`).
  public void still(boolean isStill) throws IOException, InterruptedException {
    Program.signal(program.pid(), isStill ? "STOP" : "CONT");
  }

  @Override
  public void close() {
    program.close();
  }
}
