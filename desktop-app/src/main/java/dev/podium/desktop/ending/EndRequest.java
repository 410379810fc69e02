package dev.podium.desktop.ending;

import dev.podium.desktop.control.NaturalOrder;
import dev.podium.fleet.model.FleetVm;
import dev.podium.wire.text.CountText;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;

/// VMs that somebody wants to end, and what must be typed for it.
///
/// @param vms at least one; kept in the order of their names as people read them
/// @param force whether they are destroyed although it was refused before: people are on them, or
///   may be
public record EndRequest(EndKind kind, List<FleetVm> vms, boolean force) {
  private static final Comparator<FleetVm> BY_NAME =
      (a, b) -> NaturalOrder.compare(a.name().value(), b.name().value());

  public EndRequest {
    vms = vms.stream().sorted(BY_NAME).toList();
  }

  /// What was not refused before.
  public EndRequest(EndKind kind, List<FleetVm> vms) {
    this(kind, vms, false);
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

  /// Whether the request for this VM goes out with force.
  boolean forced(FleetVm vm) {
    return force || mayBeInUse(vm);
  }

  /// What must be typed: nothing while nobody is on them; the name of a single VM; `destroy 3` for
  /// three. A drain moves people on instead of cutting them off, so it does not ask for silent VMs.
  public String wordToType() {
    boolean harmless =
        switch (kind) {
          case DESTROY -> vms.stream().noneMatch(this::forced);
          case DRAIN -> people() == 0;
        };
    if (harmless) {
      return "";
    }
    return vms.size() == 1
        ? vms.getFirst().name().value()
        : kind.verb().toLowerCase(Locale.ROOT) + " " + vms.size();
  }

  /// The VMs in a few words: the name of one, else how many.
  public String inWords() {
    return vms.size() == 1 ? vms.getFirst().name().value() : CountText.vms(vms.size());
  }

  /// What the dialog says below the names.
  public String consequence() {
    return switch (kind) {
      case DESTROY -> destroyed();
      case DRAIN -> drained();
    };
  }

  private String destroyed() {
    if (people() == 0) {
      String doubt =
          wordToType().isEmpty() ? "" : "It is not known whether anybody is on " + them() + ". ";
      return doubt + machines() + " are deleted. This cannot be undone once it has begun.";
    }
    return peopleAre() + " and will be moved or cut off. " + machines() + " are deleted.";
  }

  private String drained() {
    String moved =
        people() == 0
            ? "Nobody new gets in. "
            : peopleAre() + " and will be moved to other VMs. Nobody new gets in. ";
    String empty = CountText.choose(vms.size(), "it is empty, ", "they are empty, ");
    String what = machines();
    return moved
        + "As soon as "
        + empty
        + Character.toLowerCase(what.charAt(0))
        + what.substring(1)
        + " are deleted.";
  }

  private String peopleAre() {
    return CountText.people(people())
        + CountText.choose(people(), " is", " are")
        + " on "
        + them()
        + " now";
  }

  private String machines() {
    return CountText.choose(vms.size(), "The machine and its disk", "The machines and their disks");
  }

  private String them() {
    return CountText.choose(vms.size(), "it", "them");
  }
}
