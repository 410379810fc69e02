package dev.podium.desktop.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.podium.desktop.program.Programs;
import dev.podium.desktop.program.Shutdown;
import dev.podium.localcloud.LocalCloud;
import dev.podium.localcloud.LocalCloudOptions;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// `podium local-cloud fault set` with what is not as it should be with a project.
@Timeout(60)
class FaultOptionsTest {
  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  private int run(LocalCloud cloud, String options) {
    out.getBuffer().setLength(0);
    List<String> line = new ArrayList<>(List.of("local-cloud", "fault", "set"));
    line.addAll(List.of("--cloud", cloud.identity().toString()));
    line.addAll(List.of(options.split(" ", -1)));
    Programs nobody =
        (Programs)
            Proxy.newProxyInstance(
                FaultOptionsTest.class.getClassLoader(),
                new Class<?>[] {Programs.class},
                (_, method, _) -> {
                  throw new AssertionError(method.getName() + " is not asked for");
                });
    return Commands.tree(
            nobody, new Shutdown(), new PrintWriter(out, true), new PrintWriter(err, true))
        .execute(line.toArray(String[]::new));
  }

  @Test
  void what_is_wrong_with_a_project_is_set_option_by_option_and_the_rest_stays() throws Exception {
    try (LocalCloud cloud = LocalCloud.start(LocalCloudOptions.defaults())) {
      assertThat(
              run(
                  cloud,
                  "--deny ann@example.org=compute.zones.list --deny *=pubsub.topics.create"
                      + " --api-off pubsub.googleapis.com,iam.googleapis.com"
                      + " --org-policy constraints/compute.vmExternalIpAccess"
                      + " --org-policy constraints/gcp.resourceLocations=in:eu-locations"
                      + " --default-account without-role --unreachable us-central1-a"))
          .isZero();
      assertThat(run(cloud, "--network missing --billing-off")).isZero();

      JsonNode faults = new ObjectMapper().readTree(out.toString());
      JsonNode project = faults.path("project");
      assertThat(faults.at("/unreachableZones/0").asText()).isEqualTo("us-central1-a");
      assertThat(project.at("/denied/ann@example.org/0").asText()).isEqualTo("compute.zones.list");
      assertThat(project.at("/denied/*/0").asText()).isEqualTo("pubsub.topics.create");
      assertThat(project.path("disabledApis")).hasSize(2);
      assertThat(project.path("orgPolicies").toString())
          .isEqualTo(
              "{\"constraints/compute.vmExternalIpAccess\":[],"
                  + "\"constraints/gcp.resourceLocations\":[\"in:eu-locations\"]}");
      assertThat(project.path("defaultAccount").asText()).isEqualTo("WITHOUT_ROLE");
      assertThat(project.path("network").asText()).isEqualTo("MISSING");
      assertThat(project.path("billingOff").asBoolean()).isTrue();

      assertThat(run(cloud, "--network gone")).isEqualTo(1);
      assertThat(err.toString()).contains("THERE, MISSING, YOUNG");
    }
  }
}
