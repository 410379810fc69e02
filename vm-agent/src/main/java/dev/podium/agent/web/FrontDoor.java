package dev.podium.agent.web;

import dev.podium.agent.room.ChatState;
import dev.podium.agent.room.Condition;
import dev.podium.agent.room.Peers;
import dev.podium.agent.room.SeatRequests;
import dev.podium.core.chat.Pulse;
import dev.podium.core.cloud.Ticker;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/// One link for the whole fleet: sends a newcomer to the healthy VM with the most free seats, or
/// lets them wait and asks the consoles for more.
final class FrontDoor {
  /// A waiting page asks every 2 seconds; one that missed this many has gone.
  private static final Duration WAITS_NO_MORE = Duration.ofSeconds(10);

  private static final Duration BETWEEN_REQUESTS = Duration.ofSeconds(3);
  private static final int MOST_WAITING = 10_000;

  private final ChatState chat;
  private final Supplier<Condition> condition;
  private final SeatRequests requests;
  private final Ticker ticker;
  private final Map<String, Long> waiting = new HashMap<>();
  private long askedNanos;
  private boolean asked;

  FrontDoor(ChatState chat, Supplier<Condition> condition, SeatRequests requests, Ticker ticker) {
    this.chat = chat;
    this.condition = condition;
    this.requests = requests;
    this.ticker = ticker;
  }

  /// Where there is a seat: `/` for here, another VM's page, or empty if there is none.
  Optional<String> seat() {
    boolean here = condition.get().well() && !chat.draining() && chat.freeSeats() > 0;
    Optional<Pulse.Heartbeat> other = chat.peers().roomiest();
    if (here && other.stream().noneMatch(peer -> freeSeats(peer) > chat.freeSeats())) {
      return Optional.of("/");
    }
    return other.map(Pulse.Heartbeat::url);
  }

  /// Somebody waits.
  ///
  /// @param who the waiting page's own number
  /// @return how many wait now
  int await(String who, Optional<String> room) {
    long now = ticker.nanos();
    waiting.values().removeIf(since -> now - since > WAITS_NO_MORE.toNanos());
    if (waiting.size() < MOST_WAITING) {
      waiting.put(who, now);
    }
    if (!asked || now - askedNanos > BETWEEN_REQUESTS.toNanos()) {
      asked = true;
      askedNanos = now;
      requests.seatsWanted(waiting.size(), room);
    }
    return waiting.size();
  }

  void found(String who) {
    waiting.remove(who);
  }

  private static int freeSeats(Pulse.Heartbeat peer) {
    return Peers.freeSeats(peer);
  }
}
