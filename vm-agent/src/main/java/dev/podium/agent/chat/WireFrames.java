package dev.podium.agent.chat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.ByteBufUtil;

/// WebSocket frames from server to page (RFC 6455, section 5.2). They are unmasked: one buffer with
/// the frames of many messages can be sent to many sockets as it is.
final class WireFrames {
  private static final int FINAL_TEXT = 0x81;
  private static final int FINAL_CLOSE = 0x88;
  private static final int FINAL_PING = 0x89;
  private static final int FINAL_PONG = 0x8A;
  private static final int LONGEST_HEADER = 10;

  private WireFrames() {}

  /// The most bytes a text frame of this payload takes.
  static int size(byte[] payload) {
    return payload.length + LONGEST_HEADER;
  }

  static void text(ByteBuf out, byte[] payload) {
    out.writeByte(FINAL_TEXT);
    if (payload.length < 126) {
      out.writeByte(payload.length);
    } else if (payload.length < 1 << 16) {
      out.writeByte(126).writeShort(payload.length);
    } else {
      out.writeByte(127).writeLong(payload.length);
    }
    out.writeBytes(payload);
  }

  static ByteBuf close(ByteBufAllocator memory, int code, String reason) {
    ByteBuf out = memory.buffer(2 + 125);
    out.writeByte(FINAL_CLOSE).writeByte(0).writeShort(code);
    ByteBufUtil.writeUtf8(out, reason.substring(0, Math.min(40, reason.length())));
    return out.setByte(1, out.readableBytes() - 2);
  }

  /// The answer to a page's close frame.
  ///
  /// @param code the close code, or -1 for none
  static ByteBuf closeAnswer(ByteBufAllocator memory, int code) {
    return code < 0
        ? memory.buffer(2).writeByte(FINAL_CLOSE).writeByte(0)
        : memory.buffer(4).writeByte(FINAL_CLOSE).writeByte(2).writeShort(code);
  }

  static ByteBuf ping(ByteBufAllocator memory) {
    return memory.buffer(2).writeByte(FINAL_PING).writeByte(0);
  }

  static ByteBuf pong(ByteBufAllocator memory, ByteBuf payload) {
    int length = Math.min(125, payload.readableBytes());
    return memory
        .buffer(2 + length)
        .writeByte(FINAL_PONG)
        .writeByte(length)
        .writeBytes(payload, payload.readerIndex(), length);
  }
}
