package dev.podium.localcloud;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.podium.localcloud.Wire.Answer;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// What Google offers, where, and what does not go together.
@Timeout(60)
class PlacesTest {
  private static final String DEBIAN = "projects/debian-cloud/global/images/family/debian-12";

  private LocalCloud cloud;
  private Wire wire;

  @BeforeEach
  void start() {
    cloud = LocalCloud.start(LocalCloudOptions.defaults());
    wire = new Wire(cloud);
  }

  @AfterEach
  void stop() {
    cloud.close();
  }

  private Answer insert(String zone, String machineType, String image, String diskType) {
    return wire.post(
        "zones/" + zone + "/instances",
        """
        {"name":"vm","machineType":"zones/%s/machineTypes/%s",
         "disks":[{"boot":true,"autoDelete":true,"type":"PERSISTENT",
           "initializeParams":{"sourceImage":"%s"%s}}],
         "networkInterfaces":[{"name":"global/networks/default"}]}
        """
            .formatted(
                zone,
                machineType,
                image,
                diskType.isEmpty() ? "" : ",\"diskType\":\"" + diskType + "\""));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "https://www.googleapis.com/compute/v1/projects/podium-local/zones/us-east1-b/diskTypes/pd-standard",
        "projects/podium-local/zones/us-east1-b/diskTypes/pd-ssd",
        "zones/us-east1-b/diskTypes/pd-balanced",
        ""
      })
  void a_copied_sample_creates_in_us_east1_b_whatever_form_its_disk_type_has(String diskType) {
    JsonNode done = wire.done(insert("us-east1-b", "n1-standard-1", DEBIAN, diskType));

    assertThat(done.has("error")).as(done.toString()).isFalse();
    assertThat(wire.get("zones/us-east1-b/disks/vm").body().path("type").asText())
        .endsWith(diskType.isEmpty() ? "/pd-standard" : diskType.replaceFirst(".*/", "/"));
  }

  @ParameterizedTest
  @CsvSource({
    "t2a-standard-1, us-central1-a",
    "c4a-standard-1, europe-west1-b",
    "n4a-standard-1, europe-west1-b"
  })
  void an_arm_machine_refuses_an_image_of_the_other_architecture(String type, String zone) {
    Answer refused = insert(zone, type, DEBIAN, "");

    assertThat(refused.status()).isEqualTo(400);
    assertThat(refused.message())
        .isEqualTo(
            "Invalid resource usage: 'Requested boot disk architecture (X86_64) is not compatible"
                + " with machine type architecture (ARM64).'.");
    wire.done(insert(zone, type, DEBIAN + "-arm64", ""));
    assertThat(insert("us-east1-b", "e2-micro", DEBIAN + "-arm64", "").message())
        .contains("(ARM64) is not compatible with machine type architecture (X86_64)");
  }

  @ParameterizedTest
  @CsvSource({
    "c4-standard-2, pd-balanced, false",
    "c4-standard-2, hyperdisk-balanced, true",
    "n4-standard-2, pd-ssd, false",
    "n4-standard-2, hyperdisk-balanced, true",
    "n4-standard-2, hyperdisk-throughput, false",
    "n4-standard-2, '', true",
    "e2-small, hyperdisk-balanced, false",
    "c3-standard-4, hyperdisk-balanced, true",
    "c3-standard-4, pd-balanced, true"
  })
  void each_family_boots_from_its_own_kinds_of_disk(String type, String disk, boolean fits) {
    Answer answer =
        insert(
            "us-central1-a",
            type,
            DEBIAN,
            disk.isEmpty() ? "" : "zones/us-central1-a/diskTypes/" + disk);

    if (fits) {
      assertThat(wire.done(answer).has("error")).isFalse();
    } else {
      assertThat(answer.status()).isEqualTo(400);
      assertThat(answer.message())
          .isEqualTo(disk + " disk type cannot be used by " + type + " machine type.");
    }
  }

  @Test
  void what_a_zone_does_not_offer_is_neither_listed_nor_made_there() {
    assertThat(wire.get("zones/us-east1-b/machineTypes/t2a-standard-1").status()).isEqualTo(404);
    JsonNode arm = wire.get("zones/us-central1-a/machineTypes/t2a-standard-1").body();
    assertThat(arm.path("architecture").asText()).isEqualTo("ARM64");
    assertThat(insert("us-east1-b", "t2a-standard-1", DEBIAN, "").message())
        .endsWith("Machine type with name 't2a-standard-1' does not exist in zone 'us-east1-b'.");
    assertThat(insert("us-east1-b", "e2-micro", DEBIAN, "zones/us-east1-b/diskTypes/floppy"))
        .matches(answer -> answer.status() == 400 && answer.message().contains("diskTypes/floppy"));
  }

  @Test
  void old_machine_types_say_that_they_are_old() {
    String types = "zones/us-central1-a/machineTypes/";

    assertThat(wire.get(types + "n1-ultramem-40").body().at("/deprecated/state").asText())
        .isEqualTo("DEPRECATED");
    assertThat(wire.get(types + "e2-small").body().has("deprecated")).isFalse();
    assertThat(wire.get(types + "f1-micro").body().path("memoryMb").asInt()).isEqualTo(614);
    assertThat(wire.get(types + "g1-small").body().path("memoryMb").asInt()).isEqualTo(1740);
  }

  @Test
  void all_zones_machine_types_are_listed_page_by_page_and_each_once() {
    Set<String> seen = new HashSet<>();
    List<String> twice = new ArrayList<>();
    String token = "";
    int pages = 0;
    do {
      JsonNode page = wire.get("aggregated/machineTypes?maxResults=500&pageToken=" + token).body();
      assertThat(page.path("items")).hasSize(112);
      page.path("items")
          .forEach(zone ->
              zone.path("machineTypes")
                  .forEach(type -> {
                    String link = type.path("selfLink").asText();
                    if (!seen.add(link)) {
                      twice.add(link);
                    }
                  }));
      token = page.path("nextPageToken").asText();
      pages++;
    } while (!token.isEmpty());

    assertThat(twice).isEmpty();
    assertThat(seen.size()).isGreaterThan(30_000).isLessThanOrEqualTo(pages * 500);
    assertThat(seen).anyMatch(link -> link.endsWith("zones/us-east1-b/machineTypes/n1-standard-1"));
  }

  @Test
  void a_zone_that_is_not_reached_leaves_the_lists_of_all_zones_without_it() {
    wire.done(wire.insert("us-central1-a", "lost", ""));
    wire.done(wire.insert("us-central1-b", "there", ""));
    wire.local("PATCH", "faults", "{\"unreachableZones\":[\"us-central1-a\"]}");

    JsonNode list = wire.get("aggregated/instances?returnPartialSuccess=true").body();
    assertThat(list.at("/items/zones~1us-central1-a/warning/code").asText())
        .isEqualTo("UNREACHABLE");
    assertThat(list.at("/items/zones~1us-central1-a").has("instances")).isFalse();
    assertThat(list.at("/items/zones~1us-central1-b/instances/0/name").asText()).isEqualTo("there");
    assertThat(list.path("unreachables")).hasSize(1);
    assertThat(wire.get("zones/us-central1-a/instances/lost").status()).isEqualTo(503);
    assertThat(wire.get("zones/us-central1-a").status()).isEqualTo(200);

    wire.local("PATCH", "faults", "{\"unreachableZones\":[]}");
    assertThat(wire.get("zones/us-central1-a/instances/lost").status()).isEqualTo(200);
    Answer unknown = wire.local("PATCH", "faults", "{\"unreachableZones\":[\"us-east1-z\"]}");
    assertThat(unknown.message()).contains("us-east1-z", "us-east1 has us-east1-b, us-east1-c");
  }

  @Test
  void a_filter_finds_machine_types_of_one_name_in_all_zones() {
    JsonNode found = wire.get("aggregated/machineTypes?filter=name%20%3D%20t2a-standard-1").body();

    assertThat(found.at("/items/zones~1us-central1-a/machineTypes")).hasSize(1);
    assertThat(found.at("/items/zones~1us-east1-b/warning/code").asText())
        .isEqualTo("NO_RESULTS_ON_PAGE");
  }
}
