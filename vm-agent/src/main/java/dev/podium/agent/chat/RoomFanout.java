package dev.podium.agent.chat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.SequencedSet;
import org.jspecify.annotations.Nullable;

/// The sockets of one room, and what the room said that some of them have yet to be sent.
///
/// They stand in line: who has waited longest is served first and goes to the end. Between two
/// batches the loop reads what has arrived meanwhile, and those who are served after that get it in
/// the same write. So a burst costs hardly more than one message, and no word waits until a whole
/// room has been served with the one before it.
final class RoomFanout {
  /// In the order of what they are due.
  private final SequencedSet<ChatSocket> sockets = new LinkedHashSet<>();

  /// What the first in line is due, and all after it.
  private final List<byte[]> frames = new ArrayList<>();

  /// How many frames were said before these.
  private long before;

  private final PendingBytes pendingBytes;
  private @Nullable Batch current;

  /// What some socket has yet to take.
  private final ArrayDeque<ByteBuf> lingering = new ArrayDeque<>();

  /// Frames as they are sent, one buffer for all sockets that are due the same.
  ///
  /// @param from the number of the first
  /// @param to the number after the last
  private record Batch(ByteBuf bytes, long from, long to) {
    int frames() {
      return (int) (to - from);
    }
  }

  RoomFanout(PendingBytes pendingBytes) {
    this.pendingBytes = pendingBytes;
  }

  /// Adds a socket that has been sent all that was said until now.
  void add(ChatSocket socket) {
    socket.outbox().due(end());
    sockets.addLast(socket);
  }

  void remove(ChatSocket socket) {
    sockets.remove(socket);
    forget();
  }

  boolean isEmpty() {
    return sockets.isEmpty();
  }

  int size() {
    return sockets.size();
  }

  void say(byte[] encoded) {
    frames.add(encoded);
  }

  /// Whether somebody has yet to be sent something.
  boolean owes() {
    return !sockets.isEmpty() && !frames.isEmpty();
  }

  /// Sends what they are due to the first in line, with one write to each.
  ///
  /// @param most sockets
  /// @return how many frames went to how many sockets, multiplied
  long serve(int most, ByteBufAllocator memory) {
    long sent = 0;
    for (int i = 0; i < most && owes(); i++) {
      ChatSocket socket = sockets.getFirst();
      Batch batch = batch(socket.outbox().due(), memory);
      socket.outbox().due(batch.to());
      sockets.addLast(socket);
      forget();
      sent += batch.frames();
      // One that proves too slow leaves the line here, and may be the last.
      socket.outbox().flushWith(batch.bytes().retainedDuplicate(), batch.frames());
    }
    if (!owes()) {
      putAside();
    }
    return sent;
  }

  private long end() {
    return before + frames.size();
  }

  private Batch batch(long from, ByteBufAllocator memory) {
    Batch same = current;
    if (same != null && same.from() == from && same.to() == end()) {
      return same;
    }
    putAside();
    List<byte[]> due = frames.subList((int) (from - before), frames.size());
    ByteBuf bytes = memory.directBuffer(due.stream().mapToInt(WireFrames::size).sum());
    due.forEach(payload -> WireFrames.text(bytes, payload));
    Batch made = new Batch(bytes, from, end());
    current = made;
    return made;
  }

  /// Drops the frames that everybody has been sent.
  private void forget() {
    long needed = sockets.isEmpty() ? end() : sockets.getFirst().outbox().due();
    if (needed > before) {
      frames.subList(0, (int) (needed - before)).clear();
      before = needed;
    }
  }

  private void putAside() {
    Batch last = current;
    if (last != null) {
      current = null;
      pendingBytes.add(last.bytes().readableBytes());
      lingering.addLast(last.bytes());
      sweep();
    }
  }

  /// Gives back what everybody has taken.
  void sweep() {
    lingering.removeIf(bytes -> {
      boolean taken = bytes.refCnt() == 1;
      if (taken) {
        giveBack(bytes);
      }
      return taken;
    });
  }

  /// Nobody is here any more.
  void close() {
    putAside();
    lingering.forEach(this::giveBack);
    lingering.clear();
  }

  private void giveBack(ByteBuf bytes) {
    pendingBytes.remove(bytes.readableBytes());
    bytes.release();
  }
}
