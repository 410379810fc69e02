package dev.podium.agent.wire;

import io.netty.bootstrap.Bootstrap;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.handler.codec.ByteToMessageDecoder;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;

/// A WebSocket from the client's side (RFC 6455) without fragments and extensions, which no server
/// here sends unasked. All calls and all of the listener's are on the socket's event loop.
// A write fails only when the connection has ended, and its end is told by itself.
@SuppressWarnings("FutureReturnValueIgnored")
public final class WebSocketLine extends ByteToMessageDecoder {
  private static final int TEXT = 1;
  private static final int CLOSE = 8;
  private static final int PING = 9;
  private static final int PONG = 10;
  private static final int FINAL = 0x80;
  private static final int MASKED = 0x80;

  /// What comes out of a connection.
  public interface Listener {
    /// The server has agreed to speak WebSocket.
    void opened(WebSocketLine line);

    /// A text frame. Its bytes are good during the call only.
    void text(WebSocketLine line, ByteBuf payload);

    /// The end; comes once, also where there was no connection in the first place.
    ///
    /// @param code the close frame's, or 1006 if there was none
    void closed(WebSocketLine line, int code);
  }

  private final Listener listener;
  private final Channel channel;
  private boolean upgraded;
  private boolean ended;
  private int closeCode = 1006;

  private WebSocketLine(Channel channel, Listener listener) {
    this.channel = channel;
    this.listener = listener;
  }

  /// Begins to connect.
  ///
  /// @param kind names the event loop and the kind of its sockets
  /// @param from the address to come from; port 0 for any
  public static void connect(
      SocketKind kind,
      InetSocketAddress from,
      InetSocketAddress to,
      String path,
      Listener listener) {
    new Bootstrap()
        .group(kind.loop())
        .channel(kind.channel())
        .option(ChannelOption.TCP_NODELAY, true)
        .option(ChannelOption.CONNECT_TIMEOUT_MILLIS, 6_000)
        .handler(
            new ChannelInitializer<Channel>() {
              @Override
              protected void initChannel(Channel channel) {
                channel.pipeline().addLast(new WebSocketLine(channel, listener));
              }
            })
        .connect(to, from)
        .addListener(connected -> {
          Channel channel = ((io.netty.channel.ChannelFuture) connected).channel();
          WebSocketLine line = channel.pipeline().get(WebSocketLine.class);
          if (connected.isSuccess()) {
            channel.writeAndFlush(upgrade(channel, to, path));
          } else if (line != null) {
            line.end();
          }
        });
  }

  private static ByteBuf upgrade(Channel channel, InetSocketAddress to, String path) {
    String request =
        "GET "
            + path
            + " HTTP/1.1\r\nHost: "
            + to.getHostString()
            + ":"
            + to.getPort()
            + "\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
            + "Sec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==\r\nSec-WebSocket-Version: 13\r\n\r\n";
    return ByteBufUtil.writeAscii(channel.alloc(), request);
  }

  /// Sends a text frame.
  public void send(String text) {
    send(text.getBytes(StandardCharsets.UTF_8));
  }

  /// Sends a text frame, in UTF-8.
  public void send(byte[] text) {
    frame(TEXT, channel.alloc().buffer(text.length).writeBytes(text));
  }

  /// Says goodbye; the server closes.
  public void close() {
    frame(CLOSE, channel.alloc().buffer(2).writeShort(1000));
  }

  /// Vanishes without a word.
  public void abort() {
    channel.close();
  }

  /// Whether the server can still be heard.
  public boolean open() {
    return upgraded && !ended;
  }

  /// Stops reading, as a page on a telephone that sleeps, or reads again.
  public void reading(boolean reads) {
    channel.config().setAutoRead(reads);
  }

  @Override
  protected void decode(ChannelHandlerContext context, ByteBuf in, List<Object> out) {
    if (!upgraded && !upgraded(in)) {
      return;
    }
    while (!ended && frame(in)) {
      // Each frame goes to the listener.
    }
  }

  private boolean upgraded(ByteBuf in) {
    int end = ByteBufUtil.indexOf(HEAD_END.duplicate(), in);
    if (end < 0) {
      return false;
    }
    String head = in.readCharSequence(end, StandardCharsets.ISO_8859_1).toString();
    in.skipBytes(HEAD_END.readableBytes());
    if (!head.startsWith("HTTP/1.1 101")) {
      channel.close();
      return false;
    }
    upgraded = true;
    listener.opened(this);
    return true;
  }

  private static final ByteBuf HEAD_END =
      io.netty.buffer.Unpooled.unreleasableBuffer(
          io.netty.buffer.Unpooled.copiedBuffer("\r\n\r\n", StandardCharsets.US_ASCII));

  /// Takes one frame, if it has come whole.
  private boolean frame(ByteBuf in) {
    int start = in.readerIndex();
    int readable = in.readableBytes();
    if (readable < 2) {
      return false;
    }
    int kind = in.getByte(start) & 0x0F;
    long length = in.getByte(start + 1) & 0x7F;
    int head = 2;
    if (length == 126) {
      head = 4;
      length = readable < head ? Long.MAX_VALUE - head : in.getUnsignedShort(start + 2);
    } else if (length == 127) {
      head = 10;
      length = readable < head ? Long.MAX_VALUE - head : in.getLong(start + 2);
    }
    if (readable < head + length) {
      return false;
    }
    ByteBuf payload = in.slice(start + head, (int) length);
    in.skipBytes((int) (head + length));
    take(kind, payload);
    return true;
  }

  private void take(int kind, ByteBuf payload) {
    switch (kind) {
      case TEXT -> listener.text(this, payload);
      case PING -> frame(PONG, channel.alloc().buffer().writeBytes(payload));
      case CLOSE -> {
        closeCode = payload.readableBytes() >= 2 ? payload.readUnsignedShort() : 1005;
        channel.close();
      }
      default -> {
        // A pong, or what no server here sends.
      }
    }
  }

  /// Sends a frame with a mask of zeros: as good as any other to a server, and no work.
  private void frame(int kind, ByteBuf payload) {
    int length = payload.readableBytes();
    ByteBuf head = channel.alloc().buffer(14 + length);
    head.writeByte(FINAL | kind);
    if (length < 126) {
      head.writeByte(MASKED | length);
    } else if (length < 1 << 16) {
      head.writeByte(MASKED | 126).writeShort(length);
    } else {
      head.writeByte(MASKED | 127).writeLong(length);
    }
    head.writeInt(0).writeBytes(payload);
    payload.release();
    channel.writeAndFlush(head, channel.voidPromise());
  }

  @Override
  public void channelInactive(ChannelHandlerContext context) throws Exception {
    super.channelInactive(context);
    end();
  }

  @Override
  public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
    channel.close();
    if (!(cause instanceof java.io.IOException)) {
      // A listener that throws is a mistake in this program, not the server's end.
      System.getLogger(WebSocketLine.class.getName())
          .log(System.Logger.Level.ERROR, "A line broke", cause);
    }
  }

  private void end() {
    if (!ended) {
      ended = true;
      listener.closed(this, closeCode);
    }
  }
}
