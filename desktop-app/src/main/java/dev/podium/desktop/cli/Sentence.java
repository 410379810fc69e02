package dev.podium.desktop.cli;

import dev.podium.core.model.PodiumException;

/// A failure as the line that a person reads.
final class Sentence {
  private Sentence() {}

  /// What failed and why, then what to do.
  static String of(PodiumException failure) {
    return of(failure.sentence(), failure.remedy());
  }

  /// @param remedy may be empty, or a part of the sentence already
  static String of(String sentence, String remedy) {
    String stopped = sentence.strip() + (sentence.strip().endsWith(".") ? "" : ".");
    return remedy.isBlank() || stopped.contains(remedy.strip())
        ? stopped
        : stopped + " " + remedy.strip();
  }
}
