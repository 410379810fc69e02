package dev.podium.desktop.shell;

import dev.podium.desktop.control.Phrases;
import dev.podium.desktop.ending.EndKind;
import dev.podium.desktop.ending.EndRequest;
import dev.podium.fleet.model.FleetVm;
import dev.podium.fleet.model.Health;
import dev.podium.fleet.model.VmState;
import dev.podium.wire.text.CountText;
import dev.podium.wire.text.DurationText;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// What becomes of the VMs when the person leaves, in words: on Google they stay and cost, and on
/// the local cloud they end.
///
/// @param vms those that are there and are not being deleted
/// @param local whether they end with the window
/// @param endable whether they can be ended from here: nobody can whose sign-in has ended
/// @param now by the console's clock
record StayingVms(List<FleetVm> vms, boolean local, boolean endable, Instant now) {
  StayingVms {
    vms = vms.stream().filter(vm -> vm.health() != Health.DELETING).toList();
  }

  /// Whether leaving changes nothing and leaves nothing.
  boolean none() {
    return vms.isEmpty();
  }

  /// The question that the dialog asks.
  String question() {
    return local
        ? "End the local cloud and its " + CountText.vms(vms.size()) + "?"
        : "Leave " + CountText.vms(vms.size()) + " in the cloud?";
  }

  /// What stays, what it costs and when it ends; empty if there is nothing to say.
  String sentences() {
    if (none()) {
      return "";
    }
    return local ? endHere() : stay() + " " + ends();
  }

  private String endHere() {
    String here =
        "The local cloud runs inside this window. If you leave, it ends, and with it "
            + CountText.choose(vms.size(), "its VM.", "its " + vms.size() + " VMs.");
    return people() == 0 ? here : here + " " + peopleAre() + " and will be cut off.";
  }

  private String stay() {
    double cost = running().stream().mapToDouble(FleetVm::costPerHour).sum();
    boolean known = running().stream().allMatch(FleetVm::priceKnown);
    String stays =
        CountText.vms(vms.size())
            + CountText.choose(vms.size(), " stays", " stay")
            + " when you leave"
            + (running().isEmpty()
                ? ", switched off. Disks still cost."
                : " and " + costs(cost, known) + ".");
    return people() == 0 ? stays : stays + " " + peopleAre() + ".";
  }

  private String costs(double cost, boolean known) {
    String verb = CountText.choose(vms.size(), "costs ", "cost ");
    if (cost <= 0) {
      return known ? verb + "nothing" : verb + "money; the price is not known";
    }
    return verb + Phrases.hourly(cost, known);
  }

  private List<FleetVm> running() {
    return vms.stream().filter(vm -> vm.vm().state() != VmState.TERMINATED).toList();
  }

  // Without a console nobody ends an unused VM; only the cloud's own limit does.
  private String ends() {
    List<Duration> left = vms.stream().flatMap(vm -> left(vm).stream()).sorted().toList();
    int endless = vms.size() - left.size();
    String unwatched = " Unused VMs are not ended before that, unless another console runs.";
    if (left.isEmpty()) {
      return CountText.choose(vms.size(), "It has", "They have")
          + " no run limit: "
          + CountText.choose(vms.size(), "it stays", "they stay")
          + " until somebody ends "
          + CountText.choose(vms.size(), "it.", "them.");
    }
    String last = DurationText.twoUnits(left.getLast());
    String when =
        vms.size() == 1
            ? "Google ends it in " + last + "."
            : "Google ends the first in "
                + DurationText.twoUnits(left.getFirst())
                + ", the last in "
                + last
                + ".";
    String others =
        endless == 0
            ? ""
            : " "
                + CountText.vms(endless)
                + CountText.choose(endless, " has", " have")
                + " no limit and "
                + CountText.choose(endless, "stays.", "stay.");
    return when + others + unwatched;
  }

  private Optional<Duration> left(FleetVm vm) {
    return vm.vm().left(now).map(left -> left.isNegative() ? Duration.ZERO : left);
  }

  private int people() {
    return vms.stream().mapToInt(vm -> vm.participants().present()).sum();
  }

  private String peopleAre() {
    return CountText.people(people())
        + CountText.choose(people(), " is", " are")
        + " on "
        + CountText.choose(vms.size(), "it", "them");
  }

  /// What must be typed before they are all ended: nothing while nobody is on them, or where they
  /// end in any case.
  String wordToType() {
    return local || people() == 0 ? "" : new EndRequest(EndKind.DESTROY, vms, true).wordToType();
  }
}
