package dev.podium.desktop.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.podium.desktop.program.Programs;
import dev.podium.desktop.program.SavedProfiles;
import dev.podium.desktop.program.Shutdown;
import dev.podium.fleet.config.PodiumFolders;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.lang.reflect.Proxy;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ProfileCommandsTest {
  @TempDir Path home;
  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();
  private Optional<String> chosen = Optional.empty();

  @Test
  void a_companys_project_is_set_up_shown_changed_used_and_forgotten() throws Exception {
    assertThat(
            run(
                "profile create company --project acme-chat --fleet class-a --subnet"
                    + " projects/acme-net/regions/europe-west1/subnetworks/class --no-external-address"
                    + " --service-account podium-vm@acme-chat.iam.gserviceaccount.com"
                    + " --tags podium,school --secure-boot"))
        .isZero();
    assertThat(run("profile create home --project my-home-1")).isZero();

    JsonNode company = shown("company");
    assertThat(company.path("project").asText()).isEqualTo("acme-chat");
    assertThat(company.path("fleet").asText()).isEqualTo("class-a");
    assertThat(company.path("subnet").asText()).endsWith("/subnetworks/class");
    assertThat(company.path("externalAddress").asBoolean()).isFalse();
    assertThat(company.path("tags").toString()).isEqualTo("[\"podium\",\"school\"]");
    assertThat(company.path("secureBoot").asBoolean()).isTrue();

    assertThat(run("profile set company --tags podium --external-address")).isZero();
    assertThat(shown("company").path("tags").toString()).isEqualTo("[\"podium\"]");
    assertThat(shown("company").path("externalAddress").asBoolean()).isTrue();
    assertThat(shown("company").path("secureBoot").asBoolean()).isTrue();

    assertThat(run("profile use home")).isZero();
    out.getBuffer().setLength(0);
    assertThat(run("profile list")).isZero();
    assertThat(out.toString().lines())
        .anyMatch(line -> line.matches("home +my-home-1 +podium +\\*"))
        .anyMatch(line -> line.matches("company +acme-chat +class-a"));

    assertThat(run("profile delete company")).isZero();
    assertThat(run("profile show company")).isEqualTo(1);
    assertThat(err.toString()).contains("There is no profile 'company'");
  }

  @Test
  void where_and_of_what_vms_are_made_is_said_shown_and_taken_back() throws Exception {
    run(
        "profile create eu --project acme-chat --region europe-west1 --disk-type pd-ssd --port 443"
            + " --image global/images/family/ours");
    JsonNode shown = shown("eu");
    assertThat(shown.path("region").asText()).isEqualTo("europe-west1");
    assertThat(shown.path("diskType").asText()).isEqualTo("pd-ssd");
    assertThat(shown.path("port").asInt()).isEqualTo(443);
    assertThat(shown.path("image").asText()).isEqualTo("global/images/family/ours");
    out.getBuffer().setLength(0);
    assertThat(run("profile show eu")).isZero();
    assertThat(out.toString()).contains("europe-west1-b europe-west1-c");

    assertThat(run("profile set eu --zones us-east1-b")).isEqualTo(1);
    assertThat(err.toString()).contains("the profile names the region 'europe-west1'");
    assertThat(
            run("profile set eu --region= --zones us-east1-b,us-east1-d --fleet class-b --port="))
        .isZero();
    assertThat(shown("eu").path("zones").toString()).isEqualTo("[\"us-east1-b\",\"us-east1-d\"]");
    assertThat(shown("eu").path("fleet").asText()).isEqualTo("class-b");
    assertThat(shown("eu").has("port")).isFalse();
    assertThat(run("profile list --output json")).isZero();
    assertThat(run("profile show eu --output json")).isZero();
  }

  @Test
  void the_environment_names_the_profile_that_counts() throws Exception {
    run("profile create a --project project-a");
    run("profile create b --project project-b");
    run("profile use a");

    chosen = Optional.of("b");

    assertThat(shown("").path("name").asText()).isEqualTo("b");
    chosen = Optional.of("c");
    assertThat(run("profile show")).isEqualTo(1);
    assertThat(err.toString()).contains("There is no profile 'c'");
  }

  @Test
  void a_profile_is_not_made_twice() {
    run("profile create a --project project-a");

    assertThat(run("profile create a --project project-b")).isEqualTo(1);
    assertThat(err.toString()).contains("podium profile set a");
  }

  @ParameterizedTest
  @CsvSource({
    "profile create A --project my-project, is not a profile name",
    "profile create a --project x, is not a project id",
    "profile create a --project my-project --network My_Net, is not a network",
    "profile create a --project my-project --service-account nobody, is not a service account",
    "profile create a --project my-project --zones here, is not a zone",
    "profile create a --project my-project --image none, is not an image",
    "profile create a --project my-project --port 70000, is not a port"
  })
  void what_no_cloud_takes_is_refused_with_an_example(String line, String sentence) {
    assertThat(run(line)).isEqualTo(1);
    assertThat(err.toString()).contains(sentence).contains("such as");
    assertThat(home.resolve("config/profiles")).doesNotExist();
  }

  @Test
  void no_secret_is_shown() throws Exception {
    Files.createDirectories(home.resolve("config/profiles"));
    Files.writeString(
        home.resolve("config/profiles/old.json"),
        """
        {"name": "old", "project": "my-project", "fleet": "podium", "oauthClientId": "id-1", "oauthClientSecret": "GOCSPX-1"}
        """);

    assertThat(run("profile show old")).isZero();
    assertThat(run("profile show old -o json")).isZero();

    assertThat(out.toString()).contains("id-1").doesNotContain("GOCSPX-1");
  }

  private JsonNode shown(String name) throws Exception {
    out.getBuffer().setLength(0);
    assertThat(run(("profile show " + name).strip() + " -o json")).isZero();
    return new ObjectMapper().readTree(out.toString());
  }

  private int run(String line) {
    return Commands.tree(
            programs(), new Shutdown(), new PrintWriter(out, true), new PrintWriter(err, true))
        .execute(line.split(" "));
  }

  /// Nothing but profiles.
  private Programs programs() {
    SavedProfiles profiles =
        new SavedProfiles(
            PodiumFolders.of(Map.of("PODIUM_HOME", home.toString()), "Linux", home),
            chosen,
            err::append);
    return (Programs)
        Proxy.newProxyInstance(
            Programs.class.getClassLoader(),
            new Class<?>[] {Programs.class},
            (_, method, _) -> {
              if (method.getName().equals("profiles")) {
                return profiles;
              }
              throw new AssertionError("not asked for: " + method.getName());
            });
  }
}
