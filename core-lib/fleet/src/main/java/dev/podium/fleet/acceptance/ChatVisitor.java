package dev.podium.fleet.acceptance;

import dev.podium.wire.model.PodiumException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/// Somebody in a VM's chat without a browser, who came by a link. One thread uses it.
final class ChatVisitor implements WebSocket.Listener, AutoCloseable {
  private static final Duration CONNECT = Duration.ofSeconds(20);

  private final List<String> frames = new CopyOnWriteArrayList<>();
  private final StringBuilder part = new StringBuilder();
  private final HttpClient http;
  private final WebSocket socket;

  /// Opens the chat and says hello with the link's invite.
  ///
  /// @throws PodiumException.Unavailable if nobody answers there
  ChatVisitor(URI link, String name, String room) {
    http = HttpClient.newBuilder().connectTimeout(CONNECT).build();
    try {
      socket =
          http.newWebSocketBuilder()
              .connectTimeout(CONNECT)
              .buildAsync(URI.create("ws://" + link.getAuthority() + "/ws"), this)
              .join();
    } catch (CompletionException refused) {
      http.shutdownNow();
      throw new PodiumException.Unavailable(
          "The chat at " + link.getAuthority() + " was not reached",
          "its WebSocket did not open",
          "Let its port in by a firewall rule, and ask who runs this network.",
          refused);
    }
    String token = link.getFragment().replaceFirst("^t=", "");
    say(
        "{\"t\":\"hello\",\"token\":\"%s\",\"name\":\"%s\",\"room\":\"%s\",\"device\":\"walk\"}"
            .formatted(token, name, room));
  }

  private void say(String frame) {
    socket.sendText(frame, true).join();
  }

  /// Says something to the room.
  ///
  /// @param text letters, digits and blanks
  void tell(int number, String text) {
    say("{\"t\":\"say\",\"cid\":\"walk-%d\",\"text\":\"%s\"}".formatted(number, text));
  }

  /// Whether a frame of that type came that holds this text.
  boolean heard(String type, String text) {
    Predicate<String> wanted = frame -> frame.contains("\"t\":\"" + type + "\"");
    return frames.stream().filter(wanted).anyMatch(frame -> frame.contains(text));
  }

  @Override
  public @Nullable CompletionStage<?> onText(WebSocket from, CharSequence data, boolean last) {
    part.append(data);
    if (last) {
      frames.add(part.toString());
      part.setLength(0);
    }
    from.request(1);
    return null;
  }

  @Override
  public void close() {
    socket.abort();
    http.shutdownNow();
  }
}
