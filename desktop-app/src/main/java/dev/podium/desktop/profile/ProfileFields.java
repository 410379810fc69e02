package dev.podium.desktop.profile;

import atlantafx.base.theme.Styles;
import dev.podium.desktop.control.Card;
import dev.podium.desktop.control.FieldGrid;
import dev.podium.fleet.config.ProfileMember;
import java.util.List;
import javafx.beans.property.StringProperty;
import javafx.scene.Node;
import javafx.scene.control.CheckBox;
import javafx.scene.control.TextField;
import javafx.scene.control.TitledPane;
import javafx.scene.layout.VBox;

/// The form of a profile: what everybody says, and folded away what a company's rules ask for.
public final class ProfileFields {
  private static final int COLUMNS = 2;

  /// A field, with what is below it while nothing is wrong.
  record Field(ProfileMember member, String name, String hint) {}

  private static final List<Field> USUAL =
      List.of(
          new Field(ProfileMember.PROJECT, "Project id", "As Google Cloud shows it."),
          new Field(ProfileMember.FLEET, "Fleet name", "Two teams in one project have one each."));

  /// What is folded away.
  static final List<Field> COMPANY =
      List.of(
          new Field(ProfileMember.NETWORK, "Network", "Empty: the project’s network “default”."),
          new Field(ProfileMember.SUBNET, "Subnet", "A name, or the URL of one of a Shared VPC."),
          new Field(
              ProfileMember.SERVICE_ACCOUNT,
              "Service account of the VMs",
              "Empty: the project’s default. It needs the VMs’ role for Pub/Sub."),
          new Field(
              ProfileMember.TAGS, "Network tags", "Firewall rules are for them: podium school"),
          new Field(ProfileMember.REGION, "Region", "Such as europe-west1: its zones b and c."),
          new Field(
              ProfileMember.ZONES,
              "Zones, the best first",
              "Empty: the region’s, or the policy’s."),
          new Field(ProfileMember.IMAGE, "Image", "Empty: the policy’s."),
          new Field(
              ProfileMember.DISK_TYPE, "Boot disk type", "Empty: what suits the machine type."),
          new Field(ProfileMember.PORT, "Port of the chat", "Empty: 8080."),
          new Field(
              ProfileMember.SCOPES,
              "OAuth scopes of the VMs",
              "At least Pub/Sub; cloud-platform leaves it to the account’s roles."),
          new Field(ProfileMember.EXTERNAL_ADDRESS, "VMs have external addresses", ""),
          new Field(ProfileMember.SECURE_BOOT, "Secure Boot (Shielded VM)", ""));

  private final ProfileFormViewModel model;
  private final boolean named;

  /// @param named whether the profile's name is asked for
  public ProfileFields(ProfileFormViewModel model, boolean named) {
    this.model = model;
    this.named = named;
  }

  /// The fields that everybody fills in.
  public Node usual() {
    FieldGrid<ProfileMember> grid = new FieldGrid<>(COLUMNS, model.faults());
    int place = 0;
    if (named) {
      Field name = new Field(ProfileMember.NAME, "Profile name", "What you call it here.");
      add(grid, name, place++);
    }
    for (Field field : USUAL) {
      add(grid, field, place++);
    }
    return grid.node();
  }

  /// What a company's rules ask for, folded unless something of it is said.
  public TitledPane company() {
    FieldGrid<ProfileMember> grid = new FieldGrid<>(COLUMNS, model.faults());
    int place = 0;
    for (Field field : COMPANY) {
      switch (field.member()) {
        case EXTERNAL_ADDRESS, SECURE_BOOT -> {
          grid.addPlain(checkBox(field), place % COLUMNS, place / COLUMNS);
          place++;
        }
        default -> add(grid, field, place++);
      }
    }
    VBox content =
        new VBox(
            Card.paragraph(
                "For projects with rules of their own: a Shared VPC, no external addresses,"
                    + " Shielded VMs, Europe alone. Leave empty what you do not know.",
                "hint"),
            grid.node());
    content.getStyleClass().add("company-settings");
    TitledPane pane = new TitledPane("Company settings", content);
    pane.setId("company-settings");
    pane.setAnimated(false);
    pane.setExpanded(model.companySettings() > 0);
    model.faults().subscribe(faults -> retitle(pane));
    model.changed().subscribe(changed -> retitle(pane));
    return pane;
  }

  private void retitle(TitledPane pane) {
    int said = model.companySettings();
    long wrong =
        COMPANY.stream().filter(field -> model.faults().get().containsKey(field.member())).count();
    String set = said == 0 ? "Company settings" : "Company settings: " + said + " set";
    pane.setText(wrong == 0 ? set : set + ", " + wrong + " wrong");
    pane.pseudoClassStateChanged(Styles.STATE_DANGER, wrong > 0);
  }

  private void add(FieldGrid<ProfileMember> grid, Field field, int place) {
    TextField text = new TextField();
    text.setId("profile-" + field.member().name().toLowerCase(java.util.Locale.ROOT));
    if (field.member() == ProfileMember.SUBNET) {
      text.setPromptText("projects/HOST/regions/REGION/subnetworks/NAME");
    }
    text.textProperty().bindBidirectional(model.text(field.member()));
    grid.add(field.member(), field.name(), field.hint(), text, place % COLUMNS, place / COLUMNS);
  }

  private CheckBox checkBox(Field field) {
    CheckBox box = new CheckBox(field.name());
    box.setId("profile-" + field.member().name().toLowerCase(java.util.Locale.ROOT));
    StringProperty text = model.text(field.member());
    text.subscribe(now -> box.setSelected("yes".equals(now)));
    box.selectedProperty().subscribe((before, now) -> text.set(now ? "yes" : "no"));
    return box;
  }
}
