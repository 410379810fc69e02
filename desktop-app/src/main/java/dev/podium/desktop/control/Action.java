package dev.podium.desktop.control;

import javafx.beans.value.ObservableBooleanValue;
import javafx.scene.control.Button;
import javafx.scene.control.MenuItem;
import javafx.scene.control.Tooltip;
import javafx.scene.input.KeyCombination;
import org.kordamp.ikonli.Ikon;
import org.kordamp.ikonli.javafx.FontIcon;

/// Something a person can do, the same in the toolbar, in menus and on the keyboard.
///
/// @param name as the button says it: `Open chat`
/// @param explanation one sentence for the tooltip
/// @param shortcut its keys
/// @param enabled whether it can be done now
public record Action(
    String name,
    String explanation,
    Ikon icon,
    KeyCombination shortcut,
    ObservableBooleanValue enabled,
    Runnable work) {
  /// Does it, if it can be done now.
  public void run() {
    if (enabled.get()) {
      work.run();
    }
  }

  /// A button for it, with its shortcut in the tooltip.
  public Button button() {
    Button button = new Button(name, new FontIcon(icon));
    button.setMnemonicParsing(false);
    button.setOnAction(event -> run());
    button.disableProperty().bind(javafx.beans.binding.Bindings.not(enabled));
    button.setTooltip(new Tooltip(explanation + "  " + shortcut.getDisplayText()));
    button.setAccessibleText(name);
    button.setAccessibleHelp(explanation);
    button.setMinWidth(Button.USE_PREF_SIZE);
    return button;
  }

  /// A menu item for it.
  public MenuItem menuItem() {
    MenuItem item = new MenuItem(name, new FontIcon(icon));
    item.setMnemonicParsing(false);
    item.setOnAction(event -> run());
    item.disableProperty().bind(javafx.beans.binding.Bindings.not(enabled));
    return item;
  }
}
