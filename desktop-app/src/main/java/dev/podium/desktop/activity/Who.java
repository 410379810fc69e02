package dev.podium.desktop.activity;

import dev.podium.fleet.event.FleetEvent.Actor;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Whose acts are listed.
///
/// @param actor empty for anybody
public record Who(Optional<Actor> actor) {
  /// Everybody's.
  public static final Who ANYBODY = new Who(Optional.empty());

  /// What can be chosen.
  static List<Who> all() {
    List<Who> all = new ArrayList<>(List.of(ANYBODY));
    for (Actor actor : Actor.values()) {
      all.add(new Who(Optional.of(actor)));
    }
    return all;
  }

  boolean did(Actor other) {
    return actor.isEmpty() || actor.get() == other;
  }

  String words() {
    return actor.map(Who::words).orElse("Anybody");
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
