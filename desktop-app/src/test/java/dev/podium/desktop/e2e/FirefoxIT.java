package dev.podium.desktop.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// What another browser does otherwise: the way over to another VM, and where the view is put.
class FirefoxIT {
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  private static PodiumProcess podium;
  private static String refuge;

  @BeforeAll
  static void serve() {
    podium = PodiumProcess.ready("serve", "--local");
    refuge = podium.api().createReady(1, "refuge").getFirst();
    podium.api().pin(refuge);
  }

  @AfterAll
  static void stop() {
    podium.close();
  }

  static List<String> changes() {
    return PageScrollIT.CHANGES;
  }

  @ParameterizedTest
  @MethodSource("changes")
  void the_end_stays_in_sight_whatever_takes_the_place_away(String change) {
    String address = podium.api().instance(refuge).path("chatUrl").asText();
    try (FirefoxPage page =
        FirefoxPage.visitWith(FakeVm.script(PageScrollIT.LONG_ROOM), address + "#t=anything")) {
      await().atMost(PATIENCE).until(() -> page.messages().contains("message 59"));
      assertThat(page.run(PageScrollIT.roundsOf(change)).asInt())
          .as("rounds in which the end was lost")
          .isZero();
    }
  }

  @Test
  void who_reloads_after_their_vm_was_killed_is_still_in_with_room_draft_and_secrets() {
    String doomed = podium.api().createReady(1, "doomed").getFirst();
    try (FirefoxPage ann = FirefoxPage.visit(Invites.link(podium, "Ann", "week 3", doomed))) {
      String at = settled(ann);
      Agents.of(podium, doomed).destroyForcibly();
      reloadsElsewhere(ann, at);
    }
  }

  @Test
  void who_reloads_after_a_drain_is_still_in_with_room_draft_and_secrets() {
    String closing = podium.api().createReady(1, "closing").getFirst();
    try (FirefoxPage bob = FirefoxPage.visit(Invites.link(podium, "Bob", "week 4", closing))) {
      String at = settled(bob);
      assertThat(podium.api().post("v1/instances/" + closing + ":drain", "{}").status())
          .isEqualTo(202);
      reloadsElsewhere(bob, at);
    }
  }

  /// In, with a message said.
  ///
  /// @return the address that the page was loaded from
  private static String settled(FirefoxPage page) {
    await().atMost(PATIENCE).until(() -> page.text("connectionText").equals("Connected"));
    page.say("before");
    await().atMost(PATIENCE).until(() -> page.messages().equals(List.of("before")));
    return page.run("return location.origin").asText();
  }

  private static void reloadsElsewhere(FirefoxPage page, String dead) {
    // A script that is asked while the page is being replaced has no page to run in.
    await()
        .atMost(PATIENCE)
        .ignoreExceptions()
        .until(() -> page.run("return location.origin").asText(), origin -> !dead.equals(origin));
    connected(page);
    assertThat(page.run("return location.hash + location.search").asText()).isEmpty();
    page.type("begun");
    page.reload();
    connected(page);
    assertThat(page.messages()).isEqualTo(List.of("before"));
    assertThat(page.draft()).isEqualTo("begun");
    assertThat(page.text("roomName")).startsWith("week");
    page.say("");
    await().atMost(PATIENCE).until(() -> page.messages().equals(List.of("before", "begun")));
  }

  private static void connected(FirefoxPage page) {
    await()
        .atMost(PATIENCE)
        .ignoreExceptions()
        .until(() -> page.text("connectionText").equals("Connected"));
  }
}
