package dev.podium.desktop.program.open;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.podium.desktop.program.Programs.CloudAddresses;
import dev.podium.desktop.program.Programs.LocalCloudRequest;
import dev.podium.desktop.program.Programs.Served;
import dev.podium.desktop.program.RunningServers;
import dev.podium.desktop.program.Shutdown;
import dev.podium.localcloud.LocalCloud;
import dev.podium.localcloud.LocalCloudException;
import dev.podium.localcloud.LocalCloudOptions;
import dev.podium.localcloud.state.fault.Tempo;
import dev.podium.wire.model.PodiumException;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/// Starts local clouds whose machines run the agent beside this program, and finds those that run.
public final class LocalClouds {
  private static final Duration PATIENCE = Duration.ofSeconds(20);

  // In bytes. Whoever has the address now may not fill this computer's memory.
  private static final long LONGEST_ANSWER = 1024 * 1024;

  private static final ObjectMapper JSON = new ObjectMapper();

  private LocalClouds() {}

  /// Blocks until it serves.
  ///
  /// @param clouds where other commands find it
  /// @throws PodiumException if it cannot start
  public static LocalCloud start(
      LocalCloudRequest request, RunningServers clouds, Shutdown shutdown) {
    LocalCloud cloud;
    try {
      cloud = shutdown.add("The local cloud", LocalCloud.start(options(request)));
    } catch (LocalCloudException failure) {
      // Its message is the whole sentence, remedy included.
      throw new PodiumException.CloudFailed(String.valueOf(failure.getMessage()), "", "", failure);
    }
    shutdown.add(
        "The note that this local cloud runs",
        clouds.announce(
            new Served(cloud.identity(), Path.of(""), cloud.project(), addresses(cloud))));
    return cloud;
  }

  private static LocalCloudOptions options(LocalCloudRequest request) {
    LocalCloudOptions options =
        LocalCloudOptions.defaults()
            .withPorts(request.port(), request.pubsubPort())
            .withProject(request.project())
            .withTempo(
                switch (request.pace()) {
                  case FAST -> Tempo.Profile.FAST;
                  case REALISTIC -> Tempo.Profile.REALISTIC;
                })
            .withTimeScale(request.timeScale())
            .withRequireAuth(request.requireAuth())
            .withRequestLinks(request.requestLinks())
            .withAgentCommand(AgentCommand.find())
            .withFaults(request.faults());
    LocalCloudOptions seeded =
        request.seed().isPresent() ? options.withSeed(request.seed().getAsLong()) : options;
    return request.diskImage().map(seeded::withDiskImage).orElse(seeded);
  }

  /// Where the parts of the local cloud at that address are. Blocks for a moment.
  ///
  /// @param cloud any URL of its HTTP port
  /// @throws PodiumException.Unavailable if there is none
  public static CloudAddresses at(URI cloud) {
    HttpRequest request =
        HttpRequest.newBuilder(cloud.resolve("/local/addresses")).timeout(PATIENCE).build();
    try (HttpClient client = HttpClient.newBuilder().connectTimeout(PATIENCE).build()) {
      HttpResponse<String> answer = answer(client, request);
      if (answer.statusCode() == 200) {
        return JSON.readValue(answer.body(), CloudAddresses.class);
      }
      throw nobody(cloud, "what answers there is something else", null);
    } catch (JsonProcessingException garbled) {
      throw nobody(cloud, "what answers there is something else", garbled);
    } catch (IOException silent) {
      throw nobody(cloud, "nothing answers there", silent);
    } catch (InterruptedException interrupt) {
      Thread.currentThread().interrupt();
      throw nobody(cloud, "the question was interrupted", interrupt);
    }
  }

  /// The request's own time limit ends with the headers; a body could come a byte a minute.
  private static HttpResponse<String> answer(HttpClient client, HttpRequest request)
      throws IOException, InterruptedException {
    CompletableFuture<HttpResponse<String>> answer =
        client.sendAsync(
            request,
            HttpResponse.BodyHandlers.limiting(
                HttpResponse.BodyHandlers.ofString(), LONGEST_ANSWER));
    try {
      return answer.get(2 * PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
    } catch (ExecutionException | TimeoutException failure) {
      // Closing the client would else wait for the rest of the body.
      client.shutdownNow();
      throw new IOException("no whole answer", failure);
    }
  }

  private static PodiumException nobody(URI cloud, String why, @Nullable Exception cause) {
    return new PodiumException.Unavailable(
        "There is no local cloud at " + cloud,
        why,
        "Start one with 'podium local-cloud', and name the address that it prints.",
        cause);
  }

  public static CloudAddresses addresses(LocalCloud cloud) {
    return new CloudAddresses(
        cloud.compute().toString(),
        cloud.pubsub(),
        cloud.identity().toString(),
        cloud.storage().toString(),
        cloud.project());
  }
}
