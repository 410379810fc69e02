package dev.podium.localcloud;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.google.cloud.NoCredentials;
import com.google.cloud.storage.BlobInfo;
import com.google.cloud.storage.BucketInfo;
import com.google.cloud.storage.Storage;
import com.google.cloud.storage.StorageOptions;
import dev.podium.localcloud.Wire.Answer;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Images that are made of archives in Cloud Storage, as Compute Engine makes them.
class ImagesTest {
  private static final String IMAGES = "global/images";
  private static final String BUCKET = "https://storage.googleapis.com/podium-images/";

  private LocalCloud cloud;
  private Wire wire;
  private Storage storage;

  @BeforeEach
  void start() {
    cloud = LocalCloud.start(LocalCloudOptions.defaults());
    wire = new Wire(cloud);
    storage =
        StorageOptions.http()
            .setHost(cloud.storage().toString())
            .setProjectId(cloud.project())
            .setCredentials(NoCredentials.getInstance())
            .build()
            .getService();
    storage.create(BucketInfo.of("podium-images"));
    put("disk.tar.gz", DiskArchives.good());
  }

  @AfterEach
  void stop() throws Exception {
    storage.close();
    cloud.close();
  }

  private void put(String name, byte[] bytes) {
    storage.create(BlobInfo.newBuilder("podium-images", name).build(), bytes);
  }

  private Answer insert(String name, String archive, String members) {
    return wire.post(
        IMAGES,
        "{\"name\":\"%s\",%s\"rawDisk\":{\"source\":\"%s\"}}".formatted(name, members, archive));
  }

  private void make(String name, String members) {
    JsonNode done = wire.done(insert(name, BUCKET + "disk.tar.gz", members));
    assertThat(done.has("error")).as("%s", done).isFalse();
  }

  private JsonNode image(String name) {
    return wire.get(IMAGES + "/" + name).body();
  }

  private Answer newest() {
    return wire.get(IMAGES + "/family/of-ours");
  }

  @Test
  void an_archive_of_a_bucket_becomes_an_image() {
    // Long enough to be looked at while it lasts.
    wire.local("PUT", "faults", "{\"slowOperationsMillis\":3000}");
    Answer asked =
        insert(
            "one",
            BUCKET + "disk.tar.gz",
            """
            "family":"of-ours","labels":{"a":"b"},"architecture":"ARM64",
            "guestOsFeatures":[{"type":"UEFI_COMPATIBLE"},{"type":"GVNIC"}],
            "shieldedInstanceInitialState":{"pk":{"content":"AAAA"}},\
            """);
    assertThat(asked.body().path("status").asText()).isEqualTo("RUNNING");
    assertThat(image("one").path("status").asText()).isEqualTo("PENDING");
    assertThat(newest().status()).as("what is not whole is not the newest").isEqualTo(404);

    JsonNode done = wire.done(asked);
    assertThat(done.path("progress").asInt()).isEqualTo(100);
    JsonNode image = image("one");
    assertThat(image.path("status").asText()).isEqualTo("READY");
    assertThat(image.path("diskSizeGb").asText()).isEqualTo("10");
    assertThat(image.path("archiveSizeBytes").asLong()).isEqualTo(DiskArchives.good().length);
    assertThat(image.path("architecture").asText()).isEqualTo("ARM64");
    assertThat(image.at("/guestOsFeatures/1/type").asText()).isEqualTo("GVNIC");
    assertThat(image.at("/shieldedInstanceInitialState/pk/content").asText()).isEqualTo("AAAA");
    assertThat(image.at("/labels/a").asText()).isEqualTo("b");
    assertThat(newest().body().path("name").asText()).isEqualTo("one");
    assertThat(insert("one", BUCKET + "disk.tar.gz", "").reason()).isEqualTo("alreadyExists");
  }

  @Test
  void a_family_moves_by_a_patch_and_back_by_a_deprecation() {
    make("one", "\"family\":\"of-ours\",");
    make("two", "");
    assertThat(newest().body().path("name").asText()).isEqualTo("one");
    wire.done(wire.send("PATCH", IMAGES + "/two", "{\"family\":\"of-ours\"}"));
    assertThat(newest().body().path("name").asText()).isEqualTo("two");
    wire.done(
        wire.post(IMAGES + "/two/deprecate", "{\"state\":\"DEPRECATED\",\"replacement\":\"one\"}"));
    assertThat(newest().body().path("name").asText()).isEqualTo("one");
    assertThat(image("two").at("/deprecated/state").asText()).isEqualTo("DEPRECATED");
    wire.done(wire.post(IMAGES + "/two/deprecate", "{\"state\":\"ACTIVE\"}"));
    assertThat(image("two").has("deprecated")).isFalse();
    assertThat(wire.post(IMAGES + "/two/deprecate", "{\"state\":\"GONE\"}").status())
        .isEqualTo(400);

    wire.done(wire.send("DELETE", IMAGES + "/two", ""));
    assertThat(wire.get(IMAGES + "/two").status()).isEqualTo(404);
    assertThat(wire.send("DELETE", IMAGES + "/two", "").status()).isEqualTo(404);
  }

