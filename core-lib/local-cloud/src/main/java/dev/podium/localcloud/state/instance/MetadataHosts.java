package dev.podium.localcloud.state.instance;

/// Where machines find their metadata servers. Any thread may call.
public interface MetadataHosts {
  /// Opens the one of an instance, or answers the one that is open already: `127.0.0.1:PORT`.
  ///
  /// @param address the machine's own, which its metadata tells it
  String open(Instance instance, String address);

  /// Closes the one of an instance, if there is one.
  void close(long instanceId);
}
