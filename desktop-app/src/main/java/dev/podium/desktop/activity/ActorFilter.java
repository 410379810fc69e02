package dev.podium.desktop.activity;

import dev.podium.fleet.event.FleetEvent.Actor;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Whose acts are listed.
///
/// @param actor empty for anybody
public record ActorFilter(Optional<Actor> actor) {
  /// Everybody's.
  public static final ActorFilter ANYBODY = new ActorFilter(Optional.empty());

  /// What can be chosen.
  static List<ActorFilter> all() {
    List<ActorFilter> all = new ArrayList<>(List.of(ANYBODY));
    for (Actor actor : Actor.values()) {
      all.add(new ActorFilter(Optional.of(actor)));
    }
    return all;
  }

  boolean accepts(Actor other) {
    return actor.isEmpty() || actor.get() == other;
  }

  String words() {
    return actor.map(ActorFilter::words).orElse("Anybody");
  }

  static String words(Actor actor) {
    return switch (actor) {
      case OPERATOR -> "Operator";
      case MONITOR -> "Monitor";
      case SCALER -> "Scaler";
      case CLOUD -> "Cloud";
    };
  }
}
