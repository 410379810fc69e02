package dev.podium.agent.people;

import dev.podium.wire.chat.Pulse;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// Who is on this VM, through which connections. People are counted, not sockets.
public final class Occupancy {
  /// A phone, a laptop and some forgotten tabs.
  static final int CONNECTIONS_PER_PERSON = 5;

  private final Map<String, ArrayDeque<Seat>> seatsByPerson = new LinkedHashMap<>();
  private final Map<String, Map<String, Seat>> peopleByRoom = new HashMap<>();

  public int people() {
    return seatsByPerson.size();
  }

  public boolean has(String personId) {
    return seatsByPerson.containsKey(personId);
  }

  /// The name under which the person is in the room already.
  public Optional<String> nameIn(String room, String personId) {
    return Optional.ofNullable(peopleByRoom.getOrDefault(room, Map.of()).get(personId))
        .map(Seat::name);
  }

  /// @return which of the person's seats must go, if there are too many. It is one of the same
  ///   page, whose earlier connection broke although the VM has yet to notice; else the one unheard
  ///   for longest.
  public Optional<Seat> add(Seat seat) {
    ArrayDeque<Seat> seats =
        seatsByPerson.computeIfAbsent(seat.personId(), id -> new ArrayDeque<>());
    Optional<Seat> replaced =
        seats.size() < CONNECTIONS_PER_PERSON
            ? Optional.empty()
            : seats.stream().min(firstToGo(seat.connection().device()));
    seats.addLast(seat);
    peopleByRoom
        .computeIfAbsent(seat.room(), name -> new LinkedHashMap<>())
        .putIfAbsent(seat.personId(), seat);
    return replaced;
  }

  private static Comparator<Seat> firstToGo(Optional<String> device) {
    return Comparator.comparing(
            (Seat seat) -> device.isEmpty() || !seat.connection().device().equals(device))
        .thenComparingLong(seat -> seat.connection().heardNanos());
  }

  /// @return whether the person has left the room, and not only closed one of several pages
  public boolean remove(Seat seat) {
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

  public boolean isEmpty(String room) {
    return !peopleByRoom.containsKey(room);
  }

  /// How many rooms somebody is in.
  public int rooms() {
    return peopleByRoom.size();
  }

  /// The rooms that somebody is in.
  public Set<String> roomNames() {
    return Set.copyOf(peopleByRoom.keySet());
  }

  /// One of the rooms that somebody is in.
  ///
  /// @param turn any number; rising ones name the rooms one after the other
  public Optional<String> roomInTurn(int turn) {
    return peopleByRoom.isEmpty()
        ? Optional.empty()
        : peopleByRoom.keySet().stream()
            .sorted()
            .skip(Math.floorMod(turn, peopleByRoom.size()))
            .findFirst();
  }

  public List<Pulse.Member> in(String room) {
    return peopleByRoom.getOrDefault(room, Map.of()).values().stream()
        .map(Occupancy::member)
        .toList();
  }

  public List<Pulse.Member> all() {
    List<Pulse.Member> members = new ArrayList<>();
    peopleByRoom.values().forEach(people -> people.values().forEach(s -> members.add(member(s))));
    return members;
  }

  private static Pulse.Member member(Seat seat) {
    return new Pulse.Member(seat.personId(), seat.name(), seat.room());
  }
}
