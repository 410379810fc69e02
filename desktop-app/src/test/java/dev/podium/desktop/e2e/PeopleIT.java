package dev.podium.desktop.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/// A host sees who is in the chat, and puts somebody out by name.
class PeopleIT {
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  private static PodiumProcess podium;
  private static List<String> vms;

  @BeforeAll
  static void start() {
    podium = PodiumProcess.ready("serve", "--local");
    vms = podium.api().createReady(2, "people");
  }

  @AfterAll
  static void stop() {
    podium.close();
  }

  private static URI link(String name, String vm) {
    return URI.create(Invites.link(podium, name, "lobby", vm));
  }

  private static void awaitListed(String name) {
    await().atMost(PATIENCE).until(() -> podium.run("people", "list").output().contains(name));
  }

  @Test
  void who_is_put_out_is_told_so_on_every_vm_and_the_others_stay() {
    URI invite = link("Mallory", vms.getFirst());
    try (Person ann = Person.join(link("Ann", vms.getFirst()), "Ann");
        Person mallory = Person.join(invite, "Mallory")) {
      awaitListed("Mallory");
      JsonNode listed = podium.api().get("v1/people").body().path("people");
      assertThat(listed.findValuesAsText("name")).contains("Ann", "Mallory");
      assertThat(podium.run("people", "remove", "Nobody").errors()).contains("podium people list");

      PodiumProcess.Finished removed = podium.run("people", "remove", "mallory");

      assertThat(removed.code()).as(removed.errors()).isZero();
      assertThat(removed.output()).contains("'Mallory' is put out");
      await().atMost(PATIENCE).until(() -> !mallory.isIn());
      assertThat(mallory.lastFrame()).contains("bad_token", "A host put you out of this chat");
      for (String vm : vms) {
        String chat = podium.api().instance(vm).path("chatUrl").asText();
        URI there = URI.create(chat + "#" + invite.getFragment());
        assertThat(Person.refused(there, "Mallory")).contains("A host put you out");
      }
      assertThat(ann.isIn()).isTrue();
      ann.say(1, "still here");
      await()
          .atMost(PATIENCE)
          .until(() -> !podium.run("people", "list").output().contains("Mallory"));
    }
  }

  @Test
  void the_page_of_who_is_put_out_says_why_and_does_not_come_back_by_itself() {
    try (ChatPage page = ChatPage.follow(link("Trudy", vms.getFirst()).toString())) {
      page.say("I am here");
      await().atMost(PATIENCE).until(() -> page.messages().size() == 1);
      awaitListed("Trudy");

      assertThat(podium.run("people", "remove", "Trudy").code()).isZero();

      await()
          .atMost(PATIENCE)
          .until(() -> page.banner().orElse("").contains("A host put you out of this chat"));
      assertThat(page.messages()).containsExactly("I am here");
      assertThat(page.connection()).isEqualTo("Not connected");
    }
  }
}
