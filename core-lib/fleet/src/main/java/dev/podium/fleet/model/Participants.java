package dev.podium.fleet.model;

/// The people on a VM.
///
/// @param present people connected now, 0 or more
/// @param seats people it has room for, 1 or more
public record Participants(int present, int seats) {
  public Participants {
    if (present < 0 || seats < 1) {
      throw new IllegalArgumentException("present " + present + ", seats " + seats);
    }
  }

  /// Seats that are free, 0 or more: a hold or a race may seat more people than there are seats.
  public int free() {
    return Math.max(0, seats - present);
  }
}
