package dev.podium.agent;

import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Predicate;
import org.awaitility.Awaitility;

/// A page without a browser.
public final class PageClient implements WebSocket.Listener, AutoCloseable {
  private static final HttpClient HTTP = HttpClient.newHttpClient();

  /// A shared builder stalls for many seconds; a test that waits for something real waits longer.
  static final Duration PATIENCE = Duration.ofSeconds(40);

  static {
    Awaitility.setDefaultTimeout(PATIENCE);
  }

  private static final ObjectMapper JSON = new ObjectMapper();

  private final List<JsonNode> frames = new CopyOnWriteArrayList<>();
  private final CompletableFuture<Integer> closed = new CompletableFuture<>();
  private final StringBuilder partial = new StringBuilder();
  private final AtomicBoolean paused = new AtomicBoolean();
  private final WebSocket socket;

  private PageClient(int port, String origin) {
    WebSocket.Builder builder = HTTP.newWebSocketBuilder();
    if (!origin.isEmpty()) {
      builder.header("Origin", origin);
    }
    socket = builder.buildAsync(URI.create("ws://127.0.0.1:" + port + "/ws"), this).join();
  }

  /// Connects; `origin` is what a browser would send, or empty.
  public static PageClient connect(int port, String origin) {
    return new PageClient(port, origin);
  }

  /// Connects and is welcomed.
  public static PageClient join(int port, String name, String room) {
    PageClient client = connect(port, "");
    client.say(
        """
        {"t":"hello","token":"%s","name":"%s","room":"%s","device":"d1"}\
        """
            .formatted(name, name, room));
    client.first("welcome");
    return client;
  }

  public void say(String frame) {
    socket.sendText(frame, true).join();
  }

  /// Says it, or not: the connection may be ending.
  public void trySay(String frame) {
    socket.sendText(frame, true).exceptionally(ended -> socket).join();
  }

  /// The first frame of that type, which may still have to come.
  public JsonNode first(String type) {
    return first(frame -> frame.path("t").asText().equals(type));
  }

  public JsonNode first(Predicate<JsonNode> wanted) {
    await()
        .atMost(PATIENCE)
        .pollInterval(Duration.ofMillis(5))
        .until(() -> frames.stream().anyMatch(wanted));
    return frames.stream().filter(wanted).findFirst().orElseThrow();
  }

  public List<JsonNode> all(String type) {
    return frames.stream().filter(frame -> frame.path("t").asText().equals(type)).toList();
  }

  /// The texts of the room as this page shows them, the welcome's included.
  public List<String> texts() {
    List<String> texts = new java.util.ArrayList<>();
    for (JsonNode frame : frames) {
      if (frame.path("t").asText().equals("welcome")) {
        frame.path("messages").forEach(message -> texts.add(message.path("text").asText()));
      } else if (frame.path("t").asText().equals("msg")) {
        texts.add(frame.path("text").asText());
      }
    }
    return texts;
  }

  public int closeCode() {
    await().atMost(PATIENCE).pollInterval(Duration.ofMillis(5)).until(closed::isDone);
    return closed.join();
  }

  public boolean isOpen() {
    return !closed.isDone();
  }

  /// Stops reading: what comes waits on the way.
  public void pause() {
    paused.set(true);
  }

  /// Reads on.
  public void resume() {
    paused.set(false);
    socket.request(1);
  }

  /// Vanishes without a word.
  public void abort() {
    socket.abort();
  }

  @Override
  public CompletionStage<?> onText(WebSocket from, CharSequence data, boolean last) {
    partial.append(data);
    if (last) {
      try {
        frames.add(JSON.readTree(partial.toString()));
      } catch (IOException noJson) {
        throw new UncheckedIOException(noJson);
      }
      partial.setLength(0);
    }
    if (!paused.get()) {
      from.request(1);
    }
    return CompletableFuture.completedFuture(null);
  }

  @Override
  public CompletionStage<?> onClose(WebSocket from, int code, String reason) {
    closed.complete(code);
    return CompletableFuture.completedFuture(null);
  }

  @Override
  public void onError(WebSocket from, Throwable error) {
    closed.complete(1006);
  }

  @Override
  public void close() {
    socket.abort();
  }
}
