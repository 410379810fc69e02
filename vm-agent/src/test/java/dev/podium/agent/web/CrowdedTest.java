package dev.podium.agent.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.podium.agent.ManualTicker;
import dev.podium.agent.PageClient;
import dev.podium.agent.chat.Broadcaster;
import dev.podium.agent.chat.UnidentifiedSockets;
import dev.podium.agent.door.EntryGate;
import dev.podium.agent.door.Pass;
import dev.podium.agent.room.ChatState;
import dev.podium.agent.room.Condition;
import dev.podium.wire.chat.ChatMessage;
import io.netty.channel.EventLoop;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// A server that may let very little wait to be written, and very few wait to say hello.
class CrowdedTest {
  private static final long MOST_WAITING = 64 << 10;
  private static final int MOST_UNIDENTIFIED = 4;

  /// So that however slow the test is, nobody is too late with anything.
  private final ManualTicker still = new ManualTicker();

  private final MultiThreadIoEventLoopGroup group =
      new MultiThreadIoEventLoopGroup(1, NioIoHandler.newFactory());
  private final EventLoop loop = group.next();
  private final Broadcaster broadcaster = new Broadcaster(loop, MOST_WAITING);
  private final ChatState chat =
      new ChatState("vm-a", 50, still, ChatServer.encoder(), broadcaster);
  private ChatServer server;
  private int said;

  @BeforeEach
  void open() {
    Condition well = new Condition(true, Collections.unmodifiableSortedMap(new TreeMap<>()));
    server =
        ChatServer.open(
            loop,
            NioServerSocketChannel.class,
            new InetSocketAddress(InetAddress.getLoopbackAddress(), 0),
            new ChatServer.Parts(
                "boot",
                chat,
                broadcaster,
                message -> CompletableFuture.completedFuture("1"),
                room -> CompletableFuture.allOf(),
                CrowdedTest::admit,
                (waiting, room) -> {},
                () -> well,
                still),
            new UnidentifiedSockets(MOST_UNIDENTIFIED, MOST_UNIDENTIFIED));
  }

  @AfterEach
  void close() {
    server.close();
    group.shutdownGracefully(0, 1, TimeUnit.SECONDS).awaitUninterruptibly();
  }

  private static EntryGate.Decision admit(EntryGate.Credentials shown) {
    String token = ((EntryGate.Credentials.Token) shown).token();
    return new EntryGate.Decision.Admitted(token, token, Optional.empty(), false, Pass.LASTING);
  }

  private void say(String room) {
    said++;
    ChatMessage message =
        new ChatMessage(
            "c" + said,
            room,
            new ChatMessage.Sender("p", "Far", "vm-b"),
            "x".repeat(4_000),
            Instant.EPOCH);
    String id = String.valueOf(said);
    loop.submit(() -> chat.received(id, Instant.EPOCH.plusSeconds(said), message))
        .syncUninterruptibly();
  }

  private boolean full() {
    return loop.submit(() -> broadcaster.pendingBytes().isFull()).syncUninterruptibly().getNow();
  }

  @Test
  void while_too_much_waits_newcomers_and_senders_come_again_and_who_does_not_read_goes() {
    try (PageClient ann = PageClient.join(server.port(), "Ann", "still");
        PageClient bob = PageClient.join(server.port(), "Bob", "other")) {
      ann.pause();
      while (!full()) {
        say("still");
        assertThat(said).as("messages that somebody takes who is not reading").isLessThan(10_000);
      }

      bob.say("{\"t\":\"say\",\"cid\":\"d1-1\",\"text\":\"hello\"}");
      assertThat(bob.first("error").path("code").asText()).isEqualTo("unavailable");
      assertThat(bob.first("error").path("cid").asText()).isEqualTo("d1-1");
      try (PageClient carol = PageClient.connect(server.port(), "")) {
        carol.say("{\"t\":\"hello\",\"token\":\"Carol\"}");
        assertThat(carol.first("error").path("code").asText()).isEqualTo("unavailable");
        assertThat(carol.closeCode()).isEqualTo(1013);
      }

      say("still"); // One more for somebody who takes nothing.
      ann.resume();
      assertThat(ann.closeCode()).isEqualTo(4008);
      await().until(() -> !full());
      PageClient.join(server.port(), "Carol", "other").close();
      bob.say("{\"t\":\"say\",\"cid\":\"d1-1\",\"text\":\"hello\"}");
      bob.first("ack");
    }
  }

  @Test
  void of_too_many_who_say_nothing_the_oldest_goes_and_the_others_come_in() {
    List<PageClient> unidentified = new ArrayList<>();
    try (PageClient ann = PageClient.join(server.port(), "Ann", "lobby")) {
      for (int n = 0; n <= MOST_UNIDENTIFIED; n++) {
        unidentified.add(PageClient.connect(server.port(), ""));
      }
      assertThat(unidentified.getFirst().closeCode()).isEqualTo(1013);
      unidentified.getLast().say("{\"t\":\"hello\",\"token\":\"Bob\"}");
      unidentified.getLast().first("welcome");
      assertThat(unidentified.subList(1, MOST_UNIDENTIFIED)).allMatch(PageClient::isOpen);
      ann.say("{\"t\":\"say\",\"cid\":\"d1-1\",\"text\":\"hello\"}");
      ann.first("ack");
    } finally {
      unidentified.forEach(PageClient::close);
    }
  }
}
