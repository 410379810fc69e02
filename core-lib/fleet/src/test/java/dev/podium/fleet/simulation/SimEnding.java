package dev.podium.fleet.simulation;

import dev.podium.fleet.cloud.ComputeCloud;
import dev.podium.fleet.health.ending.DeletionId;
import dev.podium.fleet.health.ending.LastLook;
import dev.podium.fleet.health.ending.LastLook.Answer;
import dev.podium.fleet.health.ending.LastLook.Ask;
import dev.podium.fleet.health.record.HealthAction.End;
import dev.podium.fleet.model.Vm;
import dev.podium.wire.model.PodiumException;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/// Carries the production's last look at a VM through a simulated console's channels.
final class SimEnding {
  private final Simulation world;
  private final SimConsole console;
  private final Mutation mutation;
  private final Map<String, Integer> failures = new HashMap<>();
  private int turns;

  SimEnding(Simulation world, SimConsole console, Mutation mutation) {
    this.world = world;
    this.console = console;
    this.mutation = mutation;
  }

  void begin(Vm vm, End end, String reason) {
    LastLook look =
        new LastLook(
            LastLook.Plan.of(
                vm,
                end,
                Simulation.FLEET,
                console.name,
                ++turns,
                DeletionId.of(
                    Simulation.FLEET, vm, end.forHealth(), failures.getOrDefault(vm.id(), 0)),
                world.limits));
    ask(look, look.start(), new Deletion(console, end, reason), vm);
  }

  private void ask(LastLook look, Ask ask, Deletion by, Vm vm) {
    Consumer<Answer> next = answer -> ask(look, look.next(answer, console.moment()), by, vm);
    Optional<Answer> unasked = mutation.answer(ask, vm, console);
    if (unasked.isPresent()) {
      next.accept(unasked.get());
      return;
    }
    Consumer<PodiumException> failed = failure -> next.accept(new Answer.Failed(failure));
    SimChannels channels = console.channels;
    switch (ask) {
      case Ask.Read _ ->
          channels.call(
              () -> console.read(vm), read -> next.accept(new Answer.Found(read)), failed);
      case Ask.Probe(Vm seen) -> {
        Deletion probed = by.probed(world, vm);
        channels.probe(
            seen,
            result -> {
              console.probed(vm, result);
              ask(look, look.next(new Answer.Probed(result), console.moment()), probed, vm);
            });
      }
      case Ask.Consent consent ->
          next.accept(
              new Answer.Objected(console.watch.objection(consent, by.end(), console.moment())));
      case Ask.Label(Vm seen, Map<String, String> labels) ->
          channels.call(
              () -> {
                world.cloud.setLabels(seen, labels, mutation.checksFingerprints());
                return world.serverTime();
              },
              at -> next.accept(new Answer.Labelled(at)),
              failed);
      case Ask.Survey _ ->
          channels.call(console::fleet, vms -> next.accept(new Answer.Surveyed(vms)), failed);
      case Ask.Deletions(Instant since, var _) ->
          channels.call(
              () -> world.cloud.deletions(since),
              deletions -> next.accept(new Answer.Deleted(deletions)),
              failed);
      case Ask.Delete(Vm seen, var request) -> {
        Deletion sent = by.sent(world, vm);
        channels.call(
            () -> world.cloud.delete(seen.zone(), seen.name(), request, sent),
            done -> next.accept(new Answer.Deleting(new ComputeCloud.Started("operation", done))),
            failed);
      }
      case Ask.Over(LastLook.Outcome outcome) -> over(outcome, by, vm);
    }
  }

  private void over(LastLook.Outcome outcome, Deletion by, Vm vm) {
    switch (outcome) {
      case LastLook.Outcome.Missing _ -> console.watch.missing(vm.id(), console.moment());
      case LastLook.Outcome.Refused(String why) ->
          console.watch.endRefused(vm.id(), why, console.moment());
      case LastLook.Outcome.Failed(PodiumException failure) ->
          console.watch.endRefused(vm.id(), failure.sentence(), console.moment());
      case LastLook.Outcome.Unsure(PodiumException failure) ->
          console.watch.endUnsure(vm.id(), failure.sentence(), console.moment());
      case LastLook.Outcome.Accepted(ComputeCloud.Started deletion) -> {
        console.watch.endAccepted(vm.id(), by.reason(), console.moment());
        console.after(
            deletion.done(),
            () -> console.watch.missing(vm.id(), console.moment()),
            failure -> {
              failures.merge(vm.id(), 1, Integer::sum);
              console.watch.endFailed(vm.id(), failure.sentence(), console.moment());
            });
      }
    }
  }
}
