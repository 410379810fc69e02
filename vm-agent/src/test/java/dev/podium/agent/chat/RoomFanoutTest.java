package dev.podium.agent.chat;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.podium.agent.room.ChatState;
import dev.podium.agent.web.ChatServer;
import dev.podium.wire.cloud.Ticker;
import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelOutboundHandlerAdapter;
import io.netty.channel.ChannelPromise;
import io.netty.channel.embedded.EmbeddedChannel;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// A room of some hundred sockets that never touch a network.
class RoomFanoutTest {
  private static final int PEOPLE = 200;

  private final EmbeddedChannel loop = new EmbeddedChannel();
  private final Broadcaster broadcaster = new Broadcaster(loop.eventLoop(), 1 << 20);
  private final List<EmbeddedChannel> pages = new ArrayList<>();
  private final List<ChatSocket> sockets = new ArrayList<>();

  @AfterEach
  void close() {
    pages.forEach(EmbeddedChannel::finishAndReleaseAll);
    loop.finishAndReleaseAll();
  }

  private void gather() {
    for (int i = 0; i < PEOPLE; i++) {
      EmbeddedChannel page = new EmbeddedChannel();
      ChatSocket socket =
          new ChatSocket(
              page,
              InetAddress.getLoopbackAddress(),
              conversation(),
              broadcaster.pendingBytes(),
              Ticker.system());
      pages.add(page);
      sockets.add(socket);
      broadcaster.enter("room", socket);
    }
  }

  /// Nobody here says anything to it.
  private Conversation conversation() {
    ChatState chat =
        new ChatState("vm-a", PEOPLE, Ticker.system(), ChatServer.encoder(), broadcaster);
    return Conversations.silent(chat, broadcaster);
  }

  private void say(String text) {
    broadcaster.tellAll(text.getBytes(UTF_8));
  }

  private void serveAll() {
    do {
      loop.runPendingTasks();
    } while (loop.runScheduledPendingTasks() >= 0);
  }

  /// Does this when that page is written to for the first time.
  private void meanwhile(int page, Runnable action) {
    pages
        .get(page)
        .pipeline()
        .addLast(
            new ChannelOutboundHandlerAdapter() {
              @Override
              public void write(
                  ChannelHandlerContext context, Object message, ChannelPromise promise) {
                context.pipeline().remove(this);
                var _ = context.write(message, promise);
                action.run();
              }
            });
  }

  /// What each write to the page held, without the frames' two bytes of header.
  private List<String> writes(int page) {
    List<String> texts = new ArrayList<>();
    EmbeddedChannel channel = pages.get(page);
    for (ByteBuf write = channel.readOutbound(); write != null; write = channel.readOutbound()) {
      StringBuilder text = new StringBuilder();
      while (write.isReadable()) {
        write.skipBytes(1);
        text.append(write.readCharSequence(write.readByte(), UTF_8));
      }
      texts.add(text.toString());
      write.release();
    }
    return texts;
  }

  @Test
  void what_comes_while_a_room_is_served_goes_out_in_the_same_write_to_the_rest() {
    gather();
    meanwhile(100, () -> say("b"));
    say("a");
    serveAll();

    List<List<String>> all = IntStream.range(0, PEOPLE).mapToObj(this::writes).toList();
    assertThat(all).allSatisfy(one -> assertThat(String.join("", one)).isEqualTo("ab"));
    assertThat(all.get(0)).containsExactly("a", "b");
    assertThat(all.get(PEOPLE - 1)).containsExactly("ab");
    assertThat(broadcaster.counters().delivered).isEqualTo(2L * PEOPLE);
  }

  @Test
  void who_comes_while_a_room_is_served_gets_only_what_is_said_after() {
    gather();
    ChatSocket late = sockets.get(150);
    broadcaster.leave("room", late);
    meanwhile(
        10,
        () -> {
          broadcaster.enter("room", late);
          say("b");
        });
    say("a");
    serveAll();

    assertThat(writes(150)).containsExactly("b");
    assertThat(String.join("", writes(PEOPLE - 1))).isEqualTo("ab");
  }

  @Test
  void when_everybody_has_left_in_the_middle_nothing_is_kept() {
    gather();
    meanwhile(10, () -> sockets.forEach(socket -> broadcaster.leave("room", socket)));
    say("a");
    serveAll();

    assertThat(writes(PEOPLE - 1)).isEmpty();
    pages.forEach(EmbeddedChannel::releaseOutbound);
    broadcaster.sweep();
    assertThat(broadcaster.pendingBytes().bytes()).isZero();
    assertThat(broadcaster.counters().delivered).isEqualTo(11);
  }

  @Test
  void what_a_room_said_is_given_back_when_all_have_taken_it() {
    gather();
    meanwhile(70, () -> say("b"));
    say("a");
    serveAll();
    assertThat(broadcaster.pendingBytes().bytes()).isPositive();

    pages.forEach(EmbeddedChannel::releaseOutbound);
    broadcaster.sweep();
    assertThat(broadcaster.pendingBytes().bytes()).isZero();
  }
}
