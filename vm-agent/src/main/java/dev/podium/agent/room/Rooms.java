package dev.podium.agent.room;

import java.time.Instant;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;

/// The rooms that this VM knows, within bounds: so many, and so many bytes of history in all. Each
/// room is bounded by itself too; when all together are too large the largest gives up its oldest,
/// and who comes back for that is told of the gap.
final class Rooms {
  static final int MOST = 1_000;

  /// Less than half of the agent's heap: a hundred rooms with all the history that one may have.
  static final long MOST_BYTES = 192L << 20;

  private final Map<String, Room> byName = new LinkedHashMap<>(16, 0.75f, true);
  private final Predicate<String> empty;
  private final long mostBytes;
  private long bytes;

  /// Whether a room was forgotten, which may come back and must not claim to be new.
  private boolean forgot;

  /// @param empty whether nobody is in the room of that name on this VM
  Rooms(Predicate<String> empty, long mostBytes) {
    this.empty = empty;
    this.mostBytes = mostBytes;
  }

  /// The room, made if it is not known. Rooms nobody is in are forgotten beyond so many, the
  /// longest unused first. From then on a room that is made may have had a past, and says so.
  Room get(String name) {
    return get(name, Instant.MAX);
  }

  /// The same for a message of that moment. Messages of other rooms may overtake it, so a room that
  /// has a later one is not forgotten for it.
  private Room get(String name, Instant published) {
    Room known = byName.get(name);
    if (known != null) {
      return known;
    }
    Room made = new Room(name, forgot);
    byName.put(name, made);
    if (byName.size() > MOST) {
      leastNeeded(name, published).ifPresent(this::forget);
    }
    return made;
  }

  /// The longest unused of the others that nobody is in and that has nothing later; where each has,
  /// the one that fell silent first.
  private Optional<String> leastNeeded(String name, Instant published) {
    return byName.values().stream()
        .filter(other -> isUnused(other, name) && !other.newest().isAfter(published))
        .findFirst()
        .or(() ->
            byName.values().stream()
                .filter(other -> isUnused(other, name))
                .min(Comparator.comparing(Room::newest)))
        .map(Room::name);
  }

  private boolean isUnused(Room other, String name) {
    return !other.name().equals(name) && empty.test(other.name());
  }

  /// The room, if it is known.
  Optional<Room> find(String name) {
    return Optional.ofNullable(byName.get(name));
  }

  /// Takes a message into its room's history.
  ///
  /// @return the message to show, or empty if it was shown already
  Optional<RoomMessage> receive(String name, Room.Delivery delivery, RoomMessage.Encoder encoder) {
    Room room = get(name, delivery.published());
    long before = room.bytes();
    Optional<RoomMessage> shown = room.receive(delivery, encoder);
    bytes += room.bytes() - before;
    boolean freed = true;
    while (bytes > mostBytes && freed) {
      freed = shrinkLargest();
    }
    return shown;
  }

  /// Each room begins anew, and so does one that is made later: it may have had a past.
  void beginAnew() {
    byName.values().forEach(Room::beginAnew);
    bytes = byName.values().stream().mapToLong(Room::bytes).sum();
    forgot = true;
  }

  Collection<Room> all() {
    return byName.values();
  }

  long bytes() {
    return bytes;
  }

  int size() {
    return byName.size();
  }

  private boolean shrinkLargest() {
    Optional<Room> largest = byName.values().stream().max(Comparator.comparingLong(Room::bytes));
    long freed = largest.map(Room::shed).orElse(0L);
    bytes -= freed;
    return freed > 0;
  }

  private void forget(String name) {
    forgot = true;
    Room forgotten = byName.remove(name);
    bytes -= forgotten == null ? 0 : forgotten.bytes();
  }
}
