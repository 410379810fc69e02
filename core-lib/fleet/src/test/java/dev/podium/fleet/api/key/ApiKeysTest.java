package dev.podium.fleet.api.key;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.podium.fleet.api.key.ApiKeys.Scope;
import dev.podium.wire.model.PodiumException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ApiKeysTest {
  private static final Set<Scope> READ = Set.of(Scope.READ);
  private static final Set<Scope> BOTH = EnumSet.allOf(Scope.class);

  @TempDir private Path folder;

  private Instant now = Instant.parse("2026-05-04T09:10:11.5Z");
  private Path file;
  private ApiKeys keys;

  @BeforeEach
  void open() {
    file = folder.resolve("keys.json");
    keys = opened();
  }

  private ApiKeys opened() {
    return ApiKeys.open(file, () -> now);
  }

  @Test
  void a_key_has_all_that_a_person_wants_to_know_of_it_after_a_restart_too() {
    ApiKeys.Created made = keys.create("CI of Ann", READ, Optional.of(Duration.ofHours(2)));
    ApiKey key = opened().list().getFirst();
    assertThat(key).isEqualTo(made.key());
    assertThat(key.id()).isEqualTo(KeySecret.idOf(made.secret())).matches(KeySecret::isId);
    assertThat(key.created()).contains(Instant.parse("2026-05-04T09:10:11Z"));
    assertThat(key.expires()).contains(Instant.parse("2026-05-04T11:10:11Z"));
    assertThat(key.scopes()).isEqualTo(READ);
    assertThat(made.toString()).doesNotContain(made.secret());
  }

  @Test
  void a_key_is_good_until_its_end_and_then_stands_in_nobodys_way() {
    String secret = keys.create("short", READ, Optional.of(Duration.ofHours(1))).secret();
    now = now.plus(Duration.ofMinutes(59));
    assertThat(keys.find(secret)).isPresent();
    now = Instant.parse("2026-05-04T10:10:11Z");
    assertThat(keys.find(secret)).isEmpty();
    assertThat(keys.good(KeySecret.idOf(secret))).isFalse();
    assertThat(keys.list()).hasSize(1);
    keys.settle();
    keys.issue("short", READ);
    assertThat(keys.list()).hasSize(1);
  }

  @Test
  void when_a_key_was_used_is_kept_to_the_hour_and_written_once_in_it() throws Exception {
    String secret = keys.issue("ci", READ);
    keys.find(secret);
    keys.settle();
    assertThat(keys.list().getFirst().lastUsed()).contains(Instant.parse("2026-05-04T09:00:00Z"));
    Object written = Files.getAttribute(file, "unix:ino");
    for (int request = 0; request < 1_000; request++) {
      now = now.plusSeconds(1);
      assertThat(keys.find(secret)).isPresent();
    }
    keys.settle();
    assertThat(Files.getAttribute(file, "unix:ino")).isEqualTo(written);
    now = now.plus(Duration.ofHours(1));
    keys.find(secret);
    keys.settle();
    assertThat(opened().list().getFirst().lastUsed())
        .contains(Instant.parse("2026-05-04T10:00:00Z"));
  }

  @Test
  void what_one_program_makes_or_revokes_is_so_for_another_at_its_next_request() {
    ApiKeys other = opened();
    String secret = keys.issue("ci", READ);
    assertThat(other.find(secret)).isPresent();
    other.settle();
    other.revoke(KeySecret.idOf(secret), false);
    assertThat(keys.find(secret)).isEmpty();
    assertThat(keys.list()).isEmpty();
  }

  @Test
  void a_key_that_was_revoked_while_its_use_was_noted_does_not_come_back() {
    String secret = keys.issue("ci", READ);
    keys.find(secret);
    keys.revoke(KeySecret.idOf(secret), false);
    keys.settle();
    assertThat(opened().list()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        " ",
        " ci",
        "ci ",
        "a  b",
        "-ci",
        "a\nb",
        "a\u0000",
        "a\u001b[31m",
        "a\u202eb",
        "<b>",
        "key-0123456789ab",
        "podium_x"
      })
  void what_is_no_name_is_refused(String name) {
    assertThatThrownBy(() -> keys.issue(name, READ)).isInstanceOf(PodiumException.Invalid.class);
    assertThatThrownBy(() -> keys.issue("x".repeat(65), READ))
        .isInstanceOf(PodiumException.Invalid.class);
    assertThat(keys.list()).isEmpty();
  }

  @Test
  void two_keys_never_have_the_same_name() {
    keys.issue("Büro 1", READ);
    assertThatThrownBy(() -> opened().issue("büro 1", READ))
        .isInstanceOf(PodiumException.AlreadyExists.class);
    keys.issueTo(folder.resolve("a/key"));
    keys.issueTo(folder.resolve("b/key"));
    assertThat(keys.list()).extracting(ApiKey::name).containsExactly("Büro 1", "key", "key-2");
  }

  @Test
  void there_are_no_more_than_so_many() {
    for (int i = 0; i < ApiKeys.MOST; i++) {
      keys.issue("k" + i, READ);
    }
    assertThatThrownBy(() -> keys.issue("one more", READ))
        .isInstanceOf(PodiumException.QuotaExceeded.class);
    keys.revoke(keys.list().getFirst().id(), false);
    keys.issue("one more", READ);
  }

  @Test
  void the_key_of_this_computers_consoles_is_revoked_by_force_only_and_made_anew_at_a_start()
      throws Exception {
    Path plain = folder.resolve("api-key");
    keys.issueTo(plain);
    String secret = Files.readString(plain).strip();
    keys.issue("other", BOTH);
    String id = KeySecret.idOf(secret);
    assertThatThrownBy(() -> keys.revoke(id, false))
        .isInstanceOf(PodiumException.InUse.class)
        .hasMessageContaining(plain.toString());
    assertThat(keys.find(secret)).isPresent();
    keys.revoke(id, true);
    assertThat(keys.find(secret)).isEmpty();
    opened().issueTo(plain);
    assertThat(keys.find(Files.readString(plain).strip())).isPresent();
    keys.settle();
  }

  @Test
  void a_consoles_key_that_its_file_no_longer_holds_is_like_any_other() throws Exception {
    Path plain = folder.resolve("api-key");
    keys.issueTo(plain);
    String lost = Files.readString(plain).strip();
    Files.delete(plain);
    keys.issueTo(plain);
    keys.revoke(KeySecret.idOf(lost), false);
    assertThat(keys.list()).extracting(ApiKey::name).containsExactly("api-key-2");
  }

  @Test
  void the_last_key_that_may_write_is_revoked_by_force_only() {
    String writer = KeySecret.idOf(keys.issue("writer", BOTH));
    keys.issue("reader", READ);
    keys.create("short", BOTH, Optional.of(Duration.ofHours(1)));
    now = now.plus(Duration.ofHours(1));
    assertThatThrownBy(() -> keys.revoke(writer, false))
        .isInstanceOf(PodiumException.InUse.class)
        .hasMessageContaining("no other key may write");
    keys.revoke(writer, true);
  }

  @Test
  void a_key_of_an_early_release_is_good_and_is_marked_at_the_next_start() throws Exception {
    Path plain = folder.resolve("api-key");
    keys.issueTo(plain);
    String early =
        Files.readString(file).lines().filter(line -> line.contains("sha256")).findFirst().get();
    Files.writeString(
        file,
        "{\"keys\":[{\"label\":\"api-key\","
            + early.strip()
            + "\"scopes\":[\"read\",\"write\"]}]}");
    assertThat(keys.list().getFirst().created()).isEmpty();
    assertThat(keys.list().getFirst().file()).isEmpty();
    keys.issueTo(plain);
    assertThat(keys.list()).hasSize(1);
    assertThat(keys.list().getFirst().file()).contains(plain);
  }

  @Test
  void a_file_that_is_damaged_shuts_nobody_out_and_is_not_replaced() throws Exception {
    String secret = keys.issue("ci", READ);
    assertThat(keys.find(secret)).isPresent();
    keys.settle();
    Files.writeString(file, "{\"keys\":[{");
    assertThat(keys.find(secret)).isPresent();
    assertThatThrownBy(() -> keys.issue("b", READ)).isInstanceOf(PodiumException.Invalid.class);
    assertThat(file).hasContent("{\"keys\":[{");
    Files.delete(file);
    assertThat(keys.find(secret)).isEmpty();
  }
}
