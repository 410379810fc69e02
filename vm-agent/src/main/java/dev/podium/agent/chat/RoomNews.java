package dev.podium.agent.chat;

import dev.podium.agent.room.ChatState;
import java.util.Arrays;

/// Tells pages which rooms there are, when that changes: each message changes it, so all that
/// changed within a while is told at once. On the chat loop.
final class RoomNews {
  private static final int LEAST_TICKS = 2;

  /// It goes to each page, and each page's people make it change: so many more people, a tick more.
  private static final int PAGES_PER_TICK = 100;

  private final ChatState chat;
  private final Broadcaster broadcaster;
  private byte[] shown = new byte[0];
  private int ticks;

  RoomNews(ChatState chat, Broadcaster broadcaster) {
    this.chat = chat;
    this.broadcaster = broadcaster;
  }

  /// To be called every second.
  void tick() {
    if (++ticks < LEAST_TICKS + broadcaster.sockets().size() / PAGES_PER_TICK
        || broadcaster.sockets().stream().noneMatch(ChatSocket::showsRooms)) {
      return;
    }
    ticks = 0;
    byte[] now = Frames.rooms(chat.listedRooms());
    if (!Arrays.equals(now, shown)) {
      shown = now;
      // Who is too slow for it leaves meanwhile.
      for (ChatSocket socket : broadcaster.sockets().toArray(ChatSocket[]::new)) {
        if (socket.showsRooms()) {
          broadcaster.tell(socket, now);
        }
      }
    }
  }

  /// Somebody came in.
  void tell(ChatSocket socket) {
    if (socket.showsRooms()) {
      broadcaster.tell(socket, Frames.rooms(chat.listedRooms()));
    }
  }
}
