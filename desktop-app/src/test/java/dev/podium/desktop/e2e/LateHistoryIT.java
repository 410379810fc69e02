package dev.podium.desktop.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.net.URI;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// A seek takes its time, as Pub/Sub says it may: a new VM is ready before its history is there.
class LateHistoryIT {
  private static final Duration PATIENCE = Duration.ofMinutes(2);
  private static final List<String> OLD = List.of("old 1", "old 2", "old 3");

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
  void history_that_comes_after_a_vm_is_ready_stands_before_what_was_said_meanwhile() {
    Api api = podium.api();
    Api cloud = api.at(podium.readyLine().path("cloud").path("identity").asText());
    String first = api.createReady(1, "first").getFirst();
    try (Person ann = Person.join(link("Ann", first), "Ann")) {
      for (int i = 0; i < OLD.size(); i++) {
        ann.say(i + 1, OLD.get(i));
      }
      cloud.put("local/faults", "{\"pubsub\":{\"seekMillis\":25000}}");
      String second = api.createReady(1, "second").getFirst();
      try (Person bob = Person.join(link("Bob", second), "Bob")) {
        bob.say(1, "new");
        assertThat(bob.heard(OLD)).as("the seek has not taken effect").isEmpty();
        await().atMost(PATIENCE).until(() -> bob.heard(OLD).size() == OLD.size());

        assertThat(bob.heard(OLD)).containsExactlyElementsOf(OLD);
        assertThat(bob.messages())
            .filteredOn(frame -> frame.contains("\"old "))
            .allMatch(frame -> frame.contains("\"before\":\""));
        ann.say(9, "newest");
        await().atMost(PATIENCE).until(() -> bob.heard(List.of("newest")).size() == 1);
      }
      try (Person carol = Person.join(link("Carol", second), "Carol")) {
        assertThat(carol.welcome().replaceAll("(?s).*?\"text\":\"([^\"]*)\"", "$1,"))
            .startsWith("old 1,old 2,old 3,new,newest,");
      }
    }
  }

  private URI link(String name, String vm) {
    return URI.create(Invites.link(podium, name, "lobby", vm));
  }
}
