package dev.podium.localcloud;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.api.gax.core.NoCredentialsProvider;
import com.google.api.gax.rpc.ApiException;
import com.google.api.gax.rpc.StatusCode;
import com.google.cloud.compute.v1.AttachedDisk;
import com.google.cloud.compute.v1.AttachedDiskInitializeParams;
import com.google.cloud.compute.v1.Duration;
import com.google.cloud.compute.v1.Instance;
import com.google.cloud.compute.v1.InstancesClient;
import com.google.cloud.compute.v1.InstancesScopedList;
import com.google.cloud.compute.v1.InstancesSetLabelsRequest;
import com.google.cloud.compute.v1.InstancesSettings;
import com.google.cloud.compute.v1.NetworkInterface;
import com.google.cloud.compute.v1.Operation;
import com.google.cloud.compute.v1.Scheduling;
import com.google.cloud.compute.v1.SetLabelsInstanceRequest;
import java.io.IOException;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/// Google's own Java client against the local cloud.
class GoogleClientTest {
  private static final String ZONE = "us-central1-b";

  private static LocalCloud cloud;
  private static InstancesClient client;

  @BeforeAll
  static void start() throws IOException {
    cloud = LocalCloud.start(LocalCloudOptions.defaults());
    client =
        InstancesClient.create(
            InstancesSettings.newBuilder()
                .setEndpoint("http://127.0.0.1:" + cloud.compute().getPort())
                .setCredentialsProvider(NoCredentialsProvider.create())
                .build());
  }

  @AfterAll
  static void stop() {
    client.close();
    cloud.close();
  }

  @Test
  void it_creates_labels_lists_and_deletes_an_instance() throws Exception {
    Operation insert =
        client
            .insertAsync(cloud.project(), ZONE, instance("java-client"))
            .get(10, TimeUnit.SECONDS);
    assertThat(insert.getStatus()).isEqualTo(Operation.Status.DONE);
    assertThat(insert.hasError()).isFalse();

    Instance vm = client.get(cloud.project(), ZONE, "java-client");
    assertThat(vm.getStatus()).isEqualTo("RUNNING");
    assertThat(vm.getScheduling().getMaxRunDuration().getSeconds()).isEqualTo(3600);
    assertThat(vm.getScheduling().getInstanceTerminationAction()).isEqualTo("DELETE");

    client
        .setLabelsAsync(
            SetLabelsInstanceRequest.newBuilder()
                .setProject(cloud.project())
                .setZone(ZONE)
                .setInstance("java-client")
                .setInstancesSetLabelsRequestResource(
                    InstancesSetLabelsRequest.newBuilder()
                        .setLabelFingerprint(vm.getLabelFingerprint())
                        .putAllLabels(Map.of("podium-fleet", "demo")))
                .build())
        .get(10, TimeUnit.SECONDS);

    int found = 0;
    for (Map.Entry<String, InstancesScopedList> zone :
        client.aggregatedList(cloud.project()).iterateAll()) {
      for (Instance listed : zone.getValue().getInstancesList()) {
        assertThat(listed.getLabelsMap()).containsEntry("podium-fleet", "demo");
        assertThat(zone.getKey()).isEqualTo("zones/" + ZONE);
        found++;
      }
    }
    assertThat(found).isEqualTo(1);

    client.deleteAsync(cloud.project(), ZONE, "java-client").get(10, TimeUnit.SECONDS);
    assertThatThrownBy(() -> client.get(cloud.project(), ZONE, "java-client"))
        .isInstanceOfSatisfying(
            ApiException.class,
            fault ->
                assertThat(fault.getStatusCode().getCode()).isEqualTo(StatusCode.Code.NOT_FOUND));
  }

  @Test
  void a_stock_out_reaches_it_as_a_failure() {
    new Wire(cloud).local("PUT", "faults", "{\"stockedOutZones\":[\"us-central1-c\"]}");
    var insert = client.insertAsync(cloud.project(), "us-central1-c", instance("nowhere"));

    assertThatThrownBy(() -> insert.get(10, TimeUnit.SECONDS))
        .isInstanceOf(ExecutionException.class)
        .cause()
        .isInstanceOfSatisfying(
            ApiException.class,
            fault ->
                assertThat(fault.getStatusCode().getCode()).isEqualTo(StatusCode.Code.UNAVAILABLE));
  }

  private static Instance instance(String name) {
    return Instance.newBuilder()
        .setName(name)
        .setMachineType("e2-micro")
        .addDisks(
            AttachedDisk.newBuilder()
                .setBoot(true)
                .setAutoDelete(true)
                .setInitializeParams(
                    AttachedDiskInitializeParams.newBuilder()
                        .setSourceImage("projects/debian-cloud/global/images/family/debian-12")
                        .setDiskSizeGb(10)))
        .addNetworkInterfaces(NetworkInterface.newBuilder().setNetwork("global/networks/default"))
        .setScheduling(
            Scheduling.newBuilder()
                .setProvisioningModel("SPOT")
                .setInstanceTerminationAction("DELETE")
                .setMaxRunDuration(Duration.newBuilder().setSeconds(3600)))
        .build();
  }
}
