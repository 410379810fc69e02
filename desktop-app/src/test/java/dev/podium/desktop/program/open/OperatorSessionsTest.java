package dev.podium.desktop.program.open;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.podium.desktop.ConsoleSignIn;
import dev.podium.desktop.program.RunningServers;
import dev.podium.desktop.program.Shutdown;
import dev.podium.desktop.signin.SignInPort.Door;
import dev.podium.fleet.auth.SecretStore;
import dev.podium.fleet.config.CloudProfile;
import dev.podium.fleet.config.PodiumFolders;
import dev.podium.fleet.config.Profiles;
import dev.podium.wire.model.PodiumException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OperatorSessionsTest {
  private static final Duration PATIENCE = Duration.ofSeconds(20);

  @TempDir Path home;
  private PodiumFolders folders;
  private OperatorSessions operators;

  @BeforeEach
  void aProfile() {
    folders = new PodiumFolders(home, home, home);
    new Profiles(folders, warning -> {})
        .save(
            CloudProfile.google(
                "google", "project-1", "class", Optional.of("client-1"), Optional.of("s")));
    operators = new OperatorSessions(folders, Optional.empty(), page -> {});
  }

  @Test
  void a_sign_in_that_is_given_up_does_not_wait_for_the_browser() throws Exception {
    BlockingQueue<URI> pages = new LinkedBlockingQueue<>();
    AtomicReference<@Nullable Throwable> failure = new AtomicReference<>();
    Thread signIn =
        Thread.ofVirtual()
            .start(() ->
                failure.set(
                    catchThrowable(
                        () -> operators.signInOrResume(Optional.of("google"), pages::add))));
    assertThat(pages.poll(PATIENCE.toSeconds(), TimeUnit.SECONDS)).asString().contains("client-1");

    signIn.interrupt();

    assertThat(signIn.join(PATIENCE)).isTrue();
    assertThat(failure.get()).isInstanceOf(PodiumException.NotSignedIn.class);
    assertThat(operators.whoami()).isEmpty();
  }

  @Test
  void leaving_the_local_cloud_forgets_nobody_who_is_signed_in_to_google() {
    new SecretStore(folders)
        .write(
            "sign-in-google",
            """
            {"email": "ann@example.org", "clientId": "client-1", "refreshToken": "r"}
            """);
    assertThat(operators.whoami()).isPresent();
    // A session that is begun counts, whatever comes of it; this one has no folder to live in.
    Path nowhere = home.resolve("profiles/google.json");
    ConsoleSignIn doors =
        new ConsoleSignIn(
            new FleetOpener(new PodiumFolders(nowhere, nowhere, nowhere)),
            operators,
            new PreflightOpener(folders, operators),
            new RunningServers(home.resolve("running")),
            new Shutdown());
    doors.open(Door.LOCAL, progress -> {}).cancel();

    doors.signOut();

    assertThat(operators.whoami()).isPresent();
  }
}
