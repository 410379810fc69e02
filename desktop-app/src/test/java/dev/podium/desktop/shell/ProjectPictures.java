package dev.podium.desktop.shell;

import dev.podium.desktop.settings.Appearance;
import dev.podium.desktop.setup.SetupPort.Project;
import dev.podium.desktop.signin.SignInPort;
import dev.podium.desktop.testing.Classroom;
import dev.podium.desktop.testing.ScriptedFleet;
import dev.podium.desktop.testing.ScriptedProject;
import dev.podium.desktop.testing.ScriptedSetup;
import dev.podium.desktop.testing.Vms;
import dev.podium.fleet.config.CloudProfile;
import dev.podium.fleet.config.ProfileDraft;
import dev.podium.fleet.config.ProfileMember;
import dev.podium.fleet.model.offer.RegionQuota;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import javafx.scene.control.ListView;
import javafx.scene.control.TableView;
import javafx.scene.control.TextInputControl;
import javafx.scene.control.TitledPane;
import javafx.scene.input.KeyCode;

/// Pictures of setting a project up, checking it, its profiles, and of the people in the chat.
final class ProjectPictures extends WindowPictures {
  ProjectPictures(Path folder, Appearance appearance) throws Exception {
    super(folder, appearance);
  }

  void all() throws Exception {
    setUp();
    check();
    profiles();
    people();
    newVms();
  }

  private void newVms() throws Exception {
    fleet = new ScriptedFleet();
    fleet.quotas(new RegionQuota("CPUS", 24, 14), new RegionQuota("IN_USE_ADDRESSES", 8, 1));
    fleet.show(Classroom.vms());
    open(Optional.of(SignInPort.Door.LOCAL));
    keys(KeyCode.N, true);
    fill(".card .text-field", "4");
    shoot("new-vms-room");
    fill(".card .text-field", "12");
    shoot("new-vms-no-room");
    keys(KeyCode.ESCAPE, false);
  }

  private void setUp() throws Exception {
    Optional<String> ready = prepared;
    prepared = Optional.empty();
    setup =
        new ScriptedSetup()
            .seeing(
                new Project("acme-chat-eu", "Acme chat, Europe"),
                new Project("acme-sandbox-3117", "Acme sandbox"),
                new Project("school-4711", "School"));
    open(Optional.empty());
    press("#door-google");
    shoot("setup-client");
    fill("#setup-paste", "no JSON");
    press("#setup-client");
    shoot("setup-client-refused");
    fill("#setup-paste", "{\"installed\": {\"client_id\": \"4711\"}}");
    press("#setup-client");
    shoot("setup-browser");
    setup.signIns().getLast().complete("ann@acme.example");
    settle();
    choose("#setup-projects");
    shoot("setup-project");
    expand();
    fill("#profile-subnet", "projects/acme-net/regions/europe-west1/subnetworks/class");
    fill("#profile-region", "europe-west1");
    fill("#profile-port", "http");
    shoot("setup-company");
    fill("#profile-port", "443");
    project = new ScriptedProject();
    press("#setup-project");
    shoot("setup-check");
    prepared = ready;
  }

  private void check() throws Exception {
    fleet = new ScriptedFleet();
    fleet.show(Classroom.vms());
    project = new ScriptedProject().troubled();
    local = false;
    open(Optional.of(SignInPort.Door.LOCAL));
    keys(KeyCode.DIGIT4, true);
    shoot("settings-project");
    press("#check-project");
    shoot("preflight-five-red");
    keys(KeyCode.ESCAPE, false);
    project = new ScriptedProject();
    press("#check-project");
    shoot("preflight-green");
    keys(KeyCode.ESCAPE, false);
    CountDownLatch slow = new CountDownLatch(1);
    project.answering(
        "quotas",
        () -> {
          awaitQuietly(slow);
          return List.of();
        });
    press("#check-project");
    shoot("preflight-running");
    slow.countDown();
    keys(KeyCode.ESCAPE, false);
    local = true;
  }

  private static void awaitQuietly(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException interrupt) {
      Thread.currentThread().interrupt();
    }
  }

  private void profiles() throws Exception {
    CloudProfile home =
        CloudProfile.google(
            "home", "my-home-1", "podium", Optional.of("4711.apps.example"), Optional.of("s"));
    CloudProfile company =
        ProfileDraft.of(home)
            .with(
                Map.of(
                    ProfileMember.NAME, "company",
                    ProfileMember.PROJECT, "acme-chat-eu",
                    ProfileMember.FLEET, "class-a",
                    ProfileMember.SUBNET,
                        "projects/acme-net/regions/europe-west1/subnetworks/class",
                    ProfileMember.EXTERNAL_ADDRESS, "no",
                    ProfileMember.TAGS, "podium school",
                    ProfileMember.SECURE_BOOT, "yes",
                    ProfileMember.REGION, "europe-west1"))
            .toProfile(home);
    setup = new ScriptedSetup().with(home).with(company);
    open(Optional.empty());
    shoot("sign-in-profiles");
    press("#profiles");
    shoot("profiles");
    press("#profile-new");
    shoot("profiles-new");
    keys(KeyCode.ESCAPE, false);
  }

  private void people() throws Exception {
    fleet = new ScriptedFleet();
    fleet.show(
        List.of(
            Vms.inRoom(Vms.vm("class-a-1"), "lobby", "Ann", "Ben", "Çelik", "Dora"),
            Vms.inRoom(Vms.vm("class-a-2"), "maths", "Ann", "Émile", "Fatima"),
            Vms.inRoom(Vms.vm("class-b-1"), "physics", "Grace", "Hal")));
    open(Optional.of(SignInPort.Door.LOCAL));
    keys(KeyCode.DIGIT5, true);
    TableView<?> table = lookup(".people .table-view", TableView.class);
    onWindow(() -> {
      table.getSelectionModel().selectRange(1, 3);
      return table;
    });
    shoot("people");
    press("#put-out");
    shoot("people-put-out");
    keys(KeyCode.ESCAPE, false);
    fleet = new ScriptedFleet();
    fleet.show(List.of(Vms.vm("class-a-1")));
    open(Optional.of(SignInPort.Door.LOCAL));
    keys(KeyCode.DIGIT5, true);
    shoot("people-empty");
  }

  private void fill(String selector, String text) throws Exception {
    TextInputControl field = lookup(selector, TextInputControl.class);
    onWindow(() -> {
      field.setText(text);
      return field;
    });
  }

  private void choose(String list) throws Exception {
    ListView<?> view = lookup(list, ListView.class);
    onWindow(() -> {
      view.getSelectionModel().select(0);
      return view;
    });
  }

  private void expand() throws Exception {
    TitledPane pane = lookup("#company-settings", TitledPane.class);
    onWindow(() -> {
      pane.setExpanded(true);
      return pane;
    });
    settle();
  }
}
