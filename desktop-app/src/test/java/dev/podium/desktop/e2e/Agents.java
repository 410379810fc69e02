package dev.podium.desktop.e2e;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;

/// Which process a local VM is: each agent's environment names its metadata server, which knows the
/// VM's name. Reads `/proc`, so it works on Linux only.
final class Agents {
  private static final HttpClient HTTP = HttpClient.newHttpClient();

  private Agents() {}

  /// @throws AssertionError if no process of that server is the VM
  static ProcessHandle of(PodiumProcess podium, String vm) {
    return podium.agents().stream()
        .filter(process -> metadataHost(process).map(Agents::name).equals(Optional.of(vm)))
        .findFirst()
        .orElseThrow(() -> new AssertionError("no process is the VM " + vm));
  }

  private static Optional<String> metadataHost(ProcessHandle process) {
    try {
      String environment =
          Files.readString(
              Path.of("/proc", Long.toString(process.pid()), "environ"),
              StandardCharsets.ISO_8859_1);
      return Arrays.stream(environment.split("\0"))
          .filter(entry -> entry.startsWith("GCE_METADATA_HOST="))
          .map(entry -> entry.substring(entry.indexOf('=') + 1))
          .findFirst();
    } catch (IOException ended) {
      return Optional.empty();
    }
  }

  private static String name(String host) {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create("http://" + host + "/computeMetadata/v1/instance/name"))
            .header("Metadata-Flavor", "Google")
            .build();
    try {
      return HTTP.send(request, BodyHandlers.ofString()).body();
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    } catch (InterruptedException interrupt) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(interrupt);
    }
  }
}
