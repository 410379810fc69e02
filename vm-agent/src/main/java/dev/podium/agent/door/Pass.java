package dev.podium.agent.door;

import java.time.Instant;
import java.util.Optional;
import java.util.function.Supplier;

/// What somebody came in by, looked at again every second while they are here. A seat ends with its
/// invite, and with its access code. Else one who never loses the connection could stay for days on
/// an hour's invite. The next, whose telephone changes masts, would be out.
///
/// @param expires when it ends by itself, if it does
/// @param error what the page is told once it is no longer good
/// @param refusal a sentence for the person once it is no longer good
public record Pass(Optional<Instant> expires, ChatError error, Supplier<Optional<String>> refusal) {
  /// Ends never by itself.
  public static final Pass LASTING = new Pass(Optional.empty(), Optional::empty);

  /// An invite's.
  public Pass(Optional<Instant> expires, Supplier<Optional<String>> refusal) {
    this(expires, ChatError.BAD_TOKEN, refusal);
  }
}
