package dev.podium.desktop.fleet;

import dev.podium.desktop.control.Phrases;
import dev.podium.fleet.model.FleetVm;
import java.time.Instant;
import javafx.scene.control.ContentDisplay;
import javafx.scene.control.Labeled;
import javafx.scene.control.Tooltip;
import org.jspecify.annotations.Nullable;
import org.kordamp.ikonli.feather.Feather;
import org.kordamp.ikonli.javafx.FontIcon;

/// The sign behind a VM's name. A cross says that somebody asked for its end and can still take
/// that back, an arrow out that it is to be drained. Else it says that Podium does not end this VM
/// on its own: an anchor if the VM is pinned, a clock while it is held, as on the buttons.
final class NameMark {
  /// In pixels, as the stylesheet says too: its rule for all icons would undo what is set here.
  private static final int ICON = 12;

  private static final int GAP = 3;

  /// What it takes beside the name, in pixels.
  static final double WIDTH = ICON + GAP;

  private final Labeled labeled;
  private final FontIcon icon = new FontIcon();
  private final Tooltip tooltip = new Tooltip();

  NameMark(Labeled labeled) {
    this.labeled = labeled;
    icon.getStyleClass().add("kept");
    labeled.setContentDisplay(ContentDisplay.RIGHT);
    labeled.setGraphicTextGap(GAP);
  }

  /// Whether a VM is marked.
  static boolean on(FleetVm vm, Instant now) {
    return vm.vm().keptBy(now).isPresent();
  }

  /// Shows how things are with this VM; null for none. Cheap if nothing changed.
  ///
  /// @param end what somebody asked for; null if nobody did
  void show(@Nullable FleetVm vm, @Nullable EndMark end, Instant now) {
    String kept = vm == null ? "" : Phrases.kept(vm.vm(), now).orElse("");
    String why = end == null ? kept : end.words();
    if (vm == null || why.isEmpty()) {
      if (labeled.getGraphic() != null) {
        labeled.setGraphic(null);
        labeled.setTooltip(null);
        labeled.setAccessibleText(null);
      }
      return;
    }
    Feather sign = end == null ? keptBy(vm) : end.destroyed() ? Feather.X_CIRCLE : Feather.LOG_OUT;
    if (icon.getIconCode() != sign) {
      icon.setIconCode(sign);
    }
    if (labeled.getGraphic() == null) {
      labeled.setGraphic(icon);
      labeled.setTooltip(tooltip);
    }
    tooltip.setText(Character.toUpperCase(why.charAt(0)) + why.substring(1));
    labeled.setAccessibleText(vm.name() + ", " + why);
  }

  private static Feather keptBy(FleetVm vm) {
    return vm.vm().pinned() ? Feather.ANCHOR : Feather.CLOCK;
  }
}
