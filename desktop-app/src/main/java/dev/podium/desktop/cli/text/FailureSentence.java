package dev.podium.desktop.cli.text;

import dev.podium.wire.model.PodiumException;

/// A failure as the line that a person reads.
public final class FailureSentence {
  private FailureSentence() {}

  /// What failed and why, then what to do.
  public static String of(PodiumException failure) {
    return of(failure.sentence(), failure.remedy());
  }

  /// @param remedy may be empty, or a part of the sentence already
  public static String of(String sentence, String remedy) {
    String stopped = sentence.strip() + (sentence.strip().endsWith(".") ? "" : ".");
    return remedy.isBlank() || stopped.contains(remedy.strip())
        ? stopped
        : stopped + " " + remedy.strip();
  }
}
