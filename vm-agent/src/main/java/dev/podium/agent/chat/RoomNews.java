package dev.podium.agent.chat;

import dev.podium.agent.people.Seat;
import dev.podium.agent.room.ChatState;
import dev.podium.agent.room.ListedRoom;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/// Tells pages which rooms there are, when that changes: each message changes it, so all that
/// changed within a while is told at once. A page knows its own room, and is told of the others'
/// changes. On the chat loop.
final class RoomNews {
  private static final int LEAST_TICKS = 2;

  /// It goes to each page, and each page's people make it change: so many more people, a tick more.
  private static final int PAGES_PER_TICK = 100;

  private final ChatState chat;
  private final Broadcaster broadcaster;
  private List<ListedRoom> shown = List.of();
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
    List<ListedRoom> now = chat.listedRooms();
    Set<String> changed = changed(now);
    shown = now;
    byte[] frame = Frames.rooms(now);
    // Who is too slow for it leaves meanwhile.
    for (ChatSocket socket : broadcaster.sockets().toArray(ChatSocket[]::new)) {
      if (socket.showsRooms() && concerns(changed, socket)) {
        broadcaster.tell(socket, frame);
      }
    }
  }

  /// The names of rooms that are there only before or now, or are other than before.
  private Set<String> changed(List<ListedRoom> now) {
    Set<ListedRoom> different = new HashSet<>(shown);
    Set<ListedRoom> same = new HashSet<>(now);
    same.retainAll(different);
    different.addAll(now);
    different.removeAll(same);
    return different.stream().map(ListedRoom::name).collect(Collectors.toUnmodifiableSet());
  }

  private static boolean concerns(Set<String> changed, ChatSocket socket) {
    String own = socket.seat().map(Seat::room).orElse("");
    return changed.size() > 1 || (!changed.isEmpty() && !changed.contains(own));
  }

  /// Somebody came in.
  void tell(ChatSocket socket) {
    if (socket.showsRooms()) {
      broadcaster.tell(socket, Frames.rooms(chat.listedRooms()));
    }
  }
}
