package dev.podium.fleet.google.compute;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/// A server that answers each `METHOD path` with the next line of its script, the last line again
/// and again, and remembers what it was asked. For answers that no healthy cloud gives.
public final class ScriptedServer implements AutoCloseable {
  /// What was asked.
  public record ErrorContext(
      String method, String path, String query, String body, String authorization) {
    public String line() {
      return method + " " + path;
    }
  }

  private record Answer(int status, String body) {}

  private static final int DROP = -1;
  private static final int HANG = -2;

  private final HttpServer server;
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final CountDownLatch closed = new CountDownLatch(1);
  private final Map<String, Deque<Answer>> script = new ConcurrentHashMap<>();
  private final List<ErrorContext> asked = new CopyOnWriteArrayList<>();

  public ScriptedServer() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setExecutor(threads);
    server.createContext("/", this::answer);
    server.start();
  }

  public String base() {
    return "http://127.0.0.1:" + server.getAddress().getPort();
  }

  /// Adds an answer to the script.
  public ScriptedServer answers(String line, int status, String body) {
    script
        .computeIfAbsent(line, _ -> new ArrayDeque<>())
        .addLast(new Answer(status, body.replace('\'', '"')));
    return this;
  }

  /// Closes the connection instead of answering.
  public ScriptedServer drops(String line) {
    return answers(line, DROP, "");
  }

  /// Keeps the connection open and says nothing.
  public ScriptedServer hangs(String line) {
    return answers(line, HANG, "");
  }

  public List<ErrorContext> asked() {
    return asked;
  }

  public List<ErrorContext> asked(String line) {
    return asked.stream().filter(request -> request.line().equals(line)).toList();
  }

  private void answer(HttpExchange exchange) throws IOException {
    String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
    var uri = exchange.getRequestURI();
    String authorization = exchange.getRequestHeaders().getFirst("Authorization");
    ErrorContext request =
        new ErrorContext(
            exchange.getRequestMethod(),
            uri.getPath(),
            String.valueOf(uri.getQuery()),
            body,
            String.valueOf(authorization));
    asked.add(request);
    Answer answer = next(request.line());
    if (answer.status() == HANG) {
      try {
        closed.await();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }
    if (answer.status() < 0) {
      exchange.close();
      throw new IOException("dropped on purpose");
    }
    byte[] bytes = answer.body().getBytes(StandardCharsets.UTF_8);
    exchange.getResponseHeaders().set("Content-Type", "application/json; charset=UTF-8");
    exchange.sendResponseHeaders(answer.status(), bytes.length == 0 ? -1 : bytes.length);
    exchange.getResponseBody().write(bytes);
    exchange.close();
  }

  private Answer next(String line) {
    Deque<Answer> answers = script.get(line);
    if (answers == null) {
      return new Answer(404, "{\"error\":{\"code\":404,\"message\":\"not in the script\"}}");
    }
    synchronized (answers) {
      return answers.size() == 1 ? answers.getFirst() : answers.removeFirst();
    }
  }

  @Override
  public void close() {
    closed.countDown();
    server.stop(0);
    threads.shutdownNow();
  }
}
