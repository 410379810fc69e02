package dev.podium.fleet.image.publish;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.podium.fleet.image.DiskImage;
import dev.podium.fleet.image.NewImage;
import dev.podium.fleet.image.PartedFile;
import dev.podium.fleet.model.VmSpec;
import dev.podium.wire.model.PodiumException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/// An image on its way from a file into its family, over the local cloud's sockets.
@Timeout(120)
@DisabledOnOs(OS.WINDOWS)
class PublicationTest {
  private static final String BEFORE = "podium-agent-v1";
  private static final int LARGE = 20 << 20;

  @TempDir private Path folder;

  private PublishRig rig;

  @BeforeEach
  void start() {
    rig = new PublishRig();
  }

  @AfterEach
  void stop() {
    rig.close();
  }

  private void assertUntouched(List<String> left) {
    assertThat(rig.newest()).isEqualTo(BEFORE);
    assertThat(rig.left()).isEqualTo(left);
  }

  /// One sentence that says what to do.
  private static void refusal(ThrowingCallable call, String why, String remedy) {
    assertThatThrownBy(call)
        .isInstanceOfSatisfying(
            PodiumException.class,
            failure -> {
              assertThat(failure.sentence()).contains(why).doesNotContain("\n");
              assertThat(failure.remedy()).contains(remedy);
            });
  }

  @Test
  void an_image_is_in_its_family_once_a_vm_of_it_was_seen_to_serve() {
    ImageRelease.Released released = rig.publish(PublishRig.archive(folder, "1.2.0", 1_000));
    DiskImage image = released.image();
    assertThat(rig.newest()).isEqualTo(image.name()).startsWith("podium-agent-1-2-0-20");
    assertThat(image.labels()).containsEntry("podium-image", "published");
    assertThat(image.labels()).containsEntry("podium-version", "1_2_0");
    assertThat(image.diskSizeGb()).isEqualTo(2);
    assertThat(released.seen().reached()).isTrue();
    assertThat(released.remark()).isEmpty();
    assertThat(rig.left()).isEmpty();
    assertThat(rig.told.stream().map(PublishProgress::step).distinct())
        .containsExactly(
            PublishProgress.Step.PREPARE,
            PublishProgress.Step.UPLOAD,
            PublishProgress.Step.IMPORT,
            PublishProgress.Step.BOOT,
            PublishProgress.Step.RELEASE);
  }

  @Test
  void older_images_of_the_family_are_retired_but_for_those_to_keep() {
    Path file = PublishRig.archive(folder, "1.2.0", 1_000);
    DiskImage second = rig.publish(file).image();
    ImageRelease.Released third = rig.publish(PublishRig.archive(folder, "1.3.0", 1_000));
    assertThat(third.retired()).containsExactly(BEFORE);
    assertThat(rig.images.find(BEFORE).flatMap(DiskImage::deprecation)).hasValue("DEPRECATED");
    assertThat(rig.images.find(second.name()).flatMap(DiskImage::deprecation)).isEmpty();
  }

  @Test
  void an_upload_that_was_cut_off_goes_on_where_it_stopped() throws IOException {
    Path file = PublishRig.archive(folder, "1.2.0", LARGE);
    AtomicInteger parts = new AtomicInteger();
    rig.heard =
        step -> {
          if (step.step() == PublishProgress.Step.UPLOAD && parts.incrementAndGet() == 2) {
            throw new PodiumException.Unavailable("The image was not uploaded", "", "", null);
          }
        };
    assertThatThrownBy(() -> rig.publish(file)).isInstanceOf(PodiumException.Unavailable.class);
    assertThat(rig.left()).hasSize(2).allMatch(each -> each.startsWith("object "));
    assertThat(rig.newest()).isEqualTo(BEFORE);

    // One of the two parts is another than was sent; the other one is not sent again.
    String folderOfIt = "podium-vm/" + PartedFile.open(file).sha256().substring(0, 16) + "/";
    String damaged = folderOfIt + "part-01";
    rig.store.put(damaged, new byte[] {1}, 1, crc(new byte[] {1}));
    String before = generation(folderOfIt + "part-00");
    rig.heard =
        step -> {
          if (step.step() == PublishProgress.Step.UPLOAD && step.done() == step.total()) {
            assertThat(generation(folderOfIt + "part-00")).isEqualTo(before);
          }
        };
    rig.publish(file);
    assertThat(rig.newest()).startsWith("podium-agent-1-2-0");
    assertThat(rig.left()).isEmpty();
  }

  private static String crc(byte[] bytes) {
    java.util.zip.CRC32C sum = new java.util.zip.CRC32C();
    sum.update(bytes);
    return java.util.Base64.getEncoder()
        .encodeToString(java.nio.ByteBuffer.allocate(4).putInt((int) sum.getValue()).array());
  }

  /// Another number whenever an object is sent again.
  private String generation(String name) {
    try (java.net.http.HttpClient client = java.net.http.HttpClient.newHttpClient()) {
      String body =
          client
              .send(
                  java.net.http.HttpRequest.newBuilder(
                          rig.cloud
                              .storage()
                              .resolve(
                                  "/storage/v1/b/"
                                      + rig.store.bucket()
                                      + "/o/"
                                      + name.replace("/", "%2F")))
                      .build(),
                  java.net.http.HttpResponse.BodyHandlers.ofString())
              .body();
      return body.replaceAll("(?s).*\"generation\"\\s*:\\s*\"(\\d+)\".*", "$1");
    } catch (IOException fault) {
      throw new java.io.UncheckedIOException(fault);
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(interrupted);
    }
  }