  @Test
  void labels_change_by_their_fingerprint_and_lists_come_filtered_and_in_pages() {
    make("one", "\"family\":\"of-ours\",");
    make("two", "\"labels\":{\"a\":\"b\"},");
    String print = image("one").path("labelFingerprint").asText();
    String body = "{\"labels\":{\"a\":\"c\"},\"labelFingerprint\":\"%s\"}".formatted(print);
    wire.done(wire.post(IMAGES + "/one/setLabels", body));
    assertThat(wire.post(IMAGES + "/one/setLabels", body).status()).isEqualTo(412);
    assertThat(wire.get(IMAGES + "?filter=labels.a%3Dc").body().path("items")).hasSize(1);
    assertThat(wire.get(IMAGES + "?filter=family%3Dof-ours").body().path("items")).hasSize(1);
    JsonNode first = wire.get(IMAGES + "?maxResults=2").body();
    assertThat(first.path("items")).hasSize(2);
    assertThat(
            wire.get(IMAGES + "?maxResults=2&pageToken=" + first.path("nextPageToken").asText())
                .body()
                .path("items"))
        .hasSize(1);
  }

  @ParameterizedTest
  @CsvSource({
    "gs://podium-images/disk.tar.gz, was not a valid Google Cloud Storage object reference",
    "https://storage.googleapis.com/podium-images/gone.tar.gz, source resource cannot be found",
    "https://storage.googleapis.com/nobodys/disk.tar.gz, source resource cannot be found",
    "https://storage.googleapis.com/podium-images/disk.vmdk, is not a supported file"
  })
  void what_is_no_archive_of_a_bucket_is_refused_at_once(String archive, String why) {
    put("disk.vmdk", new byte[1]);
    Answer refused = insert("one", archive, "");
    assertThat(refused.status()).isEqualTo(400);
    assertThat(refused.message()).contains("resource.rawDisk.source", why);
  }

  @ParameterizedTest
  @CsvSource({
    "text, The tar archive is not a valid image.",
    "posix, Supported formats are: GNU and OLDGNU.",
    "name, It should be named ''disk.raw''."
  })
  void an_archive_that_holds_no_disk_fails_and_leaves_no_image(String kind, String why) {
    put(
        "bad.tar.gz",
        switch (kind) {
          case "posix" -> DiskArchives.ofPosix();
          case "name" -> DiskArchives.named("tmp/output.img");
          default -> "no archive".getBytes(StandardCharsets.UTF_8);
        });
    JsonNode done = wire.done(insert("one", BUCKET + "bad.tar.gz", "\"family\":\"of-ours\","));
    assertThat(done.at("/error/errors/0/message").asText()).contains(why);
    assertThat(wire.get(IMAGES + "/one").status()).isEqualTo(404);
    assertThat(newest().status()).isEqualTo(404);
  }

  @Test
  void no_more_images_are_made_than_the_quota_allows() {
    wire.local("PUT", "faults", "{\"quotas\":{\"IMAGES\":1}}");
    JsonNode done = wire.done(insert("one", BUCKET + "disk.tar.gz", ""));
    assertThat(done.at("/error/errors/0/code").asText()).isEqualTo("QUOTA_EXCEEDED");
    assertThat(done.at("/error/errors/0/message").asText()).contains("'IMAGES'", "globally");
    assertThat(wire.get(IMAGES + "/one").status()).isEqualTo(404);
  }

  @Test
  void who_may_not_read_the_archive_makes_no_image_of_it() {
    wire.local("PUT", "faults", "{\"project\":{\"denied\":{\"*\":[\"storage.objects.get\"]}}}");
    Answer refused = insert("one", BUCKET + "disk.tar.gz", "");
    assertThat(refused.status()).isEqualTo(403);
    assertThat(refused.message()).contains("rawDisk.source");
    wire.local("PUT", "faults", "{\"project\":{\"denied\":{\"*\":[\"compute.images.create\"]}}}");
    assertThat(insert("one", BUCKET + "disk.tar.gz", "").message())
        .contains("compute.images.create");
  }

  @Test
  void a_disk_in_use_makes_no_image_until_its_machine_is_off() {
    wire.done(wire.insert("us-central1-a", "vm", ""));
    String body = "{\"name\":\"one\",\"sourceDisk\":\"zones/us-central1-a/disks/vm\"}";
    assertThat(wire.post(IMAGES, body).reason()).isEqualTo("resourceInUseByAnotherResource");
    wire.done(wire.post("zones/us-central1-a/instances/vm/stop", ""));
    wire.done(wire.post(IMAGES, body));
    assertThat(image("one").path("status").asText()).isEqualTo("READY");
  }

  @Test
  void the_address_book_tells_where_cloud_storage_is() {
    assertThat(wire.local("GET", "addresses", "").body().path("storage").asText())
        .isEqualTo(cloud.storage().toString());
  }
}
