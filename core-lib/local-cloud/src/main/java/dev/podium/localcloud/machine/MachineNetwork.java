package dev.podium.localcloud.machine;

/// The network of one machine, where the cloud can cut it. Any thread may call.
public interface MachineNetwork extends AutoCloseable {
  /// Whether nothing leaves the machine or reaches it.
  boolean isCut();

  /// Cuts it without a word to anybody, or heals it.
  void set(boolean cut);

  /// Lets nothing through to the port that the machine serves, or lets it through again.
  void close(boolean nowClosed);

  /// Ends it, with all that runs through it.
  @Override
  void close();
}
