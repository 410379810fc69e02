package dev.podium.fleet.directory;

import dev.podium.fleet.event.EventStream;
import dev.podium.fleet.event.FleetEvent.Activity;
import dev.podium.fleet.event.FleetEvent.Actor;
import dev.podium.fleet.event.FleetEvent.Level;
import dev.podium.fleet.model.VmName;
import dev.podium.wire.cloud.Ticker;
import dev.podium.wire.model.PodiumException;
import java.util.List;
import java.util.Optional;

/// Writes lines of the activity list.
public record ActivityLog(EventStream events, Ticker ticker, Actor actor) {
  ActivityLog as(Actor other) {
    return new ActivityLog(events, ticker, other);
  }

  public void info(VmName vm, String sentence) {
    write(Level.INFO, Optional.of(vm), sentence);
  }

  public void warn(VmName vm, String sentence) {
    write(Level.WARNING, Optional.of(vm), sentence);
  }

  public void failed(VmName vm, PodiumException failure) {
    write(Level.FAILURE, Optional.of(vm), failure.inFull());
  }

  public void write(Level level, Optional<VmName> vm, String sentence) {
    events.publish(new Activity(ticker.cloud(), actor, level, vm, sentence, List.of()));
  }
}
