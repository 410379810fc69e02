package dev.podium.desktop.settings;

import atlantafx.base.theme.Styles;
import dev.podium.desktop.control.Card;
import dev.podium.desktop.control.SelectableText;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.RadioButton;
import javafx.scene.control.ScrollPane;
import javafx.scene.control.ToggleGroup;
import javafx.scene.layout.GridPane;
import javafx.scene.layout.HBox;
import javafx.scene.layout.VBox;

/// The settings page: what can be chosen, and what is so.
public final class SettingsView extends ScrollPane {
  /// What opens a dialog about the project.
  ///
  /// @param check the pre-flight
  /// @param profiles the profiles, to choose and to change
  /// @param images the VM images
  public record ProjectDialogs(Runnable check, Runnable profiles, Runnable images) {}

  private final SettingsViewModel model;

  /// @param leftovers opens the list of what the fleet has in the cloud
  /// @param dialogs those about the project
  /// @param groups what is shown besides, by heading: names and values
  /// @param clipboard takes addresses and paths that are copied
  public SettingsView(
      SettingsViewModel model,
      Runnable leftovers,
      ProjectDialogs dialogs,
      Map<String, List<Map.Entry<String, String>>> groups,
      Consumer<String> clipboard) {
    this.model = model;
    VBox page =
        new VBox(
            section("Appearance", appearance()),
            section("The project", project(dialogs)),
            section("Before you go", beforeYouGo(leftovers)));
    groups.forEach(
        (heading, facts) -> page.getChildren().add(section(heading, table(facts, clipboard))));
    page.getStyleClass().add("settings");
    setContent(page);
    setFitToWidth(true);
    getStyleClass().add("plain");
  }

  private Node appearance() {
    HBox choices = new HBox();
    choices.getStyleClass().add("choices");
    ToggleGroup group = new ToggleGroup();
    for (Appearance appearance : Appearance.values()) {
      RadioButton choice = new RadioButton(appearance.words());
      choice.setToggleGroup(group);
      choice.setSelected(model.memory().get().appearance() == appearance);
      choice.setOnAction(event -> model.change(memory -> memory.with(appearance)));
      choices.getChildren().add(choice);
    }
    return choices;
  }

  private static Node project(ProjectDialogs dialogs) {
    Label hint =
        Card.paragraph(
            "Whether all is there that a fleet needs: billing, APIs, rights, image, network, quotas;"
                + " the profiles with a company’s settings; and the image that VMs boot.",
            "hint");
    Button check = Card.button("Check the project…", dialogs.check());
    check.setId("check-project");
    Button profiles = Card.button("Profiles…", dialogs.profiles());
    profiles.setId("settings-profiles");
    Button images = Card.button("VM image…", dialogs.images());
    images.setId("settings-images");
    HBox buttons = new HBox(check, profiles, images);
    buttons.getStyleClass().add("invite-buttons");
    VBox content = new VBox(hint, buttons);
    content.getStyleClass().add("choices");
    return content;
  }

  private static Node beforeYouGo(Runnable leftovers) {
    Label hint =
        Card.paragraph(
            "Everything that the fleet has in the cloud, by whom, what it costs and what becomes of"
                + " it: VMs, disks, and the subscriptions of VMs that are gone.",
            "hint");
    Button look = Card.button("Look in the cloud…", leftovers);
    VBox content = new VBox(hint, look);
    content.getStyleClass().add("choices");
    return content;
  }

  private static Node section(String heading, Node content) {
    Label title = new Label(heading);
    title.getStyleClass().add(Styles.TITLE_4);
    VBox section = new VBox(title, content);
    section.getStyleClass().add("section");
    return section;
  }

  // Addresses and paths are needed elsewhere: in a terminal, in a browser.
  private static Node value(String name, String text, Consumer<String> clipboard) {
    if (!text.contains("/") || text.length() == 1) {
      return Card.paragraph(text);
    }
    SelectableText value = new SelectableText(name, clipboard);
    value.show(text, true);
    return value;
  }

  private static Node table(List<Map.Entry<String, String>> facts, Consumer<String> clipboard) {
    GridPane grid = new GridPane();
    grid.getStyleClass().add("facts");
    int row = 0;
    for (Map.Entry<String, String> fact : facts) {
      Label name = new Label(fact.getKey());
      name.getStyleClass().add(Styles.TEXT_MUTED);
      grid.addRow(row++, name, value(fact.getKey(), fact.getValue(), clipboard));
    }
    return grid;
  }
}
