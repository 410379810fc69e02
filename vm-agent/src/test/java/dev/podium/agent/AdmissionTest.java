package dev.podium.agent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.util.List;
import java.util.concurrent.CompletionException;
import java.util.stream.IntStream;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/// Who gets in, from where, to which room.
class AdmissionTest {
  @RegisterExtension private final Agents agents = new Agents();

  @Test
  void a_forged_invite_is_refused_with_a_sentence_and_4001() {
    Agent a = agents.start("vm-a", 50);
    try (PageClient mallory = PageClient.connect(a.port(), "")) {
      mallory.say("{\"t\":\"hello\",\"token\":\"forged\"}");
      assertThat(mallory.first("error").path("code").asText()).isEqualTo("bad_token");
      assertThat(mallory.first("error").path("message").asText()).contains("signature");
      assertThat(mallory.closeCode()).isEqualTo(4001);
    }
  }

  @Test
  void who_tries_codes_is_told_to_wait_and_the_invited_behind_the_same_router_get_in() {
    Agent a = agents.start("vm-a", 500);
    List<PageClient> pupils =
        IntStream.range(0, 60).mapToObj(n -> PageClient.join(a.port(), "P" + n, "lobby")).toList();
    for (int attempt = 0; attempt < 20; attempt++) {
      try (PageClient mallory = PageClient.connect(a.port(), "")) {
        mallory.say("{\"t\":\"hello\",\"code\":\"guess\"}");
        assertThat(mallory.first("error").path("code").asText()).isEqualTo("bad_code");
      }
    }
    try (PageClient mallory = PageClient.connect(a.port(), "")) {
      mallory.say("{\"t\":\"hello\",\"code\":\"guess\"}");
      assertThat(mallory.first("error").path("code").asText()).isEqualTo("too_fast");
    }
    PageClient.join(a.port(), "Ann", "lobby").close();
    pupils.forEach(PageClient::close);
  }

  @Test
  void pages_of_other_sites_are_kept_out_and_pages_of_the_fleet_come_in() {
    Agent a = agents.start("vm-a", 50);
    Agent b = agents.start("vm-b", 50);
    Assertions.assertThatThrownBy(() -> PageClient.connect(a.port(), "http://evil.example"))
        .isInstanceOf(CompletionException.class)
        .hasStackTraceContaining("status code 403");
    await()
        .untilAsserted(() -> PageClient.connect(a.port(), "http://127.0.0.1:" + b.port()).close());
    PageClient.connect(a.port(), "http://localhost:" + a.port()).close();
    // A VM that was gone before this one began; its people look for another.
    PageClient.connect(a.port(), "http://203.0.113.9:8080").close();
    for (String foreign :
        List.of("https://203.0.113.9", "null", "http://203.0.113.9.evil.example")) {
      Assertions.assertThatThrownBy(() -> PageClient.connect(a.port(), foreign))
          .hasStackTraceContaining("status code 403");
    }
  }

  @Test
  void who_asks_for_a_room_that_can_not_be_keeps_the_one_they_have() {
    Agent a = agents.start("vm-a", 50);
    try (PageClient ann = PageClient.join(a.port(), "Ann", "lobby");
        PageClient bob = PageClient.join(a.port(), "Bob", "lobby")) {
      ann.say("{\"t\":\"hello\",\"token\":\"Ann\",\"room\":\"<>\"}");
      assertThat(ann.first("error").path("message").asText()).contains("room's name");
      ann.say("{\"t\":\"hello\",\"token\":\"forged\",\"room\":\"other\"}");
      await().until(() -> ann.all("error").size() == 2);
      bob.say(Agents.said(1));
      ann.say(Agents.said(2));
      await().until(() -> ann.texts().size() == 2 && bob.texts().size() == 2);
      assertThat(Agents.names(bob.all("members").getLast())).containsKey("Ann");
    }
    try (PageClient carol = PageClient.connect(a.port(), "")) {
      carol.say("{\"t\":\"hello\",\"token\":\"Carol\",\"room\":\"<>\"}");
      assertThat(carol.first("error").path("code").asText()).isEqualTo("bad_frame");
      assertThat(carol.closeCode()).isEqualTo(4001);
    }
  }

