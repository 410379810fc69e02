package dev.podium.fleet.health.record;

import dev.podium.fleet.model.Health;
import dev.podium.fleet.model.Verdict;
import dev.podium.wire.cloud.ClockReading;

/// How the verdict in a VM's record changes: to another state, or to other words for the same one.
/// It may also change by why the VM's end is held back.
public final class Verdicts {
  private static final String NOT_ENDED = "; not ended: ";

  private Verdicts() {}

  /// It is in that state from now on. In one that it is in already, only the reason is new.
  public static VmRecord entered(VmRecord vm, Health health, String reason, ClockReading now) {
    return vm.health() == health ? reworded(vm, reason) : enteredAnew(vm, health, reason, now);
  }

  /// It enters that state now, also if it is in it already.
  public static VmRecord enteredAnew(VmRecord vm, Health health, String reason, ClockReading now) {
    return vm.withVerdict(
        new Verdict(health, reason, now.cloud(), VerdictText.evidence(vm, now)), now.nanos());
  }

  /// Remembers why its end is held back, in the words that an operator sees.
  public static VmRecord held(VmRecord vm, String why) {
    String reason = vm.verdict().reason();
    int old = reason.indexOf(NOT_ENDED);
    return reworded(vm, (old < 0 ? reason : reason.substring(0, old)) + NOT_ENDED + why);
  }

  /// Whether that is why its end was held back last.
  public static boolean isHeld(VmRecord vm, String why) {
    return vm.verdict().reason().endsWith(NOT_ENDED + why);
  }

  /// Says it anew and keeps why its end is held back, so that the sentence does not flicker.
  public static VmRecord refreshed(VmRecord vm, String reason) {
    String said = vm.verdict().reason();
    int old = said.indexOf(NOT_ENDED);
    return reworded(vm, reason + (old < 0 ? "" : said.substring(old)));
  }

  public static VmRecord reworded(VmRecord vm, String reason) {
    Verdict old = vm.verdict();
    return old.reason().equals(reason)
        ? vm
        : vm.withVerdict(
            new Verdict(old.health(), reason, old.since(), old.evidence()), vm.entered());
  }
}
