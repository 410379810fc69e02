package dev.podium.desktop.signin;

import dev.podium.desktop.image.ImagePort;
import dev.podium.fleet.Fleet;
import dev.podium.fleet.preflight.Preflight;
import java.net.URI;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;

/// What is behind the two doors. Implemented where things are constructed; all methods return at
/// once unless they say so.
public interface SignInPort {
  /// The door through which the person went before this start and is still signed in, if any: the
  /// window then goes through it without asking.
  Optional<Door> remembered();

  /// The project to which a person can sign in, in a few words; none where one is set up first.
  /// Blocks on the disk.
  Optional<String> prepared();

  /// The check of the project that is open, or else of the one that the profile names which counts.
  /// Blocks on the disk.
  Preflight preflight();

  /// The images of the project that is open. Blocks for a moment.
  ///
  /// @throws IllegalStateException if none is open
  default ImagePort images() {
    throw new IllegalStateException("No project is open.");
  }

  /// Goes through a door.
  ///
  /// @param progress told, on any thread, what is going on
  Attempt open(Door door, Consumer<Progress> progress);

  /// Leaves: stops what [#open] started. Who came through [Door#GOOGLE] is forgotten and what they
  /// allowed is revoked; leaving the local cloud signs nobody out elsewhere. Blocks.
  void signOut();

  /// The ways in.
  enum Door {
    /// A Google account and a real project.
    GOOGLE,
    /// The local cloud, on this computer, without an account.
    LOCAL
  }

  /// What is going on while a door opens.
  ///
  /// @param words `Opening project-1`
  /// @param page to be opened in a browser by hand where none opened by itself
  record Progress(String words, Optional<URI> page) {
    /// Nothing for the person to do.
    public static Progress of(String words) {
      return new Progress(words, Optional.empty());
    }
  }

  /// A sign-in on its way.
  ///
  /// @param done completes when the fleet is there; fails with a `PodiumException`, or is cancelled
  /// @param giveUp undoes what was begun; safe to call at any time, more than once
  record Attempt(CompletableFuture<Opened> done, Runnable giveUp) {
    /// Gives up and undoes what was begun. Safe to call at any time, more than once.
    public void cancel() {
      giveUp.run();
    }
  }

  /// A fleet to work with.
  ///
  /// @param operator who is signed in: an e-mail address, or the account on this computer
  /// @param badge what the profile badge says: `LOCAL`, or the project's id
  /// @param local whether this is the local cloud: nothing costs, nothing is lost
  /// @param signInEnded whether the cloud takes this operator for signed in no more; asked from any
  ///   thread, answers at once
  /// @param facts what the settings page shows besides: health limits, where the API key is
  record Opened(
      Fleet fleet,
      String operator,
      String badge,
      boolean local,
      BooleanSupplier signInEnded,
      List<Fact> facts) {
    public Opened {
      facts = List.copyOf(facts);
    }
  }

  /// A line of the settings page.
  ///
  /// @param group the heading under which it stands: `Health limits`
  record Fact(String group, String name, String value) {}
}
