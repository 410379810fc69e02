package dev.podium.localcloud.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.podium.localcloud.LocalCloud;
import dev.podium.localcloud.LocalCloudOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/// All methods of Google's discovery document, each called once. With
/// `-Dpodium.conformance.table=FILE` the table of them is written there.
class ComputeMethodsTest {

  /// What gcloud, the client libraries and curl need for a fleet's whole life.
  private static final List<String> NEEDED =
      List.of(
          "projects.get",
          "zones.get",
          "zones.list",
          "regions.list",
          "instances.insert",
          "instances.get",
          "instances.list",
          "instances.aggregatedList",
          "instances.delete",
          "instances.setLabels",
          "instances.setMetadata",
          "instances.stop",
          "instances.start",
          "instances.reset",
          "instances.suspend",
          "instances.resume",
          "instances.setScheduling",
          "instances.getSerialPortOutput",
          "instances.getGuestAttributes",
          "zoneOperations.get",
          "zoneOperations.list",
          "zoneOperations.wait",
          "globalOperations.get",
          "globalOperations.wait",
          "globalOperations.aggregatedList",
          "images.list",
          "images.get",
          "images.getFromFamily",
          "machineTypes.get",
          "machineTypes.list",
          "machineTypes.aggregatedList",
          "networks.list",
          "networks.get",
          "firewalls.list",
          "disks.aggregatedList");

  @Test
  void every_method_answers_in_its_shape_or_says_in_googles_way_that_it_is_not_there()
      throws IOException {
    List<MethodTable.Row> rows;
    try (LocalCloud cloud = LocalCloud.start(LocalCloudOptions.defaults())) {
      rows =
          new MethodTable(AnswerJudge.compute(), cloud.compute())
              .rows(cloud.project(), "us-central1-a");
    }
    Optional<String> file = Optional.ofNullable(System.getProperty("podium.conformance.table"));
    if (file.isPresent()) {
      Files.writeString(Path.of(file.get()), MethodTable.markdown(rows));
    }
    assertThat(rows).hasSize(1019);
    assertThat(rows)
        .allSatisfy(row -> assertThat(row.faults()).as(row.method().id()).isEmpty())
        .allSatisfy(
            row -> assertThat(row.answer().status()).as(row.method().id()).isNotIn(500, 502, 503));
    assertThat(rows)
        .filteredOn(row -> row.kind() == MethodTable.Kind.IMPLEMENTED)
        .extracting(row -> row.method().id().replace("compute.", ""))
        .containsAll(NEEDED);
  }
}
