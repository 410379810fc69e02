package dev.podium.desktop.control;

import dev.podium.wire.model.PodiumException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.Locale;

/// A failure as a person reads it.
///
/// @param sentence what failed and why
/// @param remedy what the person can do; may be empty
/// @param code stable, to copy into a report
/// @param details for whoever helps; folded away
public record FailureText(String sentence, String remedy, String code, String details) {
  /// What a person reads of a failure. One that is not Podium's own is told as a defect of ours.
  public static FailureText of(Throwable failure) {
    if (failure instanceof PodiumException known) {
      return new FailureText(known.sentence(), known.remedy(), known.code(), details(failure));
    }
    return new FailureText(
        "Podium made a mistake and could not do that.",
        "Try again; if it comes back, report it with the details below.",
        "defect_" + failure.getClass().getSimpleName().toLowerCase(Locale.ROOT),
        details(failure));
  }

  private static String details(Throwable failure) {
    StringWriter text = new StringWriter();
    failure.printStackTrace(new PrintWriter(text));
    return text.toString();
  }
}
