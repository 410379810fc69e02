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
record Verdict(
    long acknowledged,
    long announcedGaps,
    long lost,
    long duplicated,
    long reordered,
    long unannouncedGaps,
    long invented) {
  static final Verdict NOTHING = new Verdict(0, 0, 0, 0, 0, 0, 0);

  boolean good() {
    return lost == 0 && duplicated == 0 && reordered == 0 && unannouncedGaps == 0 && invented == 0;
  }

  /// The same, for a bus that keeps no one order.
  Verdict withoutOrder() {
    return new Verdict(acknowledged, announcedGaps, lost, duplicated, 0, unannouncedGaps, invented);
  }

  Verdict plus(Verdict other) {
    return new Verdict(
        acknowledged + other.acknowledged,
        announcedGaps + other.announcedGaps,
        lost + other.lost,
        duplicated + other.duplicated,
        reordered + other.reordered,
        unannouncedGaps + other.unannouncedGaps,
        invented + other.invented);
  }

  @Override
  public String toString() {
    return ("acknowledged %,d, lost %,d, duplicated %,d, reordered %,d, unannounced gaps %,d,"
            + " invented %,d (announced gaps %,d)")
        .formatted(
            acknowledged, lost, duplicated, reordered, unannouncedGaps, invented, announcedGaps);
  }
}
