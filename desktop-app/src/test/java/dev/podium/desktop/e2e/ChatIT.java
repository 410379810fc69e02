package dev.podium.desktop.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/// People in browsers on different VMs.
class ChatIT {
  private static final Duration ARRIVAL = Duration.ofSeconds(20);

  private static PodiumProcess podium;
  private static List<String> vms;

  @BeforeAll
  static void serve() {
    podium = PodiumProcess.ready("serve", "--local");
    vms = podium.api().createReady(3, "chat");
    vms.forEach(podium.api()::pin);
  }

  @AfterAll
  static void stop() {
    podium.close();
  }

  @Test
  void people_on_two_vms_see_the_same_messages_in_the_same_order_exactly_once() {
    try (ChatPage ann = ChatPage.follow(invite("Ann", "order", vms.get(0)));
        ChatPage bob = ChatPage.follow(invite("Bob", "order", vms.get(1)))) {
      for (int i = 1; i <= 5; i++) {
        ann.say("ann " + i);
        bob.say("bob " + i);
      }

      await().atMost(ARRIVAL).until(() -> ann.messages().size() >= 10);
      await().atMost(ARRIVAL).until(() -> bob.messages().size() >= 10);
      await().atMost(ARRIVAL).until(() -> ann.waiting() + bob.waiting() == 0);
      assertThat(ann.messages()).isEqualTo(bob.messages());
      assertThat(ann.messages()).containsExactlyInAnyOrderElementsOf(both());
      assertThat(ann.messages().stream().filter(text -> text.startsWith("ann")).toList())
          .isSorted();
    }
  }

  @Test
  void a_person_whose_vm_dies_carries_on_at_another_with_every_message() {
    String doomed = podium.api().createReady(1, "doomed").getFirst();
    try (ChatPage cat = ChatPage.follow(invite("Cat", "move", doomed));
        ChatPage dan = ChatPage.follow(invite("Dan", "move", vms.get(2)))) {
      cat.say("before");
      await().atMost(ARRIVAL).until(() -> dan.messages().equals(List.of("before")));

      Agents.of(podium, doomed).destroyForcibly();
      dan.say("meanwhile");
      cat.say("after");

      await()
          .atMost(Duration.ofSeconds(45))
          .until(() -> dan.messages().size() >= 3 && cat.messages().size() >= 3);
      assertThat(cat.messages()).isEqualTo(dan.messages());
      assertThat(cat.messages()).containsExactlyInAnyOrder("before", "meanwhile", "after");
      assertThat(cat.messages().getFirst()).isEqualTo("before");
      assertThat(cat.waiting()).isZero();
    }
  }

  @Test
  void what_was_written_around_the_death_of_a_vm_is_sent_and_what_is_half_written_stays() {
    String doomed = podium.api().createReady(1, "doomed").getFirst();
    try (ChatPage eve = ChatPage.follow(invite("Eve", "typing", doomed))) {
      eve.say("before");
      await().atMost(ARRIVAL).until(() -> eve.messages().equals(List.of("before")));
      eve.type("half a sen");
      Agents.of(podium, doomed).destroyForcibly();
      eve.type("tence");
      await().atMost(ARRIVAL).until(() -> !eve.connection().equals("Connected"));
      await().atMost(Duration.ofSeconds(45)).until(() -> eve.connection().equals("Connected"));
      assertThat(eve.draft()).isEqualTo("half a sentence");
      eve.say("");
      await()
          .atMost(ARRIVAL)
          .until(() -> eve.messages().equals(List.of("before", "half a sentence")));
      assertThat(eve.place()).doesNotContain(doomed);
      assertThat(eve.marks()).noneMatch(mark -> mark.contains("missing"));
    }
  }

