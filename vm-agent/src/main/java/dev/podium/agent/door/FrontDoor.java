package dev.podium.agent.door;

import dev.podium.agent.people.Peers;
import dev.podium.agent.people.SeatRequests;
import dev.podium.agent.room.ChatState;
import dev.podium.agent.room.Condition;
import dev.podium.wire.chat.Pulse;
import dev.podium.wire.cloud.Ticker;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/// One link for the whole fleet. It sends a newcomer to the healthy VM with the most free seats, or
/// lets them wait and asks the consoles for more.
public final class FrontDoor {
  /// A waiting page asks every 2 seconds; one that missed this many has gone.
  private static final Duration WAITS_NO_MORE = Duration.ofSeconds(10);

  private static final Duration BETWEEN_REQUESTS = Duration.ofSeconds(3);

  /// By then who was sent to a VM is in its heartbeats, or does not come.
  private static final Duration ARRIVED = Duration.ofSeconds(6);

  private static final int MOST_WAITING = 10_000;

  /// A school behind one router.
  private static final int MOST_OF_ONE_NETWORK = 100;

  private final ChatState chat;
  private final Supplier<Condition> condition;
  private final SeatRequests requests;
  private final Ticker ticker;

  /// The longest silent first.
  private final Map<String, Waiting> waiting = new LinkedHashMap<>(16, 0.75f, true);

  private final Map<String, Integer> waitingByNetwork = new HashMap<>();
  private final ArrayDeque<Sent> sent = new ArrayDeque<>();

  /// The same counted, for whoever opens the link again and again asks each time.
  private final Map<String, Integer> sentByVm = new HashMap<>();

  private long askedNanos;
  private boolean asked;

  public FrontDoor(
      ChatState chat, Supplier<Condition> condition, SeatRequests requests, Ticker ticker) {
    this.chat = chat;
    this.condition = condition;
    this.requests = requests;
    this.ticker = ticker;
  }

  /// Where there is a seat: `/` for here, another VM's page, or empty if there is none. A class
  /// that opens the link in the same second is spread: who was just sent somewhere counts there.
  /// That only chooses among VMs with free seats, for not all who are sent arrive.
  public Optional<String> seat() {
    Map<String, Integer> sent = justSent();
    boolean here = condition.get().well() && !chat.draining() && chat.freeSeats() > 0;
    int freeHere = chat.freeSeats() - sent.getOrDefault(chat.instance(), 0);
    Optional<Pulse.Heartbeat> other = chat.peers().roomiest(sent);
    if (here
        && other.stream()
            .noneMatch(
                peer -> Peers.freeSeats(peer) - sent.getOrDefault(peer.vm(), 0) > freeHere)) {
      remember(chat.instance());
      return Optional.of("/");
    }
    other.ifPresent(peer -> remember(peer.vm()));
    return other.map(Pulse.Heartbeat::url);
  }

  private void remember(String vm) {
    sent.addLast(new Sent(vm, ticker.nanos()));
    sentByVm.merge(vm, 1, Integer::sum);
    if (sent.size() > MOST_WAITING) {
      forgetFirstSent();
    }
  }

  private void forgetFirstSent() {
    lessen(sentByVm, sent.removeFirst().vm);
  }

  private Map<String, Integer> justSent() {
    long now = ticker.nanos();
    while (!sent.isEmpty() && now - sent.getFirst().atNanos > ARRIVED.toNanos()) {
      forgetFirstSent();
    }
    return sentByVm;
  }

  /// Somebody waits.
  ///
  /// @param who the waiting page's own number
  /// @param network where it is ([HandshakeLimits#network]): one that asks under a thousand numbers
  ///   does not make the fleet grow by a thousand seats
  /// @return how many wait now
  public int await(String who, String network, Optional<String> room) {
    long now = ticker.nanos();
    forgetWhoLeft(now);
    Waiting known = waiting.get(who);
    if (known != null) {
      known.heardNanos = now;
    } else if (waiting.size() < MOST_WAITING
        && waitingByNetwork.getOrDefault(network, 0) < MOST_OF_ONE_NETWORK) {
      waiting.put(who, new Waiting(network, now));
      waitingByNetwork.merge(network, 1, Integer::sum);
    }
    request(waiting.size(), room);
    return waiting.size();
  }

  /// Somebody is shown the waiting page. It asks under a number of its own and is counted then; the
  /// consoles hear at once that there is somebody.
  public void comes(Optional<String> room) {
    forgetWhoLeft(ticker.nanos());
    request(Math.max(1, waiting.size()), room);
  }

  private void request(int seats, Optional<String> room) {
    long now = ticker.nanos();
    if (!asked || now - askedNanos > BETWEEN_REQUESTS.toNanos()) {
      asked = true;
      askedNanos = now;
      requests.seatsWanted(seats, room);
    }
  }

  public void found(String who) {
    Waiting gone = waiting.remove(who);
    if (gone != null) {
      left(gone);
    }
  }

  private void forgetWhoLeft(long now) {
    Iterator<Waiting> longestSilent = waiting.values().iterator();
    while (longestSilent.hasNext()) {
      Waiting one = longestSilent.next();
      if (now - one.heardNanos <= WAITS_NO_MORE.toNanos()) {
        return;
      }
      longestSilent.remove();
      left(one);
    }
  }

  private void left(Waiting one) {
    lessen(waitingByNetwork, one.network);
  }

  private static void lessen(Map<String, Integer> counts, String of) {
    counts.computeIfPresent(of, (name, count) -> count > 1 ? count - 1 : null);
  }

  private static final class Waiting {
    private final String network;
    private long heardNanos;

    Waiting(String network, long heardNanos) {
      this.network = network;
      this.heardNanos = heardNanos;
    }
  }

  private record Sent(String vm, long atNanos) {}
}