  @Test
  void people_of_a_full_vm_change_rooms_and_strangers_do_not_get_in_as_returning() {
    Agent a = agents.start("vm-a", 1);
    try (PageClient ann = PageClient.join(a.port(), "Ann", "lobby");
        PageClient bob = PageClient.connect(a.port(), "")) {
      bob.say("{\"t\":\"hello\",\"token\":\"Bob\",\"after\":\"17\"}"); // Comes from another VM.
      bob.first("welcome");
      ann.say("{\"t\":\"hello\",\"token\":\"Ann\",\"room\":\"other\"}");
      ann.first(
          f -> f.path("t").asText().equals("welcome") && f.path("room").asText().equals("other"));
      await().until(() -> !Agents.names(bob.all("members").getLast()).containsKey("Ann"));
      bob.say("{\"t\":\"bye\"}");
      assertThat(bob.closeCode()).isEqualTo(1000);
      try (PageClient carol = PageClient.connect(a.port(), "")) {
        carol.say("{\"t\":\"hello\",\"token\":\"Carol\",\"after\":\"\"}");
        assertThat(carol.first("error").path("code").asText()).isEqualTo("full");
      }
    }
  }

  @Test
  void who_only_loaded_the_page_anew_keeps_their_seat_on_a_full_vm() {
    Agent a = agents.start("vm-a", 1);
    try (PageClient ann = PageClient.join(a.port(), "Ann", "lobby");
        PageClient bob = PageClient.connect(a.port(), "")) {
      bob.say("{\"t\":\"hello\",\"token\":\"Bob\",\"returning\":true}");
      assertThat(bob.first("welcome").path("you").path("name").asText()).isEqualTo("Bob");
      assertThat(ann.isOpen()).isTrue();
    }
  }

  @Test
  void who_has_an_invite_for_another_vm_is_told_the_way_there() {
    Agent a = agents.start("vm-a", 50);
    try (PageClient ann = PageClient.connect(a.port(), "")) {
      ann.say("{\"t\":\"hello\",\"token\":\"for-vm-b\"}");
      assertThat(ann.first("error").has("url")).as("a VM that nobody heard of").isFalse();
    }
    Agent b = agents.start("vm-b", 50);
    await()
        .untilAsserted(() -> {
          try (PageClient ann = PageClient.connect(a.port(), "")) {
            ann.say("{\"t\":\"hello\",\"token\":\"for-vm-b\"}");
            assertThat(ann.first("error").path("url").asText())
                .isEqualTo("http://127.0.0.1:" + b.port() + "/");
            assertThat(ann.first("error").path("code").asText()).isEqualTo("bad_token");
          }
        });
  }

  @Test
  void who_shows_forged_invites_is_told_to_wait_and_good_ones_from_there_still_open() {
    Agent a = agents.start("vm-a", 50);
    for (int attempt = 0; attempt <= 20; attempt++) {
      try (PageClient mallory = PageClient.connect(a.port(), "")) {
        mallory.say("{\"t\":\"hello\",\"token\":\"forged\"}");
        assertThat(mallory.first("error").path("code").asText())
            .isEqualTo(attempt < 20 ? "bad_token" : "too_fast");
        assertThat(mallory.closeCode()).isEqualTo(4001);
      }
    }
    PageClient.join(a.port(), "Ann", "lobby").close();
  }

  @Test
  void a_seat_ends_with_the_invite_that_opened_it_and_others_stay() {
    Agent a = agents.start("vm-a", 50);
    try (PageClient ann = PageClient.join(a.port(), "Ann", "lobby");
        PageClient bob = PageClient.join(a.port(), "Bob", "lobby")) {
      agents.endPass("Ann", "This invite was taken back.");
      assertThat(ann.first("error").path("code").asText()).isEqualTo("bad_token");
      assertThat(ann.first("error").path("message").asText())
          .isEqualTo("This invite was taken back.");
      assertThat(ann.closeCode()).isEqualTo(4001);
      await().until(() -> !Agents.names(bob.all("members").getLast()).containsKey("Ann"));
      assertThat(bob.isOpen()).isTrue();
    }
  }
}
