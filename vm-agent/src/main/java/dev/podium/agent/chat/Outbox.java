package dev.podium.agent.chat;

import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelOutboundBuffer;
import org.jspecify.annotations.Nullable;

/// What waits to be written to one socket. Bounded: who reads too slowly is closed and resumes
/// later, and nobody else waits for them.
// A write fails only when the connection has ended, and its end is told by itself.
@SuppressWarnings("FutureReturnValueIgnored")
final class Outbox {
  private static final int MOST_FRAMES = 256;
  private static final int MOST_BYTES = 1 << 20;

  private final Channel channel;
  private final PendingBytes pendingBytes;
  private final Runnable tooSlow;
  private @Nullable ByteBuf own;
  private int ownFrames;

  /// Frames that were written behind others, and are not yet on their way.
  private int queuedFrames;

  /// What was written first of all that waits, maybe a welcome: while somebody reads it they are
  /// not slow.
  private int first;

  private boolean closed;
  private long due;

  /// @param pendingBytes what all sockets together have waiting
  Outbox(Channel channel, PendingBytes pendingBytes, Runnable tooSlow) {
    this.channel = channel;
    this.pendingBytes = pendingBytes;
    this.tooSlow = tooSlow;
  }

  /// The number of the first of its room's frames that it was not sent; for its [RoomFanout].
  long due() {
    return due;
  }

  void due(long frame) {
    due = frame;
  }

  /// Adds a frame for this socket alone, to be sent in the loop's next turn.
  void add(byte[] payload) {
    if (closed) {
      return;
    }
    ByteBuf buffer = own;
    if (buffer == null) {
      buffer = channel.alloc().directBuffer(WireFrames.size(payload));
      own = buffer;
    }
    WireFrames.text(buffer, payload);
    ownFrames++;
  }

  /// Sends the socket's own frames.
  void flush() {
    ByteBuf buffer = own;
    if (buffer != null) {
      int frames = ownFrames;
      own = null;
      ownFrames = 0;
      writeOwn(buffer, frames);
      channel.flush();
    }
  }

  /// Sends the socket's own frames, then these, in one write.
  void flushWith(ByteBuf shared, int frames) {
    ByteBuf buffer = own;
    if (buffer != null) {
      int before = ownFrames;
      own = null;
      ownFrames = 0;
      writeOwn(buffer, before);
    }
    boolean keepsUp = waiting() == 0;
    if (takes(shared, frames)) {
      if (keepsUp) {
        // So it is with nearly everybody, nearly always: a promise for each would be thrown away.
        channel.write(shared, channel.voidPromise());
      } else {
        queue(shared, frames);
      }
      channel.flush();
    }
  }

  /// Sends what is there, then these last bytes; nothing is sent after them.
  ///
  /// @return completes when they are on their way, or never will be
  ChannelFuture close(ByteBuf last) {
    flush();
    closed = true;
    return channel.writeAndFlush(last);
  }

  /// Gives back what was never sent.
  void discard() {
    closed = true;
    ByteBuf buffer = own;
    if (buffer != null) {
      own = null;
      buffer.release();
    }
  }

  /// What only this socket gets counts as pending until it is written; what a room shares is
  /// counted once, by the [RoomFanout].
  private void writeOwn(ByteBuf buffer, int frames) {
    int bytes = buffer.readableBytes();
    if (takes(buffer, frames)) {
      pendingBytes.add(bytes);
      queue(buffer, frames).addListener(written -> pendingBytes.remove(bytes));
    }
  }

  private ChannelFuture queue(ByteBuf buffer, int frames) {
    queuedFrames += frames;
    return channel.write(buffer).addListener(written -> queuedFrames -= frames);
  }

  /// Bytes that were written and are not yet on their way; negative once nothing can be written.
  private long waiting() {
    ChannelOutboundBuffer kernelQueue = channel.unsafe().outboundBuffer();
    return closed || kernelQueue == null ? -1 : kernelQueue.totalPendingWriteBytes();
  }

  /// Whether it may be queued; if not it is given back, and who reads too slowly is closed.
  private boolean takes(ByteBuf buffer, int frames) {
    long waiting = waiting();
    if (waiting < 0) {
      buffer.release();
      return false;
    }
    // Somebody who keeps up has nothing waiting, and takes a turn of any length.
    first = waiting == 0 ? buffer.readableBytes() : first;
    boolean slow =
        waiting > 0
            && (pendingBytes.isFull()
                || queuedFrames + frames > MOST_FRAMES
                || waiting + buffer.readableBytes() > MOST_BYTES + first);
    if (slow) {
      buffer.release();
      tooSlow.run();
    }
    return !slow;
  }
}
