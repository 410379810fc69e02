package dev.podium.fleet.image.bake;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import dev.podium.fleet.cloud.ComputeCloud;
import dev.podium.fleet.image.DiskImage;
import dev.podium.fleet.image.desk.ImageDesk;
import dev.podium.fleet.image.publish.ImageRelease;
import dev.podium.fleet.image.publish.OwnVms;
import dev.podium.fleet.image.publish.PublishPlan;
import dev.podium.fleet.image.publish.PublishProgress;
import dev.podium.fleet.image.publish.PublishRig;
import dev.podium.wire.cloud.Ticker;
import dev.podium.wire.model.PodiumException;
import java.io.IOException;
import java.lang.reflect.Proxy;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/// The calls of a bake, over the local cloud's sockets. Its VMs have no Debian inside, so what the
/// startup script says there comes from these tests; [BakeScriptTest] runs the script itself.
@Timeout(120)
@DisabledOnOs(OS.WINDOWS)
class BakeTest {
  private static final String BEFORE = "podium-agent-v1";

  @TempDir private Path folder;

  private PublishRig rig;
  private Path agent;

  /// What the guest says on its serial console once it was asked.
  private String guest = "podium-bake: done";

  private JsonNode made = MissingNode.getInstance();

  @BeforeEach
  void start() throws IOException {
    rig = new PublishRig();
    agent = folder.resolve("podium-agent_1.2.0_amd64.deb");
    Files.writeString(agent, "a package");
  }

  @AfterEach
  void stop() {
    rig.close();
  }

  private ImageRelease.Released bake() {
    PublishPlan plan = rig.plan(Duration.ofSeconds(30));
    ComputeCloud compute = withGuest(rig.compute);
    return new Bake(
            plan,
            compute,
            rig.store,
            new OwnVms(compute, plan.zones(), Duration.ofMillis(50)),
            rig.leftovers(plan),
            rig.release(plan),
            Ticker.system(),
            Duration.ofSeconds(5))
        .run(agent);
  }

  /// The same cloud, where the script's words stand on the console, and who is done turns off.
  private ComputeCloud withGuest(ComputeCloud cloud) {
    return (ComputeCloud)
        Proxy.newProxyInstance(
            getClass().getClassLoader(),
            new Class<?>[] {ComputeCloud.class},
            (_, method, arguments) -> {
              if (method.getName().equals("serialPort")) {
                String vm = arguments[1].toString();
                made = send("GET", "zones/" + arguments[0] + "/instances/" + vm);
                if (guest.contains("done")) {
                  send("POST", "zones/" + arguments[0] + "/instances/" + vm + "/stop");
                }
                return new ComputeCloud.SerialOutput(guest + "\r\n", 1);
              }
              return method.invoke(cloud, arguments);
            });
  }

  private JsonNode send(String method, String path) throws IOException, InterruptedException {
    URI uri = rig.cloud.compute().resolve("projects/" + rig.cloud.project() + "/" + path);
    try (HttpClient client = HttpClient.newHttpClient()) {
      return new ObjectMapper()
          .readTree(
              client
                  .send(
                      HttpRequest.newBuilder(uri)
                          .method(method, HttpRequest.BodyPublishers.noBody())
                          .build(),
                      HttpResponse.BodyHandlers.ofString())
                  .body());
    }
  }

  private String metadata(String item) {
    for (JsonNode each : made.at("/metadata/items")) {
      if (each.path("key").asText().equals(item)) {
        return each.path("value").asText();
      }
    }
    return "";
  }

  @Test
  void a_vm_of_debian_becomes_the_image_and_nothing_of_it_is_left() {
    ImageRelease.Released released = bake();
    assertThat(rig.newest()).isEqualTo(released.image().name()).startsWith("podium-agent-1-2-0");
    assertThat(released.image().labels()).containsEntry("podium-image", "published");
    assertThat(released.seen().reached()).isTrue();
    assertThat(rig.left()).isEmpty();
    assertThat(metadata("startup-script")).isEqualTo(BakeScript.text());
    assertThat(metadata("podium-bake-package"))
        .startsWith("https://storage.googleapis.com/podium-local-podium-images/podium-vm/")
        .endsWith("/podium-agent_1.2.0_amd64.deb");
    assertThat(metadata("podium-bake-sha256")).matches("[0-9a-f]{64}");
    assertThat(metadata("block-project-ssh-keys")).isEqualTo("TRUE");
    assertThat(made.at("/scheduling/maxRunDuration/seconds").asLong()).isPositive();
    assertThat(rig.told.stream().map(PublishProgress::step).distinct())
        .contains(PublishProgress.Step.INSTALL, PublishProgress.Step.RELEASE);
  }

  @Test
  void what_the_script_or_the_vm_says_ends_it_with_the_family_as_it_was() {
    for (String said :
        List.of("podium-bake: failed: the package arrived damaged", "podium-bake: fetching")) {
      guest = said;
      assertThatThrownBy(this::bake)
          .isInstanceOfSatisfying(
              PodiumException.class,
              failure -> {
                assertThat(failure.sentence())
                    .contains(
                        said.contains("failed")
                            ? "the package arrived damaged"
                            : "was not done within 5 s; its serial console ends with");
                assertThat(failure.remedy()).contains("podium image publish", "podium-agent");
              });
      assertThat(rig.newest()).isEqualTo(BEFORE);
      assertThat(rig.left()).isEmpty();
    }
  }

  @Test
  void a_baked_image_that_does_not_boot_is_not_released() {
    rig.heard =
        step -> {
          if (step.step() == PublishProgress.Step.BOOT) {
            String candidate =
                rig.images.list().stream()
                    .filter(DiskImage::candidate)
                    .findFirst()
                    .orElseThrow()
                    .name();
            rig.faults("{\"unbootableImages\":[\"" + candidate + "\"]}");
            rig.cancellation.cancel();
          }
        };
    assertThatThrownBy(this::bake).isInstanceOf(PodiumException.Conflict.class);
    assertThat(rig.newest()).isEqualTo(BEFORE);
    assertThat(rig.left()).isEmpty();
  }

  @Test
  void a_local_cloud_says_that_it_has_no_debian() {
    ImageDesk desk =
        new ImageDesk(
            rig.plan(Duration.ofSeconds(30)),
            rig.images,
            rig.store,
            rig.compute,
            rig.probe,
            Set.of(),
            true);
    assertThatThrownBy(() -> desk.bake(agent, _ -> {}, rig.cancellation))
        .isInstanceOf(PodiumException.Invalid.class)
        .hasMessageContaining("without a Debian inside");
  }

  @Test
  void another_file_than_the_agents_package_is_not_sent() {
    agent = folder.resolve("other.deb");
    assertThatThrownBy(this::bake).hasMessageContaining("there is no file");
    assertThatThrownBy(() -> AgentPackage.open(Files.createFile(agent)))
        .hasMessageContaining("not called like a package");
  }

  @Test
  void the_vms_own_account_is_let_in_to_the_bucket() throws Exception {
    bake();
    String policy =
        send("GET", "../../../../storage/v1/b/" + rig.store.bucket() + "/iam").toString();
    assertThat(policy).contains("roles/storage.objectViewer", "serviceAccount:");
  }
}
