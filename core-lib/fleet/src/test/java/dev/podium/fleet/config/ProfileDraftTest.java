package dev.podium.fleet.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.podium.wire.model.PodiumException;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ProfileDraftTest {
  private final CloudProfile company =
      new CloudProfile(
              "company",
              false,
              "acme-chat",
              "class-a",
              Optional.of("http://127.0.0.1:1"),
              Optional.of("127.0.0.1:2"),
              Optional.of(URI.create("http://127.0.0.1:1/")),
              Optional.of("client-1"),
              Optional.of("secret-1"))
          .with(
              new MachineSettings(
                  Optional.of("campus"),
                  Optional.of("projects/host/regions/europe-west1/subnetworks/class"),
                  false,
                  Optional.of("podium-vm@acme-chat.iam.gserviceaccount.com"),
                  List.of("https://www.googleapis.com/auth/cloud-platform"),
                  List.of("podium", "school"),
                  true))
          .with(
              new VmDefaults(
                  Optional.of("europe-west1"),
                  List.of("europe-west1-d", "europe-west1-b"),
                  Optional.of("projects/images/global/images/family/podium-agent"),
                  Optional.of("pd-ssd"),
                  Optional.of(443)));

  @Test
  void a_profile_in_writing_is_that_profile_again() {
    ProfileDraft written = ProfileDraft.of(company);
    assertThat(written.faults()).isEmpty();
    assertThat(written.toProfile(company)).isEqualTo(company);
  }

  @Test
  void what_is_emptied_is_googles_default_and_the_sign_in_stays() {
    CloudProfile emptied =
        new ProfileDraft(
                Map.of(
                    ProfileMember.NAME, "company",
                    ProfileMember.PROJECT, "acme-chat",
                    ProfileMember.FLEET, "class-a"))
            .toProfile(company);
    assertThat(emptied.machines()).isEqualTo(MachineSettings.usual());
    assertThat(emptied.defaults()).isEqualTo(VmDefaults.none());
    assertThat(emptied.identity()).isEqualTo(company.identity());
    assertThat(emptied.oauthClientSecret()).contains("secret-1");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      value = {
        "NAME | A | 'A' is not a profile name",
        "PROJECT | x | 'x' is not a project id",
        "FLEET | 1 | '1' is not a fleet name",
        "NETWORK | My_Net | 'My_Net' is not a network",
        "SUBNET | a/b | 'a/b' is not a subnet",
        "EXTERNAL_ADDRESS | maybe | 'maybe' is not yes or no",
        "SERVICE_ACCOUNT | nobody | 'nobody' is not a service account",
        "SCOPES | compute | 'compute' is not a scope",
        "SCOPES | https://www.googleapis.com/auth/compute | The VMs' scopes are too narrow",
        "TAGS | UP | 'UP' is not a network tag",
        "REGION | Europe | 'Europe' is not a region",
        "ZONES | europe-west1 | 'europe-west1' is not a zone",
        "ZONES | us-east1-b | The zone 'us-east1-b' cannot be used",
        "IMAGE | my image | 'my image' is not an image",
        "DISK_TYPE | SSD | 'SSD' is not a disk type",
        "PORT | 0 | '0' is not a port",
        "PORT | http | 'http' is not a port"
      })
  void each_fault_is_told_at_its_member_and_the_command_is_refused_with_the_same_sentence(
      ProfileMember member, String text, String sentence) {
    ProfileDraft wrong = ProfileDraft.of(company).with(Map.of(member, text));
    assertThat(wrong.faults()).containsOnlyKeys(member);
    assertThat(wrong.faults().get(member)).startsWith(sentence);
    assertThatThrownBy(() -> wrong.toProfile(company))
        .isInstanceOf(PodiumException.Invalid.class)
        .hasMessageContaining(sentence);
  }

  @Test
  void several_faults_are_told_together() {
    assertThat(
            ProfileDraft.of(company)
                .with(Map.of(ProfileMember.PROJECT, "x", ProfileMember.PORT, "http"))
                .faults())
        .containsOnlyKeys(ProfileMember.PROJECT, ProfileMember.PORT);
  }

  @Test
  void of_a_region_its_zones_b_and_c_are_used_unless_zones_are_named() {
    assertThat(company.defaults().places()).containsExactly("europe-west1-d", "europe-west1-b");
    assertThat(
            ProfileDraft.of(company)
                .with(Map.of(ProfileMember.ZONES, ""))
                .toProfile(company)
                .defaults()
                .places())
        .containsExactly("europe-west1-b", "europe-west1-c");
    assertThat(VmDefaults.none().places()).isEmpty();
  }

  @Test
  void the_subnet_of_a_zone_with_digits_in_its_letter_is_that_of_its_region() {
    MachineSettings machines =
        ProfileDraft.of(company)
            .with(Map.of(ProfileMember.SUBNET, "class"))
            .toProfile(company)
            .machines();
    assertThat(machines.subnetIn("us-central1-ai1a"))
        .contains("regions/us-central1/subnetworks/class");
  }
}
