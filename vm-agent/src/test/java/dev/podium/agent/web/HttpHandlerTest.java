package dev.podium.agent.web;

import static org.assertj.core.api.Assertions.assertThat;

import dev.podium.agent.chat.Broadcaster;
import dev.podium.agent.chat.Conversations;
import dev.podium.agent.chat.UnidentifiedSockets;
import dev.podium.agent.door.FrontDoor;
import dev.podium.agent.room.ChatState;
import dev.podium.wire.cloud.Ticker;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.handler.codec.http.DefaultFullHttpRequest;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpVersion;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// Plain requests over a connection that takes answers when the test says so.
class HttpHandlerTest {
  private final EmbeddedChannel connection = new EmbeddedChannel(new HttpHandler(site()));

  @AfterEach
  void close() {
    connection.finishAndReleaseAll();
  }

  private static Site site() {
    Ticker ticker = Ticker.system();
    Broadcaster broadcaster = new Broadcaster(new EmbeddedChannel().eventLoop(), 1 << 20);
    ChatState chat = new ChatState("vm-a", 1, ticker, ChatServer.encoder(), broadcaster);
    return new Site(
        "boot",
        chat,
        broadcaster,
        Conversations.silent(chat, broadcaster),
        new UnidentifiedSockets(),
        new FrontDoor(chat, () -> Conversations.WELL, (waiting, room) -> {}, ticker),
        () -> false,
        () -> Conversations.WELL,
        ticker);
  }

  private void takesAnswers(boolean takes) {
    connection.unsafe().outboundBuffer().setUserDefinedWritability(1, takes);
    connection.runPendingTasks();
  }

  private void ask() {
    connection.writeInbound(
        new DefaultFullHttpRequest(HttpVersion.HTTP_1_1, HttpMethod.GET, "/app.css"));
  }

  @Test
  void nothing_is_read_while_answers_wait() {
    takesAnswers(false);
    assertThat(connection.config().isAutoRead()).isFalse();
    takesAnswers(true);
    assertThat(connection.config().isAutoRead()).isTrue();
    ask();
    assertThat(connection.outboundMessages()).hasSize(1);
    assertThat(connection.isOpen()).isTrue();
  }

  @Test
  void a_request_that_was_read_already_is_not_answered_but_ends_the_connection() {
    takesAnswers(false);
    ask();
    assertThat(connection.outboundMessages()).isEmpty();
    assertThat(connection.isOpen()).isFalse();
  }

  /// What somebody at that address is told, whatever their headers say.
  private static FullHttpResponse asked(String from, String path) {
    EmbeddedChannel channel =
        new EmbeddedChannel(new HttpHandler(site())) {
          @Override
          public SocketAddress remoteAddress() {
            return new InetSocketAddress(from, 40_000);
          }
        };
    DefaultFullHttpRequest request =
        new DefaultFullHttpRequest(HttpVersion.HTTP_1_1, HttpMethod.GET, path);
    for (String header : List.of("X-Forwarded-For", "X-Real-IP", "Client-IP", "True-Client-IP")) {
      request.headers().set(header, "127.0.0.1");
    }
    request.headers().set("Forwarded", "for=127.0.0.1;host=localhost").set("Host", "localhost");
    channel.writeInbound(request);
    return channel.readOutbound();
  }

  @Test
  void the_numbers_are_for_private_networks_and_strangers_are_told_what_any_unknown_page_tells() {
    assertThat(asked("10.128.0.7", "/metrics").status().code()).isEqualTo(200);
    assertThat(asked("fd00::7", "/metrics").status().code()).isEqualTo(200);
    for (String stranger : List.of("203.0.113.9", "2001:db8::9", "0.0.0.0")) {
      FullHttpResponse refused = asked(stranger, "/metrics");
      FullHttpResponse unknown = asked(stranger, "/nothing");
      assertThat(refused.status().code()).isEqualTo(404);
      assertThat(refused.content()).isEqualTo(unknown.content());
      assertThat(refused.headers()).isEqualTo(unknown.headers());
    }
  }
}
