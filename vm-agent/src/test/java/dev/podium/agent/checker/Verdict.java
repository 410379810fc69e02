package dev.podium.agent.checker;

/// What a history amounts to. All but the first two must be 0.
///
/// @param acknowledged messages whose writers were told that they are safe
/// @param announcedGaps places at which a reader was told that messages are missing
/// @param lost acknowledged messages that a reader was owed and not shown, over all readers;
///   messages in an announced gap are not owed
/// @param duplicated messages that a reader was shown again
/// @param reordered places at which two readers' orders contradict each other
/// @param unannouncedGaps places at which a reader was not shown what others were, and not told so
/// @param invented messages shown that nobody said
/// @param absent people who were not back when all was well again, or whose messages were not
///   acknowledged then
record Verdict(
    long acknowledged,
    long announcedGaps,
    long lost,
    long duplicated,
    long reordered,
    long unannouncedGaps,
    long invented,
    long absent) {
  static final Verdict NOTHING = new Verdict(0, 0, 0, 0, 0, 0, 0, 0);

  boolean good() {
    return equals(new Verdict(acknowledged, announcedGaps, 0, 0, 0, 0, 0, 0));
  }

  /// The same, for a bus that keeps no one order.
  Verdict withoutOrder() {
    return new Verdict(
        acknowledged, announcedGaps, lost, duplicated, 0, unannouncedGaps, invented, absent);
  }

  /// The same with so many people who did not come back.
  Verdict without(long people) {
    return plus(new Verdict(0, 0, 0, 0, 0, 0, 0, people));
  }

  Verdict plus(Verdict other) {
    return new Verdict(
        acknowledged + other.acknowledged,
        announcedGaps + other.announcedGaps,
        lost + other.lost,
        duplicated + other.duplicated,
        reordered + other.reordered,
        unannouncedGaps + other.unannouncedGaps,
        invented + other.invented,
        absent + other.absent);
  }

  @Override
  public String toString() {
    return ("acknowledged %,d, lost %,d, duplicated %,d, reordered %,d, unannounced gaps %,d,"
            + " invented %,d, people absent %,d (announced gaps %,d)")
        .formatted(
            acknowledged,
            lost,
            duplicated,
            reordered,
            unannouncedGaps,
            invented,
            absent,
            announcedGaps);
  }
}
