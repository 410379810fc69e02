package dev.podium.localcloud.conformance.gcloud;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.podium.localcloud.LocalCloud;
import dev.podium.localcloud.LocalCloudOptions;
import dev.podium.localcloud.conformance.gcloud.Gcloud.Outcome;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What a person does with gcloud, in the order in which they would.
class GcloudTest {
  private static final String DEBIAN =
      " --machine-type=e2-micro --image-family=debian-12 --image-project=debian-cloud";
  private static final String NAMES = " --format=value(name)";

  private static final ObjectMapper JSON = new ObjectMapper();

  @TempDir private static Path folder;
  private static LocalCloud cloud;
  private static Gcloud gcloud;

  @BeforeAll
  static void start() throws IOException {
    cloud = LocalCloud.start(LocalCloudOptions.defaults());
    gcloud = Gcloud.on(cloud, folder);
  }

  @AfterAll
  static void stop() {
    cloud.close();
  }

  @Test
  void gcloud_leads_a_fleet_through_its_life() {
    gcloud.all(
        on("create a1" + DEBIAN + " --labels=group=a --metadata=k=v"),
        // Several at once come as one batch, and so do the waits for them.
        on("create b1 b2 b3" + DEBIAN + " --labels=group=b"),
        "compute instance-templates create t1 --machine-type=e2-micro");
    lookAround();
    change();
    var _ = gcloud.all(on("delete a1 b1 b2 b3"), "compute instance-templates delete t1");
    assertThat(gcloud.all(on("list" + NAMES)).getFirst().lines()).isEmpty();
  }

  @Test
  void gcloud_keeps_objects() throws IOException {
    Path image = Files.write(folder.resolve("disk.tar.gz"), new byte[9 << 20]);
    Path note = Files.writeString(folder.resolve("note.txt"), "hello");
    gcloud.all("storage buckets create gs://podium-gcloud --location=us-central1");
    gcloud.all(
        "storage cp " + image + " gs://podium-gcloud/images/disk.tar.gz",
        "storage cp " + note + " gs://podium-gcloud/note.txt");
    List<Outcome> seen =
        gcloud.all(
            "storage ls gs://podium-gcloud",
            "storage cat gs://podium-gcloud/note.txt",
            "storage objects describe gs://podium-gcloud/images/disk.tar.gz --format=value(size)",
            "storage buckets list --format=value(name)");
    assertThat(seen.get(0).lines())
        .containsExactlyInAnyOrder("gs://podium-gcloud/images/", "gs://podium-gcloud/note.txt");
    assertThat(seen.get(1).out()).isEqualTo("hello");
    assertThat(seen.get(2).out()).isEqualTo(Integer.toString(9 << 20));
    assertThat(seen.get(3).lines()).contains("podium-gcloud");
    gcloud.all("storage rm --recursive gs://podium-gcloud");
    assertThat(gcloud.all("storage buckets list --format=value(name)").getFirst().lines())
        .doesNotContain("podium-gcloud");
  }

  private static void lookAround() {
    List<Outcome> seen =
        gcloud.all(
            on(
                "list --zones=us-central1-a --filter='status=RUNNING AND name~^b' --sort-by=name"
                    + NAMES),
            on("list --filter=labels.group=a" + NAMES),
            on("list --page-size=2 --sort-by=name" + NAMES),
            on("describe a1 --format=value(status,labels.group,metadata.items[0].value)"),
            on("get-serial-port-output a1"),
            "compute operations list --filter=operationType=insert --format=value(status)",
            "compute images describe-from-family debian-12 --project=debian-cloud --format=value(family)",
            "compute images list --filter=family=debian-12 --format=value(family)",
            "compute machine-types list --zones=us-central1-a --filter=name=e2-micro" + NAMES,
            "compute disks list --sort-by=name" + NAMES,
            "compute firewall-rules list --filter=name~ssh" + NAMES,
            "compute project-info describe --format=value(name)",
            "compute instance-templates describe t1 --format=value(properties.machineType)");
    Iterator<List<String>> outputs = seen.stream().map(Outcome::lines).iterator();
    assertThat(outputs.next()).as("a zone, filtered").containsExactly("b1", "b2", "b3");
    assertThat(outputs.next()).as("all zones, filtered").containsExactly("a1");
    assertThat(outputs.next()).as("in pages").containsExactly("a1", "b1", "b2", "b3");
    assertThat(outputs.next()).as("described").containsExactly("RUNNING\ta\tv");
    assertThat(outputs.next()).as("serial port").isEmpty();
    assertThat(outputs.next()).as("operations").hasSize(5).containsOnly("DONE");
    assertThat(outputs.next()).as("an image by its family").containsExactly("debian-12");
    assertThat(outputs.next()).as("images of many projects").contains("debian-12");
    assertThat(outputs.next()).as("machine types").containsExactly("e2-micro");
    assertThat(outputs.next()).as("disks").containsExactly("a1", "b1", "b2", "b3");
    assertThat(outputs.next()).as("firewall rules").containsExactly("default-allow-ssh");
    assertThat(outputs.next()).as("the project").containsExactly(cloud.project());
    assertThat(outputs.next()).as("a template").containsExactly("e2-micro");
  }

