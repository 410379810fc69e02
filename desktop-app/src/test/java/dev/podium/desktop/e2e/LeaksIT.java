package dev.podium.desktop.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.podium.desktop.e2e.PodiumProcess.Finished;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.Test;

/// The lid closed: what a killed console left in the cloud, the next one tells and cleans.
class LeaksIT {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String DISKS = "projects/podium-local/zones/us-central1-a/disks";

  // What is younger than a VM may take to boot waits: a minute with the demo limits.
  private static final Duration CLEANED = Duration.ofMinutes(3);

  @Test
  void what_a_killed_console_left_is_told_and_cleaned_and_a_vm_in_use_is_not_touched()
      throws Exception {
    try (PodiumProcess cloud = PodiumProcess.ready("local-cloud")) {
      String address = cloud.readyLine().path("identity").asText();
      Api compute = Api.keyless(cloud.readyLine().path("compute").asText());
      JsonNode used;
      Person ann;
      try (PodiumProcess killed = PodiumProcess.ready("serve", "--cloud", address)) {
        List<String> names = killed.api().createReady(2, "left");
        used = killed.api().instance(names.get(0));
        ann = Person.join(Invites.link(killed, "Ann", "lobby", names.get(0)));
        killed.process().destroyForcibly().waitFor();
      }
      die(cloud, compute, "left-2");
      leaveDisk(compute, "left-2-data", "left-2");

      try (PodiumProcess next = PodiumProcess.ready("serve", "--cloud", address)) {
        await()
            .atMost(Duration.ofSeconds(30))
            .until(() -> next.log().contains("Found in the cloud by "));
        await()
            .atMost(CLEANED)
            .pollInterval(Duration.ofSeconds(1))
            .until(() -> {
              ann.type();
              return cleaned(next).size() == 3;
            });

        assertThat(cleaned(next))
            .anyMatch(line -> line.startsWith("cleaned disk 'left-2-data' in us-central1-a"))
            .anyMatch(line -> line.contains("'podium-local-chat-left-2-"))
            .anyMatch(line -> line.contains("'podium-local-pulse-left-2-"));
        assertThat(compute.get(DISKS + "/left-2-data").status()).isEqualTo(404);
        assertThat(ann.frames).anyMatch(frame -> frame.contains("welcome"));
        assertThat(next.api().instance("left-1").path("health").asText()).isEqualTo("HEALTHY");
        assertThat(next.api().instance("left-1").path("ageSeconds").asLong())
            .isGreaterThan(used.path("ageSeconds").asLong());
        assertThat(compute.get(DISKS + "/left-1").status()).isEqualTo(200);
        assertThatTheCommandTellsIt(next);
        assertThatItIsHeldOnRequest(next);
      }
      ann.leave();
    }
  }

  private static void assertThatTheCommandTellsIt(PodiumProcess next) throws Exception {
    Finished json = next.run("doctor", "--leaks", "--json");
    assertThat(json.code()).isZero();
    JsonNode leaks = JSON.readTree(json.output()).path("leaks");
    assertThat(leaks).hasSize(1);
    assertThat(leaks.get(0).path("name").asText()).isEqualTo("left-1");
    assertThat(leaks.get(0).path("fate").asText()).isEqualTo("KEPT");
    assertThat(leaks.get(0).path("console").asText()).startsWith("console-");
    Finished table = next.run("doctor", "--leaks");
    assertThat(table.output()).contains("KIND", "FATE").contains("left-1").contains("kept");
  }

  private static void assertThatItIsHeldOnRequest(PodiumProcess next) {
    Finished held = next.run("instances", "hold", "left-1", "--minutes", "30");
    assertThat(held.code()).isZero();
    assertThat(held.output()).startsWith("left-1 is held until 20");
    Finished tooLong = next.run("instances", "hold", "left-1", "--minutes", "6000");
    assertThat(tooLong.code()).isEqualTo(1);
    assertThat(tooLong.errors()).contains("cannot be changed while it runs");
    assertThat(next.run("instances", "pin", "left-1").output()).startsWith("left-1 is pinned");
  }

  private static List<String> cleaned(PodiumProcess console) {
    List<String> sentences = new ArrayList<>();
    for (JsonNode one : console.api().get("v1/activity").body().path("activities")) {
      String sentence = one.path("sentence").asText();
      if (sentence.startsWith("cleaned ") && one.path("evidence").size() == 2) {
        sentences.add(sentence);
      }
    }
    return sentences;
  }

  /// Its programs are killed, so that they cannot take their subscriptions with them; then the
  /// machine is deleted, as the cloud does at the end of its run limit.
  private static void die(PodiumProcess cloud, Api compute, String vm) {
    Agents.of(cloud, vm).destroyForcibly();
    String path = "projects/podium-local/zones/us-central1-a/instances/" + vm;
    assertThat(compute.delete(path).status()).isEqualTo(200);
    await().atMost(Duration.ofSeconds(30)).until(() -> compute.get(path).status() == 404);
  }

  /// As it stays when somebody switched off that the disk goes with its VM.
  private static void leaveDisk(Api compute, String name, String vm) {
    String labels =
        "{\"podium-fleet\":\"local\",\"podium-owner\":\"somebody\",\"podium-vm\":\"%s\"}"
            .formatted(vm);
    String body = "{\"name\":\"%s\",\"sizeGb\":\"10\",\"labels\":%s}".formatted(name, labels);
    assertThat(compute.post(DISKS, body).status()).isEqualTo(200);
    await()
        .atMost(Duration.ofSeconds(30))
        .until(() -> compute.get(DISKS + "/" + name).status() == 200);
  }

  /// Somebody in a chat, without a browser.
  private static final class Person implements WebSocket.Listener {
    private final Queue<String> frames = new ConcurrentLinkedQueue<>();
    private final WebSocket socket;
    private int said;

    private Person(URI page) {
      this.socket =
          HttpClient.newHttpClient()
              .newWebSocketBuilder()
              .buildAsync(URI.create("ws://" + page.getAuthority() + "/ws"), this)
              .join();
    }

    static Person join(String link) {
      URI page = URI.create(link);
      Person person = new Person(page);
      String token = page.getFragment().substring("t=".length());
      person.send(
          "{\"t\":\"hello\",\"token\":\"%s\",\"name\":\"Ann\",\"room\":\"lobby\",\"device\":\"d1\"}"
              .formatted(token));
      await()
          .atMost(Duration.ofSeconds(30))
          .until(() -> person.frames.stream().anyMatch(frame -> frame.contains("welcome")));
      return person;
    }

    /// A forgotten tab is not use; a message is.
    void type() {
      send("{\"t\":\"say\",\"cid\":\"d1-%d\",\"text\":\"still here\"}".formatted(++said));
    }

    private void send(String frame) {
      socket.sendText(frame, true).join();
    }

    void leave() {
      socket.abort();
    }

    @Override
    public CompletionStage<?> onText(WebSocket from, CharSequence data, boolean last) {
      frames.add(data.toString());
      return WebSocket.Listener.super.onText(from, data, last);
    }
  }
}
