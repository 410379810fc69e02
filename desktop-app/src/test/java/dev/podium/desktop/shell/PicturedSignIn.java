package dev.podium.desktop.shell;

import dev.podium.desktop.signin.SignInPort;
import dev.podium.desktop.testing.ScriptedProject;
import dev.podium.fleet.Fleet;
import dev.podium.fleet.preflight.Preflight;
import java.net.URI;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.Supplier;

/// The local door opens at once; Google's waits for a browser.
///
/// @param local whether it is the local cloud that opens
/// @param signInEnded whether the cloud takes the operator for signed in no more
record PicturedSignIn(
    Fleet fleet,
    boolean local,
    Optional<SignInPort.Door> remembered,
    BooleanSupplier signInEnded,
    Optional<String> prepared,
    Supplier<ScriptedProject> project)
    implements SignInPort {
  @Override
  public Preflight preflight() {
    return project.get().preflight();
  }

  @Override
  public Attempt open(Door door, Consumer<Progress> progress) {
    CompletableFuture<Opened> done = new CompletableFuture<>();
    if (door == Door.GOOGLE) {
      progress.accept(
          new Progress(
              "Waiting for you in the browser",
              Optional.of(
                  URI.create(
                      "https://accounts.google.com/o/oauth2/v2/auth?response_type=code&client_id="
                          + "4711.apps.googleusercontent.com&redirect_uri=http%3A%2F%2F127.0.0.1"
                          + "%3A39125%2F&scope=openid+email&state="
                          + "x".repeat(32)))));
    } else {
      done.complete(
          new Opened(
              fleet,
              "ann@example.org",
              local ? "LOCAL" : "school-4711",
              local,
              signInEnded,
              List.of(
                  new Fact("Health limits", "Suspect", "no heartbeat for 20 s"),
                  new Fact("Health limits", "Unreachable", "60 s and 3 failed probes"),
                  new Fact("Health limits", "Idle limit", "30 min"),
                  new Fact("REST API", "Address", "http://127.0.0.1:8090/"),
                  new Fact("REST API", "Key file", "~/.config/podium/api-key"))));
    }
    return new Attempt(done, () -> done.cancel(false));
  }

  @Override
  public void signOut() {}
}
