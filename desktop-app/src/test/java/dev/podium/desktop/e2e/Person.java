package dev.podium.desktop.e2e;

import static org.awaitility.Awaitility.await;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.time.Duration;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.jspecify.annotations.Nullable;

/// Somebody in a VM's chat, without a browser: joins with a link, and stays until they leave or are
/// thrown out.
final class Person implements WebSocket.Listener, AutoCloseable {
  private static final HttpClient HTTP = HttpClient.newHttpClient();
  private static final Duration ANSWER = Duration.ofSeconds(60);

  private final Queue<String> frames = new ConcurrentLinkedQueue<>();
  private final WebSocket socket;
  private volatile boolean thrownOut;

  private Person(URI link) {
    URI door = URI.create("ws://" + link.getAuthority() + "/ws");
    this.socket = HTTP.newWebSocketBuilder().buildAsync(door, this).join();
  }

  /// Follows the link and waits for the welcome.
  static Person join(URI link, String name) {
    Person person = new Person(link);
    String token = link.getFragment().replaceFirst("^t=", "");
    person.send(
        """
        {"t":"hello","token":"%s","name":"%s","room":"lobby","device":"d1"}\
        """
            .formatted(token, name));
    await().atMost(ANSWER).until(() -> person.was("welcome"));
    return person;
  }

  /// Whether that code lets somebody in there.
  static boolean opens(URI chat, String code) {
    try (Person person = new Person(chat)) {
      person.send("{\"t\":\"hello\",\"code\":\"" + code + "\",\"name\":\"Ann\",\"device\":\"d1\"}");
      await().atMost(ANSWER).until(() -> person.was("welcome") || person.was("error"));
      return person.was("welcome");
    }
  }

  /// Joins with the link's invite and waits until that is refused.
  ///
  /// @return why, in the VM's words
  static String refused(URI link, String name) {
    try (Person person = new Person(link)) {
      person.send(
          "{\"t\":\"hello\",\"token\":\"%s\",\"name\":\"%s\",\"room\":\"lobby\",\"device\":\"d2\"}"
              .formatted(link.getFragment().replaceFirst("^t=", ""), name));
      await().atMost(ANSWER).until(() -> person.was("error"));
      return person.lastFrame();
    }
  }

  /// The last that the VM said.
  String lastFrame() {
    return List.copyOf(frames).getLast();
  }

  /// Says something and waits until the VM has taken it.
  void say(int number, String text) {
    String cid = "d1-" + number;
    send("{\"t\":\"say\",\"cid\":\"%s\",\"text\":\"%s\"}".formatted(cid, text));
    await()
        .atMost(ANSWER)
        .until(() -> frames.stream().anyMatch(f -> f.contains("\"ack\"") && f.contains(cid)));
  }

  /// Says something, and waits for nothing.
  void begin(int number, String text) {
    send("{\"t\":\"say\",\"cid\":\"d1-%d\",\"text\":\"%s\"}".formatted(number, text));
  }

  /// The frame with which the VM let them in.
  String welcome() {
    return frames.stream().filter(frame -> frame.contains("\"t\":\"welcome\"")).findFirst().get();
  }

  /// What of these texts came, in the order in which it came, as often as it came.
  List<String> heard(List<String> texts) {
    return messages().stream()
        .flatMap(frame -> texts.stream().filter(text -> frame.contains('"' + text + '"')))
        .toList();
  }

  /// The messages that came, whole.
  List<String> messages() {
    return frames.stream().filter(frame -> frame.contains("\"t\":\"msg\"")).toList();
  }

  /// With which words the VM asked them to go on elsewhere, as often as it did.
  List<String> moves() {
    return frames.stream().filter(frame -> frame.contains("\"t\":\"moved\"")).toList();
  }

  private boolean was(String type) {
    return frames.stream().anyMatch(frame -> frame.contains('"' + type + '"'));
  }

  private void send(String frame) {
    socket.sendText(frame, true).join();
  }

  boolean isIn() {
    return !thrownOut && !socket.isOutputClosed();
  }

  @Override
  public @Nullable CompletionStage<?> onText(WebSocket from, CharSequence data, boolean last) {
    frames.add(data.toString());
    from.request(1);
    return null;
  }

  @Override
  public @Nullable CompletionStage<?> onClose(WebSocket from, int code, String reason) {
    thrownOut = true;
    return null;
  }

  @Override
  public void onError(WebSocket from, Throwable error) {
    thrownOut = true;
  }

  @Override
  public void close() {
    socket.abort();
  }
}
