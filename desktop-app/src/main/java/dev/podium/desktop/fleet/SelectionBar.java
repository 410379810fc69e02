package dev.podium.desktop.fleet;

import atlantafx.base.theme.Styles;
import dev.podium.desktop.control.Action;
import dev.podium.desktop.control.Phrases;
import dev.podium.fleet.model.FleetVm;
import dev.podium.wire.text.CountText;
import java.util.List;
import javafx.geometry.Pos;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;

/// A bar below the table that is there while several VMs are selected. It says how many, who is on
/// them, and what can be done to them all.
final class SelectionBar extends HBox {
  /// @param actions what can be done to several VMs
  SelectionBar(FleetViewModel model, List<Action> actions) {
    Label text = new Label();
    text.getStyleClass().add(Styles.TEXT_BOLD);
    text.setMinWidth(Region.USE_PREF_SIZE);
    Region spring = new Region();
    HBox.setHgrow(spring, Priority.ALWAYS);
    getChildren().addAll(text, spring);
    for (Action action : actions) {
      Button button = action.button();
      button.getStyleClass().add(Styles.SMALL);
      getChildren().add(button);
    }
    getStyleClass().add("selection-bar");
    setAlignment(Pos.CENTER_LEFT);
    model
        .selected()
        .subscribe(vms -> {
          text.setText(sentence(vms));
          setVisible(vms.size() > 1);
          setManaged(vms.size() > 1);
        });
  }

  /// `8 selected · 3 people · $0.13 an hour`.
  static String sentence(List<FleetVm> vms) {
    int people = vms.stream().mapToInt(vm -> vm.participants().present()).sum();
    double cost = vms.stream().mapToDouble(FleetVm::costPerHour).sum();
    boolean known = vms.stream().allMatch(FleetVm::priceKnown);
    return vms.size()
        + " selected · "
        + (people == 0 ? "nobody on them" : CountText.people(people))
        + " · "
        + Phrases.hourly(cost, known);
  }
}
