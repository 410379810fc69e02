package dev.podium.fleet.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.podium.wire.model.PodiumException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ConfigTest {
  @TempDir Path home;
  private final List<String> warnings = new ArrayList<>();

  @Test
  void folders_follow_the_customs_of_each_system_and_one_variable_moves_them_all() {
    assertThat(PodiumFolders.of(Map.of(), "Linux", home).config())
        .isEqualTo(home.resolve(".config/podium"));
    assertThat(PodiumFolders.of(Map.of("XDG_STATE_HOME", "not/absolute"), "Linux", home).state())
        .isEqualTo(home.resolve(".local/state/podium"));
    assertThat(PodiumFolders.of(Map.of("XDG_DATA_HOME", "/xdg"), "Linux", home).data())
        .isEqualTo(Path.of("/xdg/podium"));
    assertThat(PodiumFolders.of(Map.of(), "Mac OS X", home).data())
        .isEqualTo(home.resolve("Library/Application Support/Podium"));
    assertThat(PodiumFolders.of(Map.of("PODIUM_HOME", "/p", "XDG_DATA_HOME", "/x"), "Linux", home))
        .isEqualTo(
            new PodiumFolders(Path.of("/p/config"), Path.of("/p/state"), Path.of("/p/data")));
  }

  @Test
  void profiles_come_back_as_they_were_saved() {
    Profiles profiles = profiles();
    CloudProfile prod =
        CloudProfile.google(
            "prod", "my-project-1", "class-a", Optional.of("id"), Optional.of("GOCSPX-1"));
    CloudProfile local =
        CloudProfile.local(
            URI.create("http://127.0.0.1:8080/compute/v1/"),
            "127.0.0.1:8085",
            URI.create("http://127.0.0.1:8080/"),
            "podium-local",
            "demo");
    profiles.save(prod);
    profiles.save(local);

    assertThat(profiles.list()).containsExactly(local, prod);
    assertThat(local.computeEndpoint()).contains("http://127.0.0.1:8080");
    assertThat(prod.toString()).doesNotContain("GOCSPX-1");
    profiles.remove("local");
    assertThatThrownBy(() -> profiles.get("local"))
        .isInstanceOf(PodiumException.NotFound.class)
        .hasMessageContaining("these exist: prod");
  }

  @Test
  void settings_for_vms_come_back_and_profiles_of_earlier_releases_have_the_usual_ones()
      throws Exception {
    Profiles profiles = profiles();
    CloudProfile plain =
        CloudProfile.google("prod", "my-project-1", "demo", Optional.empty(), Optional.empty());
    MachineSettings company =
        new MachineSettings(
            Optional.of("campus"),
            Optional.of("class"),
            false,
            Optional.of("podium-vm@my-project-1.iam.gserviceaccount.com"),
            List.of("https://www.googleapis.com/auth/cloud-platform"),
            List.of("podium"),
            true);

    profiles.save(plain.with(company));
    assertThat(profiles.get("prod").machines()).isEqualTo(company);

    Path file = home.resolve("config/profiles/prod.json");
    Files.writeString(file, Files.readString(file).replaceFirst("(?s),\\s*\"machines\".*", "}"));
    assertThat(profiles.get("prod").machines()).isEqualTo(MachineSettings.usual());
  }

  @Test
  void settings_for_vms_that_no_cloud_takes_are_refused_with_an_example() {
    MachineSettings usual = MachineSettings.usual();

    assertThatThrownBy(() -> settings(Optional.of("My Network"), usual.scopes(), List.of()))
        .isInstanceOf(PodiumException.Invalid.class)
        .hasMessageContaining("'My Network' is not a network");
    assertThatThrownBy(() ->
            settings(
                Optional.empty(),
                List.of("https://www.googleapis.com/auth/logging.write"),
                List.of()))
        .isInstanceOf(PodiumException.Invalid.class)
        .hasMessageContaining("scopes are too narrow");
    assertThatThrownBy(() -> settings(Optional.empty(), usual.scopes(), List.of("Tag_1")))
        .isInstanceOf(PodiumException.Invalid.class)
        .hasMessageContaining("'Tag_1' is not a network tag");
  }

  @Test
  void a_subnet_by_its_name_is_one_of_the_vms_region_and_brings_its_network() {
    MachineSettings named =
        new MachineSettings(
            Optional.empty(),
            Optional.of("class"),
            true,
            Optional.empty(),
            MachineSettings.usual().scopes(),
            List.of(),
            false);

    assertThat(named.subnetIn("europe-west1-b")).contains("regions/europe-west1/subnetworks/class");
    assertThat(named.networkPath()).isEmpty();
    assertThat(MachineSettings.usual().networkPath()).contains("global/networks/default");
  }

  private static MachineSettings settings(
      Optional<String> network, List<String> scopes, List<String> tags) {
    return new MachineSettings(
        network, Optional.empty(), true, Optional.empty(), scopes, tags, false);
  }

  @Test
  void a_damaged_profile_is_kept_aside_and_the_others_are_read() throws Exception {
    Profiles profiles = profiles();
    profiles.save(
        CloudProfile.google("good", "my-project-1", "demo", Optional.empty(), Optional.empty()));
    Path damaged = home.resolve("config/profiles/bad.json");
    Files.writeString(damaged, "{\"name\":");

    assertThat(profiles.list()).extracting(CloudProfile::name).containsExactly("good");
    assertThat(warnings).singleElement().asString().contains("bad.json").contains("kept as");
    assertThat(damaged).doesNotExist();
    assertThat(damaged.resolveSibling("bad.json.unreadable")).hasContent("{\"name\":");
  }

  @Test
  void where_and_of_what_vms_are_made_comes_back_as_it_was_saved() {
    CloudProfile saved =
        CloudProfile.google("eu", "my-project-1", "demo", Optional.empty(), Optional.empty())
            .with(
                new VmDefaults(
                    Optional.of("europe-west1"),
                    List.of("europe-west1-d"),
                    Optional.of("global/images/family/podium-agent"),
                    Optional.of("pd-ssd"),
                    Optional.of(443)));
    profiles().save(saved);
    assertThat(profiles().get("eu")).isEqualTo(saved);
  }

  @Test
  void a_name_leads_out_of_no_folder() {
    assertThatThrownBy(() -> profiles().get("../secrets/x"))
        .isInstanceOf(PodiumException.Invalid.class);
  }

  @Test
  void an_endpoint_with_a_slash_at_its_end_is_refused_at_once() {
    assertThatThrownBy(() ->
            new CloudProfile(
                "p",
                false,
                "my-project-1",
                "demo",
                Optional.of("http://127.0.0.1:1/"),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty()))
        .isInstanceOf(PodiumException.Invalid.class)
        .hasMessageContaining("compute endpoint");
  }

  private Profiles profiles() {
    return new Profiles(
        PodiumFolders.of(Map.of("PODIUM_HOME", home.toString()), "Linux", home), warnings::add);
  }
}
