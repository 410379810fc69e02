package dev.podium.agent.web;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/// The sockets of one room, and what the room says in this turn of the loop.
final class RoomLine {
  private final Set<ChatSocket> sockets = new LinkedHashSet<>();
  private final List<byte[]> pending = new ArrayList<>();
  private final Backlog backlog;

  /// The turns that some socket has yet to take, oldest first. As each socket takes them in order,
  /// none is free before those ahead of it.
  private final ArrayDeque<ByteBuf> lingering = new ArrayDeque<>();

  RoomLine(Backlog backlog) {
    this.backlog = backlog;
  }

  void add(ChatSocket socket) {
    sockets.add(socket);
  }

  void remove(ChatSocket socket) {
    sockets.remove(socket);
  }

  boolean isEmpty() {
    return sockets.isEmpty();
  }

  int size() {
    return sockets.size();
  }

  void say(byte[] encoded) {
    pending.add(encoded);
  }

  /// Sends this turn's frames: one buffer, shared by all sockets, one write to each.
  ///
  /// @return how many frames went to how many sockets, multiplied
  long flush(ByteBufAllocator memory) {
    if (pending.isEmpty()) {
      return 0;
    }
    int frames = pending.size();
    ByteBuf turn = memory.directBuffer(pending.stream().mapToInt(WireFrames::size).sum());
    pending.forEach(payload -> WireFrames.text(turn, payload));
    pending.clear();
    // A socket that proves too slow leaves the line while it is walked.
    for (ChatSocket socket : sockets.toArray(ChatSocket[]::new)) {
      socket.outbox().flushWith(turn.retainedDuplicate(), frames);
    }
    backlog.add(turn.readableBytes());
    lingering.addLast(turn);
    if (sockets.isEmpty()) {
      close(); // The last one proved too slow just now.
    } else {
      sweep();
    }
    return (long) frames * sockets.size();
  }

  /// Gives back the turns that everybody has taken.
  void sweep() {
    while (!lingering.isEmpty() && lingering.getFirst().refCnt() == 1) {
      giveBack(lingering.removeFirst());
    }
  }

  /// Nobody is here any more.
  void close() {
    lingering.forEach(this::giveBack);
    lingering.clear();
  }

  private void giveBack(ByteBuf turn) {
    backlog.remove(turn.readableBytes());
    turn.release();
  }
}
