package dev.podium.desktop.program.open;

import static org.assertj.core.api.Assertions.assertThat;

import dev.podium.desktop.testing.ScriptedFleet;
import dev.podium.fleet.Fleet;
import dev.podium.fleet.config.CloudProfile;
import dev.podium.fleet.config.PodiumFolders;
import dev.podium.fleet.config.VmDefaults;
import dev.podium.fleet.health.record.HealthLimits;
import dev.podium.fleet.policy.FleetPolicy;
import dev.podium.fleet.policy.PolicyDraft;
import dev.podium.fleet.policy.PolicyInForce;
import dev.podium.fleet.policy.PolicyMember;
import dev.podium.wire.invite.AccessCode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SavedPolicyTest {
  @TempDir Path home;

  private SavedPolicy saved(String fleet) {
    return SavedPolicy.of(
        new PodiumFolders(home, home, home),
        CloudProfile.google("p", "project-1", fleet, Optional.empty(), Optional.empty()));
  }

  @Test
  void a_policy_that_says_nothing_is_that_of_the_profile_and_what_was_saved_goes_before_it() {
    change("class", Map.of(PolicyMember.MAXIMUM, "3"));
    CloudProfile profile =
        CloudProfile.google("p", "project-1", "class", Optional.empty(), Optional.empty())
            .with(
                new VmDefaults(
                    Optional.of("europe-west1"),
                    List.of(),
                    Optional.of("global/images/family/ours"),
                    Optional.empty(),
                    Optional.empty()));
    SavedPolicy european = SavedPolicy.of(new PodiumFolders(home, home, home), profile);
    FleetPolicy first = european.open(HealthLimits.standard()).get();
    assertThat(first.scaling().zones()).containsExactly("europe-west1-b", "europe-west1-c");
    assertThat(first.scaling().image()).isEqualTo("global/images/family/ours");
    assertThat(first.scaling().maximum()).isEqualTo(3);

    change("class", Map.of(PolicyMember.ZONES, "us-central1-a"));
    assertThat(european.open(HealthLimits.standard()).get().scaling().zones())
        .containsExactly("us-central1-a");
  }

  private void change(String fleet, Map<PolicyMember, String> changes) {
    FleetPolicy before = saved(fleet).open(HealthLimits.standard()).get();
    Fleet cloud = new ScriptedFleet();
    assertThat(
            saved(fleet)
                .open(HealthLimits.standard())
                .set(PolicyDraft.of(before).with(changes), cloud))
        .isEmpty();
  }

  @Test
  void what_was_changed_is_in_force_after_a_restart_and_for_that_fleet_alone() {
    change("class", Map.of(PolicyMember.MAXIMUM, "3", PolicyMember.IDLE, "5 min"));

    FleetPolicy again = saved("class").open(HealthLimits.standard()).get();
    assertThat(again.scaling().maximum()).isEqualTo(3);
    assertThat(again.limits().use().idle()).hasMinutes(5);
    assertThat(saved("other").open(HealthLimits.standard()).get().scaling().maximum())
        .isEqualTo(10);
  }

  @Test
  void each_change_is_saved_with_a_revision_and_what_a_person_wrote_is_the_first()
      throws IOException {
    Path file = home.resolve("policies/project-1/class.json");
    Files.createDirectories(file.getParent());
    Files.writeString(file, "{\"maximum\": \"4\"}");
    change("class", Map.of(PolicyMember.MAXIMUM, "3"));
    assertThat(file).content().contains("\"revision\" : \"2\"");
    change("class", Map.of(PolicyMember.MAXIMUM, "3"));
    assertThat(file).content().contains("\"revision\" : \"2\"");
    change("class", Map.of(PolicyMember.MAXIMUM, "10"));
    assertThat(file).content().contains("\"revision\" : \"3\"");
  }

  @Test
  void a_change_after_a_restart_is_newer_than_all_that_was_heard_of_before() {
    Path file = home.resolve("policies/project-1/class.json");
    HealthLimits limits = HealthLimits.standard();
    FleetPolicy usual = saved("class").open(limits).get();
    saved("class").store(limits).save(usual, new PolicyInForce.Revisions(2, 9));
    assertThat(file).content().contains("\"revision\" : \"2\"");
    change("class", Map.of(PolicyMember.MAXIMUM, "3"));
    assertThat(file).content().contains("\"revision\" : \"10\"").doesNotContain("highest");
  }

  @Test
  void an_access_code_is_in_force_after_a_restart_and_its_file_does_not_tell_it() {
    change("class", Map.of(PolicyMember.ACCESS_CODE, "blue whale"));
    change("class", Map.of(PolicyMember.MAXIMUM, "3"));
    AccessCode again =
        saved("class").open(HealthLimits.standard()).get().accessCode().orElseThrow();
    assertThat(again.matches("blue whale")).isTrue();
    assertThat(home.resolve("policies/project-1/class.json"))
        .content()
        .contains(again.item())
        .doesNotContain("blue whale");
  }

  @Test
  void a_start_with_other_limits_keeps_what_the_person_chose_and_no_more() {
    change("class", Map.of(PolicyMember.MAXIMUM, "3"));

    FleetPolicy demo = saved("class").open(HealthLimits.demo()).get();
    assertThat(demo.scaling().maximum()).isEqualTo(3);
    assertThat(demo.limits()).isEqualTo(HealthLimits.demo());
  }

  @Test
  void a_file_that_cannot_be_used_is_kept_aside_and_the_usual_policy_holds() throws IOException {
    change("class", Map.of(PolicyMember.MAXIMUM, "3"));
    Path file = home.resolve("policies/project-1/class.json");
    for (String damage :
        new String[] {
          "{\"maximum\": \"0\"}",
          "{\"maxi",
          "{\"unheard_of\": \"1\"}",
          "[]",
          "{\"revision\": \"new\"}"
        }) {
      Files.writeString(file, damage);
      assertThat(saved("class").open(HealthLimits.standard()).get().scaling().maximum())
          .isEqualTo(10);
      assertThat(file).doesNotExist();
      assertThat(file.resolveSibling("class.json.unreadable")).hasContent(damage);
    }
  }
}
