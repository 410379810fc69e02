package dev.podium.desktop.control.failure;

import dev.podium.wire.model.PodiumException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.Locale;
import java.util.Optional;

/// A failure as a person reads it.
///
/// @param sentence what failed and why
/// @param remedy what the person can do; may be empty
/// @param code stable, to copy into a report
/// @param details for whoever helps; folded away
/// @param offer what can be done about it at once, as a button beside the text
public record FailureText(
    String sentence, String remedy, String code, String details, Optional<Offer> offer) {
  /// What a button does.
  ///
  /// @param name as the button says it: `Destroy by force…`
  public record Offer(String name, Runnable work) {}

  /// A failure about which nothing can be done at once.
  public FailureText(String sentence, String remedy, String code, String details) {
    this(sentence, remedy, code, details, Optional.empty());
  }

  /// The same with a button.
  public FailureText offering(String name, Runnable work) {
    return new FailureText(sentence, remedy, code, details, Optional.of(new Offer(name, work)));
  }

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
