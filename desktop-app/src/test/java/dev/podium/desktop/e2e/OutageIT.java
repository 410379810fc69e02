package dev.podium.desktop.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.net.URI;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// Pub/Sub goes away while people talk, and comes back.
class OutageIT {
  private static final Duration PATIENCE = Duration.ofMinutes(2);

  /// Longer than the demo limits give a VM that is silent.
  private static final Duration OUTAGE = Duration.ofSeconds(35);

  private PodiumProcess podium;

  @BeforeEach
  void start() {
    podium = PodiumProcess.ready("serve", "--local");
  }

  @AfterEach
  void stop() {
    podium.close();
  }

  @Test
  void what_was_said_meanwhile_comes_once_and_in_order_and_no_vm_ends() {
    Api api = podium.api();
    List<String> vms = api.createReady(2, "talk");
    Api cloud = api.at(podium.readyLine().path("cloud").path("identity").asText());
    try (Person ann = Person.join(link("Ann", vms.getFirst()), "Ann");
        Person bob = Person.join(link("Bob", vms.getLast()), "Bob")) {
      ann.say(1, "before");
      await().atMost(PATIENCE).until(() -> bob.heard(List.of("before")).size() == 1);

      cloud.put("local/faults", "{\"pubsub\":{\"unavailable\":true}}");
      long began = System.nanoTime();
      for (int i = 2; i < 12; i++) {
        ann.begin(i, "meanwhile " + i);
      }
      assertThat(api.post("v1/instances", "{\"namePrefix\":\"third\"}").status()).isEqualTo(202);
      await()
          .atMost(PATIENCE)
          .pollInterval(Duration.ofSeconds(1))
          .until(() -> System.nanoTime() - began > OUTAGE.toNanos() && api.healthz() == 200);
      assertThat(ann.isIn() && bob.isIn()).isTrue();
      cloud.put("local/faults", "{}");

      List<String> said = List.of("meanwhile 2", "meanwhile 6", "meanwhile 11");
      await().atMost(PATIENCE).until(() -> bob.heard(said).size() == 3);
      assertThat(bob.heard(said)).containsExactlyElementsOf(said);
      await()
          .atMost(PATIENCE)
          .until(() -> List.of("HEALTHY", "IDLE").contains(api.health("third-1")));
      ann.say(12, "after");
      await().atMost(PATIENCE).until(() -> bob.heard(List.of("after")).size() == 1);
      assertThat(ann.heard(said)).containsExactlyElementsOf(said);
      assertThat(ann.moves()).isEmpty();
      vms.forEach(vm -> assertThat(api.health(vm)).isIn("HEALTHY", "IDLE", "SUSPECT"));
    }
  }

  private URI link(String name, String vm) {
    return URI.create(Invites.link(podium, name, "lobby", vm));
  }
}
