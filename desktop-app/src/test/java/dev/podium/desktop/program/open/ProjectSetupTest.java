package dev.podium.desktop.program.open;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.podium.desktop.program.Programs.PreflightRequest;
import dev.podium.fleet.auth.OperatorSignIn.Attempt;
import dev.podium.fleet.config.CloudProfile;
import dev.podium.fleet.config.PodiumFolders;
import dev.podium.fleet.google.project.ProjectSearch;
import dev.podium.fleet.preflight.CheckResult;
import dev.podium.fleet.preflight.Preflight;
import dev.podium.fleet.preflight.check.CheckName;
import dev.podium.fleet.preflight.check.CheckState;
import dev.podium.localcloud.LocalCloud;
import dev.podium.localcloud.LocalCloudOptions;
import dev.podium.wire.model.PodiumException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// A project is set up at the local cloud, which lets nobody in without a good token.
@Timeout(90)
class ProjectSetupTest {
  private static final String CLIENT =
      "{\"installed\": {\"client_id\": \"podium-console.local\", \"client_secret\": \"s\"}}";

  private static LocalCloud cloud;
  private static CloudProfile google;

  @TempDir Path home;
  private PodiumFolders folders;
  private OperatorSessions operators;
  private ProjectSetup setup;

  @BeforeAll
  static void start() {
    cloud = LocalCloud.start(LocalCloudOptions.defaults().withRequireAuth(true));
    URI compute = cloud.compute();
    google =
        new CloudProfile(
            "google",
            false,
            "project-id",
            "podium",
            Optional.of(compute.getScheme() + "://" + compute.getRawAuthority()),
            Optional.of(cloud.pubsub()),
            Optional.of(cloud.identity()),
            Optional.empty(),
            Optional.empty());
  }

  @AfterAll
  static void stop() {
    cloud.close();
  }

  @BeforeEach
  void set() {
    folders = new PodiumFolders(home, home, home);
    operators = new OperatorSessions(folders, Optional.empty(), page -> {});
    setup = new ProjectSetup(operators, google);
  }

  @Test
  void from_the_clients_json_to_a_project_that_is_checked_and_counts() throws Exception {
    CloudProfile profile = setup.withClient(CLIENT);
    CompletableFuture<String> who = new CompletableFuture<>();
    Attempt attempt = setup.signIn(profile, who);
    allow(attempt.page());
    assertThat(who.get(20, TimeUnit.SECONDS)).isEqualTo("ann@example.org");
    assertThat(operators.whoami()).as("no profile has the sign-in yet").isEmpty();

    assertThat(setup.projects())
        .extracting(ProjectSearch.Found::id)
        .containsExactly("podium-local");
    setup.finish(profile.withProject("podium-local").withName("class"));

    assertThat(operators.profiles().current()).map(CloudProfile::name).contains("class");
    assertThat(operators.whoami()).isPresent();
    assertThat(home.resolve("secrets/sign-in-setup-in-progress.json")).doesNotExist();
    try (Preflight preflight =
        new PreflightOpener(folders, operators)
            .open(
                new PreflightRequest(
                    Optional.empty(), Optional.empty(), Optional.empty(), false))) {
      for (CheckName name :
          new CheckName[] {CheckName.SIGN_IN, CheckName.PROJECT, CheckName.APIS}) {
        CheckResult result = preflight.check(name);
        assertThat(result.state()).as(result.found()).isEqualTo(CheckState.OK);
      }
    }
  }

  @Test
  void who_gives_up_leaves_no_sign_in_behind() throws Exception {
    CompletableFuture<String> who = new CompletableFuture<>();
    Attempt attempt = setup.signIn(setup.withClient(CLIENT), who);
    allow(attempt.page());
    who.get(20, TimeUnit.SECONDS);

    setup.giveUp();

    assertThat(home.resolve("secrets/sign-in-setup-in-progress.json")).doesNotExist();
    assertThat(operators.profiles().list()).isEmpty();
    assertThatThrownBy(setup::projects).isInstanceOf(PodiumException.NotSignedIn.class);
  }

  @Test
  void what_is_no_desktop_client_is_refused_with_what_it_is() throws Exception {
    Path key = Files.writeString(home.resolve("key.json"), "{\"type\": \"service_account\"}");
    assertThatThrownBy(() -> setup.withClient(setup.read(key)))
        .isInstanceOf(PodiumException.Invalid.class)
        .hasMessageContaining("it is the key of a service account");
    assertThatThrownBy(() -> setup.withClient("<html>"))
        .isInstanceOf(PodiumException.Invalid.class)
        .hasMessageContaining("it is not JSON");
  }

  @Test
  void a_second_project_has_a_name_of_its_own_and_the_same_client() {
    operators.profiles().save(google.withClient("client-1", Optional.of("s")));
    assertThat(setup.knownClient().orElseThrow().name()).isEqualTo("google-2");
    assertThat(setup.knownClient().orElseThrow().oauthClientId()).contains("client-1");
  }

  /// What a person does in the browser.
  private static void allow(URI page) throws Exception {
    HttpClient browser =
        HttpClient.newBuilder().followRedirects(HttpClient.Redirect.ALWAYS).build();
    String html =
        browser.send(HttpRequest.newBuilder(page).build(), BodyHandlers.ofString()).body();
    Matcher ticket = Pattern.compile("name=\"ticket\" value=\"([^\"]+)\"").matcher(html);
    assertThat(ticket.find()).as(html).isTrue();
    String form =
        "account=other&email=ann%40example.org&decision=allow&ticket="
            + URLEncoder.encode(ticket.group(1), StandardCharsets.UTF_8);
    browser.send(
        HttpRequest.newBuilder(page.resolve("/o/oauth2/v2/auth"))
            .header("Content-Type", "application/x-www-form-urlencoded")
            .POST(BodyPublishers.ofString(form))
            .build(),
        BodyHandlers.ofString());
  }
}
