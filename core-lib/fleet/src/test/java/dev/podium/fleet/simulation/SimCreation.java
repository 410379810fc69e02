package dev.podium.fleet.simulation;

import dev.podium.fleet.model.VmName;
import dev.podium.fleet.scaler.Scaler;
import dev.podium.fleet.scaler.ScalerMemory.Outcome;
import dev.podium.fleet.scaler.Scaling;
import dev.podium.wire.model.Labels;
import dev.podium.wire.model.PodiumException;
import java.util.HashMap;
import java.util.Map;

/// How a console has the cloud make a VM that its scaler wants.
///
/// @param scaling told of what comes of it
record SimCreation(Simulation world, SimConsole console, Scaling scaling, Mutation mutation) {
  void begin(Scaler.Creation creation) {
    VmName asked = creation.slot().name();
    VmName used = mutation.name(creation, world.agenda.random());
    Map<String, String> labels = new HashMap<>(creation.slot().labels());
    labels.put(Labels.FLEET, Simulation.FLEET);
    console.channels.call(
        () ->
            world.cloud.insert(
                used, creation.slot().zone(), labels, creation.spot(), console.older),
        done ->
            console.after(
                done,
                () -> made(asked, creation.slot().zone(), used),
                failure -> scaling.settled(asked, outcome(failure), console.moment())),
        failure -> scaling.settled(asked, outcome(failure), console.moment()));
  }

  private void made(VmName asked, String zone, VmName used) {
    console.channels.call(
        () -> world.cloud.get(zone, used),
        read -> {
          read.ifPresent(vm -> console.watch.created(console.shown(vm), console.moment()));
          scaling.settled(asked, new Outcome.Made(), console.moment());
        },
        _ -> scaling.settled(asked, new Outcome.Made(), console.moment()));
  }

  private static Outcome outcome(PodiumException failure) {
    return switch (failure) {
      case PodiumException.AlreadyExists _ -> new Outcome.Adopted();
      case PodiumException.NoCapacity _ -> new Outcome.NoRoom(failure);
      case PodiumException.RateLimited _, PodiumException.Unavailable _ ->
          new Outcome.Busy(failure);
      default -> new Outcome.Refused(failure);
    };
  }
}
