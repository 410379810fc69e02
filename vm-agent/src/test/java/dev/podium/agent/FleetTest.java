package dev.podium.agent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.podium.wire.chat.Pulse;
import java.net.http.HttpResponse;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/// How VMs know one another, and how people come to another VM.
class FleetTest {
  @RegisterExtension private final Agents agents = new Agents();

  @Test
  void whose_invite_is_for_one_vm_is_sent_to_no_other() {
    Agent a = agents.start("vm-a", 50);
    Agent b = agents.start("vm-b", 50);
    try (PageClient only = PageClient.join(a.port(), "only", "lobby");
        PageClient ann = PageClient.join(a.port(), "Ann", "lobby")) {
      ann.first(frame -> frame.path("peers").findValuesAsText("instance").contains("vm-b"));
      PageClient again = PageClient.join(a.port(), "only", "lobby");
      agents.pulse(new Pulse.DrainRequest("d1", "vm-a", Optional.empty(), true));
      assertThat(ann.first("moved").path("url").asText()).contains(":" + b.port() + "/");
      only.say("{\"t\":\"dance\"}");
      only.first("error"); // Whatever was sent before has come.
      assertThat(only.all("moved")).isEmpty();
      assertThat(only.all("peers")).isEmpty();
      assertThat(again.first("welcome").path("peers")).isEmpty();
      again.close();
    }
  }

  @Test
  void everybody_sees_who_is_here_and_on_which_vm() throws Exception {
    Agent a = agents.start("vm-a", 50);
    Agent b = agents.start("vm-b", 50);
    try (PageClient ann = PageClient.join(a.port(), "Ann", "lobby")) {
      try (PageClient bob = PageClient.join(b.port(), "Bob", "lobby")) {
        ann.first(frame -> Agents.names(frame).equals(Map.of("Ann", "vm-a", "Bob", "vm-b")));
        ann.first(frame -> frame.path("peers").findValuesAsText("instance").contains("vm-b"));
        assertThat(agents.get(a.port(), "/healthz").body()).contains("\"participants\":1");
        assertThat(bob.isOpen()).isTrue();
      }
      await().until(() -> Agents.names(ann.all("members").getLast()).equals(Map.of("Ann", "vm-a")));
    }
  }

  @Test
  void a_full_vm_names_another_and_the_front_door_sends_there() throws Exception {
    Agent a = agents.start("vm-a", 1);
    Agent b = agents.start("vm-b", 2);
    try (PageClient ann = PageClient.join(a.port(), "Ann", "lobby")) {
      await()
          .untilAsserted(() -> {
            HttpResponse<String> door = agents.get(a.port(), "/join?room=r1");
            assertThat(door.statusCode()).isEqualTo(302);
            assertThat(door.headers().firstValue("Location"))
                .contains("http://127.0.0.1:" + b.port() + "/?room=r1");
          });
      try (PageClient bob = PageClient.connect(a.port(), "")) {
        bob.say("{\"t\":\"hello\",\"token\":\"Bob\"}");
        assertThat(bob.first("error").path("code").asText()).isEqualTo("full");
        assertThat(bob.first("error").path("url").asText()).contains(":" + b.port() + "/");
        assertThat(bob.closeCode()).isEqualTo(4001);
      }
      assertThat(ann.isOpen()).isTrue();
    }
  }

  @Test
  void a_full_fleet_shows_a_waiting_page_and_asks_for_seats() throws Exception {
    Agent a = agents.start("vm-a", 1);
    try (PageClient ann = PageClient.join(a.port(), "Ann", "lobby")) {
      HttpResponse<String> door = agents.get(a.port(), "/join?room=r1");
      assertThat(door.statusCode()).isEqualTo(503);
      assertThat(door.body()).contains("Every seat is taken");
      await()
          .until(() ->
              agents.pulses().stream()
                  .anyMatch(new Pulse.SeatsWanted("vm-a", 1, Optional.of("r1"))::equals));
      assertThat(agents.get(a.port(), "/join/seat?who=w").body()).isEqualTo("{\"waiting\":1}");
      assertThat(ann.isOpen()).isTrue();
    }
    await().until(() -> agents.get(a.port(), "/join/seat?who=w").body().contains("\"url\":\"/\""));
  }

