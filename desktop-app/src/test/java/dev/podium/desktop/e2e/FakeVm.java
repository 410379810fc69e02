package dev.podium.desktop.e2e;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Objects;

/// A page whose VM is a script of the test's, `fakeVm`: no WebSocket is opened.
final class FakeVm {
  private static final String SCRIPT = script();

  private FakeVm() {}

  /// @param link the page's address, with what the person brings
  /// @param welcome what the VM says to a hello, as a script
  static ChatPage page(String link, String welcome) {
    return ChatPage.visitWith(script(welcome), link);
  }

  /// What stands for the VM, before the page's own scripts.
  static String script(String welcome) {
    return SCRIPT + "\nfakeVm.onhello = (socket, frame) => " + welcome + ";";
  }

  private static String script() {
    try (InputStream in = FakeVm.class.getResourceAsStream("fake-vm.js")) {
      return new String(Objects.requireNonNull(in).readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }
}
