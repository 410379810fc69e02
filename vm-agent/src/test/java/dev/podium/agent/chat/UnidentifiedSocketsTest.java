package dev.podium.agent.chat;

import static org.assertj.core.api.Assertions.assertThat;

import dev.podium.agent.door.Pass;
import dev.podium.agent.people.Seat;
import dev.podium.agent.room.ChatState;
import dev.podium.agent.web.ChatServer;
import dev.podium.wire.cloud.Ticker;
import io.netty.channel.embedded.EmbeddedChannel;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// Six unidentified sockets at once, and three of one network.
class UnidentifiedSocketsTest {
  private final UnidentifiedSockets unidentified = new UnidentifiedSockets(6, 3);
  private final EmbeddedChannel loop = new EmbeddedChannel();
  private final Broadcaster broadcaster = new Broadcaster(loop.eventLoop(), 1 << 20);
  private final List<EmbeddedChannel> channels = new ArrayList<>();

  @AfterEach
  void close() {
    channels.forEach(EmbeddedChannel::finishAndReleaseAll);
    loop.finishAndReleaseAll();
  }

  private ChatSocket comes(String address) {
    Ticker ticker = Ticker.system();
    ChatState chat = new ChatState("vm-a", 50, ticker, ChatServer.encoder(), broadcaster);
    EmbeddedChannel channel = new EmbeddedChannel();
    channels.add(channel);
    ChatSocket socket =
        new ChatSocket(
            channel,
            InetAddress.ofLiteral(address),
            Conversations.silent(chat, broadcaster),
            broadcaster.pendingBytes(),
            ticker);
    unidentified.add(socket);
    return socket;
  }

  @Test
  void one_network_drives_out_its_own_oldest_and_nobody_else() {
    ChatSocket other = comes("192.0.2.2");
    ChatSocket first = comes("192.0.2.1");
    comes("192.0.2.1");
    comes("192.0.2.1");
    assertThat(first.open()).isTrue();
    comes("192.0.2.1");
    assertThat(first.open()).isFalse();
    assertThat(other.open()).isTrue();
    assertThat(unidentified.look()).hasSize(4).doesNotContain(first);
  }

  @Test
  void all_together_drive_out_the_oldest_of_all() {
    ChatSocket first = comes("192.0.2.99");
    for (int n = 1; n <= 5; n++) {
      comes("192.0.2." + n);
    }
    assertThat(first.open()).isTrue();
    comes("192.0.2.6");
    assertThat(first.open()).isFalse();
    assertThat(unidentified.look()).hasSize(6);
  }

  @Test
  void this_computer_itself_is_bounded_by_the_sum_alone() {
    for (int n = 1; n <= 6; n++) {
      comes("127.0.0.1");
    }
    assertThat(unidentified.look()).hasSize(6).allMatch(ChatSocket::open);
  }

  @Test
  void who_has_a_seat_is_no_stranger_and_is_never_cut_off() {
    ChatSocket ann = comes("192.0.2.1");
    ann.sit(new Seat("p", "Ann", "lobby", ann), false, Pass.LASTING);
    for (int n = 1; n <= 10; n++) {
      comes("192.0.2.1");
    }
    assertThat(ann.open()).isTrue();
    assertThat(unidentified.look()).hasSize(3);
  }

  @Test
  void who_was_refused_counts_until_the_connection_has_ended() {
    ChatSocket refused = comes("192.0.2.1");
    refused.end(CloseCodes.NOT_ADMITTED, "no");
    assertThat(unidentified.look()).contains(refused);
    channels.getFirst().close().syncUninterruptibly();
    assertThat(unidentified.look()).isEmpty();
  }
}
