package dev.podium.desktop.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// `podium image`, with the agent itself in the VM that proves an image.
class ImageIT {
  private static final Duration PATIENCE = Duration.ofMinutes(3);

  private PodiumProcess cloud;
  private String address;
  private Api compute;
  private Path archive;

  @BeforeEach
  void start() throws IOException {
    cloud = PodiumProcess.ready("local-cloud");
    address = cloud.readyLine().path("identity").asText();
    compute = Api.keyless(cloud.readyLine().path("compute").asText() + "projects/podium-local/");
    archive = cloud.home().resolve("podium-vm-1.2.0-amd64.tar.gz");
    byte[] header = new byte[2_048];
    put(header, 0, "disk.raw");
    put(header, 124, "%011o".formatted(2L << 30));
    header[156] = '0';
    put(header, 257, "ustar  ");
    try (OutputStream zip = new GZIPOutputStream(Files.newOutputStream(archive))) {
      zip.write(header);
    }
  }

  private static void put(byte[] header, int at, String text) {
    byte[] bytes = text.getBytes(StandardCharsets.ISO_8859_1);
    System.arraycopy(bytes, 0, header, at, bytes.length);
  }

  @AfterEach
  void stop() {
    cloud.close();
  }

  private PodiumProcess.Finished image(String... arguments) {
    String[] all = new String[arguments.length + 3];
    all[0] = "image";
    System.arraycopy(arguments, 0, all, 1, arguments.length);
    all[arguments.length + 1] = "--cloud";
    all[arguments.length + 2] = address;
    return cloud.run(all);
  }

  private JsonNode images() throws IOException {
    PodiumProcess.Finished list = image("list", "--json");
    assertThat(list.code()).as(list.errors()).isZero();
    return new ObjectMapper().readTree(list.output()).path("images");
  }

  private String vms() {
    return compute.get("aggregated/instances").body().path("items").toString();
  }

  @Test
  void an_image_is_published_listed_and_pruned() throws IOException {
    PodiumProcess.Finished published = image("publish", archive.toString(), "--keep", "1");
    assertThat(published.code()).as(published.output() + published.errors()).isZero();
    assertThat(published.output())
        .contains("Family 'podium-agent' is at podium-agent-1-2-0-", "a VM of it served")
        .contains("Not to be used any more: podium-agent-v1", "costs nothing");
    assertThat(published.errors()).contains("upload", "import", "boot", "release");
    assertThat(vms()).doesNotContain("podium-trial");

    assertThat(images().findValuesAsText("status")).containsExactly("current", "deprecated");
    assertThat(image("list").output()).contains("IMAGE", "A MONTH", "CURRENT", "$0.00");
    PodiumProcess.Finished asked = image("prune");
    assertThat(asked.code()).isEqualTo(2);
    assertThat(asked.errors()).contains("say --yes");
    PodiumProcess.Finished pruned = image("prune", "--yes", "--keep", "1");
    assertThat(pruned.code()).as(pruned.errors()).isZero();
    assertThat(pruned.output()).contains("podium-agent-v1", "1 image that cost nothing removed.");
    assertThat(images()).hasSize(1);
    assertThat(image("prune", "--yes").output()).contains("There is nothing to remove.");

    PodiumProcess.Finished use = image("use", "podium-agent");
    assertThat(use.code()).isEqualTo(1);
    assertThat(use.errors()).contains("no project has been set up", "podium login");
    PodiumProcess.Finished bake = image("bake", "--agent-deb", archive.toString());
    assertThat(bake.errors()).contains("without a Debian inside");
  }

  @Test
  void what_a_publication_that_was_killed_left_is_removed_by_the_next_one() throws Exception {
    Process run =
        PodiumProcess.start(
            cloud.home(),
            cloud.home().resolve("publish.log"),
            "image",
            "publish",
            archive.toString(),
            "--cloud",
            address);
    await().atMost(PATIENCE).until(() -> vms().contains("podium-trial"));
    run.destroyForcibly().waitFor();
    assertThat(images().findValuesAsText("status")).contains("candidate");
    assertThat(vms()).contains("\"maxRunDuration\":{\"seconds\":\"2400\"", "\"DELETE\"");

    PodiumProcess.Finished next = image("publish", archive.toString());
    assertThat(next.code()).as(next.errors()).isZero();
    assertThat(next.errors()).contains("1 VM, 1 image and");
    assertThat(images().findValuesAsText("status")).containsExactly("current", "older");
    assertThat(vms()).doesNotContain("podium-trial");
  }
}