  @Test
  void an_image_that_does_not_boot_leaves_the_family_and_nothing_else() {
    Path file = PublishRig.archive(folder, "1.2.0", 1_000);
    rig.heard =
        step -> {
          if (step.step() == PublishProgress.Step.BOOT) {
            String candidate = rig.images.list().getFirst().name();
            rig.faults("{\"unbootableImages\":[\"" + candidate + "\"]}");
          }
        };
    refusal(
        () -> rig.publication(Duration.ofSeconds(1)).run(file),
        "served nothing within 1 s; its serial console ends with '[local-cloud] Nothing boots",
        "Build the image again");
    assertUntouched(List.of());
  }

  @Test
  void what_the_serial_console_says_counts_where_the_vm_is_not_reached() {
    rig.faults("{\"probesCut\":true}");
    rig.speed = 40;
    Path file = PublishRig.archive(folder, "1.2.0", 1_000);
    ImageRelease.Released released = rig.publication(Duration.ofMinutes(20)).run(file);
    assertThat(released.seen().reached()).isFalse();
    assertThat(released.seen().words()).contains("serial console");
    assertThat(rig.newest()).isEqualTo(released.image().name());
  }

  @Test
  void a_person_cancels_while_it_is_uploaded_and_while_it_boots() {
    Path file = PublishRig.archive(folder, "1.2.0", LARGE);
    for (PublishProgress.Step when :
        List.of(PublishProgress.Step.UPLOAD, PublishProgress.Step.BOOT)) {
      PublishRig fresh = rig;
      fresh.heard =
          step -> {
            if (step.step() == when) {
              fresh.cancellation.cancel();
            }
          };
      refusal(() -> rig.publish(file), "it was cancelled", "Publish it again");
      assertUntouched(List.of());
      rig.close();
      rig = new PublishRig();
    }
  }

  @Test
  void whoever_may_not_make_a_bucket_or_an_image_is_told_the_right_that_is_missing() {
    Path file = PublishRig.archive(folder, "1.2.0", 1_000);
    for (String right :
        List.of("storage.buckets.create", "storage.objects.create", "compute.images.create")) {
      rig.faults("{\"project\":{\"denied\":{\"*\":[\"" + right + "\"]}}}");
      refusal(() -> rig.publish(file), right, "Ask an owner");
      rig.faults("{}");
      assertUntouched(List.of());
    }
  }

  @Test
  void no_more_images_than_the_quota_allows_names_prune() {
    rig.faults("{\"quotas\":{\"IMAGES\":1}}");
    Path file = PublishRig.archive(folder, "1.2.0", 1_000);
    refusal(() -> rig.publish(file), "Quota 'IMAGES' exceeded", "podium image prune");
    assertUntouched(List.of());
  }

  @Test
  void a_bucket_that_somebody_chose_must_be_there() {
    rig.close();
    rig = new PublishRig(Optional.of("nobodys-bucket"));
    Path file = PublishRig.archive(folder, "1.2.0", 1_000);
    refusal(() -> rig.publish(file), "there is none of that name", "--bucket");
    assertUntouched(List.of());
  }

  @Test
  void a_damaged_or_strange_file_is_not_sent() throws IOException {
    Path file = PublishRig.archive(folder, "1.2.0", 1_000);
    Path beside = folder.resolve("podium-vm-1.2.0-amd64.json");
    Files.writeString(beside, "{\"sha256\":\"00\"}");
    refusal(() -> rig.publish(file), "is damaged", "Download or build it again");
    Files.writeString(beside, "no JSON");
    refusal(() -> rig.publish(file), "cannot be read", "take it away");
    Path other = Files.writeString(folder.resolve("podium-vm-1-amd64.tar.gz"), "text");
    refusal(() -> rig.publish(other), "no archive of a disk", "disk.raw");
    refusal(() -> rig.publish(folder.resolve("gone.tar.gz")), "no file", "podium image build");
    assertUntouched(List.of());
  }

  @Test
  void a_file_that_changes_while_it_is_sent_is_noticed() {
    Path file = PublishRig.archive(folder, "1.2.0", LARGE);
    rig.heard =
        step -> {
          if (step.step() == PublishProgress.Step.UPLOAD) {
            PublishRig.archive(folder, "1.2.0", LARGE + 1);
          }
        };
    refusal(() -> rig.publish(file), "changed while it was sent", "publish it again");
    assertUntouched(List.of());
  }

  @Test
  void the_next_publication_removes_what_a_killed_one_left() {
    PublishPlan plan = rig.plan(Duration.ofSeconds(30));
    VmSpec vm =
        rig.vms(plan)
            .make(
                zone -> plan.vm("trial", zone, "global/images/" + BEFORE, "X86_64", 10, Map.of()));
    rig.store.ensure("us-central1");
    rig.store.put("podium-vm/0123456789abcdef/part-00", new byte[] {1}, 1, crc(new byte[] {1}));
    rig.images.create(
        new NewImage(
            "podium-agent-half",
            "",
            plan.labels("1.1.0", DiskImage.CANDIDATE),
            new NewImage.Source.Disk("us-central1-f", "nobodys"),
            "X86_64",
            List.of()));
    assertThat(rig.left()).hasSize(3);

    rig.publish(PublishRig.archive(folder, "1.2.0", 1_000));
    assertThat(rig.left()).isEmpty();
    assertThat(rig.compute.get(vm.zone(), vm.name())).isEmpty();
    assertThat(rig.told.stream().map(PublishProgress::words))
        .contains("1 VM, 1 image and 1 object of an earlier one removed");
  }

  @Test
  void a_zone_without_machines_is_passed_over() {
    rig.faults("{\"stockedOutZones\":[\"us-central1-a\"]}");
    rig.publish(PublishRig.archive(folder, "1.2.0", 1_000));
    assertThat(rig.newest()).startsWith("podium-agent-1-2-0");
  }
}
