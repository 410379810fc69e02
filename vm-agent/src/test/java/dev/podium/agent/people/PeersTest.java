package dev.podium.agent.people;

import static org.assertj.core.api.Assertions.assertThat;

import dev.podium.agent.ManualTicker;
import dev.podium.wire.chat.Pulse;
import dev.podium.wire.identity.Roster;
import java.util.List;
import org.junit.jupiter.api.Test;

/// Who is a place: before there is a roster, and after.
class PeersTest {
  private final ManualTicker ticker = new ManualTicker();
  private final Peers peers = new Peers(ticker);

  private static Pulse.Heartbeat beat(String vm, String vmId, long sequence, int seats) {
    return new Pulse.Heartbeat(
        vm,
        vmId,
        "boot",
        sequence,
        "http://evil/",
        1,
        seats,
        0,
        true,
        false,
        List.of(),
        List.of(new Pulse.Member("p-" + vm, vm, "lobby")),
        0);
  }

  private static Roster.Entry entry(String vm, String vmId, String url) {
    return new Roster.Entry(vm, vmId, url, "key", 50);
  }

  private void hear(String vm, String vmId, long sequence, int seats) {
    peers.heard(beat(vm, vmId, sequence, seats), ticker.nanos());
  }

  @Test
  void without_a_roster_a_vm_is_where_it_says() {
    assertThat(peers.heard(beat("vm-b", "2", 1, 9_000))).isTrue();
    assertThat(peers.roomiest()).map(Pulse.Heartbeat::url).contains("http://evil/");
  }

  @Test
  void with_a_roster_a_vm_is_where_the_roster_says_and_has_no_more_seats() {
    peers.follow(new Roster(1, List.of(entry("vm-b", "2", "http://b/"))));
    hear("vm-b", "2", 1, 9_000);
    assertThat(peers.refuge().orElseThrow().url()).isEqualTo("http://b/");
    assertThat(peers.roomiest().orElseThrow().seats()).isEqualTo(50);
  }

  @Test
  void a_vm_that_is_not_on_the_roster_is_no_place_and_its_people_are_not_shown() {
    peers.follow(new Roster(1, List.of(entry("vm-b", "2", "http://b/"))));
    hear("vm-x", "9", 1, 9_000);
    hear("vm-b", "former", 1, 50);
    assertThat(peers.heard(beat("vm-b", "2", 1, 50))).as("nobody proved it").isFalse();
    assertThat(peers.living()).isEmpty();
    assertThat(peers.refuge()).isEmpty();
    assertThat(peers.in("lobby")).isEmpty();
  }

  @Test
  void a_vm_that_moved_is_at_its_new_address_and_one_that_left_is_gone() {
    peers.follow(
        new Roster(1, List.of(entry("vm-b", "2", "http://b/"), entry("vm-c", "3", "http://c/"))));
    hear("vm-b", "2", 1, 50);
    hear("vm-c", "3", 1, 50);
    assertThat(peers.follow(new Roster(2, List.of(entry("vm-b", "2", "http://new/"))))).isTrue();
    assertThat(peers.living()).extracting(Pulse.Heartbeat::url).containsExactly("http://new/");
    assertThat(peers.follow(new Roster(3, List.of(entry("vm-b", "2", "http://new/"))))).isFalse();
  }

  @Test
  void what_was_said_before_there_was_a_roster_is_shown_on_and_bars_no_heartbeat() {
    peers.heard(beat("vm-b", "2", Long.MAX_VALUE, 50));
    peers.heard(beat("vm-x", "9", 1, 9_000));
    peers.follow(new Roster(1, List.of(entry("vm-b", "2", "http://b/"))));
    assertThat(peers.living()).extracting(Pulse.Heartbeat::url).containsExactly("http://b/");
    ticker.pass(Peers.SILENCE);
    hear("vm-b", "2", 3, 50);
    ticker.pass(Peers.SILENCE);
    peers.expire();
    assertThat(peers.living()).hasSize(1);
  }
}
