package dev.podium.agent.chat;

import dev.podium.agent.metric.Counters;
import dev.podium.agent.room.ChatListener;
import dev.podium.agent.room.RoomMessage;
import io.netty.buffer.ByteBufAllocator;
import io.netty.channel.EventLoop;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.SequencedSet;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/// Brings what the chat says to the sockets, some of them in each turn of the chat loop.
public final class Broadcaster implements ChatListener {
  /// A quarter of the memory outside the heap that the agent's JVM may take.
  public static final long MOST_WAITING_BYTES = 128L << 20;

  /// Sockets served in one turn: about half a millisecond, after which the loop reads again.
  private static final int SERVED = 64;

  /// A room's list of people is sent at most this often for each person in it. It goes to each of
  /// them, so its cost grows with the square.
  private static final long MEMBERS_DELAY_MICROS = 2_000;

  private static final long SHORTEST_DELAY_MICROS = 20_000;
  private static final long LONGEST_DELAY_MICROS = 3_000_000;

  private final EventLoop loop;
  private final Counters counters = new Counters();
  private final PendingBytes pendingBytes;
  private final Set<ChatSocket> sockets = new LinkedHashSet<>();
  private final Map<String, RoomFanout> fanouts = new HashMap<>();
  private final SequencedSet<RoomFanout> talking = new LinkedHashSet<>();
  private final Set<ChatSocket> addressed = new LinkedHashSet<>();
  private final Set<String> membersDue = new HashSet<>();
  private boolean turnScheduled;
  private boolean peersDue;
  private Views views = Views.NONE;
  private Consumer<Boolean> onDrain = draining -> {};
  private Runnable onOccupancy = () -> {};

  /// @param mostWaitingBytes what may wait to be written to all sockets together
  public Broadcaster(EventLoop loop, long mostWaitingBytes) {
    this.loop = loop;
    this.pendingBytes = new PendingBytes(mostWaitingBytes);
  }

  public Counters counters() {
    return counters;
  }

  /// What waits to be written.
  public PendingBytes pendingBytes() {
    return pendingBytes;
  }

  /// Counts anew what has been written meanwhile; to be called every second or so.
  public void sweep() {
    fanouts.values().forEach(RoomFanout::sweep);
  }

  public Set<ChatSocket> sockets() {
    return sockets;
  }

  /// Tells where the frames come from that are made when something changed.
  public void showing(Views newViews, Consumer<Boolean> newOnDrain) {
    views = newViews;
    onDrain = newOnDrain;
  }

  /// Runs this whenever the number of people or the door changed.
  public void onOccupancy(Runnable action) {
    onOccupancy = action;
  }

  void enter(String room, ChatSocket socket) {
    // What the room said until now is in the welcome already.
    fanouts.computeIfAbsent(room, name -> new RoomFanout(pendingBytes)).add(socket);
    sockets.add(socket);
  }

  void leave(String room, ChatSocket socket) {
    sockets.remove(socket);
    RoomFanout fanout = fanouts.get(room);
    if (fanout != null) {
      fanout.remove(socket);
      if (fanout.isEmpty()) {
        fanouts.remove(room);
        talking.remove(fanout);
        fanout.close();
      }
    }
  }

  /// Sends a frame to one socket at the end of this turn.
  public void tell(ChatSocket socket, byte[] payload) {
    socket.outbox().add(payload);
    addressed.add(socket);
    scheduleTurn();
  }

  public void tellAll(byte[] payload) {
    fanouts.values().forEach(fanout -> say(fanout, payload));
  }

  @Override
  public void said(String room, RoomMessage message) {
    counters.shown++;
    RoomFanout fanout = fanouts.get(room);
    if (fanout != null) {
      say(fanout, message.before().isEmpty() ? message.encoded() : Frames.late(message));
    }
  }

  /// The page comes back at once and says what it saw last. So the gap stands in the right place,
  /// whatever is still on its way to it.
  @Override
  public void historyLost(String room) {
    for (ChatSocket socket : sockets.toArray(ChatSocket[]::new)) {
      if (socket.seat().filter(seat -> seat.room().equals(room)).isPresent()) {
        socket.end(CloseCodes.TOO_SLOW, "history lost");
      }
    }
  }

  @Override
  public void membersChanged(String room) {
    RoomFanout fanout = fanouts.get(room);
    if (fanout != null && membersDue.add(room)) {
      long delay =
          Math.clamp(
              fanout.size() * MEMBERS_DELAY_MICROS, SHORTEST_DELAY_MICROS, LONGEST_DELAY_MICROS);
      later(delay, () -> sendMembers(room));
    }
  }

  @Override
  public void peersChanged() {
    fanouts.keySet().forEach(this::membersChanged);
    if (!peersDue) {
      peersDue = true;
      later(SHORTEST_DELAY_MICROS, this::sendPeers);
    }
  }

  @Override
  public void occupancyChanged() {
    onOccupancy.run();
  }

  @Override
  public void drainChanged(boolean draining) {
    onDrain.accept(draining);
    onOccupancy.run();
  }

  private void sendMembers(String room) {
    membersDue.remove(room);
    RoomFanout fanout = fanouts.get(room);
    if (fanout != null) {
      say(fanout, views.members(room));
    }
  }

  private void sendPeers() {
    peersDue = false;
    byte[] peers = views.peers();
    if (sockets.stream().noneMatch(ChatSocket::onlyHere)) {
      tellAll(peers);
    } else {
      sockets.stream().filter(socket -> !socket.onlyHere()).forEach(socket -> tell(socket, peers));
    }
  }

  @SuppressWarnings("FutureReturnValueIgnored") // The loop logs what a task throws.
  private void later(long delayMicros, Runnable task) {
    loop.schedule(task, delayMicros, TimeUnit.MICROSECONDS);
  }

  private void say(RoomFanout fanout, byte[] payload) {
    fanout.say(payload);
    talking.add(fanout);
    scheduleTurn();
  }

  /// The first turn is one more task of the loop: it runs when all that has arrived is handled.
  private void scheduleTurn() {
    if (!turnScheduled) {
      turnScheduled = true;
      loop.execute(this::turn);
    }
  }

  private void turn() {
    try {
      serve();
    } finally {
      // Also when something went wrong for one room: the others must not fall silent with it.
      turnScheduled = !talking.isEmpty() || !addressed.isEmpty();
      if (turnScheduled) {
        // Not one more task but a due timer: the loop looks at its sockets before its timers.
        later(0, this::turn);
      }
    }
  }

  private void serve() {
    int left = SERVED;
    while (left > 0 && !talking.isEmpty()) {
      RoomFanout fanout = talking.removeFirst();
      int served = Math.min(left, fanout.size());
      left -= served;
      counters.delivered += fanout.serve(served, ByteBufAllocator.DEFAULT);
      if (fanout.owes()) {
        talking.addLast(fanout);
      }
    }
    ChatSocket[] told = addressed.toArray(ChatSocket[]::new);
    addressed.clear();
    for (ChatSocket socket : told) {
      socket.outbox().flush();
    }
  }

  /// Makes the frames that show the present.
  public interface Views {
    Views NONE =
        new Views() {
          @Override
          public byte[] members(String room) {
            return new byte[0];
          }

          @Override
          public byte[] peers() {
            return new byte[0];
          }
        };

    byte[] members(String room);

    byte[] peers();
  }
}
