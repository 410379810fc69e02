package dev.podium.desktop.fleet;

import dev.podium.desktop.control.NaturalOrder;
import dev.podium.desktop.control.Phrases;
import dev.podium.fleet.model.FleetVm;
import dev.podium.fleet.model.Health;
import dev.podium.wire.text.CountText;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;

/// The VMs that a person should look at: they have been in trouble for longer than a late
/// heartbeat.
///
/// @param vms the worst first
public record Attention(List<FleetVm> vms) {
  private static final Comparator<FleetVm> WORST_FIRST =
      Comparator.comparing((FleetVm vm) -> vm.health() != Health.CONDEMNED)
          .thenComparing(vm -> vm.participants().present() == 0)
          .thenComparing((a, b) -> NaturalOrder.compare(a.name().value(), b.name().value()));

  static Attention of(Collection<VmRow> rows) {
    return new Attention(
        rows.stream().map(VmRow::vm).filter(Attention::needsIt).sorted(WORST_FIRST).toList());
  }

  private static boolean needsIt(FleetVm vm) {
    return vm.health().inTrouble() && vm.health() != Health.SUSPECT;
  }

  /// What is wrong and why: `room-3 is unreachable: no answer for 72 s, and 3 other VMs need
  /// attention`; empty if nothing is.
  public String sentence() {
    if (vms.isEmpty()) {
      return "";
    }
    FleetVm worst = vms.getFirst();
    String first =
        worst.name()
            + " needs attention. "
            + worst.health().word()
            + ": "
            + Phrases.why(worst.verdict());
    int others = vms.size() - 1;
    return others == 0
        ? first + "."
        : first
            + ". "
            + CountText.of(others, "other VM")
            + CountText.choose(others, " needs", " need")
            + " it, too.";
  }
}
