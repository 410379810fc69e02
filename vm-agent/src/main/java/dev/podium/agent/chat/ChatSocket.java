package dev.podium.agent.chat;

import dev.podium.agent.door.HandshakeLimits;
import dev.podium.agent.door.Pass;
import dev.podium.agent.door.RateLimit;
import dev.podium.agent.people.Connection;
import dev.podium.agent.people.Seat;
import dev.podium.wire.chat.ChatLimits;
import dev.podium.wire.cloud.Ticker;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.handler.codec.TooLongFrameException;
import io.netty.handler.codec.http.websocketx.BinaryWebSocketFrame;
import io.netty.handler.codec.http.websocketx.CloseWebSocketFrame;
import io.netty.handler.codec.http.websocketx.CorruptedWebSocketFrameException;
import io.netty.handler.codec.http.websocketx.PingWebSocketFrame;
import io.netty.handler.codec.http.websocketx.TextWebSocketFrame;
import io.netty.handler.codec.http.websocketx.WebSocketFrame;
import java.net.InetAddress;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// One page's WebSocket: its bytes, its queue, its end. What its frames mean is the
/// [Conversation]'s.
// A write fails only when the connection has ended, and its end is told by itself.
@SuppressWarnings("FutureReturnValueIgnored")
public final class ChatSocket extends SimpleChannelInboundHandler<WebSocketFrame>
    implements Connection {
  /// Longer frames are answered with an error; far longer ones end the connection in the decoder.
  public static final int LONGEST_FRAME_BYTES = ChatLimits.LONGEST_FRAME_BYTES;

  private static final Logger LOG = LoggerFactory.getLogger(ChatSocket.class);
  private static final int LAST_WORDS_SECONDS = 5;

  /// A person changes rooms by hand.
  private static final int HELLOS_PER_MINUTE = 20;

  /// A whole history is brought in eight pieces, more where its messages are long.
  private static final int LOOKUPS_PER_MINUTE = 40;

  /// A page that comes back with all that was written meanwhile sends some hundreds at once.
  private static final int FRAMES_PER_MINUTE = 2_000;

  private final Conversation conversation;
  private final Outbox outbox;
  private final Channel channel;
  private final String address;
  private final boolean loopback;
  private final RateLimit hellos;
  private final RateLimit lookups;
  private final RateLimit frames;
  private final long openedNanos;
  private long heardNanos;
  private @Nullable Seat seat;
  private Pass pass = Pass.LASTING;
  private Optional<String> device = Optional.empty();
  private boolean onlyHere;
  private boolean showsRooms;
  private boolean ending;
  private boolean arriving;
  private int arrivals;

  public ChatSocket(
      Channel channel,
      InetAddress from,
      Conversation conversation,
      PendingBytes pendingBytes,
      Ticker ticker) {
    this.channel = channel;
    this.address = HandshakeLimits.network(from);
    this.loopback = from.isLoopbackAddress();
    this.conversation = conversation;
    this.hellos = new RateLimit(ticker, HELLOS_PER_MINUTE);
    this.lookups = new RateLimit(ticker, LOOKUPS_PER_MINUTE);
    this.frames = new RateLimit(ticker, FRAMES_PER_MINUTE);
    this.openedNanos = ticker.nanos();
    this.heardNanos = openedNanos;
    this.outbox = new Outbox(channel, pendingBytes, this::tooSlow);
  }

  Outbox outbox() {
    return outbox;
  }

  /// Where it comes from, for the limits.
  String address() {
    return address;
  }

  boolean loopback() {
    return loopback;
  }

  /// How many more hellos it may say.
  RateLimit hellos() {
    return hellos;
  }

  /// How often more it may ask for what was said before.
  RateLimit lookups() {
    return lookups;
  }

  /// Whether its page shows which rooms there are.
  boolean showsRooms() {
    return showsRooms;
  }

  void showsRooms(boolean shows) {
    showsRooms = shows;
  }

  Optional<Seat> seat() {
    return Optional.ofNullable(seat);
  }

  /// @param here whether the person's invite is good on this VM only
  /// @param by what they came in by
  void sit(Seat taken, boolean here, Pass by) {
    seat = taken;
    onlyHere = here;
    pass = by;
  }

  /// A hello is being answered; it takes the place of an earlier one.
  ///
  /// @return its number
  int arrive() {
    arriving = true;
    return ++arrivals;
  }

  boolean arriving() {
    return arriving;
  }

  /// The answer to the hello of that number is known.
  ///
  /// @return whether it still matters
  boolean arrived(int number) {
    boolean newest = number == arrivals;
    arriving &= !newest;
    return newest && open();
  }

  Pass pass() {
    return pass;
  }

  /// Whether other VMs would refuse this person: then none is named to them.
  boolean onlyHere() {
    return onlyHere;
  }

  public long openedNanos() {
    return openedNanos;
  }

  @Override
  public long heardNanos() {
    return heardNanos;
  }

  @Override
  public Optional<String> device() {
    return device;
  }

  void device(Optional<String> told) {
    device = told.filter(id -> !id.isEmpty());
  }

  /// Whether it takes memory here and nobody knows for whom. That an invite was good is known
  /// before there is a seat.
  public boolean unidentified() {
    return seat == null && !arriving && channel.isActive();
  }

  public boolean open() {
    return !ending && channel.isActive();
  }

  public void ping() {
    if (open()) {
      channel.writeAndFlush(WireFrames.ping(channel.alloc()), channel.voidPromise());
    }
  }

  /// Leaves the room and says why, as a close code of the page's protocol.
  public void end(int code, String reason) {
    if (ending) {
      return;
    }
    ending = true;
    conversation.left(this);
    outbox.close(WireFrames.close(channel.alloc(), code, reason));
    closeLater();
  }

  /// The page closes, or broke the protocol. The server says so, and is the first to end the
  /// connection, at once (RFC 6455, section 7.1.1).
  private void closed(int code) {
    ending = true;
    conversation.left(this);
    outbox
        .close(WireFrames.closeAnswer(channel.alloc(), CloseCodes.answerTo(code)))
        .addListener(ChannelFutureListener.CLOSE);
  }

  /// A piece of a longer message came, which is none before its last piece has come.
  ///
  /// @return whether it is to be read; pieces count as frames do
  public boolean takePiece() {
    return !ending && frames.take();
  }

  /// Ends the connection at once: there are too many.
  void cutOff() {
    end(CloseCodes.TRY_AGAIN_LATER, "crowded");
    channel.close();
  }

  /// It sent more than any page does.
  public void flooded() {
    if (!ending) {
      conversation.flooded(this);
    }
  }

  @Override
  public void replaced() {
    conversation.counters().replaced++;
    end(CloseCodes.REPLACED, "opened elsewhere");
  }

  @Override
  protected void channelRead0(ChannelHandlerContext context, WebSocketFrame frame) {
    heardNanos = conversation.nowNanos();
    if (ending) {
      if (frame instanceof CloseWebSocketFrame) {
        context.close();
      }
      return;
    }
    if (!frames.take()) {
      flooded();
      return;
    }
    switch (frame) {
      case TextWebSocketFrame text -> text(text.content());
      case BinaryWebSocketFrame binary ->
          conversation.bad(this, "Frames are text, one JSON object each.");
      case PingWebSocketFrame ping ->
          channel.writeAndFlush(
              WireFrames.pong(channel.alloc(), ping.content()), channel.voidPromise());
      case CloseWebSocketFrame close -> closed(close.statusCode());
      default -> {
        // A pong: it was heard, that is all.
      }
    }
  }

  @Override
  public void channelInactive(ChannelHandlerContext context) {
    ending = true;
    outbox.discard();
    conversation.left(this);
  }

  @Override
  public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
    // The connection broke or broke the protocol; either way only this one ends.
    LOG.debug("A connection ended", cause);
    if (ending) {
      context.close();
      return;
    }
    switch (cause) {
      case TooLongFrameException tooLong -> closed(CloseCodes.TOO_BIG);
      case CorruptedWebSocketFrameException broken -> closed(broken.closeStatus().code());
      default -> context.close();
    }
  }

  private void text(ByteBuf content) {
    PageFrame frame = Frames.read(ByteBufUtil.getBytes(content));
    if (content.readableBytes() > LONGEST_FRAME_BYTES) {
      conversation.tooLong(this, frame);
    } else {
      conversation.heard(this, frame);
    }
  }

  private void tooSlow() {
    conversation.counters().tooSlow++;
    end(CloseCodes.TOO_SLOW, "reads too slowly");
  }

  /// The other side has some seconds to read the last words and to close.
  private void closeLater() {
    channel.eventLoop().schedule(() -> channel.close(), LAST_WORDS_SECONDS, TimeUnit.SECONDS);
  }
}
