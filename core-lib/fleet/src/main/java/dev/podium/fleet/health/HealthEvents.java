package dev.podium.fleet.health;

import dev.podium.fleet.event.EventStream;
import dev.podium.fleet.event.FleetEvent;
import dev.podium.fleet.event.FleetEvent.Activity;
import dev.podium.fleet.event.FleetEvent.Actor;
import dev.podium.fleet.event.FleetEvent.Level;
import dev.podium.fleet.health.record.VerdictText;
import dev.podium.fleet.health.record.VmRecord;
import dev.podium.fleet.model.Evidence;
import dev.podium.fleet.model.Health;
import dev.podium.fleet.model.VmName;
import dev.podium.wire.cloud.ClockReading;
import java.util.List;
import java.util.Optional;

/// Tells the event stream what the watch sees and does.
final class HealthEvents {
  private final EventStream events;
  private final OperatorView view;

  HealthEvents(EventStream events, OperatorView view) {
    this.events = events;
    this.view = view;
  }

  void ticked(ClockReading now, int doubt, Optional<String> banner, boolean listed) {
    events.publish(new FleetEvent.MonitorTicked(now.cloud(), doubt, banner, listed));
  }

  void found(VmRecord vm) {
    events.publish(new FleetEvent.VmChanged(view.of(vm)));
  }

  void changed(VmRecord before, VmRecord after, ClockReading now) {
    events.publish(new FleetEvent.VmChanged(view.of(after)));
    Health from = before.health();
    Health to = after.health();
    if (from == to || to == Health.UNKNOWN || from == Health.UNKNOWN) {
      return;
    }
    Level level =
        switch (to) {
          case SUSPECT, UNREACHABLE, BROKEN, CONDEMNED, TERMINATED -> Level.WARNING;
          case STARTING, HEALTHY, IDLE, DRAINING, DELETING, UNKNOWN -> Level.INFO;
        };
    tell(
        now,
        level,
        Optional.of(after.vm().name()),
        after.verdict().reason(),
        after.verdict().evidence());
  }

  /// @param otherwise why it is gone, if it was not on its way out
  void gone(VmRecord vm, String otherwise, ClockReading now) {
    boolean ours = vm.health() == Health.DELETING;
    String reason = ours ? vm.verdict().reason() : otherwise;
    events.publish(new FleetEvent.VmGone(vm.vm().name(), vm.vm().id(), reason));
    events.publish(
        new Activity(
            now.cloud(),
            ours ? Actor.MONITOR : Actor.CLOUD,
            Level.INFO,
            Optional.of(vm.vm().name()),
            ours ? "gone: " + reason : reason,
            VerdictText.evidence(vm, now)));
  }

  void tell(
      ClockReading now,
      Level level,
      Optional<VmName> vm,
      String sentence,
      List<Evidence> evidence) {
    events.publish(new Activity(now.cloud(), Actor.MONITOR, level, vm, sentence, evidence));
  }
}
