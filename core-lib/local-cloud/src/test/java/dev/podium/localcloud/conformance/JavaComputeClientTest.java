package dev.podium.localcloud.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.api.gax.core.NoCredentialsProvider;
import com.google.api.gax.longrunning.OperationFuture;
import com.google.api.gax.rpc.AbortedException;
import com.google.api.gax.rpc.FailedPreconditionException;
import com.google.api.gax.rpc.InvalidArgumentException;
import com.google.api.gax.rpc.NotFoundException;
import com.google.cloud.compute.v1.AggregatedListInstancesRequest;
import com.google.cloud.compute.v1.AttachedDisk;
import com.google.cloud.compute.v1.AttachedDiskInitializeParams;
import com.google.cloud.compute.v1.InsertInstanceRequest;
import com.google.cloud.compute.v1.Instance;
import com.google.cloud.compute.v1.InstancesClient;
import com.google.cloud.compute.v1.InstancesScopedList;
import com.google.cloud.compute.v1.InstancesSetLabelsRequest;
import com.google.cloud.compute.v1.InstancesSettings;
import com.google.cloud.compute.v1.ListInstancesRequest;
import com.google.cloud.compute.v1.NetworkInterface;
import com.google.cloud.compute.v1.Operation;
import dev.podium.localcloud.LocalCloud;
import dev.podium.localcloud.LocalCloudOptions;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import java.util.function.Function;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;

/// Google's Java client for Compute Engine. It polls operations with GET and reads errors from the
/// HTTP status alone. It believes that an operation without `httpErrorStatusCode` has succeeded.
class JavaComputeClientTest {

  private static final String ZONE = "us-central1-a";

  @Test
  void googles_java_client_leads_a_fleet_through_its_life() throws Exception {
    try (LocalCloud cloud = LocalCloud.start(LocalCloudOptions.defaults());
        InstancesClient instances = client(cloud)) {
      String project = cloud.project();
      // All at once, because this client looks again only after half a second.
      for (Operation made : all(name -> instances.insertAsync(insert(project, name)))) {
        assertThat(made.getStatus()).isEqualTo(Operation.Status.DONE);
        assertThat(made.getTargetLink()).contains("/zones/" + ZONE + "/instances/j");
      }
      assertThat(instances.get(project, ZONE, "j1").getStatus()).isEqualTo("RUNNING");
      lists(instances, project);
      labels(instances, project);
      errors(instances, project);
      var _ = instances.stopAsync(project, ZONE, "j1").get();
      assertThat(instances.get(project, ZONE, "j1").getStatus()).isEqualTo("TERMINATED");
      var _ = instances.startAsync(project, ZONE, "j1").get();
      var _ = all(name -> instances.deleteAsync(project, ZONE, name));
      assertThat(instances.list(project, ZONE).iterateAll()).isEmpty();
    }
  }

  private static List<Operation> all(Function<String, OperationFuture<Operation, Operation>> call)
      throws ExecutionException, InterruptedException {
    List<OperationFuture<Operation, Operation>> started =
        Stream.of("j1", "j2", "j3").map(call).toList();
    List<Operation> done = new ArrayList<>();
    for (OperationFuture<Operation, Operation> one : started) {
      done.add(one.get());
    }
    return done;
  }

  private static void lists(InstancesClient instances, String project) {
    assertThat(names(instances, project, "name != j2", 1)).containsExactly("j1", "j3");
    assertThat(names(instances, project, "labels.first = j2", 500)).containsExactly("j2");
    List<String> everywhere = new ArrayList<>();
    AggregatedListInstancesRequest request =
        AggregatedListInstancesRequest.newBuilder().setProject(project).setMaxResults(2).build();
    for (Map.Entry<String, InstancesScopedList> scope :
        instances.aggregatedList(request).iterateAll()) {
      scope.getValue().getInstancesList().forEach(found -> everywhere.add(found.getName()));
    }
    assertThat(everywhere).containsExactlyInAnyOrder("j1", "j2", "j3");
  }

  private static void labels(InstancesClient instances, String project) throws Exception {
    InstancesSetLabelsRequest change =
        InstancesSetLabelsRequest.newBuilder()
            .setLabelFingerprint(instances.get(project, ZONE, "j1").getLabelFingerprint())
            .putLabels("owner", "ann")
            .build();
    var _ = instances.setLabelsAsync(project, ZONE, "j1", change).get();
    assertThat(instances.get(project, ZONE, "j1").getLabelsMap())
        .containsExactly(Map.entry("owner", "ann"));
    assertThatThrownBy(() -> instances.setLabelsAsync(project, ZONE, "j1", change).get())
        .as("a stale fingerprint")
        .hasCauseInstanceOf(FailedPreconditionException.class);
  }

  private static void errors(InstancesClient instances, String project) {
    assertThatThrownBy(() -> instances.get(project, ZONE, "nope"))
        .isInstanceOf(NotFoundException.class);
    assertThatThrownBy(() -> instances.insertAsync(insert(project, "j1")).get())
        .as("a name that is taken: HTTP 409, which this client calls aborted")
        .hasCauseInstanceOf(AbortedException.class);
    assertThatThrownBy(() -> instances.insertAsync(insert(project, "Bad_Name")).get())
        .hasCauseInstanceOf(InvalidArgumentException.class);
  }

  private static List<String> names(
      InstancesClient instances, String project, String filter, int pageSize) {
    ListInstancesRequest request =
        ListInstancesRequest.newBuilder()
            .setProject(project)
            .setZone(ZONE)
            .setFilter(filter)
            .setMaxResults(pageSize)
            .build();
    return StreamSupport.stream(instances.list(request).iterateAll().spliterator(), false)
        .map(Instance::getName)
        .toList();
  }

  private static InsertInstanceRequest insert(String project, String name) {
    AttachedDisk disk =
        AttachedDisk.newBuilder()
            .setBoot(true)
            .setAutoDelete(true)
            .setInitializeParams(
                AttachedDiskInitializeParams.newBuilder()
                    .setSourceImage("projects/debian-cloud/global/images/family/debian-12"))
            .build();
    Instance instance =
        Instance.newBuilder()
            .setName(name)
            .setMachineType("zones/" + ZONE + "/machineTypes/e2-micro")
            .addDisks(disk)
            .addNetworkInterfaces(
                NetworkInterface.newBuilder().setNetwork("global/networks/default"))
            .putLabels("first", name.toLowerCase(Locale.ROOT))
            .build();
    return InsertInstanceRequest.newBuilder()
        .setProject(project)
        .setZone(ZONE)
        .setRequestId(UUID.randomUUID().toString())
        .setInstanceResource(instance)
        .build();
  }

  private static InstancesClient client(LocalCloud cloud) throws IOException {
    // Without a scheme the client would speak TLS; with a path it would not start at all.
    return InstancesClient.create(
        InstancesSettings.newBuilder()
            .setEndpoint("http://127.0.0.1:" + cloud.compute().getPort())
            .setCredentialsProvider(NoCredentialsProvider.create())
            .build());
  }
}