  @Test
  void a_drain_is_refused_while_somebody_is_here_and_moves_them_when_forced() {
    Agent a = agents.start("vm-a", 50);
    Agent b = agents.start("vm-b", 50);
    try (PageClient ann = PageClient.join(a.port(), "Ann", "lobby")) {
      ann.first(frame -> frame.path("peers").findValuesAsText("instance").contains("vm-b"));
      agents.pulse(new Pulse.DrainRequest("d1", "vm-a", Optional.empty(), false));
      await().until(() -> agents.pulses().contains(new Pulse.DrainAnswer("d1", "vm-a", false, 1)));

      agents.pulse(new Pulse.DrainRequest("d0", "vm-a", Optional.of("former"), true));
      agents.pulse(new Pulse.DrainRequest("d2", "vm-a", Optional.empty(), true));
      await().until(() -> agents.pulses().contains(new Pulse.DrainAnswer("d2", "vm-a", true, 1)));
      assertThat(agents.pulses())
          .as("a drain that was meant for the name's former machine")
          .noneMatch(
              pulse -> pulse instanceof Pulse.DrainAnswer(String id, _, _, _) && id.equals("d0"));
      assertThat(ann.first("moved").path("url").asText())
          .isEqualTo("http://127.0.0.1:" + b.port() + "/");
      try (PageClient bob = PageClient.connect(a.port(), "")) {
        bob.say("{\"t\":\"hello\",\"token\":\"Bob\"}");
        assertThat(bob.first("error").path("code").asText()).isEqualTo("draining");
        assertThat(bob.closeCode()).isEqualTo(4010);
      }
      ann.say("{\"t\":\"bye\"}");
      assertThat(ann.closeCode()).isEqualTo(4010);

      agents.pulse(new Pulse.DrainCancelled("d2", "vm-a"));
      await()
          .untilAsserted(() -> {
            try (PageClient bob = PageClient.connect(a.port(), "")) {
              bob.say("{\"t\":\"hello\",\"token\":\"Bob\"}");
              bob.first(frame -> !frame.path("t").asText().equals("state"));
              assertThat(bob.all("welcome")).hasSize(1);
            }
          });
    }
  }

  @Test
  void an_agent_that_stops_moves_its_people_on_and_says_goodbye() {
    Agent a = agents.start("vm-a", 50);
    Agent b = agents.start("vm-b", 50);
    PageClient ann = PageClient.join(a.port(), "Ann", "lobby");
    ann.first(frame -> frame.path("peers").findValuesAsText("instance").contains("vm-b"));
    a.close();
    assertThat(ann.first("moved").path("url").asText()).contains(":" + b.port() + "/");
    assertThat(ann.closeCode()).isEqualTo(4010);
    assertThat(agents.pulses())
        .anyMatch(pulse -> pulse instanceof Pulse.Goodbye(String vm, _) && vm.equals("vm-a"));
  }

  @Test
  void a_class_that_opens_the_link_at_once_is_spread_over_the_vms() throws Exception {
    Agent a = agents.start("vm-a", 30);
    Agent b = agents.start("vm-b", 30);
    try (PageClient ann = PageClient.join(a.port(), "Ann", "lobby")) {
      ann.first(frame -> frame.path("peers").findValuesAsText("instance").contains("vm-b"));
      int here = 0;
      for (int pupil = 0; pupil < 20; pupil++) {
        String place = agents.get(a.port(), "/join").headers().firstValue("Location").orElseThrow();
        here += place.equals("/") ? 1 : 0;
        assertThat(place).isIn("/", "http://127.0.0.1:" + b.port() + "/");
      }
      assertThat(here).isBetween(9, 10); // Ann sits here.
    }
  }
}