  private static void change() {
    gcloud.all(
        on("add-labels a1 --labels=group=z,more=yes"),
        on("stop b1"),
        on("suspend b2"),
        on("reset b3"));
    assertThat(gcloud.all(on("list --sort-by=name --format=value(status)")).getFirst().lines())
        .containsExactly("RUNNING", "TERMINATED", "SUSPENDED", "RUNNING");
    gcloud.all(
        on("remove-labels a1 --labels=more"),
        on("add-metadata a1 --metadata=k=w,other=1"),
        on("start b1"),
        on("resume b2"));
    List<Outcome> told =
        gcloud.together(
            on("describe a1 --format=json(labels,metadata.items)"),
            on("describe nope"),
            on("get-guest-attributes a1"));
    assertThat(told.get(0).out())
        .contains("\"group\": \"z\"", "\"value\": \"w\"", "other")
        .doesNotContain("more");
    assertThat(told.get(1).err()).contains("zones/us-central1-a/instances/nope' was not found");
    assertThat(told.get(2).exit()).as("no guest attributes yet").isOne();
  }

  @Test
  void gcloud_publishes_and_pulls() throws IOException {
    gcloud.all("pubsub topics create news other");
    gcloud.all(
        "pubsub subscriptions create readers leaving --topic=news --enable-message-ordering");
    gcloud.all(
        "pubsub snapshots create before --subscription=readers",
        "pubsub subscriptions update readers --ack-deadline=60",
        "pubsub topics detach-subscription leaving");
    gcloud.all(
        "pubsub topics publish news --message='good morning' --attribute=room=lobby --ordering-key=k");
    JsonNode pulled = JSON.readTree(gcloud.all(pull("readers")).getFirst().out()).path(0);
    assertThat(pulled.at("/message/data").binaryValue()).asString().isEqualTo("good morning");
    assertThat(pulled.at("/message/attributes/room").asText()).isEqualTo("lobby");
    assertThat(pulled.at("/message/orderingKey").asText()).isEqualTo("k");
    gcloud.all("pubsub subscriptions ack readers --ack-ids=" + pulled.path("ackId").asText());
    gcloud.all("pubsub subscriptions seek readers --snapshot=before");
    assertThat(gcloud.all(pull("readers --auto-ack")).getFirst().out()).contains("lobby");
    lookAtPubsub();
    gcloud.all("pubsub subscriptions delete readers leaving", "pubsub topics delete news");
  }

  private static void lookAtPubsub() {
    Iterator<Outcome> told =
        gcloud
            .together(
                "pubsub topics list --sort-by=name" + NAMES,
                "pubsub subscriptions describe readers --format=value(ackDeadlineSeconds)",
                "pubsub snapshots list" + NAMES,
                pull("leaving"),
                "pubsub topics publish nowhere --message=x")
            .iterator();
    String project = "projects/" + cloud.project();
    assertThat(told.next().lines())
        .containsExactly(project + "/topics/news", project + "/topics/other");
    assertThat(told.next().out()).isEqualTo("60");
    assertThat(told.next().out()).isEqualTo(project + "/snapshots/before");
    assertThat(told.next().err()).contains("FAILED_PRECONDITION").contains("detached");
    assertThat(told.next().err()).contains("NOT_FOUND").contains("topics/nowhere");
  }

  private static String pull(String what) {
    return "pubsub subscriptions pull --format=json " + what;
  }

  private static String on(String command) {
    return "compute instances " + command;
  }
}
