package dev.podium.desktop.ending;

/// The two ways in which a person ends VMs.
public enum EndKind {
  /// Deleted at once; who is on them is cut off.
  DESTROY("Destroy", "Destroying", "destroyed"),
  /// Nobody new gets in and people are moved on; then they are deleted.
  DRAIN("Drain", "Draining", "drained");

  private final String verb;
  private final String goingOn;
  private final String done;

  EndKind(String verb, String goingOn, String done) {
    this.verb = verb;
    this.goingOn = goingOn;
    this.done = done;
  }

  /// `Destroy`, as titles and buttons begin.
  public String verb() {
    return verb;
  }

  /// `Destroying`.
  public String goingOn() {
    return goingOn;
  }

  /// `destroyed`, as sentences end.
  public String done() {
    return done;
  }
}
