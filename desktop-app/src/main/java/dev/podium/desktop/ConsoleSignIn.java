package dev.podium.desktop;

import dev.podium.desktop.image.ImagePort;
import dev.podium.desktop.program.Programs.ImageRequest;
import dev.podium.desktop.program.Programs.PreflightRequest;
import dev.podium.desktop.program.RunningServers;
import dev.podium.desktop.program.Shutdown;
import dev.podium.desktop.program.image.ImageOpener;
import dev.podium.desktop.program.open.FleetOpener;
import dev.podium.desktop.program.open.FleetOpener.OpenFleet;
import dev.podium.desktop.program.open.FleetOpener.Options;
import dev.podium.desktop.program.open.OperatorSessions;
import dev.podium.desktop.program.open.PreflightOpener;
import dev.podium.desktop.signin.SignInPort;
import dev.podium.fleet.auth.Session;
import dev.podium.fleet.image.desk.ImageDesk;
import dev.podium.fleet.preflight.Preflight;
import dev.podium.wire.cloud.AccessTokens;
import dev.podium.wire.model.PodiumException;
import java.net.URI;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;

/// The window's two doors, with what really is behind them. Everything is constructed on a virtual
/// thread: the cloud's clients take seconds, and the window must not wait for them.
public final class ConsoleSignIn implements SignInPort {
  private final FleetOpener fleets;
  private final OperatorSessions operators;
  private final PreflightOpener preflights;
  private final RunningServers running;
  private final Shutdown program;
  private final AtomicReference<Optional<Begun>> session = new AtomicReference<>(Optional.empty());

  private final AtomicReference<Optional<ImagePort>> images =
      new AtomicReference<>(Optional.empty());

  private final AtomicReference<Optional<URI>> localCloud = new AtomicReference<>(Optional.empty());

  /// Through which door the person went, and what ends the session behind it.
  private record Begun(Door door, Shutdown end) {}

  /// @param program the way down of the whole program; each session's own becomes a part of it
  public ConsoleSignIn(
      FleetOpener fleets,
      OperatorSessions operators,
      PreflightOpener preflights,
      RunningServers running,
      Shutdown program) {
    this.fleets = fleets;
    this.operators = operators;
    this.preflights = preflights;
    this.running = running;
    this.program = program;
  }

  @Override
  public Optional<Door> remembered() {
    return operators.whoami().isPresent() ? Optional.of(Door.GOOGLE) : Optional.empty();
  }

  @Override
  public Optional<String> prepared() {
    return operators
        .profiles()
        .current()
        .filter(profile -> profile.oauthClientId().isPresent())
        .map(profile -> "project " + profile.project() + " (profile “" + profile.name() + "”)");
  }

  @Override
  public Preflight preflight() {
    return preflights.open(
        new PreflightRequest(Optional.empty(), Optional.empty(), localCloud.get(), false));
  }

  @Override
  public ImagePort images() {
    return images.get().orElseThrow(() -> new IllegalStateException("No project is open."));
  }

  @Override
  public Attempt open(Door door, Consumer<Progress> progress) {
    Shutdown opening = program.add("The session", new Shutdown());
    session.set(Optional.of(new Begun(door, opening)));
    CompletableFuture<Opened> done = new CompletableFuture<>();
    Thread thread =
        Thread.ofVirtual()
            .name("sign-in")
            .start(() -> {
              try {
                done.complete(through(door, progress, opening));
              } catch (PodiumException | IllegalStateException failure) {
                program.drop(opening);
                done.completeExceptionally(failure);
              }
            });
    return new Attempt(
        done,
        () -> {
          done.cancel(false);
          thread.interrupt();
          Thread.ofVirtual().name("sign-in-cancel").start(() -> program.drop(opening));
        });
  }

  private Opened through(Door door, Consumer<Progress> progress, Shutdown opening) {
    return switch (door) {
      case LOCAL -> {
        progress.accept(Progress.of("Starting the local cloud"));
        yield opened(
            fleets.local(Options.usual(), opening),
            AccessTokens.fixed("local"),
            () -> false,
            opening);
      }
      case GOOGLE -> {
        Session operator =
            operators.signInOrResume(
                Optional.empty(),
                page ->
                    progress.accept(
                        new Progress("Waiting for you in the browser", Optional.of(page))));
        progress.accept(Progress.of("Opening " + operator.profile().project()));
        OpenFleet fleet =
            fleets.google(
                operator.profile(), operator.tokens(), operator.email(), Options.usual(), opening);
        yield opened(fleet, operator.tokens(), operator::ended, opening);
      }
    };
  }

  private Opened opened(
      OpenFleet open, AccessTokens tokens, BooleanSupplier signInEnded, Shutdown opening) {
    ImageDesk desk =
        new ImageOpener(preflights.folders(), operators)
            .open(ImageRequest.usual(), open.profile(), tokens, open.operator(), opening);
    images.set(Optional.of(new ConsoleImages(desk, open.fleet())));
    opening.add("The note that this console runs", running.announce(open.served()));
    boolean local = open.profile().local();
    localCloud.set(
        local ? Optional.of(URI.create(open.served().cloud().compute())) : Optional.empty());
    return new Opened(
        open.fleet(),
        open.operator(),
        local ? "LOCAL" : open.profile().project(),
        local,
        signInEnded,
        List.of(
            new Fact("Cloud", "Profile", open.profile().name()),
            new Fact("Cloud", "Project", open.profile().project()),
            new Fact("Cloud", "Fleet", open.profile().fleet()),
            new Fact("Cloud", "Compute Engine", open.served().cloud().compute()),
            new Fact("Cloud", "Pub/Sub", open.served().cloud().pubsub()),
            new Fact("Health limits", "Profile", open.limits().toString()),
            new Fact("REST API", "Address", open.served().api().toString()),
            new Fact("REST API", "Key file", open.served().apiKeyFile().toString())));
  }

  @Override
  public void signOut() {
    Optional<Begun> ending = session.getAndSet(Optional.empty());
    localCloud.set(Optional.empty());
    images.set(Optional.empty());
    ending.map(Begun::end).ifPresent(program::drop);
    // The local cloud knows nobody; who is remembered for Google stays so.
    if (ending.map(Begun::door).filter(door -> door == Door.GOOGLE).isPresent()) {
      operators.signOut();
    }
  }
}
