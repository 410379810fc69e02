package dev.podium.desktop.program;

import dev.podium.fleet.config.CloudProfile;
import dev.podium.fleet.config.PodiumFolders;
import dev.podium.fleet.config.PrivateFile;
import dev.podium.fleet.config.Profiles;
import dev.podium.wire.model.PodiumException;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Stream;

/// The Google Cloud projects that this user has set up. Where none is named, the one that the
/// environment names counts, else the one that was used last. May be used from any thread.
public final class SavedProfiles {
  /// The environment's variable that names a profile.
  public static final String VARIABLE = "PODIUM_PROFILE";

  private final Profiles profiles;
  private final PrivateFile lastUsed;
  private final Optional<String> chosen;

  /// @param chosen what the environment names
  /// @param warnings receives one sentence for each file that cannot be read
  public SavedProfiles(PodiumFolders folders, Optional<String> chosen, Consumer<String> warnings) {
    this.profiles = new Profiles(folders, warnings);
    this.lastUsed = new PrivateFile(folders.state().resolve("last-profile"));
    this.chosen = chosen.map(String::strip).filter(name -> !name.isEmpty());
  }

  /// Those of projects, by name; local clouds are not among them.
  public List<CloudProfile> list() {
    return profiles.list().stream().filter(profile -> !profile.local()).toList();
  }

  /// @throws PodiumException.NotFound if there is none of that name
  public CloudProfile get(String name) {
    return profiles.get(name);
  }

  /// The one of that name, if it can be read.
  public Optional<CloudProfile> find(String name) {
    return list().stream().filter(profile -> profile.name().equals(name)).findFirst();
  }

  /// The name that the environment names, if it names one.
  public Optional<String> chosen() {
    return chosen;
  }

  /// The one that counts where none is named.
  ///
  /// @throws PodiumException.NotFound if the environment names one that there is not
  public Optional<CloudProfile> current() {
    if (chosen.isPresent()) {
      return chosen.map(profiles::get);
    }
    Optional<String> last = lastUsed.read().map(String::strip);
    // One that was used and then removed is as good as none.
    Stream<CloudProfile> known = list().stream();
    return last.isEmpty()
        ? known.findFirst()
        : known.filter(profile -> profile.name().equals(last.get())).findFirst();
  }

  /// Makes it the one that counts from now on.
  public void use(CloudProfile profile) {
    lastUsed.write(profile.name());
  }

  /// Saves it in place of the one of its name.
  public void save(CloudProfile profile) {
    profiles.save(profile);
  }

  /// Forgets it; one that is not there is success.
  public void remove(String name) {
    profiles.remove(name);
  }
}
