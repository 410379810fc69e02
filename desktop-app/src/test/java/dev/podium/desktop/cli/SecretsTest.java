package dev.podium.desktop.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.podium.desktop.cli.text.JsonText;
import dev.podium.desktop.cli.text.SecretInput;
import dev.podium.desktop.program.Programs;
import dev.podium.desktop.program.Shutdown;
import dev.podium.desktop.testing.ScriptedFleet;
import dev.podium.fleet.api.ApiOptions;
import dev.podium.fleet.api.ApiServer;
import dev.podium.fleet.api.key.ApiKeys;
import dev.podium.fleet.api.key.KeySecret;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.lang.reflect.Proxy;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// The keys, and everything else that is secret, on the command line.
@Timeout(30)
class SecretsTest {
  @TempDir private Path folder;

  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();
  private final ScriptedFleet fleet = new ScriptedFleet();
  private byte[] input = {};
  private @Nullable Function<String, char[]> person;
  private ApiKeys keys;
  private ApiServer server;
  private String base = "";
  private Path keyFile;

  @BeforeEach
  void open() {
    keys = ApiKeys.open(folder.resolve("keys.json"));
    keyFile = folder.resolve("api-key");
    keys.issueTo(keyFile);
    server = new ApiServer(fleet, keys, ApiOptions.loopback(0), Instant::now);
    base = server.start().toString();
  }

  @AfterEach
  void close() {
    server.close();
  }

  private int run(String... words) {
    List<String> line = new ArrayList<>(List.of(words));
    line.addAll(List.of("--api", base, "--api-key-file", keyFile.toString()));
    return execute(line.toArray(String[]::new));
  }

  private int execute(String... line) {
    out.getBuffer().setLength(0);
    err.getBuffer().setLength(0);
    Programs none =
        (Programs)
            Proxy.newProxyInstance(
                Programs.class.getClassLoader(),
                new Class<?>[] {Programs.class},
                (_, method, _) -> {
                  throw new AssertionError(method + " is not needed with an address");
                });
    SecretInput secrets = new SecretInput(new ByteArrayInputStream(input), person);
    return Commands.tree(
            none, new Shutdown(), secrets, new PrintWriter(out, true), new PrintWriter(err, true))
        .execute(line);
  }

  private void type(String text) {
    input = text.getBytes(StandardCharsets.UTF_8);
  }

  @Test
  void a_keys_secret_is_printed_once_on_stdout_in_whatever_form_was_asked_for() throws IOException {
    assertThat(run("keys", "create", "nightly", "--days", "30")).isZero();
    String secret = out.toString().lines().toList().getLast().replaceFirst(".*\\s", "");
    assertThat(secret).matches(KeySecret::isSecret);
    assertThat(keys.find(secret)).isPresent();
    assertThat(err.toString()).contains("shown this once").doesNotContain(secret);

    assertThat(run("keys", "create", "ci", "--scope", "write", "-o", "json")).isZero();
    JsonNode made = JsonText.read(out.toString());
    assertThat(keys.find(made.path("key").asText())).isPresent();

    assertThat(run("keys", "create", "alone", "-o", "secret")).isZero();
    assertThat(out.toString().strip()).matches(KeySecret::isSecret).hasLineCount(1);
    assertThat(err.toString()).isEmpty();
    String alone = out.toString();

    assertThat(run("keys", "list")).isZero();
    assertThat(out.toString())
        .contains("nightly", "read write", "never", "console")
        .doesNotContain("podium_");
    Files.writeString(keyFile, alone);
    assertThat(run("instances", "list")).isZero();
    assertThat(run("keys", "list")).isEqualTo(1);
    assertThat(err.toString()).contains("may only read").hasLineCount(1);
  }

  @Test
  void a_key_is_revoked_by_its_name_its_id_or_itself_from_standard_input() {
    String first = keys.issue("first of all", EnumSet.of(ApiKeys.Scope.READ));
    String second = keys.issue("second", EnumSet.of(ApiKeys.Scope.READ));
    String third = keys.issue("third", EnumSet.of(ApiKeys.Scope.READ));
    assertThat(run("keys", "revoke", "First of all")).isZero();
    assertThat(out.toString()).isEqualTo("The key 'first of all' is good no more.\n");
    assertThat(run("keys", "revoke", KeySecret.idOf(second))).isZero();
    assertThat(run("keys", "revoke", third)).isEqualTo(2);
    assertThat(err.toString()).contains("list of processes").doesNotContain(third);
    type(third + "\n");
    assertThat(run("keys", "revoke", "-")).isZero();
    assertThat(List.of(first, second, third)).noneMatch(key -> keys.find(key).isPresent());
    assertThat(run("keys", "revoke", "third")).isEqualTo(1);
    assertThat(run("keys", "revoke", "../policy")).isEqualTo(1);
  }

