package dev.podium.desktop.shell;

import dev.podium.desktop.settings.Appearance;
import dev.podium.desktop.signin.SignInPort;
import dev.podium.desktop.testing.Classroom;
import dev.podium.desktop.testing.LeakReports;
import dev.podium.desktop.testing.ScriptedFleet;
import dev.podium.desktop.testing.Vms;
import dev.podium.fleet.event.FleetEvent.Activity;
import dev.podium.fleet.event.FleetEvent.Actor;
import dev.podium.fleet.event.FleetEvent.Level;
import dev.podium.fleet.model.Evidence;
import dev.podium.fleet.model.FleetVm;
import dev.podium.fleet.model.Health;
import dev.podium.fleet.model.VmName;
import dev.podium.fleet.policy.PolicyDraft;
import dev.podium.fleet.policy.PolicyMember;
import dev.podium.wire.model.PodiumException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import javafx.application.Platform;
import javafx.scene.control.TextField;
import javafx.scene.input.KeyCode;

/// Takes pictures of every screen, light and dark, at a laptop's size, into `target/pictures`, for
/// people to look at. Not a test; started by hand: `java -Dglass.platform=Headless -Dprism.order=sw
/// … dev.podium.desktop.shell.Pictures [folder]`.
public final class Pictures extends WindowPictures {
  private static final String BLOCKED =
      "VMs say that they are ready, but none of them answers this computer: the way to their TCP"
          + " port 8080 is blocked. The VMs are well and stay. Let the port in by a firewall rule"
          + " (gcloud compute firewall-rules create podium-chat --allow tcp:8080), or ask who runs"
          + " this network.";

  private Pictures(Path folder, Appearance appearance) throws Exception {
    super(folder, appearance);
  }

  /// @param arguments the folder for the pictures; `target/pictures` if none is named; then
  ///   `project` for those of a project's setup and its people alone
  public static void main(String[] arguments) throws Exception {
    Path folder = Path.of(arguments.length > 0 ? arguments[0] : "target/pictures");
    Files.createDirectories(folder);
    CompletableFuture<Void> started = new CompletableFuture<>();
    Platform.startup(() -> started.complete(null));
    started.get();
    Platform.setImplicitExit(false);
    try {
      for (Appearance appearance : List.of(Appearance.LIGHT, Appearance.DARK)) {
        if (arguments.length < 2) {
          new Pictures(folder, appearance).all();
          new EndPictures(folder, appearance).all();
        }
        new ImagePictures(folder, appearance).all();
        new ProjectPictures(folder, appearance).all();
      }
    } finally {
      Platform.exit();
    }
  }

  private void all() throws Exception {
    signIn();
    classroom();
    lookingForVms();
    fleetOf("fleet-0", List.of());
    fleetOf("fleet-3", three());
    details();
    createDialog();
    destroyDialog();
    inviteDialog();
    manyVms();
    activityAndSettings();
    error();
    leaks();
  }

  private void signIn() throws Exception {
    open(Optional.empty());
    shoot("sign-in");
    press("#door-google");
    shoot("sign-in-progress");
  }

  private void fleetOf(String name, List<FleetVm> vms) throws Exception {
    fleet = new ScriptedFleet();
    fleet.show(vms);
    open(Optional.of(SignInPort.Door.LOCAL));
    shoot(name);
  }

  private void lookingForVms() throws Exception {
    fleet = new ScriptedFleet();
    fleet.tick(
        1,
        Optional.of(
            "The VMs of fleet 'podium' cannot be listed: your sign-in has expired. Sign in again."),
        false);
    open(Optional.of(SignInPort.Door.LOCAL));
    shoot("fleet-looking");
    signInEnded = true;
    settle();
    shoot("sign-in-ended");
    signInEnded = false;
  }

  /// What the README shows.
  private void classroom() throws Exception {
    fleetOf("classroom", Classroom.vms());
    select(2);
    shoot("classroom");
  }

  private void details() throws Exception {
    fleet.write(
        """
        [    0.000000] podium-agent: starting, boot 7f3a
        [    0.412311] metadata: fleet class, seats 50, port 31234
        [    0.803110] bridge: subscribed to podium-class-chat
        [    1.120004] ready
        """);
    select(1);
    shoot("details");
    tab(1);
    shoot("details-timeline");
    tab(2);
    shoot("details-serial");
  }

  private void createDialog() throws Exception {
    keys(KeyCode.N, true);
    TextField count = lookup(".card .text-field", TextField.class);
    onWindow(() -> {
      count.setText("3");
      return count;
    });
    shoot("new-vms");
    onWindow(() -> {
      count.setText("many");
      return count;
    });
    shoot("new-vms-fault");
    onWindow(() -> {
      count.setText("3");
      return count;
    });
    press(".card .button:default");
    settle();
    fleet.creations().get(0).operation().complete("operation-1");
    fleet.creations().get(0).running().complete("us-central1-a");
    fleet.creations().get(0).ready().complete(Vms.vm("vm-1"));
    fleet.creations().get(1).operation().complete("operation-2");
    var full =
        new PodiumException.QuotaExceeded(
            "The VM 'vm-3' was not created",
            "the quota CPUS of 8 in us-central1 is used up",
            "Destroy VMs that are not needed, or ask Google for more quota.",
            null);
    fleet.creations().get(2).operation().completeExceptionally(full);
    shoot("new-vms-progress");
    keys(KeyCode.ESCAPE, false);
  }

