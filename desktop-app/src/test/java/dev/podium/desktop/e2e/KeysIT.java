package dev.podium.desktop.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/// Keys of a server that runs, by the command line as it is built.
class KeysIT {
  private static PodiumProcess podium;

  @BeforeAll
  static void start() {
    podium = PodiumProcess.ready("serve", "--local");
  }

  @AfterAll
  static void stop() {
    podium.close();
  }

  @Test
  void a_key_is_made_used_seen_in_the_list_and_revoked_while_it_follows() throws Exception {
    PodiumProcess.Finished made = podium.run("keys", "create", "watch", "-o", "secret");
    assertThat(made.code()).isZero();
    String secret = made.output().strip();
    Api reader = podium.api().withKey(Optional.of(secret));
    assertThat(reader.get("v1/instances").status()).isEqualTo(200);
    assertThat(reader.post("v1/instances", "{}").status()).isEqualTo(403);
    assertThat(reader.get("v1/keys").status()).isEqualTo(403);
    assertThat(podium.run("keys", "list").output()).contains("watch", "api-key");
    assertThat(podium.log()).doesNotContain(secret);
    Path kept = podium.home().resolve("data/api-keys.json");
    assertThat(Files.readString(kept)).contains("watch").doesNotContain(secret);
    assertThat(Files.getPosixFilePermissions(kept))
        .isEqualTo(PosixFilePermissions.fromString("rw-------"));

    Path keyFile = Files.writeString(podium.home().resolve("watch-key"), secret);
    Process follower =
        PodiumProcess.start(
            podium.home(),
            podium.home().resolve("follower.log"),
            "activity",
            "--follow",
            "--api",
            podium.readyLine().path("api").asText(),
            "--api-key-file",
            keyFile.toString());
    await().atMost(Duration.ofSeconds(90)).until(() -> follower.inputReader().ready());
    assertThat(podium.run("keys", "revoke", "watch").code()).isZero();
    assertThat(reader.get("v1/instances").status()).isEqualTo(401);
    await().atMost(Duration.ofSeconds(10)).until(() -> !follower.isAlive());
    assertThat(follower.exitValue()).isEqualTo(1);
  }

  @Test
  void the_servers_own_key_is_not_revoked_by_accident() {
    PodiumProcess.Finished refused = podium.run("keys", "revoke", "api-key");
    assertThat(refused.code()).isEqualTo(1);
    assertThat(refused.errors()).contains("With force").hasLineCount(1);
    assertThat(podium.api().get("v1/keys").status()).isEqualTo(200);
  }

  @Test
  void a_secret_comes_in_by_standard_input() throws Exception {
    podium.api().createReady(1, "invited");
    assertThat(typed("blue whale\n", "policy", "set", "--access-code", "-")).isZero();
    assertThat(podium.api().get("v1/policy").body().path("accessCode").asText()).isNotEmpty();
    String first = podium.api().post("v1/invites", "{\"name\":\"Ann\"}").body().path("id").asText();
    String second =
        podium.api().post("v1/invites", "{\"name\":\"Bob\"}").body().path("token").asText();
    assertThat(typed(first + "\n" + second + "\n", "revoke", "-")).isZero();
    assertThat(typed("", "revoke", "-")).isEqualTo(2);
  }

  private static int typed(String text, String... command)
      throws IOException, InterruptedException {
    Process process =
        PodiumProcess.start(podium.home(), podium.home().resolve("typed.log"), command);
    try (var input = process.getOutputStream()) {
      input.write(text.getBytes(StandardCharsets.UTF_8));
    }
    return process.waitFor();
  }
}
