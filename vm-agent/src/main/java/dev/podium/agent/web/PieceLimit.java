package dev.podium.agent.web;

import dev.podium.agent.chat.ChatSocket;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.codec.http.websocketx.ContinuationWebSocketFrame;
import io.netty.util.ReferenceCountUtil;

/// Counts the pieces of longer messages. Empty ones add nothing to the message, so no limit on its
/// length ends them. Each costs the chat loop as much as a frame does.
final class PieceLimit extends ChannelInboundHandlerAdapter {
  private final ChatSocket socket;

  PieceLimit(ChatSocket socket) {
    this.socket = socket;
  }

  @Override
  public void channelRead(ChannelHandlerContext context, Object message) {
    if (message instanceof ContinuationWebSocketFrame && !socket.takePiece()) {
      ReferenceCountUtil.release(message);
      socket.flooded();
      return;
    }
    context.fireChannelRead(message);
  }
}
