package dev.podium.desktop.destroy;

import dev.podium.fleet.model.FleetVm;
import dev.podium.wire.text.CountText;
import java.util.List;

/// VMs that somebody wants to destroy, and what must be typed for it.
///
/// @param vms at least one
public record DestroyRequest(List<FleetVm> vms) {
  public DestroyRequest {
    vms = List.copyOf(vms);
  }

  /// How many people are on them together.
  public int people() {
    return vms.stream().mapToInt(vm -> vm.participants().present()).sum();
  }

  /// Whether destroying it may cut somebody off: people are on it, or it is silent and nobody
  /// knows.
  static boolean mayBeInUse(FleetVm vm) {
    return vm.participants().present() > 0
        || switch (vm.health()) {
          case SUSPECT, UNREACHABLE, CONDEMNED, UNKNOWN -> true;
          case STARTING, HEALTHY, IDLE, BROKEN, DRAINING, DELETING, TERMINATED -> false;
        };
  }

  /// What must be typed: nothing while nobody is on them; the name of a single VM; `destroy 3` for
  /// three.
  public String wordToType() {
    if (vms.stream().noneMatch(DestroyRequest::mayBeInUse)) {
      return "";
    }
    return vms.size() == 1 ? vms.getFirst().name().value() : "destroy " + vms.size();
  }

  /// The VMs in a few words: the name of one, else how many.
  public String inWords() {
    return vms.size() == 1 ? vms.getFirst().name().value() : CountText.vms(vms.size());
  }

  /// What the dialog says below the names.
  public String consequence() {
    String what =
        CountText.choose(vms.size(), "The machine and its disk", "The machines and their disks");
    if (people() == 0) {
      String doubt =
          wordToType().isEmpty() ? "" : "It is not known whether anybody is on " + them() + ". ";
      return doubt + what + " are deleted. This cannot be undone once it has begun.";
    }
    return CountText.people(people())
        + CountText.choose(people(), " is", " are")
        + " on "
        + them()
        + " now and will be moved or cut off. "
        + what
        + " are deleted.";
  }

  private String them() {
    return CountText.choose(vms.size(), "it", "them");
  }
}
