package dev.podium.desktop.profile;

import dev.podium.fleet.config.CloudProfile;
import java.util.List;
import java.util.Optional;

/// Where profiles are kept. Implemented where things are constructed. All methods block on the disk
/// and throw a `PodiumException` with what to do.
public interface ProfilePort {
  /// All of them, by name.
  List<CloudProfile> list();

  /// The name of the one that counts at the next sign-in.
  Optional<String> current();

  /// Saves it in place of the one of its name.
  void save(CloudProfile profile);

  /// Makes it the one that counts.
  void use(CloudProfile profile);

  /// Forgets it, and whoever is signed in to it on this computer.
  void delete(CloudProfile profile);
}
