package dev.podium.desktop.cli.fault;

import com.fasterxml.jackson.databind.JsonNode;
import dev.podium.desktop.cli.client.CloudClient;
import dev.podium.desktop.program.Programs;
import dev.podium.wire.model.PodiumException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `podium local-cloud fault preempt`, `hang`, `crash`, …: does one thing to VMs, now.
@Command
final class ActCommand extends CloudCommand {
  /// What can be done, with how to tell it.
  enum Act {
    PREEMPT("Take VMs back, as the cloud does with Spot VMs.", "is being preempted"),
    HANG("Stop a VM's programs where they are (SIGSTOP).", "hangs"),
    UNHANG("Let a hung VM's programs carry on.", "carries on"),
    CRASH("Kill a VM's programs (SIGKILL); the VM stays on.", "has crashed"),
    CUT(
        "Cut a VM's network: silence in both directions. The VM must have booted after"
            + " 'fault set --cuttable'.",
        "is cut off"),
    HEAL("Heal a VM's network; what waited is delivered.", "is connected again");

    private final String description;
    private final String done;

    Act(String description, String done) {
      this.description = description;
      this.done = done;
    }

    String description() {
      return description;
    }

    @Override
    public String toString() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  private final Act act;

  @Parameters(paramLabel = "NAME", arity = "1..*", description = "The VMs.")
  private List<String> names = List.of();

  @Option(
      names = "--zone",
      paramLabel = "Z",
      description = "Their zone; needed only where two VMs share a name.")
  private @Nullable String zone;

  ActCommand(Programs programs, Act act) {
    super(programs);
    this.act = act;
  }

  @Override
  int run(CloudClient cloud) {
    return each(
        names,
        name -> {
          JsonNode machine = find(cloud, name);
          cloud.post("zones/" + machine.path("zone").asText() + "/instances/" + name + "/" + act);
          print(name + " " + act.done + ".");
        });
  }

  private JsonNode find(CloudClient cloud, String name) {
    List<JsonNode> found = new ArrayList<>();
    for (JsonNode machine : cloud.get("machines").path("machines")) {
      boolean there = zone == null || zone.equals(machine.path("zone").asText());
      if (there && machine.path("name").asText().equals(name)) {
        found.add(machine);
      }
    }
    if (found.isEmpty()) {
      throw new PodiumException.NotFound(
          "There is no VM '" + name + "'", "", "'fault show' lists all.", null);
    }
    if (found.size() > 1) {
      throw new PodiumException.Conflict(
          "Several VMs are named '" + name + "'", "", "Name the zone with --zone.", null);
    }
    return found.getFirst();
  }
}
