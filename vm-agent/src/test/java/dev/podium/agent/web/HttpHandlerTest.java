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
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpVersion;
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
}
