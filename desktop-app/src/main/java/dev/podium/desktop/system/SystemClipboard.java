package dev.podium.desktop.system;

import java.util.function.Consumer;
import javafx.scene.input.Clipboard;
import javafx.scene.input.ClipboardContent;

/// The desktop's clipboard. Belongs to the window's thread.
public final class SystemClipboard implements Consumer<String> {
  @Override
  public void accept(String text) {
    ClipboardContent content = new ClipboardContent();
    content.putString(text);
    Clipboard.getSystemClipboard().setContent(content);
  }
}
