package dev.podium.fleet.auth;

import dev.podium.fleet.config.PodiumFolders;
import dev.podium.fleet.config.PrivateFile;
import java.util.Optional;

/// Where secrets survive a restart: one file each that only the user may read (mode 0600), replaced
/// as a whole. May be used from any thread.
public final class SecretStore {
  private final PodiumFolders folders;

  public SecretStore(PodiumFolders folders) {
    this.folders = folders;
  }

  /// The secret of that name, or nothing.
  ///
  /// @throws dev.podium.wire.model.PodiumException.NotPermitted if it is there and cannot be read
  public Optional<String> read(String name) {
    return file(name).read();
  }

  /// Keeps it in place of the one of its name.
  public void write(String name, String secret) {
    file(name).write(secret);
  }

  /// Forgets it; one that is not there is success.
  public void erase(String name) {
    file(name).delete();
  }

  private PrivateFile file(String name) {
    if (!name.matches("[-a-z0-9]{1,80}")) {
      throw new IllegalArgumentException("not a secret's name: " + name);
    }
    return new PrivateFile(folders.data().resolve("secrets").resolve(name + ".json"));
  }
}
