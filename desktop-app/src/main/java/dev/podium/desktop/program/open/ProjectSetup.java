package dev.podium.desktop.program.open;

import dev.podium.fleet.auth.OperatorSignIn.Attempt;
import dev.podium.fleet.auth.Session;
import dev.podium.fleet.config.CloudProfile;
import dev.podium.fleet.google.project.ProjectSearch;
import dev.podium.wire.model.PodiumException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Collectors;

/// Sets a project up step by step: a client, a sign-in, a project. Nothing is saved before
/// [#finish]; until then the sign-in has a name that no profile of a person has. May be used from
/// any thread.
public final class ProjectSetup {
  /// Where the sign-in is kept while no project is chosen.
  private static final String UNFINISHED = "setup-in-progress";

  private final OperatorSessions operators;
  private final CloudProfile cloud;
  private final AtomicReference<Optional<Session>> session =
      new AtomicReference<>(Optional.empty());

  /// For Google's own cloud.
  public ProjectSetup(OperatorSessions operators) {
    this(
        operators,
        CloudProfile.google("google", "project-id", "podium", Optional.empty(), Optional.empty()));
  }

  /// @param cloud says where the cloud is that a new profile is of
  public ProjectSetup(OperatorSessions operators, CloudProfile cloud) {
    this.operators = operators;
    this.cloud = cloud;
  }

  /// The profile whose OAuth client can be used again, if one has any.
  public Optional<CloudProfile> knownClient() {
    return operators.profiles().list().stream()
        .filter(profile -> profile.oauthClientId().isPresent())
        .findFirst()
        .map(profile ->
            fresh().withClient(profile.oauthClientId().orElseThrow(), profile.oauthClientSecret()));
  }

  /// The names that are taken.
  public Set<String> names() {
    return operators.profiles().list().stream()
        .map(CloudProfile::name)
        .collect(Collectors.toUnmodifiableSet());
  }

  /// What is in the file that a person chose.
  ///
  /// @throws PodiumException.Invalid if it cannot be read
  public String read(Path file) {
    return OAuthClient.text(file);
  }

  /// A new profile with that client, under a free name.
  ///
  /// @throws PodiumException.Invalid if it is no client of the kind *Desktop app*
  public CloudProfile withClient(String json) {
    OAuthClient client = OAuthClient.parse(json);
    return fresh().withClient(client.id(), Optional.of(client.secret()));
  }

  private CloudProfile fresh() {
    Set<String> names = names();
    String name = cloud.name();
    for (int number = 2; names.contains(name); number++) {
      name = cloud.name() + "-" + number;
    }
    return cloud.withName(name);
  }

  /// Opens the browser.
  ///
  /// @param who completes with the address of who signed in
  public Attempt signIn(CloudProfile profile, CompletableFuture<String> who) {
    Attempt attempt = operators.beginSignIn(profile.withName(UNFINISHED));
    var _ =
        attempt
            .done()
            .whenComplete((signedIn, failure) -> {
              if (failure == null) {
                session.set(Optional.of(signedIn));
                who.complete(signedIn.email());
              } else {
                who.completeExceptionally(failure);
              }
            });
    return attempt;
  }

  /// The projects that the account sees. Blocks.
  public List<ProjectSearch.Found> projects() {
    Session signedIn = session.get().orElseThrow(ProjectSetup::nobody);
    return ProjectSearch.of(signedIn.profile(), signedIn.tokens());
  }

  /// Saves the profile, which counts from now on, with the sign-in.
  public void finish(CloudProfile profile) {
    Session signedIn = session.get().orElseThrow(ProjectSetup::nobody);
    session.set(Optional.of(signedIn.under(profile)));
    if (!signedIn.profile().name().equals(UNFINISHED)
        && !signedIn.profile().name().equals(profile.name())) {
      // It was finished before under a name that the person has changed since.
      operators.profiles().remove(signedIn.profile().name());
    }
    operators.profiles().save(profile);
    operators.profiles().use(profile);
  }

  /// Ends and revokes a sign-in that belongs to no profile yet. Blocks.
  public void giveUp() {
    session
        .getAndSet(Optional.empty())
        .filter(signedIn -> signedIn.profile().name().equals(UNFINISHED))
        .ifPresent(Session::signOut);
  }

  private static PodiumException nobody() {
    return new PodiumException.NotSignedIn(
        "Nobody is signed in", "the sign-in was given up", "Sign in again.", null);
  }
}
