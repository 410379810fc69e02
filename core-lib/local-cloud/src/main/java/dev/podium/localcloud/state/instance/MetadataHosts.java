package dev.podium.localcloud.state.instance;

/// Where machines find their metadata servers. Any thread may call.
public interface MetadataHosts {
  /// Opens the one of an instance, or answers the one that is open already: `127.0.0.1:PORT`.
  String open(Instance instance);

  /// Closes the one of an instance, if there is one.
  void close(long instanceId);
}
