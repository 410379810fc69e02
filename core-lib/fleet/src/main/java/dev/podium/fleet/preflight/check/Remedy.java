package dev.podium.fleet.preflight.check;

import java.net.URI;
import java.util.List;
import java.util.Optional;

/// What helps where a check did not find what it should.
///
/// @param text what to do, one sentence or more
/// @param commands exact lines for a shell, in order; may be empty
/// @param page of Google's console, or of a guide
/// @param fixable whether [dev.podium.fleet.preflight.Preflight#fix] does it
public record Remedy(String text, List<String> commands, Optional<URI> page, boolean fixable) {
  public Remedy {
    commands = List.copyOf(commands);
  }

  /// In words alone.
  public static Remedy of(String text) {
    return new Remedy(text, List.of(), Optional.empty(), false);
  }

  /// With lines for a shell.
  public static Remedy run(String text, List<String> commands) {
    return new Remedy(text, commands, Optional.empty(), false);
  }

  /// With a page where it is done by clicks.
  public static Remedy open(String text, String page) {
    return new Remedy(text, List.of(), Optional.of(URI.create(page)), false);
  }

  /// The same, done by Podium itself if somebody asks for it.
  public Remedy andFix() {
    return new Remedy(text, commands, page, true);
  }
}
