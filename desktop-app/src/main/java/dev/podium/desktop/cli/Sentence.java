package dev.podium.desktop.cli;

import dev.podium.core.model.PodiumException;

/// A failure as the line that a person reads.
final class Sentence {
  private Sentence() {}

  /// What failed and why, then what to do.
  static String of(PodiumException failure) {
    String sentence = failure.sentence().strip();
    String stopped = sentence.endsWith(".") ? sentence : sentence + ".";
    String remedy = failure.remedy().strip();
    // The API's sentence may bring its remedy along.
    return remedy.isEmpty() || stopped.contains(remedy) ? stopped : stopped + " " + remedy;
  }
}
