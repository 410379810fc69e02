package dev.podium.agent.duty;

import dev.podium.wire.cloud.ClockReading;
import dev.podium.wire.cloud.CloudTicker;
import dev.podium.wire.model.PodiumException;
import java.io.IOException;
import java.io.InputStream;
import java.net.HttpURLConnection;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Reads this VM's metadata server. Blocks. `HttpURLConnection`, because it costs a tenth of the
/// classes that the newer client loads, and a VM's start is class loading.
///
/// Each answer says what time it is, so a machine with a wrong clock is believed at once. That
/// holds for one that hears nothing, too.
public final class MetadataClient {
  private static final Logger LOG = LoggerFactory.getLogger(MetadataClient.class);
  private static final String ROOT = "/computeMetadata/v1/";
  private static final int LONGEST_ITEM_BYTES = 256 * 1024; // Compute Engine's own limit.
  private static final int LONGEST_TOKEN = 16 * 1024; // Google's have about 1,000 characters.
  private static final Duration CONNECT = Duration.ofSeconds(5);
  private static final Duration ANSWER = Duration.ofSeconds(10);
  private static final Duration WATCH = Duration.ofSeconds(60);
  private static final Duration AFTER_AN_ERROR = Duration.ofSeconds(5);

  private final String host;
  private final CloudTicker clock;

  /// @param host the value of `GCE_METADATA_HOST`, `host` or `host:port`
  /// @param clock is told what time it is
  public MetadataClient(String host, CloudTicker clock) {
    this.host = host;
    this.clock = clock;
  }

  /// Reads an item.
  ///
  /// @param path below `computeMetadata/v1/`
  /// @return empty if there is no such item
  /// @throws PodiumException.Unavailable if the server does not answer
  public Optional<String> get(String path) {
    return read(path, "", ANSWER).value;
  }

  /// A token that names this VM, signed by the cloud: a JSON Web Token with the format `full`.
  ///
  /// @param audience for whom, the claim `aud`
  /// @throws PodiumException.Unavailable if the server does not answer, or the VM has no service
  ///   account
  public String identityToken(String audience) {
    String path =
        "instance/service-accounts/default/identity?format=full&audience="
            + URLEncoder.encode(audience, StandardCharsets.UTF_8);
    String token = get(path).orElseThrow(() -> unavailable("the VM has no service account", null));
    if (token.isEmpty() || token.length() > LONGEST_TOKEN) {
      throw unavailable("what it sent is no identity token", null);
    }
    return token;
  }

  /// Reads an item now and whenever it changes, on a thread of its own that ends with the program.
  public void watch(String path, Consumer<Optional<String>> changed) {
    Thread.ofVirtual().name("metadata " + path).start(() -> follow(path, changed));
  }

  private void follow(String path, Consumer<Optional<String>> changed) {
    String lastTag = "";
    Optional<String> last = Optional.empty();
    boolean first = true;
    while (!Thread.currentThread().isInterrupted()) {
      try {
        Item item = read(path, lastTag, WATCH);
        if (first || !item.value.equals(last)) {
          changed.accept(item.value);
        }
        first = false;
        last = item.value;
        lastTag = item.tag;
        if (item.value.isEmpty()) {
          pause(); // An item that is absent is answered at once.
        }
      } catch (PodiumException failure) {
        LOG.debug("The metadata server did not answer", failure);
        pause();
      }
    }
  }

  private Item read(String path, String lastTag, Duration patience) {
    String wait =
        lastTag.isEmpty()
            ? ""
            : "?wait_for_change=true&timeout_sec="
                + patience.toSeconds()
                + "&last_etag="
                + URLEncoder.encode(lastTag, StandardCharsets.UTF_8);
    ClockReading asked = ClockReading.of(clock);
    try {
      var connection =
          (HttpURLConnection)
              URI.create("http://" + host + ROOT + path + wait).toURL().openConnection();
      connection.setRequestProperty("Metadata-Flavor", "Google");
      connection.setConnectTimeout((int) CONNECT.toMillis());
      connection.setReadTimeout((int) patience.plus(ANSWER).toMillis());
      int status = connection.getResponseCode();
      long date = connection.getDate();
      if (date > 0) {
        clock.answered(Instant.ofEpochMilli(date), asked);
      }
      if (status == HttpURLConnection.HTTP_NOT_FOUND) {
        return new Item(Optional.empty(), "");
      }
      if (status != HttpURLConnection.HTTP_OK) {
        throw unavailable("it answered with status " + status, null);
      }
      String tag = connection.getHeaderField("ETag");
      try (InputStream body = connection.getInputStream()) {
        byte[] bytes = body.readNBytes(LONGEST_ITEM_BYTES);
        return new Item(
            Optional.of(new String(bytes, StandardCharsets.UTF_8).strip()), tag == null ? "" : tag);
      }
    } catch (IOException | IllegalArgumentException failure) {
      throw unavailable(String.valueOf(failure.getMessage()), failure);
    }
  }

  private PodiumException unavailable(
      String why, @org.jspecify.annotations.Nullable Throwable cause) {
    return new PodiumException.Unavailable(
        "The metadata server at " + host + " can not be read",
        why,
        "The agent runs on a Compute Engine VM or on Podium's local cloud; elsewhere set"
            + " GCE_METADATA_HOST.",
        cause);
  }

  private static void pause() {
    try {
      Thread.sleep(AFTER_AN_ERROR);
    } catch (InterruptedException stop) {
      Thread.currentThread().interrupt();
    }
  }

  private record Item(Optional<String> value, String tag) {}
}
