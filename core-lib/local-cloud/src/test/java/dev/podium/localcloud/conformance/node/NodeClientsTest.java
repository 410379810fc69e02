package dev.podium.localcloud.conformance.node;

import static org.assertj.core.api.Assertions.assertThat;

import dev.podium.localcloud.LocalCloud;
import dev.podium.localcloud.LocalCloudOptions;
import java.io.IOException;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/// The scripts hold the expectations; here it is only seen that every step of them was done.
class NodeClientsTest {

  private static LocalCloud cloud;

  @BeforeAll
  static void start() throws IOException {
    NodeScripts.install();
    cloud = LocalCloud.start(LocalCloudOptions.defaults());
  }

  @AfterAll
  static void stop() {
    if (cloud != null) {
      cloud.close();
    }
  }

  @Test
  void googles_compute_client_leads_a_fleet_through_its_life() {
    assertThat(
            NodeScripts.run(
                "compute.mjs",
                Map.of(
                    "COMPUTE_PORT",
                    String.valueOf(cloud.compute().getPort()),
                    "PROJECT",
                    cloud.project())))
        .containsExactly(
            "create",
            "a repeated requestId makes nothing new",
            "describe",
            "list in pages",
            "list with filters",
            "list newest first",
            "aggregated list",
            "label, and refuse a stale fingerprint",
            "stop",
            "start",
            "serial port",
            "image of a family",
            "errors as google words them",
            "delete");
  }

  @Test
  void googles_pubsub_client_publishes_and_hears() {
    assertThat(
            NodeScripts.run(
                "pubsub.mjs",
                Map.of("PUBSUB_EMULATOR_HOST", cloud.pubsub(), "PROJECT", cloud.project())))
        .containsExactly(
            "publish and pull",
            "order",
            "nack",
            "filter",
            "seek",
            "snapshot",
            "exactly once",
            "dead letter",
            "metadata, lists and errors");
  }

  @Test
  void googles_storage_client_keeps_a_disks_image() {
    assertThat(
            NodeScripts.run(
                "storage.mjs",
                Map.of(
                    "STORAGE_PORT",
                    String.valueOf(cloud.compute().getPort()),
                    "PROJECT",
                    cloud.project())))
        .containsExactly(
            "make a bucket",
            "upload at once and read",
            "upload in pieces",
            "a stream of unknown length",
            "preconditions",
            "list with prefix, delimiter and pages",
            "settings, copy, and objects put together",
            "public read",
            "errors as google words them",
            "delete");
  }
}
