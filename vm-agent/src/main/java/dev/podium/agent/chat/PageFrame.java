package dev.podium.agent.chat;

import java.util.Optional;

/// What the page says.
sealed interface PageFrame {
  /// @param returning whether the page says that the person was in a moment ago, and was only
  ///   loaded anew
  record Hello(
      Optional<String> token,
      Optional<String> code,
      Optional<String> name,
      Optional<String> room,
      Optional<String> device,
      Optional<String> after,
      boolean returning)
      implements PageFrame {}

  record Say(String cid, String text) implements PageFrame {}

  record Hold(int minutes) implements PageFrame {}

  /// A key was typed: the VM is in use.
  record Typing() implements PageFrame {}

  record Bye() implements PageFrame {}

  /// Not a frame of this protocol.
  record Bad(String sentence) implements PageFrame {}
}
