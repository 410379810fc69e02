package dev.podium.desktop.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.podium.desktop.e2e.PodiumProcess.Finished;
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
  void who_has_a_forged_invite_is_told_so() {
    String link = invite("Eve", "order", vms.get(0));
    String forged = link.substring(0, link.length() - 6) + "AAAAAA";
    try (ChatPage eve = ChatPage.visit(forged)) {
      assertThat(eve.problem()).isNotBlank();
    }
  }

  private static List<String> both() {
    return IntStream.rangeClosed(1, 5)
        .boxed()
        .flatMap(i -> Stream.of("ann " + i, "bob " + i))
        .toList();
  }

  /// A link for the page of that VM which is good on the whole fleet, so that the person may move.
  private static String invite(String name, String room, String vm) {
    Finished invite = podium.run("invite", name, "--room", room);
    assertThat(invite.code()).isZero();
    String chat = podium.api().instance(vm).path("chatUrl").asText();
    String link = invite.output().strip();
    return chat + link.substring(link.indexOf("#t="));
  }
}
