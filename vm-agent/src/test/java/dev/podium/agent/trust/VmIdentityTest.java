package dev.podium.agent.trust;

import static org.assertj.core.api.Assertions.assertThat;

import dev.podium.wire.chat.Pulse;
import dev.podium.wire.cloud.Ticker;
import dev.podium.wire.identity.Roster;
import dev.podium.wire.pulse.ReceivedPulse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// What a VM keeps of itself.
class VmIdentityTest {
  @TempDir private Path folder;

  private VmIdentity open(String vmId, boolean strict) {
    return VmIdentity.open(
        StateFolder.ofService(Map.of("STATE_DIRECTORY", folder.toString())), vmId, strict);
  }

  private static String key(VmIdentity identity) {
    return identity.pair().publicKey().id();
  }

  @Test
  void a_vm_keeps_its_key_over_its_starts_and_a_clone_of_its_disk_makes_another() {
    String first = key(open("1", false));
    assertThat(key(open("1", false))).isEqualTo(first);
    assertThat(key(open("2", false))).isNotEqualTo(first);
  }

  @Test
  void who_was_strict_once_stays_strict() {
    assertThat(open("1", false).strict()).isFalse();
    assertThat(open("1", true).strict()).isTrue();
    assertThat(open("1", false).strict()).isTrue();
    assertThat(open("2", false).strict()).isFalse();
  }

  @Test
  void without_a_folder_every_start_has_its_own_key() {
    StateFolder none = StateFolder.ofService(Map.of());
    assertThat(key(VmIdentity.open(none, "1", false)))
        .isNotEqualTo(key(VmIdentity.open(none, "1", false)));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "{", "{}", "{\"vmId\":\"1\",\"x\":\"A\",\"seed\":\"B\"}", "null"})
  void a_damaged_file_is_replaced(String damaged) throws Exception {
    Files.writeString(folder.resolve("identity.json"), damaged);
    String made = key(open("1", false));
    assertThat(key(open("1", false))).isEqualTo(made);
  }

  @Test
  void a_folder_that_cannot_be_written_stops_nothing() {
    StateFolder missing = StateFolder.at(folder.resolve("no/such"));
    assertThat(VmIdentity.open(missing, "1", true).strict()).isTrue();
  }

  @Test
  @DisabledOnOs(value = OS.WINDOWS, disabledReason = "It has no such permissions.")
  void its_files_are_for_its_own_user_alone() throws Exception {
    VmIdentity identity = open("1", true);
    assertThat(identity.toString()).doesNotContain(identity.pair().seed());
    assertThat(
            PosixFilePermissions.toString(
                Files.getPosixFilePermissions(folder.resolve("identity.json"))))
        .isEqualTo("rw-------");
    try (var files = Files.list(folder)) {
      assertThat(files).as("nothing half written is left").hasSize(1);
    }
  }

  @Test
  void a_roster_comes_back_as_it_was_signed_and_a_damaged_one_does_not() throws Exception {
    KeptRoster kept = new KeptRoster(StateFolder.at(folder));
    assertThat(kept.read()).isEmpty();
    Speaker console = Speaker.console("class-a", Ticker.system());
    ReceivedPulse roster =
        console.says(
            new Pulse.RosterChanged(
                "c", new Roster(7, List.of(console.entry("vm-b", "2", "http://b/", 5)))),
            Instant.ofEpochMilli(1_234));
    kept.keep(roster);
    assertThat(kept.read()).contains(roster);
    Files.writeString(folder.resolve("roster.json"), "{\"body\":");
    assertThat(kept.read()).isEmpty();
    Files.writeString(folder.resolve("roster.json"), "{}");
    assertThat(kept.read()).isEmpty();
  }
}
