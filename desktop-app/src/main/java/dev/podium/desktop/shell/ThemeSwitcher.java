package dev.podium.desktop.shell;

import atlantafx.base.theme.PrimerDark;
import atlantafx.base.theme.PrimerLight;
import dev.podium.desktop.settings.Appearance;
import dev.podium.desktop.settings.WindowMemory;
import javafx.application.Application;
import javafx.application.ColorScheme;
import javafx.application.Platform;
import javafx.beans.value.ObservableValue;
import javafx.css.PseudoClass;
import javafx.scene.Parent;

/// Keeps the window light or dark as the person chose, or as the desktop is, also when it changes.
final class ThemeSwitcher {
  private static final PseudoClass DARK = PseudoClass.getPseudoClass("dark");

  private ThemeSwitcher() {}

  static void follow(ObservableValue<WindowMemory> memory, Parent root) {
    ObservableValue<ColorScheme> desktop = Platform.getPreferences().colorSchemeProperty();
    Runnable apply = () -> apply(isDark(memory.getValue().appearance(), desktop.getValue()), root);
    memory.subscribe(apply);
    desktop.subscribe(apply);
    apply.run();
  }

  private static boolean isDark(Appearance chosen, ColorScheme desktop) {
    return switch (chosen) {
      case SYSTEM -> desktop == ColorScheme.DARK;
      case LIGHT -> false;
      case DARK -> true;
    };
  }

  private static void apply(boolean dark, Parent root) {
    String theme =
        dark
            ? new PrimerDark().getUserAgentStylesheet()
            : new PrimerLight().getUserAgentStylesheet();
    if (!theme.equals(Application.getUserAgentStylesheet())) {
      Application.setUserAgentStylesheet(theme);
    }
    root.pseudoClassStateChanged(DARK, dark);
  }
}
