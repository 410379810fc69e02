package dev.podium.core.fleet;

import dev.podium.core.cloud.Ticker;
import dev.podium.core.event.EventStream;
import dev.podium.core.event.FleetEvent.Activity;
import dev.podium.core.event.FleetEvent.Actor;
import dev.podium.core.event.FleetEvent.Level;
import dev.podium.core.model.PodiumException;
import dev.podium.core.model.VmName;
import java.util.List;
import java.util.Optional;

/// Writes lines of the activity list.
record ActivityLog(EventStream events, Ticker ticker, Actor actor) {
  ActivityLog as(Actor other) {
    return new ActivityLog(events, ticker, other);
  }

  void info(VmName vm, String sentence) {
    write(Level.INFO, Optional.of(vm), sentence);
  }

  void warn(VmName vm, String sentence) {
    write(Level.WARNING, Optional.of(vm), sentence);
  }

  void failed(VmName vm, PodiumException failure) {
    write(Level.FAILURE, Optional.of(vm), failure.inFull());
  }

  void write(Level level, Optional<VmName> vm, String sentence) {
    events.publish(new Activity(ticker.wall(), actor, level, vm, sentence, List.of()));
  }
}
