package dev.podium.desktop.program.open;

import dev.podium.fleet.config.CloudProfile;
import dev.podium.fleet.config.PodiumFolders;
import dev.podium.fleet.config.PrivateFile;
import dev.podium.fleet.scaler.SpendingLedger;
import java.util.Optional;

/// What a fleet has cost, in a file of its own.
record SavedSpending(PrivateFile file) implements SpendingLedger.Store {
  static SavedSpending of(PodiumFolders folders, CloudProfile profile) {
    return new SavedSpending(
        new PrivateFile(profile.fleetFile(folders.data().resolve("spending"))));
  }

  @Override
  public Optional<String> read() {
    return file.read();
  }

  @Override
  public void write(String text) {
    file.write(text);
  }

  @Override
  public String putAside() {
    return file.putAside().toString();
  }
}
