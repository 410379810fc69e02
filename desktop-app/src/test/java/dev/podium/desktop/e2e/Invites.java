package dev.podium.desktop.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.podium.desktop.e2e.PodiumProcess.Finished;

/// Invites as an operator makes them.
final class Invites {
  private Invites() {}

  /// A link for the page of that VM which is good on the whole fleet, so that the person may move.
  static String link(PodiumProcess podium, String name, String room, String vm) {
    Finished invite = podium.run("invite", name, "--room", room);
    assertThat(invite.code()).isZero();
    String chat = podium.api().instance(vm).path("chatUrl").asText();
    String link = invite.output().strip();
    return chat + link.substring(link.indexOf("#t="));
  }
}