  @Test
  void the_consoles_own_key_is_revoked_by_force_only() {
    assertThat(run("keys", "revoke", "api-key")).isEqualTo(1);
    assertThat(err.toString()).contains("consoles and commands of this computer", "force");
    assertThat(run("keys", "list")).isZero();
    assertThat(run("keys", "revoke", "api-key", "--force")).isZero();
    assertThat(err.toString()).contains("made when it starts next");
    assertThat(run("keys", "list")).isEqualTo(1);
    assertThat(err.toString()).contains("was revoked");
  }

  @Test
  void the_access_code_is_read_from_standard_input_as_it_would_be_taken_as_an_argument() {
    type("blue whale\r\nanother line\n");
    assertThat(run("policy", "set", "--access-code", "-")).isZero();
    assertThat(fleet.policy().accessCode().orElseThrow().matches("blue whale")).isTrue();
    assertThat(run("policy", "set", "--access-code", "red panda")).isZero();
    assertThat(fleet.policy().accessCode().orElseThrow().matches("red panda")).isTrue();
    type("x\n");
    assertThat(run("policy", "set", "--access-code=-")).isEqualTo(2);
    assertThat(err.toString()).doesNotContain("'x'");
  }

  @Test
  void several_invites_are_taken_back_one_a_line() {
    type("http://vm/#t=a\n\n  \nid-2\r\nid-3");
    assertThat(run("revoke", "-")).isZero();
    assertThat(fleet.takenBack()).containsExactly("http://vm/#t=a", "id-2", "id-3");
    assertThat(out.toString()).contains("Invite 1: The invite is good no more").hasLineCount(3);
    type("id-4\n");
    assertThat(run("revoke", "-")).isZero();
    assertThat(out.toString()).startsWith("The invite is good no more").hasLineCount(1);
    type("id-5\nid-6\n");
    assertThat(run("revoke", "-", "-o", "json")).isZero();
    assertThat(JsonText.read(out.toString()).path("invites")).hasSize(2);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "\n", "\r\n", "\n \n"})
  void nothing_on_standard_input_is_wrong_usage(String nothing) {
    type(nothing);
    assertThat(run("revoke", "-")).isEqualTo(2);
    assertThat(err.toString().strip()).contains("Standard input was empty").hasLineCount(1);
    type(nothing.replace(" ", ""));
    assertThat(run("policy", "set", "--access-code", "-")).isEqualTo(2);
    assertThat(run("keys", "revoke", "-")).isEqualTo(2);
    assertThat(fleet.takenBack()).isEmpty();
  }

  @Test
  void input_without_end_or_of_another_kind_is_wrong_usage() {
    type("x".repeat(1_000_000));
    assertThat(run("policy", "set", "--access-code", "-")).isEqualTo(2);
    assertThat(err.toString()).contains("more than 8192 bytes");
    assertThat(run("revoke", "-")).isEqualTo(2);
    type("id\n".repeat(2_000));
    assertThat(run("revoke", "-")).isEqualTo(2);
    assertThat(err.toString()).contains("more than 1000 lines");
    input = new byte[] {(byte) 0xff, 'a', '\n'};
    assertThat(run("keys", "revoke", "-")).isEqualTo(2);
    assertThat(err.toString()).contains("no UTF-8");
    assertThat(fleet.takenBack()).isEmpty();
  }

  @Test
  void a_person_at_a_terminal_is_asked_and_nothing_is_shown() {
    List<String> asked = new ArrayList<>();
    person =
        what -> {
          asked.add(what);
          return "id-1".toCharArray();
        };
    assertThat(run("revoke", "-")).isZero();
    assertThat(fleet.takenBack()).containsExactly("id-1");
    assertThat(asked).containsExactly("an invite");
    assertThat(out.toString() + err).doesNotContain("id-1");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "keys",
        "keys create",
        "keys create ci --hours 1 --days 1",
        "keys create ci --hours soon",
        "keys create ci --days 0",
        "keys create ci --scope admin",
        "keys revoke",
        "keys list -o secret",
        "instances list -o secret"
      })
  void what_cannot_be_is_wrong_usage(String line) {
    assertThat(run(line.split(" "))).isEqualTo(2);
    assertThat(err.toString().strip()).contains("--help").hasLineCount(1);
    assertThat(keys.list()).hasSize(1);
  }

  @Test
  void the_help_says_why() {
    for (String command : List.of("revoke", "policy set", "keys revoke", "keys create")) {
      List<String> words = new ArrayList<>(List.of(command.split(" ")));
      words.add("--help");
      assertThat(run(words.toArray(String[]::new))).isZero();
      assertThat(out.toString().replaceAll("\\s+", " "))
          .containsAnyOf("list of processes", "only you can read");
    }
    assertThat(execute("completion")).isZero();
  }
}
