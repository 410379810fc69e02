package dev.podium.desktop.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/// After a move the page itself goes over: the address bar names a VM that lives, and a reload is
/// what it always was.
class PageMoveIT {
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  private static PodiumProcess podium;

  @BeforeAll
  static void serve() {
    podium = PodiumProcess.ready("serve", "--local");
    podium.api().pin(podium.api().createReady(1, "refuge").getFirst());
  }

  @AfterAll
  static void stop() {
    podium.close();
  }

  @Test
  void who_reloads_after_their_vm_was_killed_is_still_in_with_room_draft_and_secrets() {
    String doomed = podium.api().createReady(1, "doomed").getFirst();
    try (ChatPage ann = ChatPage.follow(Invites.link(podium, "Ann", "week 3", doomed))) {
      String at = settled(ann);
      Agents.of(podium, doomed).destroyForcibly();
      reloadsElsewhere(ann, at);
    }
  }

  @Test
  void who_reloads_after_a_drain_is_still_in_with_room_draft_and_secrets() {
    String closing = podium.api().createReady(1, "closing").getFirst();
    try (ChatPage bob = ChatPage.follow(Invites.link(podium, "Bob", "week 4", closing))) {
      String at = settled(bob);
      assertThat(podium.api().post("v1/instances/" + closing + ":drain", "{}").status())
          .isEqualTo(202);
      reloadsElsewhere(bob, at);
    }
  }

  /// In, with a message said and another begun.
  ///
  /// @return the address that the page was loaded from
  private static String settled(ChatPage page) {
    await().atMost(PATIENCE).until(() -> page.connection().equals("Connected"));
    page.say("before");
    await().atMost(PATIENCE).until(() -> page.messages().equals(List.of("before")));
    return String.valueOf(page.run("return location.origin"));
  }

  private static void reloadsElsewhere(ChatPage page, String dead) {
    await()
        .atMost(PATIENCE)
        .until(() -> page.run("return location.origin"), origin -> !dead.equals(origin));
    await().atMost(PATIENCE).until(() -> page.connection().equals("Connected"));
    assertThat(page.run("return location.hash + location.search")).isEqualTo("");
    page.type("begun");
    page.reload();
    await().atMost(PATIENCE).until(() -> page.connection().equals("Connected"));
    assertThat(page.messages()).isEqualTo(List.of("before"));
    assertThat(page.draft()).isEqualTo("begun");
    assertThat(page.text("roomName")).startsWith("week");
    page.say("");
    await().atMost(PATIENCE).until(() -> page.messages().equals(List.of("before", "begun")));
  }
}
