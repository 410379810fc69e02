package dev.podium.agent.chat;

import java.util.Optional;

/// What the page says.
sealed interface PageFrame {
  record Hello(
      Optional<String> token,
      Optional<String> code,
      Optional<String> name,
      Optional<String> room,
      Optional<String> device,
      Optional<String> after)
      implements PageFrame {}

  record Say(String cid, String text) implements PageFrame {}

  record Hold(int minutes) implements PageFrame {}

  /// A key was typed: the VM is in use.
  record Typing() implements PageFrame {}

  record Bye() implements PageFrame {}

  /// Not a frame of this protocol.
  record Bad(String sentence) implements PageFrame {}
}
