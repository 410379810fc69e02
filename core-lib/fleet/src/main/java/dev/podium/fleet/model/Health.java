package dev.podium.fleet.model;

/// What Podium thinks of a VM. One line each; the rules that move between them are in
/// `dev.podium.fleet.health.rules`.
public enum Health {
  /// The insert was accepted; no heartbeat and good probe yet.
  STARTING("Starting"),
  /// Heartbeats arrive and somebody uses it, or did until a moment ago.
  HEALTHY("Healthy"),
  /// Heartbeats arrive and nobody is on it.
  IDLE("Idle"),
  /// Its heartbeat is late.
  SUSPECT("Suspect"),
  /// Neither heartbeat nor probe is answered.
  UNREACHABLE("Unreachable"),
  /// It answers, but its own check of itself fails.
  BROKEN("Broken"),
  /// It takes no new people and moves on those it has, before it is removed.
  DRAINING("Draining"),
  /// It is to be removed once a last look agrees.
  CONDEMNED("Condemned"),
  /// The cloud accepted its deletion.
  DELETING("Deleting"),
  /// The cloud says that it is off.
  TERMINATED("Terminated"),
  /// The observer is unwell, so nothing is said of the VM.
  UNKNOWN("Unknown");

  private final String word;

  Health(String word) {
    this.word = word;
  }

  /// The word a person reads beside the badge's shape and colour.
  public String word() {
    return word;
  }

  /// Whether new people may be sent to it.
  public boolean welcomes() {
    return this == HEALTHY || this == IDLE;
  }

  /// Whether it may end for its health, if this goes on.
  public boolean inTrouble() {
    return switch (this) {
      case SUSPECT, UNREACHABLE, BROKEN, CONDEMNED -> true;
      case STARTING, HEALTHY, IDLE, DRAINING, DELETING, TERMINATED, UNKNOWN -> false;
    };
  }
}
