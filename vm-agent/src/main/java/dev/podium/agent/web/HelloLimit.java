package dev.podium.agent.web;

import dev.podium.agent.chat.ChatSocket;
import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.util.ReferenceCountUtil;

/// Lets an unidentified socket send one hello and not much more. Else half of a long frame would
/// lie in memory before anybody is known to have sent it. Goes once they have a seat.
final class HelloLimit extends ChannelInboundHandlerAdapter {
  private static final int MOST_BYTES = 2 * ChatSocket.LONGEST_FRAME_BYTES;

  private final ChatSocket socket;
  private int bytes;

  HelloLimit(ChatSocket socket) {
    this.socket = socket;
  }

  @Override
  public void channelRead(ChannelHandlerContext context, Object message) {
    boolean unidentified = socket.unidentified();
    if (unidentified && message instanceof ByteBuf read) {
      bytes += read.readableBytes();
    }
    if (bytes > MOST_BYTES) {
      ReferenceCountUtil.release(message);
      socket.flooded();
      return;
    }
    context.fireChannelRead(message);
    if (!unidentified) {
      context.pipeline().remove(this);
    }
  }
}
