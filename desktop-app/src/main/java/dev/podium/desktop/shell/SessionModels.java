package dev.podium.desktop.shell;

import dev.podium.desktop.activity.ActivityViewModel;
import dev.podium.desktop.control.failure.FailureText;
import dev.podium.desktop.create.CreateViewModel;
import dev.podium.desktop.details.DetailsViewModel;
import dev.podium.desktop.ending.EndKind;
import dev.podium.desktop.ending.EndViewModel;
import dev.podium.desktop.ending.PendingEnd;
import dev.podium.desktop.fleet.EndMark;
import dev.podium.desktop.fleet.FleetViewModel;
import dev.podium.desktop.fx.FleetBatch;
import dev.podium.desktop.fx.UiExecutor;
import dev.podium.desktop.invite.InviteViewModel;
import dev.podium.desktop.leaks.LeaksViewModel;
import dev.podium.desktop.people.PeopleViewModel;
import dev.podium.desktop.policy.PolicyViewModel;
import dev.podium.desktop.signin.SignInPort.Opened;
import dev.podium.fleet.event.EventStream;
import dev.podium.fleet.model.FleetVm;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import javafx.beans.Observable;

/// The view models of one fleet, fed from one stream and one clock. Belongs to the window's thread.
final class SessionModels {
  private final Opened opened;
  private final UiExecutor executor;
  private final Consumer<FailureText> failures;
  private final FleetViewModel fleet;
  private final EndViewModel ending;
  private final DetailsViewModel details;
  private final ActivityViewModel activity;
  private final PolicyViewModel policy;
  private final PeopleViewModel people;
  private final LeaksViewModel leaks;
  private final ChatLinks links;

  SessionModels(
      Opened opened,
      UiExecutor executor,
      ConsoleParts parts,
      Consumer<FailureText> failures,
      Consumer<String> notice) {
    this.opened = opened;
    this.executor = executor;
    this.failures = failures;
    this.fleet = new FleetViewModel(opened.fleet(), executor, opened.fleet()::now, failures);
    this.ending = new EndViewModel(opened.fleet(), executor, parts.ticker(), failures);
    this.details = new DetailsViewModel(opened.fleet(), executor);
    this.activity = new ActivityViewModel(executor, failures);
    this.policy = new PolicyViewModel(opened.fleet(), executor, failures);
    this.people = new PeopleViewModel(opened.fleet(), executor, failures, notice);
    this.leaks = new LeaksViewModel(opened.fleet(), executor, failures);
    this.links =
        new ChatLinks(
            opened.fleet(),
            opened.operator(),
            executor,
            parts.browser(),
            parts.clipboard(),
            failures);
    ending.pending().addListener((Observable changed) -> fleet.mark(marks()));
    fleet
        .selected()
        .subscribe(
            vms -> details.show(vms.size() == 1 ? Optional.of(vms.getFirst()) : Optional.empty()));
  }

  private Map<String, EndMark> marks() {
    Map<String, EndMark> marks = new HashMap<>();
    for (PendingEnd end : ending.pending()) {
      EndKind kind = end.request().kind();
      String words = "To be " + kind.done() + " in a few seconds; Ctrl+Z takes it back";
      for (FleetVm vm : end.request().vms()) {
        marks.put(vm.vm().id(), new EndMark(words, kind == EndKind.DESTROY));
      }
    }
    return marks;
  }

  /// Takes in what happened.
  void accept(FleetBatch batch) {
    details.accept(batch);
    fleet.accept(batch);
    activity.accept(batch);
  }

  /// Once a second.
  void tick() {
    fleet.tick();
    fleet.signIn(opened.signInEnded().getAsBoolean());
    details.tick();
    ending.tick();
    policy.tick();
    people.tick();
  }

  /// What happens in the fleet.
  EventStream events() {
    return opened.fleet().events();
  }

  /// What becomes of the VMs if the person leaves now.
  StayingVms staying() {
    List<FleetVm> vms = fleet.vms().stream().filter(vm -> !ending.underWay().contains(vm)).toList();
    return new StayingVms(vms, opened.local(), !fleet.signInEnded().get(), fleet.now().get());
  }

  Opened opened() {
    return opened;
  }

  FleetViewModel fleet() {
    return fleet;
  }

  EndViewModel ending() {
    return ending;
  }

  DetailsViewModel details() {
    return details;
  }

  ActivityViewModel activity() {
    return activity;
  }

  PolicyViewModel policy() {
    return policy;
  }

  PeopleViewModel people() {
    return people;
  }

  LeaksViewModel leaks() {
    return leaks;
  }

  ChatLinks links() {
    return links;
  }

  /// A fresh form.
  CreateViewModel newCreate() {
    return new CreateViewModel(opened.fleet(), executor, failures);
  }

  /// A fresh invite, which can be limited to the selected VM if it is one.
  InviteViewModel newInvite() {
    return new InviteViewModel(
        opened.fleet(), executor, details.vm().get().map(shown -> shown.name()));
  }
}
