package dev.podium.desktop.setup;

import dev.podium.fleet.config.CloudProfile;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;

/// What a setup does beyond the window. Implemented where things are constructed. Methods block on
/// disk or network unless they say that they return at once, and throw a `PodiumException`.
public interface SetupPort {
  /// The OAuth client that another profile of this user signs in with, if one does.
  Optional<CloudProfile> knownClient();

  /// The names of the profiles that there are.
  Set<String> profileNames();

  /// The text of a file that the person chose.
  ///
  /// @throws dev.podium.wire.model.PodiumException.Invalid if it cannot be read
  String read(Path file);

  /// What a setup begins with: a free name, and the OAuth client that Google's JSON holds.
  ///
  /// @throws dev.podium.wire.model.PodiumException.Invalid if that is no client of the right kind
  CloudProfile withClient(String json);

  /// Opens the browser for the client of this profile. Returns at once.
  SignIn signIn(CloudProfile profile);

  /// The projects that the account sees, by name.
  List<Project> projects();

  /// Saves the profile, which counts from now on, with the sign-in that was just made.
  void finish(CloudProfile profile);

  /// Ends and revokes a sign-in that was made for a setup that is given up. Does nothing if there
  /// is none.
  void giveUp();

  /// A sign-in that waits for its person.
  ///
  /// @param page to be opened by hand where no browser opens
  /// @param done completes with the e-mail address of who signed in
  /// @param cancel gives up; safe to call at any time, more than once
  record SignIn(URI page, CompletableFuture<String> done, Runnable cancel) {}

  /// A project that the account sees.
  ///
  /// @param name as people call it
  record Project(String id, String name) {}
}
