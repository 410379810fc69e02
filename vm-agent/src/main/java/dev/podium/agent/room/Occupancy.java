package dev.podium.agent.room;

import dev.podium.core.chat.Pulse;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Who is on this VM, through which connections. People are counted, not sockets.
final class Occupancy {
  /// A phone, a laptop and some forgotten tabs.
  static final int CONNECTIONS_PER_PERSON = 5;

  private final Map<String, ArrayDeque<Seat>> seatsByPerson = new LinkedHashMap<>();
  private final Map<String, Map<String, Seat>> peopleByRoom = new HashMap<>();

  int people() {
    return seatsByPerson.size();
  }

  boolean has(String personId) {
    return seatsByPerson.containsKey(personId);
  }

  /// The name under which the person is in the room already.
  Optional<String> nameIn(String room, String personId) {
    return Optional.ofNullable(peopleByRoom.getOrDefault(room, Map.of()).get(personId))
        .map(Seat::name);
  }

  /// @return the person's oldest seat, if it must go because there are too many
  Optional<Seat> add(Seat seat) {
    ArrayDeque<Seat> seats =
        seatsByPerson.computeIfAbsent(seat.personId(), id -> new ArrayDeque<>());
    seats.addLast(seat);
    peopleByRoom
        .computeIfAbsent(seat.room(), name -> new LinkedHashMap<>())
        .putIfAbsent(seat.personId(), seat);
    return seats.size() > CONNECTIONS_PER_PERSON ? Optional.of(seats.getFirst()) : Optional.empty();
  }

  /// @return whether the person has left the room, and not only closed one of several pages
  boolean remove(Seat seat) {
    ArrayDeque<Seat> seats = seatsByPerson.get(seat.personId());
    if (seats == null || !seats.remove(seat)) {
      return false;
    }
    if (seats.isEmpty()) {
      seatsByPerson.remove(seat.personId());
    }
    if (seats.stream().anyMatch(other -> other.room().equals(seat.room()))) {
      return false;
    }
    Map<String, Seat> people = peopleByRoom.getOrDefault(seat.room(), new HashMap<>());
    people.remove(seat.personId());
    if (people.isEmpty()) {
      peopleByRoom.remove(seat.room());
    }
    return true;
  }

  boolean isEmpty(String room) {
    return !peopleByRoom.containsKey(room);
  }

  /// How many rooms somebody is in.
  int rooms() {
    return peopleByRoom.size();
  }

  List<Pulse.Member> in(String room) {
    return peopleByRoom.getOrDefault(room, Map.of()).values().stream()
        .map(Occupancy::member)
        .toList();
  }

  List<Pulse.Member> all() {
    List<Pulse.Member> members = new ArrayList<>();
    peopleByRoom.values().forEach(people -> people.values().forEach(s -> members.add(member(s))));
    return members;
  }

  private static Pulse.Member member(Seat seat) {
    return new Pulse.Member(seat.personId(), seat.name(), seat.room());
  }
}
