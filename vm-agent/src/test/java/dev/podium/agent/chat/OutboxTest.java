package dev.podium.agent.chat;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelOutboundBuffer;
import io.netty.channel.embedded.EmbeddedChannel;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// One socket's queue, to a page that takes as much as the test says.
class OutboxTest {
  private static final int MOST_FRAMES = 256;

  private int taking;
  private boolean tooSlow;
  private final EmbeddedChannel page =
      new EmbeddedChannel() {
        @Override
        protected void doWrite(ChannelOutboundBuffer queue) {
          for (; taking > 0 && queue.current() != null; taking--) {
            queue.remove();
          }
        }
      };
  private final PendingBytes pendingBytes = new PendingBytes(Long.MAX_VALUE);
  private final Outbox outbox = new Outbox(page, pendingBytes, () -> tooSlow = true);

  @AfterEach
  void close() {
    taking = Integer.MAX_VALUE;
    page.flush();
    page.finishAndReleaseAll();
  }

  private void share() {
    ByteBuf frame = Unpooled.directBuffer();
    WireFrames.text(frame, "said".getBytes(UTF_8));
    outbox.flushWith(frame, 1);
  }

  private void tell() {
    outbox.add("told".getBytes(UTF_8));
    outbox.flush();
  }

  @Test
  void who_is_always_one_behind_is_not_slow_however_much_is_said() {
    share();
    for (int turn = 0; turn < 10 * MOST_FRAMES; turn++) {
      taking = 1;
      share();
      taking = 1;
      tell();
    }
    assertThat(tooSlow).isFalse();
  }

  @Test
  void who_takes_nothing_is_slow_once_two_hundred_and_fifty_six_wait_behind_the_first() {
    share();
    for (int frame = 0; frame < MOST_FRAMES / 2; frame++) {
      share();
      tell();
    }
    assertThat(tooSlow).isFalse();
    share();
    assertThat(tooSlow).isTrue();
  }

  @Test
  void what_one_socket_is_told_counts_until_it_is_on_its_way() {
    tell();
    assertThat(pendingBytes.bytes()).isPositive();
    taking = 1;
    page.flush();
    assertThat(pendingBytes.bytes()).isZero();
  }
}
