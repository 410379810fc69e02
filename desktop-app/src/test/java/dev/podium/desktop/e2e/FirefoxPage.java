package dev.podium.desktop.e2e;

import static org.junit.jupiter.api.Assumptions.abort;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// The chat's page in Firefox without a window. Firefox itself speaks WebDriver BiDi, so no driver
/// beside it is needed, which few systems have.
final class FirefoxPage implements AutoCloseable {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final List<String> BROWSERS = List.of("firefox-esr", "firefox");
  private static final Pattern LISTENING =
      Pattern.compile("WebDriver BiDi listening on (ws://\\S+)");
  private static final int PATIENCE_SECONDS = 60;

  private final Map<Integer, CompletableFuture<JsonNode>> asked = new ConcurrentHashMap<>();
  private final AtomicInteger number = new AtomicInteger();
  private final Process browser;
  private final Path profile;
  private final HttpClient http = HttpClient.newHttpClient();
  private final WebSocket socket;
  private final String tab;

  private FirefoxPage(Path program) {
    try {
      profile = Files.createTempDirectory("podium-firefox");
      ProcessBuilder start =
          new ProcessBuilder(
              program.toString(),
              "--headless",
              "--no-remote",
              "--profile",
              profile.toString(),
              "--remote-debugging-port",
              "0",
              "about:blank");
      start.environment().put("HOME", profile.toString());
      Path log = profile.resolve("podium-test.log");
      browser = start.redirectErrorStream(true).redirectOutput(log.toFile()).start();
      socket =
          http.newWebSocketBuilder()
              .buildAsync(URI.create(address(log) + "/session"), new Listener())
              .get(PATIENCE_SECONDS, TimeUnit.SECONDS);
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    } catch (Exception failure) {
      throw new IllegalStateException("Firefox did not start", failure);
    }
    ask("session.new", JSON.createObjectNode().set("capabilities", JSON.createObjectNode()));
    tab =
        ask("browsingContext.getTree", JSON.createObjectNode())
            .path("contexts")
            .path(0)
            .path("context")
            .asText();
  }

  /// Opens the page's address. Where there is no Firefox, the test is skipped and says why; with
  /// `-Dpodium.firefox.required=true` it fails instead.
  static FirefoxPage visit(String link) {
    return visitWith("", link);
  }

  /// Opens the page with a script of the test's in place before its own.
  static FirefoxPage visitWith(String script, String link) {
    Optional<Path> program =
        BROWSERS.stream().flatMap(name -> Browsers.onPath(name).stream()).findFirst();
    if (program.isEmpty()) {
      String why = "Firefox was not found: install the package firefox-esr";
      if (Boolean.getBoolean("podium.firefox.required")) {
        throw new AssertionError(why);
      }
      return abort(why);
    }
    FirefoxPage page = new FirefoxPage(program.get());
    if (!script.isEmpty()) {
      page.ask(
          "script.addPreloadScript",
          JSON.createObjectNode().put("functionDeclaration", "() => {" + script + "}"));
    }
    page.go("browsingContext.navigate", JSON.createObjectNode().put("url", link));
    return page;
  }

  void reload() {
    go("browsingContext.reload", JSON.createObjectNode());
  }

  private void go(String method, ObjectNode parameters) {
    ask(method, parameters.put("context", tab).put("wait", "complete"));
  }

  /// What a script of statements returns, as JSON; a promise is waited for.
  JsonNode run(String script) {
    ObjectNode parameters =
        JSON.createObjectNode()
            .put(
                "expression",
                "(async () => JSON.stringify(await (async () => {" + script + "})() ?? null))()")
            .put("awaitPromise", true);
    parameters.putObject("target").put("context", tab);
    JsonNode answer = ask("script.evaluate", parameters);
    if (!answer.path("type").asText().equals("success")) {
      throw new IllegalStateException("The script failed: " + answer);
    }
    try {
      return JSON.readTree(answer.path("result").path("value").asText());
    } catch (IOException noJson) {
      throw new UncheckedIOException(noJson);
    }
  }

  /// What the element of that id says.
  String text(String id) {
    return run("return document.getElementById('" + id + "')?.innerText ?? ''").asText();
  }

  /// The messages of the room that are drawn, oldest first; none that is still on its way.
  List<String> messages() {
    JsonNode texts =
        run(
            "return [...document.querySelectorAll('#messages .message .said')]"
                + ".map(said => said.innerText)");
    return Stream.iterate(0, index -> index < texts.size(), index -> index + 1)
        .map(index -> texts.path(index).asText())
        .toList();
  }

  /// As if somebody typed it behind what is there.
  void type(String text) {
    run(
        "const text = document.getElementById('text'); text.value += '"
            + text
            + "'; text.dispatchEvent(new Event('input', {bubbles: true}))");
  }

  void say(String text) {
    type(text);
    run("document.getElementById('composer').requestSubmit()");
  }

  String draft() {
    return run("return document.getElementById('text').value").asText();
  }

  private JsonNode ask(String method, JsonNode parameters) {
    int id = number.incrementAndGet();
    CompletableFuture<JsonNode> answer = new CompletableFuture<>();
    asked.put(id, answer);
    ObjectNode question = JSON.createObjectNode().put("id", id).put("method", method);
    question.set("params", parameters);
    try {
      socket.sendText(question.toString(), true).get(PATIENCE_SECONDS, TimeUnit.SECONDS);
      return answer.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
    } catch (Exception failure) {
      throw new IllegalStateException("Firefox did not do " + method, failure);
    }
  }

  private String address(Path log) throws IOException, InterruptedException {
    for (int turn = 0; turn < PATIENCE_SECONDS * 10; turn++) {
      Matcher listening = LISTENING.matcher(Files.readString(log));
      if (listening.find()) {
        return listening.group(1);
      }
      if (browser.waitFor(100, TimeUnit.MILLISECONDS)) {
        break;
      }
    }
    browser.destroyForcibly();
    throw new IllegalStateException("Firefox said: " + Files.readString(log));
  }

  @Override
  public void close() {
    socket.abort();
    http.shutdownNow();
    browser.descendants().forEach(ProcessHandle::destroyForcibly);
    browser.destroyForcibly();
    try {
      browser.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS);
      try (Stream<Path> files = Files.walk(profile)) {
        files.sorted(Comparator.reverseOrder()).forEach(file -> file.toFile().delete());
      }
    } catch (IOException kept) {
      throw new UncheckedIOException(kept);
    } catch (InterruptedException interrupt) {
      Thread.currentThread().interrupt();
    }
  }

  private final class Listener implements WebSocket.Listener {
    private final StringBuilder partial = new StringBuilder();

    @Override
    public CompletionStage<?> onText(WebSocket from, CharSequence data, boolean last) {
      partial.append(data);
      if (last) {
        try {
          JsonNode frame = JSON.readTree(partial.toString());
          CompletableFuture<JsonNode> waiting = asked.remove(frame.path("id").asInt());
          if (waiting != null && frame.path("type").asText().equals("error")) {
            waiting.completeExceptionally(new IllegalStateException(frame.toString()));
          } else if (waiting != null) {
            waiting.complete(frame.path("result"));
          }
        } catch (IOException noJson) {
          throw new UncheckedIOException(noJson);
        } finally {
          partial.setLength(0);
        }
      }
      from.request(1);
      return CompletableFuture.completedFuture(null);
    }
  }
}