  @Test
  void a_drain_moves_people_without_a_word_of_trouble_while_they_type() {
    String closing = podium.api().createReady(1, "closing").getFirst();
    try (ChatPage fay = ChatPage.follow(invite("Fay", "drain", closing))) {
      fay.say("before");
      await().atMost(ARRIVAL).until(() -> fay.messages().equals(List.of("before")));
      fay.type("half a sentence");
      fay.run(
          """
          window.seen = new Set();
          const note = () => seen.add(document.getElementById('connectionText').textContent
            + (document.getElementById('banner').hidden ? '' : ', with a banner'));
          note();
          new MutationObserver(note).observe(document.getElementById('app'),
            {subtree: true, childList: true, characterData: true, attributes: true});
          """);
      assertThat(podium.api().post("v1/instances/" + closing + ":drain", "{}").status())
          .isEqualTo(202);
      await().atMost(Duration.ofSeconds(45)).until(() -> !fay.place().contains(closing));
      assertThat(fay.draft()).isEqualTo("half a sentence");
      fay.say("");
      await()
          .atMost(ARRIVAL)
          .until(() -> fay.messages().equals(List.of("before", "half a sentence")));
      assertThat(fay.run("return [...seen]")).isEqualTo(List.of("Connected"));
    }
  }

  @Test
  void who_was_offline_and_asleep_sends_what_they_wrote_and_sees_what_they_missed() {
    try (ChatPage gil = ChatPage.follow(invite("Gil", "sleep", vms.get(0)));
        ChatPage hal = ChatPage.follow(invite("Hal", "sleep", vms.get(1)))) {
      hal.say("before");
      await().atMost(ARRIVAL).until(() -> gil.messages().equals(List.of("before")));
      gil.offline(true);
      await().atMost(ARRIVAL).until(() -> gil.banner().orElse("").contains("You are offline"));
      gil.say("from the tunnel");
      gil.asleep(true);
      hal.say("missed");
      await().atMost(ARRIVAL).until(() -> hal.messages().contains("missed"));
      gil.asleep(false);
      gil.offline(false);
      List<String> all = List.of("before", "missed", "from the tunnel");
      await()
          .atMost(Duration.ofSeconds(45))
          .until(() -> gil.messages().containsAll(all) && gil.waiting() == 0);
      await().atMost(ARRIVAL).until(() -> hal.messages().size() == 3);
      assertThat(gil.messages()).containsExactlyInAnyOrderElementsOf(all).isEqualTo(hal.messages());
      assertThat(gil.connection()).isEqualTo("Connected");
    }
  }

  @Test
  void who_has_a_forged_invite_is_told_so() {
    String link = invite("Eve", "order", vms.get(0));
    String forged = link.substring(0, link.length() - 6) + "AAAAAA";
    try (ChatPage eve = ChatPage.visit(forged)) {
      assertThat(eve.problem()).isNotBlank();
    }
  }

  @Test
  void who_is_in_by_an_invite_that_is_taken_back_is_put_out_and_gets_in_no_more() {
    String link = invite("Ian", "order", vms.get(0));
    try (ChatPage ian = ChatPage.follow(link)) {
      PodiumProcess.Finished revoked = podium.run("revoke", link);
      assertThat(revoked.code()).isZero();
      assertThat(revoked.output()).contains("good no more");
      await()
          .atMost(ARRIVAL)
          .until(() -> ian.banner().filter(text -> text.contains("taken back")).isPresent());
      String another = invite("Ian", "order", vms.get(0));
      ian.run("location.hash = '" + another.substring(another.indexOf('#')) + "'");
      await().atMost(ARRIVAL).until(() -> ian.connection().equals("Connected"));
      assertThat(ian.run("return location.hash")).as("nobody reads it there").isEqualTo("");
    }
    try (ChatPage again = ChatPage.visit(link)) {
      assertThat(again.problem()).contains("taken back");
    }
    assertThat(podium.run("revoke", "nonsense").code()).isEqualTo(1);
  }

  private static List<String> both() {
    return IntStream.rangeClosed(1, 5)
        .boxed()
        .flatMap(i -> Stream.of("ann " + i, "bob " + i))
        .toList();
  }

  private static String invite(String name, String room, String vm) {
    return Invites.link(podium, name, room, vm);
  }
}
