package dev.podium.agent.chat;

import java.util.Optional;

/// What the page says.
sealed interface PageFrame {
  /// @param returning whether the page says that the person was in a moment ago, and was only
  ///   loaded anew
  /// @param rooms whether the page shows which rooms there are
  record Hello(
      Optional<String> token,
      Optional<String> code,
      Optional<String> name,
      Optional<String> room,
      Optional<String> device,
      Optional<String> after,
      boolean returning,
      boolean rooms)
      implements PageFrame {}

  record Say(String cid, String text) implements PageFrame {}

  /// The reader scrolls up.
  ///
  /// @param before the id of the oldest message that the page has
  record Older(String before) implements PageFrame {}

  record Hold(int minutes) implements PageFrame {}

  /// A key was typed: the VM is in use.
  record Typing() implements PageFrame {}

  record Bye() implements PageFrame {}

  /// Not a frame of this protocol.
  record Bad(String sentence) implements PageFrame {}
}