  private void destroyDialog() throws Exception {
    select(1, 2);
    keys(KeyCode.DELETE, false);
    shoot("destroy");
    TextField word = lookup(".card .text-field", TextField.class);
    onWindow(() -> {
      word.setText("destroy 2");
      return word;
    });
    press(".card .button:default");
    shoot("destroy-undo");
    onWindow(() -> {
      stage.getOnCloseRequest().handle(new javafx.stage.WindowEvent(stage, null));
      return stage;
    });
    shoot("destroy-close");
    keys(KeyCode.ESCAPE, false);
    keys(KeyCode.Z, true);
  }

  private void inviteDialog() throws Exception {
    select(0);
    keys(KeyCode.I, true);
    TextField name = lookup(".card .text-field", TextField.class);
    onWindow(() -> {
      name.setText("Ann");
      return name;
    });
    press(".card .button:default");
    shoot("invite");
    keys(KeyCode.ESCAPE, false);
  }

  private void manyVms() throws Exception {
    List<FleetVm> many = new ArrayList<>();
    Health[] states = Health.values();
    for (int i = 1; i <= 200; i++) {
      Health health = i <= 2 * states.length ? states[i % states.length] : Health.HEALTHY;
      many.add(
          Vms.vm(
              "class-" + (char) ('a' + i % 5) + "-" + i,
              health,
              health == Health.HEALTHY ? i % 40 : 0));
    }
    fleetOf("fleet-200", many);
    fleet.tick(
        3,
        Optional.of(
            "Nothing is removed at present: 9 of 14 VMs are silent at once, so the fault may be"
                + " here."),
        true);
    select(3);
    shoot("fleet-200-details");
  }

  private void activityAndSettings() throws Exception {
    fleet = new ScriptedFleet();
    fleet.show(three());
    say(
        Actor.OPERATOR,
        Level.INFO,
        "Asked for 3 VMs class-us-central1-a-1 to class-us-central1-a-3 in us-central1-a.");
    say(Actor.CLOUD, Level.WARNING, "us-central1-a has no e2-small left; trying us-central1-b.");
    say(Actor.MONITOR, Level.INFO, "healthy: first heartbeat and a good probe");
    say(
        Actor.MONITOR,
        Level.WARNING,
        "class-us-central1-a-2 is suspect: no heartbeat for 23 s; it is asked directly over HTTP now, and"
            + " nothing is done to it unless that fails three times as well.");
    say(
        Actor.MONITOR,
        Level.FAILURE,
        "class-us-central1-a-2 destroyed: no answer on two channels for 3 min.");
    open(Optional.of(SignInPort.Door.LOCAL));
    keys(KeyCode.DIGIT2, true);
    shoot("activity");
    fleet.setPolicy(PolicyDraft.of(fleet.policy()).with(Map.of(PolicyMember.TOTAL_BUDGET, "40")));
    fleet.spend(3.27);
    keys(KeyCode.DIGIT3, true);
    shoot("policy");
    TextField minimum = lookup("#policy-minimum", TextField.class);
    TextField zones = lookup("#policy-zones", TextField.class);
    onWindow(() -> {
      minimum.setText("20");
      zones.setText("us-central1-a, mars-north1-a");
      return zones;
    });
    shoot("policy-faults");
    keys(KeyCode.DIGIT4, true);
    shoot("settings");
    keys(KeyCode.DIGIT1, true);
  }

  private void error() throws Exception {
    fleet.refuse(
        new PodiumException.NotPermitted(
            "class-us-central1-a-1 was not pinned",
            "ann@example.org may not set labels of VMs",
            "Ask the project's owner for the role roles/compute.instanceAdmin.v1.",
            null));
    select(0);
    keys(KeyCode.P, true);
    shoot("error");
  }

  private void leaks() throws Exception {
    fleet = new ScriptedFleet();
    fleet.swept(LeakReports.report(Vms.START));
    fleet.show(three());
    open(Optional.of(SignInPort.Door.LOCAL));
    shoot("leaks-notice");
    press(".notice .button");
    shoot("leaks");
    keys(KeyCode.ESCAPE, false);
    fleet = new ScriptedFleet();
    fleet.swept(LeakReports.unreadable(Vms.START));
    fleet.show(three());
    fleet.tick(0, Optional.of(BLOCKED), true);
    open(Optional.of(SignInPort.Door.LOCAL));
    shoot("leaks-unreadable");
  }

  private void say(Actor actor, Level level, String sentence) {
    fleet
        .events()
        .publish(
            new Activity(
                Instant.now(),
                actor,
                level,
                actor == Actor.MONITOR
                    ? Optional.of(new VmName("class-us-central1-a-2"))
                    : Optional.empty(),
                sentence,
                actor == Actor.MONITOR
                    ? List.of(
                        new Evidence(Evidence.Channel.HEARTBEAT, Instant.now(), "none for 23 s"))
                    : List.of()));
  }

  private static List<FleetVm> three() {
    return List.of(
        Vms.vm("class-us-central1-a-1", Health.HEALTHY, 12, "kept: 12 people"),
        Vms.labelled(
            Vms.vm("class-us-central1-a-2", Health.SUSPECT, 3, "no heartbeat for 23 s"),
            "podium-hold",
            Long.toString(Vms.START.plusSeconds(3_480).getEpochSecond())),
        Vms.vm("class-us-central1-a-3", Health.STARTING, 0, "booting for 14 s"));
  }
}
