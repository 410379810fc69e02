package dev.podium.desktop.profile;

import static org.assertj.core.api.Assertions.assertThat;

import dev.podium.desktop.testing.SameThread;
import dev.podium.desktop.testing.ScriptedSetup;
import dev.podium.fleet.config.CloudProfile;
import dev.podium.fleet.config.ProfileMember;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ProfilesViewModelTest {
  private final ScriptedSetup kept =
      new ScriptedSetup()
          .with(
              CloudProfile.google(
                  "company", "acme-chat", "class-a", Optional.of("client-1"), Optional.of("s")))
          .with(
              CloudProfile.google(
                  "home", "my-home-1", "podium", Optional.empty(), Optional.empty()));
  private final ProfilesViewModel model = new ProfilesViewModel(kept, new SameThread());

  private void type(ProfileMember member, String text) {
    model.form().text(member).set(text);
  }

  @Test
  void the_one_that_counts_is_shown_first_and_any_can_be_made_the_one() {
    model.load();
    assertThat(model.chosen().get()).map(CloudProfile::name).contains("home");
    model.choose(Optional.of(model.profiles().getFirst()));
    assertThat(model.form().text(ProfileMember.PROJECT).get()).isEqualTo("acme-chat");
    model.use();
    assertThat(kept.current()).contains("company");
    assertThat(model.current().get()).contains("company");
    assertThat(model.note().get()).contains("at the next sign-in");
  }

  @Test
  void a_companys_settings_are_changed_and_kept_and_the_sign_in_with_them() {
    model.load();
    model.choose(Optional.of(model.profiles().getFirst()));
    assertThat(model.form().changed().get()).isFalse();
    type(ProfileMember.SUBNET, "projects/acme-net/regions/europe-west1/subnetworks/class");
    type(ProfileMember.EXTERNAL_ADDRESS, "no");
    type(ProfileMember.ZONES, "europe-west1-b, europe-west1-d");
    type(ProfileMember.PORT, "443");
    assertThat(model.form().companySettings()).isEqualTo(4);
    model.save();

    CloudProfile saved = kept.list().getFirst();
    assertThat(saved.machines().externalAddress()).isFalse();
    assertThat(saved.defaults().zones()).containsExactly("europe-west1-b", "europe-west1-d");
    assertThat(saved.defaults().port()).contains(443);
    assertThat(saved.oauthClientId()).contains("client-1");
    assertThat(model.form().changed().get()).isFalse();
    assertThat(model.chosen().get()).contains(saved);
  }

  @Test
  void what_is_wrong_is_told_at_its_field_and_nothing_is_saved() {
    model.load();
    type(ProfileMember.PORT, "http");
    assertThat(model.form().faults().get()).containsOnlyKeys(ProfileMember.PORT);
    assertThat(model.form().faults().get().get(ProfileMember.PORT))
        .isEqualTo(
            "'http' is not a port: it is not in the form of '8080'. Enter a port such as '8080'.");
    model.save();
    assertThat(kept.list()).noneMatch(profile -> profile.defaults().port().isPresent());
  }

  @Test
  void a_new_one_begins_with_the_companys_client_and_a_name_that_is_free() {
    model.load();
    model.choose(Optional.empty());
    assertThat(model.form().faults().get()).as("nobody has typed yet").isEmpty();
    assertThat(model.form().complete()).isFalse();
    type(ProfileMember.NAME, "home");
    type(ProfileMember.PROJECT, "my-school-1");
    assertThat(model.form().faults().get()).containsOnlyKeys(ProfileMember.NAME);
    type(ProfileMember.NAME, "school");
    model.save();
    assertThat(kept.list())
        .filteredOn(profile -> profile.name().equals("school"))
        .singleElement()
        .satisfies(profile -> assertThat(profile.oauthClientId()).contains("client-1"));
    assertThat(kept.current()).as("it is not used before somebody says so").contains("home");
  }

  @Test
  void one_that_is_deleted_is_gone_and_another_is_shown() {
    model.load();
    model.delete();
    assertThat(kept.list()).extracting(CloudProfile::name).containsExactly("company");
    assertThat(model.chosen().get()).map(CloudProfile::name).contains("company");
    model.delete();
    assertThat(model.chosen().get()).isEmpty();
  }
}
