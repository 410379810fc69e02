package dev.podium.desktop.fleet;

import dev.podium.desktop.control.HealthStyle;
import dev.podium.fleet.model.FleetVm;
import java.util.function.Consumer;
import javafx.beans.value.ChangeListener;
import javafx.beans.value.WeakChangeListener;
import javafx.css.PseudoClass;
import javafx.scene.control.TableCell;
import javafx.scene.input.MouseButton;
import org.jspecify.annotations.Nullable;

/// A cell of the table. It compares before it sets its text: setting lays the row out again, and
/// most updates change one column of twelve.
final class FleetCell extends TableCell<VmRow, FleetVm> {
  private static final PseudoClass LINK = PseudoClass.getPseudoClass("link");

  private final FleetColumn column;
  private final FleetViewModel model;
  private final @Nullable NameMark mark;

  // Held here because the clock holds it weakly: cells come and go with the table's columns.
  @SuppressWarnings({"FieldCanBeLocal", "UnusedVariable"})
  private final ChangeListener<Object> onTick = (clock, before, after) -> refresh();

  FleetCell(FleetColumn column, FleetViewModel model, Consumer<FleetVm> openChat) {
    this.column = column;
    this.model = model;
    if (column.number()) {
      getStyleClass().add("number");
    }
    if (column == FleetColumn.HEALTH) {
      HealthStyle.prepare(this);
    }
    if (column == FleetColumn.NAME) {
      getStyleClass().add("name");
    }
    this.mark = column == FleetColumn.NAME ? new NameMark(this) : null;
    if (column.ages()) {
      model.now().addListener(new WeakChangeListener<>(onTick));
    }
    if (column == FleetColumn.NAME) {
      model.marks().addListener(new WeakChangeListener<>(onTick));
    }
    if (column == FleetColumn.CHAT) {
      setOnMouseClicked(event -> {
        FleetVm vm = getItem();
        if (event.getButton() == MouseButton.PRIMARY && vm != null && hasChat(vm)) {
          openChat.accept(vm);
        }
      });
    }
  }

  @Override
  protected void updateItem(@Nullable FleetVm vm, boolean empty) {
    super.updateItem(vm, empty);
    show(empty ? null : vm);
  }

  private void refresh() {
    if (!isEmpty()) {
      show(getItem());
    }
  }

  private void show(@Nullable FleetVm shown) {
    String text = shown == null ? "" : column.text(shown, model.now().get());
    if (column == FleetColumn.HEALTH) {
      HealthStyle.show(this, shown == null ? null : shown.health(), text);
    } else if (!text.equals(getText())) {
      setText(text);
    }
    if (mark != null) {
      EndMark end = shown == null ? null : model.marks().get().get(shown.vm().id());
      mark.show(shown, end, model.now().get());
    }
    if (column == FleetColumn.CHAT) {
      pseudoClassStateChanged(LINK, shown != null && hasChat(shown));
    }
  }

  private static boolean hasChat(FleetVm vm) {
    return vm.vm().chatUrl().isPresent();
  }
}
