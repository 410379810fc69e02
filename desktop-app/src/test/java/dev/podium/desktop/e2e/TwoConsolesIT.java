package dev.podium.desktop.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.podium.desktop.e2e.Api.Answer;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// Two consoles of one fleet, of which one sleeps, and of which both are asked the same.
class TwoConsolesIT {
  private static final Duration PATIENCE = Duration.ofMinutes(2);

  /// Longer than the demo limits give a VM that is silent.
  private static final Duration SLEEP = Duration.ofSeconds(35);

  private Consoles consoles;

  @BeforeEach
  void start() {
    consoles = new Consoles(2);
  }

  @AfterEach
  void stop() {
    consoles.close();
  }

  @Test
  void one_key_of_one_request_makes_its_vms_once_whichever_consoles_hear_it() {
    consoles.api(0).createReady(1, "known");
    await()
        .atMost(PATIENCE)
        .until(() -> List.of("HEALTHY", "IDLE").contains(consoles.api(1).health("known-1")));
    String body = "{\"count\":3,\"namePrefix\":\"once\"}";
    List<CompletableFuture<Answer>> asked =
        consoles.apis().stream()
            .map(api ->
                CompletableFuture.supplyAsync(
                    () -> api.postOnce("v1/instances?wait=ready", body, "one-and-the-same")))
            .toList();
    List<Answer> answers = asked.stream().map(CompletableFuture::join).toList();

    answers.forEach(
        answer -> assertThat(answer.status()).as(answer.toString()).isBetween(200, 299));
    assertThat(consoles.creations().stream().filter(one -> one.contains("/once-"))).hasSize(3);
    assertThat(answers.getFirst().body().path("instances").findValuesAsText("name"))
        .containsExactlyInAnyOrderElementsOf(
            answers.getLast().body().path("instances").findValuesAsText("name"));
  }

  @Test
  void a_console_that_slept_keeps_who_was_used_and_misses_what_ended() {
    List<String> vms = consoles.api(0).createReady(2, "slept");
    consoles.kill(1);
    PodiumProcess console = consoles.process(0);
    URI link = URI.create(Invites.link(console, "Ann", "lobby", vms.getFirst()));
    try (Person ann = Person.join(link, "Ann")) {
      consoles.signal(0, "STOP");
      long began = System.nanoTime();
      // The cloud's own limit ends it.
      consoles.delete(vms.getLast());
      await()
          .atMost(PATIENCE)
          .pollInterval(Duration.ofSeconds(1))
          .until(() -> System.nanoTime() - began > SLEEP.toNanos() && ann.isIn());
      consoles.signal(0, "CONT");

      consoles.awaitGone(vms.getLast(), PATIENCE);
      await()
          .atMost(PATIENCE)
          .until(() -> consoles.api(0).health(vms.getFirst()).equals("HEALTHY"));
      assertThat(ann.isIn()).isTrue();
      assertThat(ann.moves()).isEmpty();
    }
  }
}
