package dev.podium.agent.room;

import dev.podium.agent.people.Occupancy;
import dev.podium.agent.people.Peers;
import dev.podium.wire.chat.Pulse;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// The rooms of the fleet, as one VM knows them: where people are, and where something was said
/// within the topic's reach.
final class RoomList {
  /// More than anybody looks through; the others are entered by name.
  static final int MOST = 50;

  private final Occupancy occupancy;
  private final Peers peers;
  private final Rooms rooms;

  RoomList(Occupancy occupancy, Peers peers, Rooms rooms) {
    this.occupancy = occupancy;
    this.peers = peers;
    this.rooms = rooms;
  }

  /// The fullest first, then those where something was said last.
  List<ListedRoom> listed() {
    Map<String, Set<String>> people = new HashMap<>();
    occupancy.all().forEach(member -> count(people, member));
    peers.living().forEach(beat -> beat.members().forEach(member -> count(people, member)));
    Map<String, Room> known = new HashMap<>();
    rooms.all().forEach(room -> known.put(room.name(), room));
    Set<String> names = new HashSet<>(people.keySet());
    known.values().stream()
        .filter(room -> !room.last().isEmpty())
        .forEach(room -> names.add(room.name()));
    return names.stream()
        .sorted(
            Comparator.comparingInt((String name) -> -people.getOrDefault(name, Set.of()).size())
                .thenComparing(name -> newest(known, name), Comparator.reverseOrder())
                .thenComparing(name -> name))
        .limit(MOST)
        .map(name ->
            new ListedRoom(name, people.getOrDefault(name, Set.of()).size(), last(known, name)))
        .toList();
  }

  private static void count(Map<String, Set<String>> people, Pulse.Member member) {
    people.computeIfAbsent(member.room(), room -> new HashSet<>()).add(member.id());
  }

  private static Instant newest(Map<String, Room> known, String name) {
    Room room = known.get(name);
    return room == null ? Instant.MIN : room.newest();
  }

  private static String last(Map<String, Room> known, String name) {
    Room room = known.get(name);
    return room == null ? "" : room.last();
  }
}
