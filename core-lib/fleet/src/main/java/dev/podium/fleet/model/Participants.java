package dev.podium.fleet.model;

import java.util.List;

/// The people on a VM.
///
/// @param present people connected now, 0 or more
/// @param seats people it has room for, 1 or more
/// @param people who they are; one who is in two rooms stands here twice, and not all may stand
///   here
public record Participants(int present, int seats, List<Person> people) {
  /// People of whom nothing is known but their number.
  public Participants(int present, int seats) {
    this(present, seats, List.of());
  }

  public Participants {
    people = List.copyOf(people);
    if (present < 0 || seats < 1) {
      throw new IllegalArgumentException("present " + present + ", seats " + seats);
    }
  }

  /// Seats that are free, 0 or more: a hold or a race may seat more people than there are seats.
  public int free() {
    return Math.max(0, seats - present);
  }
}
