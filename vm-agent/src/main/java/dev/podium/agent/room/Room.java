package dev.podium.agent.room;

import dev.podium.wire.chat.ChatMessage;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// The history of one room, in the order in which Pub/Sub took it; that order is the same on every
/// VM, because the room is the ordering key. What comes late, because the subscription was set
/// back, is put where it belongs.
public final class Room {
  /// How many messages somebody who comes back can have missed.
  public static final int HISTORY = 2_000;

  /// What a newcomer is shown of the past.
  static final int SHOWN_TO_NEWCOMERS = 256;

  static final int SHOWN_TO_NEWCOMERS_BYTES = 512 << 10;

  /// What somebody who scrolls up is brought at once: it must not stand in the way of what is said
  /// meanwhile.
  static final int EARLIER_BYTES = 256 << 10;

  /// What somebody who comes back is brought at most: two thousand messages of the usual length. It
  /// is one frame, which has to get through before they see anything.
  static final int MISSED_BYTES = 1 << 20;

  /// Bounds a room's memory when its messages are long.
  static final int HISTORY_BYTES = 4 << 20;

  /// Duplicates come soon after their first, so this many are recognised.
  private static final int REMEMBERED = 2 * HISTORY;

  /// So many are recognised whatever happens. More than one publication holds: what shares the last
  /// forgotten one's moment of publication has come by then.
  static final int LEAST_REMEMBERED = 256;

  /// What the JVM needs beside the bytes of a message, and beside the words of an origin.
  private static final int MESSAGE_OVERHEAD = 64;

  private static final int ORIGIN_OVERHEAD = 176;

  private final String name;
  private final ArrayDeque<RoomMessage> history = new ArrayDeque<>();
  private final Map<String, Shown> shownByOrigin = new LinkedHashMap<>();

  /// Whether the history has lost its beginning.
  private boolean cut;

  private int historyBytes;
  private long rememberedBytes;

  /// When the newest of those was published that are no longer recognised.
  private Instant forgotten = Instant.MIN;

  private Instant newest = Instant.MIN;

  /// @param cut whether messages may have been there before
  Room(String name, boolean cut) {
    this.name = name;
    this.cut = cut;
  }

  public String name() {
    return name;
  }

  /// When its newest message was published; [Instant#MIN] if it never had one.
  Instant newest() {
    return newest;
  }

  /// The id of its newest message; empty if it has none.
  String last() {
    return history.isEmpty() ? "" : history.getLast().id();
  }

  /// What the subscription brought.
  ///
  /// @param published by the cloud's clock. What is older than all that is recognised was shown
  ///   long ago, and comes again because the subscription was set back.
  record Delivery(String id, Instant published, ChatMessage message) {}

  /// @return the message to show, or empty if it was shown already
  Optional<RoomMessage> receive(Delivery delivery, RoomMessage.Encoder encoder) {
    String id = delivery.id();
    String origin = origin(delivery.message().from().id(), delivery.message().cid());
    if (!delivery.published().isAfter(forgotten)
        || shownByOrigin.putIfAbsent(origin, new Shown(id, delivery.published())) != null) {
      return Optional.empty();
    }
    newest = delivery.published().isAfter(newest) ? delivery.published() : newest;
    rememberedBytes += cost(origin, id);
    if (shownByOrigin.size() > REMEMBERED) {
      forgetOldest();
    }
    RoomMessage kept = place(delivery, encoder.encode(id, delivery.message()));
    historyBytes += kept.encoded().length;
    while (history.size() > HISTORY || historyBytes > HISTORY_BYTES) {
      cutOldest();
    }
    return Optional.of(kept);
  }

  /// A subscription that is set back goes on to bring what is new, for up to a minute. What it
  /// brings after that was published before, and stands there, as on every other VM.
  private RoomMessage place(Delivery delivery, byte[] encoded) {
    ArrayDeque<RoomMessage> later = new ArrayDeque<>();
    while (!history.isEmpty() && history.getLast().published().isAfter(delivery.published())) {
      later.addFirst(history.removeLast());
    }
    String before = later.isEmpty() ? "" : later.getFirst().id();
    RoomMessage placed = new RoomMessage(delivery.id(), encoded, delivery.published(), before);
    history.addLast(placed);
    history.addAll(later);
    return placed;
  }

  /// Forgets its messages, but not that it has shown them: what was said twice, on a topic and on
  /// the one after it, is not shown twice.
  void beginAnew() {
    history.clear();
    historyBytes = 0;
    cut = true;
  }

  /// About what it takes of the heap.
  long bytes() {
    return historyBytes + (long) history.size() * MESSAGE_OVERHEAD + rememberedBytes;
  }

