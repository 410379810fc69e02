package dev.podium.desktop.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.BufferedWriter;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.openqa.selenium.By;
import org.openqa.selenium.WebDriver;
import org.openqa.selenium.support.ui.ExpectedConditions;
import org.openqa.selenium.support.ui.WebDriverWait;

/// An operator signs in through a real browser, at the local cloud's identity server.
class SignInIT {
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  private static PodiumProcess cloud;

  @BeforeAll
  static void startCloud() throws IOException {
    cloud = PodiumProcess.ready("local-cloud");
    JsonNode line = cloud.readyLine();
    String compute = line.path("compute").asText();
    Path profile = cloud.home().resolve("config/profiles/campus.json");
    Files.createDirectories(profile.getParent());
    new ObjectMapper()
        .writeValue(
            profile.toFile(),
            new ObjectMapper()
                .createObjectNode()
                .put("name", "campus")
                .put("local", false)
                .put("project", line.path("project").asText())
                .put("fleet", "campus")
                .put("computeEndpoint", compute.substring(0, compute.indexOf("/compute/")))
                .put("pubsubEndpoint", line.path("pubsub").asText())
                .put("identity", line.path("identity").asText())
                .put("oauthClientId", "podium-console.local"));
  }

  @AfterAll
  static void stopCloud() {
    cloud.close();
  }

  @Test
  void an_operator_signs_in_by_browser_stays_signed_in_and_signs_out() throws Exception {
    try (SignIn signIn = SignIn.begin()) {
      signIn.decide("allow");

      assertThat(signIn.exitCode()).isZero();
      assertThat(signIn.output()).contains("Signed in as ").contains("@");
    }
    PodiumProcess.Finished who = cloud.run("whoami");
    assertThat(who.code()).isZero();
    assertThat(who.output()).contains("@", "campus");

    assertThat(cloud.run("logout").code()).isZero();

    assertThat(cloud.run("whoami").code()).isEqualTo(1);
  }

  @Test
  void an_operator_who_denies_consent_is_told_so_and_not_signed_in() throws Exception {
    try (SignIn signIn = SignIn.begin()) {
      signIn.decide("deny");

      assertThat(signIn.exitCode()).isEqualTo(1);
      assertThat(signIn.errors()).contains("Nobody was signed in");
    }
  }

  @Test
  void an_operator_in_a_remote_shell_pastes_the_address_that_did_not_load() throws Exception {
    Path log = Files.createTempFile(cloud.home(), "login", ".log");
    Process login =
        PodiumProcess.start(cloud.home(), log, "login", "--profile", "campus", "--no-browser");
    try (BufferedWriter terminal = login.outputWriter(StandardCharsets.UTF_8)) {
      await().atMost(PATIENCE).until(() -> page(log).isPresent());
      terminal.write("what is this\n");
      terminal.write(allowedElsewhere(URI.create(page(log).orElseThrow())) + "\n");
      terminal.flush();

      int code = login.onExit().thenApply(Process::exitValue).get(60, TimeUnit.SECONDS);

      assertThat(code).as(Files.readString(log)).isZero();
    } finally {
      login.destroy();
    }
    assertThat(Files.readString(log)).contains("neither an address nor a code");
    assertThat(cloud.run("whoami").output()).contains("ann@example.org", "campus");
    assertThat(cloud.run("logout").code()).isZero();
  }

  /// Allows it in a browser of another computer, and says where that was then sent.
  private static String allowedElsewhere(URI page) throws Exception {
    HttpClient browser = HttpClient.newHttpClient();
    String html =
        browser.send(HttpRequest.newBuilder(page).build(), BodyHandlers.ofString()).body();
    Matcher ticket = Pattern.compile("name=\"ticket\" value=\"([^\"]+)\"").matcher(html);
    assertThat(ticket.find()).as(html).isTrue();
    String form =
        "account=other&email=ann%40example.org&decision=allow&ticket="
            + URLEncoder.encode(ticket.group(1), StandardCharsets.UTF_8);
    HttpRequest allow =
        HttpRequest.newBuilder(page.resolve("/o/oauth2/v2/auth"))
            .header("Content-Type", "application/x-www-form-urlencoded")
            .POST(BodyPublishers.ofString(form))
            .build();
    return browser
        .send(allow, BodyHandlers.ofString())
        .headers()
        .firstValue("Location")
        .orElseThrow();
  }

  private static Optional<String> page(Path log) throws IOException {
    return Arrays.stream(Files.readString(log).split("\\s+"))
        .filter(word -> word.startsWith("http://127.0.0.1:") && word.contains("code_challenge="))
        .findFirst();
  }

  /// A `podium login` and the browser in which its person answers.
  private record SignIn(Process process, Path errorLog, WebDriver browser)
      implements AutoCloseable {
    static SignIn begin() throws IOException {
      WebDriver browser = Browsers.open();
      Path log = Files.createTempFile(cloud.home(), "login", ".log");
      Process process = PodiumProcess.start(cloud.home(), log, "login", "--profile", "campus");
      SignIn signIn = new SignIn(process, log, browser);
      await().atMost(PATIENCE).until(() -> signIn.page().isPresent());
      browser.get(signIn.page().orElseThrow());
      return signIn;
    }

    Optional<String> page() throws IOException {
      return SignInIT.page(errorLog);
    }

    void decide(String decision) {
      new WebDriverWait(browser, PATIENCE)
          .until(
              ExpectedConditions.elementToBeClickable(
                  By.cssSelector("button[value=" + decision + "]")))
          .click();
    }

    int exitCode() {
      return process.onExit().thenApply(Process::exitValue).orTimeout(60, TimeUnit.SECONDS).join();
    }

    String output() throws IOException {
      return new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    }

    String errors() throws IOException {
      return Files.readString(errorLog);
    }

    @Override
    public void close() {
      process.destroy();
      browser.quit();
    }
  }
}
