package dev.podium.desktop.fleet;

import dev.podium.fleet.model.FleetVm;
import java.util.Map;
import javafx.beans.value.ChangeListener;
import javafx.beans.value.WeakChangeListener;
import javafx.css.PseudoClass;
import javafx.scene.control.TableRow;
import org.jspecify.annotations.Nullable;

/// A row of the table, which is tinted while its VM is in trouble, or is about to end because
/// somebody asked for it. The words for both are in its cells. Only what is destroyed is struck
/// through: who is on a VM that is drained goes on.
final class FleetRow extends TableRow<VmRow> {
  private static final PseudoClass TROUBLE = PseudoClass.getPseudoClass("trouble");
  private static final PseudoClass ENDING = PseudoClass.getPseudoClass("ending");
  private static final PseudoClass DESTROYED = PseudoClass.getPseudoClass("destroyed");

  private final FleetViewModel model;

  // Held here because what they listen to holds them weakly: rows come and go.
  private final ChangeListener<FleetVm> onVm = (vm, before, after) -> tint();

  @SuppressWarnings({"FieldCanBeLocal", "UnusedVariable"})
  private final ChangeListener<Map<String, EndMark>> onMarks = (marks, before, after) -> tint();

  private final WeakChangeListener<FleetVm> weakOnVm = new WeakChangeListener<>(onVm);
  private @Nullable VmRow followed;

  FleetRow(FleetViewModel model) {
    this.model = model;
    model.marks().addListener(new WeakChangeListener<>(onMarks));
  }

  @Override
  protected void updateItem(@Nullable VmRow row, boolean empty) {
    super.updateItem(row, empty);
    VmRow before = followed;
    if (before != null) {
      before.vmProperty().removeListener(weakOnVm);
    }
    followed = empty ? null : row;
    if (!empty && row != null) {
      row.vmProperty().addListener(weakOnVm);
    }
    tint();
  }

  private void tint() {
    VmRow row = followed;
    pseudoClassStateChanged(TROUBLE, row != null && row.vm().health().inTrouble());
    EndMark end = row == null ? null : model.marks().get().get(row.id());
    pseudoClassStateChanged(ENDING, end != null);
    pseudoClassStateChanged(DESTROYED, end != null && end.destroyed());
  }
}