  /// Gives up the oldest quarter of what it holds.
  ///
  /// @return how many bytes that was; 0 if nothing more can go
  long shed() {
    long before = bytes();
    for (int left = (history.size() + 3) / 4; left > 0; left--) {
      cutOldest();
    }
    int most = Math.max(LEAST_REMEMBERED, shownByOrigin.size() * 3 / 4);
    while (shownByOrigin.size() > most) {
      forgetOldest();
    }
    return before - bytes();
  }

  /// The id under which a message of this sender was shown, if it was: it is acknowledged again
  /// instead of published again.
  public Optional<String> shown(String senderId, String cid) {
    return Optional.ofNullable(shownByOrigin.get(origin(senderId, cid))).map(Shown::id);
  }

  /// What somebody missed who saw `after` last, or the newest for somebody who saw nothing. What is
  /// more than one frame can carry is not recovered, and the newest of it shown.
  ///
  /// @param after the id of the last message seen; empty for somebody who was here when there was
  ///   none; null for a newcomer
  public Missed since(@Nullable String after) {
    if (after == null) {
      return missed(true, newest(SHOWN_TO_NEWCOMERS, SHOWN_TO_NEWCOMERS_BYTES));
    }
    if (after.isEmpty()) {
      List<RoomMessage> all = newest(HISTORY, MISSED_BYTES);
      return missed(!cut && all.size() == history.size(), all);
    }
    int missed = countSince(after);
    return missed < 0
        ? missed(false, newest(HISTORY, MISSED_BYTES))
        : missed(true, newest(missed, MISSED_BYTES));
  }

  private Missed missed(boolean recovered, List<RoomMessage> messages) {
    boolean more = messages.size() < history.size();
    return new Missed(recovered, cut || more, more, messages);
  }

  /// What was said before that message: some of it, for a page whose reader scrolls up.
  ///
  /// @param id of the oldest message that the page has; if it is not known here any more, neither
  ///   is anything before it
  public Earlier before(String id) {
    Iterator<RoomMessage> newestFirst = history.descendingIterator();
    boolean found = false;
    while (newestFirst.hasNext() && !found) {
      found = newestFirst.next().id().equals(id);
    }
    List<RoomMessage> messages = take(newestFirst, SHOWN_TO_NEWCOMERS, EARLIER_BYTES);
    boolean more = !messages.isEmpty() && messages.getFirst() != history.peekFirst();
    return new Earlier(more, cut || !found || more, messages);
  }

  /// Whether nothing is missing after that message, as [#since] would say.
  boolean leadsOn(String after) {
    return countSince(after) >= 0;
  }

  /// How many messages came after that one; -1 if it is not known, or they are more than a frame
  /// can carry.
  private int countSince(String after) {
    int count = 0;
    int bytes = 0;
    Iterator<RoomMessage> newestFirst = history.descendingIterator();
    while (newestFirst.hasNext() && bytes <= MISSED_BYTES) {
      RoomMessage message = newestFirst.next();
      if (message.id().equals(after)) {
        return count;
      }
      bytes += message.encoded().length;
      count++;
    }
    return -1;
  }

  private List<RoomMessage> newest(int count, int mostBytes) {
    return take(history.descendingIterator(), count, mostBytes);
  }

  /// @return the oldest first
  private static List<RoomMessage> take(
      Iterator<RoomMessage> newestFirst, int count, int mostBytes) {
    ArrayDeque<RoomMessage> taken = new ArrayDeque<>();
    int bytes = 0;
    while (newestFirst.hasNext() && taken.size() < count) {
      RoomMessage message = newestFirst.next();
      bytes += message.encoded().length;
      if (bytes > mostBytes) {
        break;
      }
      taken.addFirst(message);
    }
    return new ArrayList<>(taken);
  }

  private void cutOldest() {
    historyBytes -= history.removeFirst().encoded().length;
    cut = true;
  }

  private static String origin(String senderId, String cid) {
    return senderId + "\n" + cid;
  }

  private void forgetOldest() {
    Iterator<Map.Entry<String, Shown>> oldest = shownByOrigin.entrySet().iterator();
    Map.Entry<String, Shown> gone = oldest.next();
    Instant published = gone.getValue().published();
    forgotten = published.isAfter(forgotten) ? published : forgotten;
    rememberedBytes -= cost(gone.getKey(), gone.getValue().id());
    oldest.remove();
  }

  private static int cost(String origin, String id) {
    return origin.length() + id.length() + ORIGIN_OVERHEAD;
  }

  private record Shown(String id, Instant published) {}

  /// @param recovered whether nothing is missing between what was seen last and these
  /// @param older whether the room has a past before these, still known or not
  /// @param more whether some of that is still known, and can be asked for
  public record Missed(boolean recovered, boolean older, boolean more, List<RoomMessage> messages) {
    public Missed {
      messages = List.copyOf(messages);
    }
  }

  /// @param more whether there is more to ask for
  /// @param older whether the room has a past before these, still known or not
  public record Earlier(boolean more, boolean older, List<RoomMessage> messages) {
    public Earlier {
      messages = List.copyOf(messages);
    }
  }
}
