package dev.podium.agent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import dev.podium.agent.trust.Speaker;
import dev.podium.agent.trust.StateFolder;
import dev.podium.agent.trust.VmIdentity;
import dev.podium.wire.chat.Pulse;
import dev.podium.wire.cloud.MessageBus;
import dev.podium.wire.identity.Ed25519KeyPair;
import dev.podium.wire.identity.Roster;
import dev.podium.wire.pulse.PulseSignature;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/// What somebody can do to honest VMs who has the key of one VM of the fleet and every right on its
/// topics. The invented VM, the forged drain and the sequence jump succeeded while nothing was
/// signed.
class StolenVmTest {
  private static final String FLEET = Agents.TOPICS.fleet();
  private static final String ID = "7";

  @RegisterExtension private final Agents agents = new Agents();
  @TempDir private Path folder;

  private final Speaker console = Speaker.console(FLEET, agents.ticker());
  private final Speaker thief = Speaker.vm(FLEET, agents.ticker());
  private final VmIdentity a = identity();
  private final VmIdentity b = identity();
  private long revision = System.currentTimeMillis();
  private Agent vmA;
  private Agent vmB;

  private static VmIdentity identity() {
    return VmIdentity.open(StateFolder.none(), ID, true);
  }

  @BeforeEach
  void two_honest_vms_and_a_stolen_one() {
    vmA = start("vm-a", a);
    vmB = start("vm-b", b);
    console(roster(++revision));
  }

  private Agent start(String name, VmIdentity identity) {
    Agent agent =
        agents.begin(
            name,
            50,
            new Agent.Standing(
                () -> identity, console::keySet, Optional.of(audience -> "token of " + audience)));
    agent.ready().orTimeout(PageClient.PATIENCE.toSeconds(), TimeUnit.SECONDS).join();
    return agent;
  }

  private Pulse roster(long number) {
    List<Roster.Entry> entries = new ArrayList<>();
    entries.add(entry("vm-a", a.pair(), "http://127.0.0.1:" + vmA.port() + "/"));
    entries.add(entry("vm-b", b.pair(), "http://127.0.0.1:" + vmB.port() + "/"));
    entries.add(entry("vm-t", thief.pair(), "http://127.0.0.1:1/"));
    return new Pulse.RosterChanged("c", new Roster(number, entries));
  }

  private static Roster.Entry entry(String vm, Ed25519KeyPair pair, String url) {
    return new Roster.Entry(vm, ID, url, pair.publicKey().x(), 50);
  }

  private MessageBus.Outgoing console(Pulse pulse) {
    MessageBus.Outgoing message = console.message(pulse, FLEET);
    agents.send(message);
    return message;
  }

  private void thief(Pulse pulse) {
    agents.send(thief.message(pulse, FLEET));
  }

  private static List<String> places(JsonNode frame) {
    return frame.path("peers").findValuesAsText("url");
  }

  private double dropped(Agent agent, String why) {
    try {
      return OpenMetrics.parse(agents.get(agent.port(), "/metrics").body())
          .getOrDefault("podium_pulses_" + why + "_total", -1.0);
    } catch (IOException | InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  private boolean draining(Agent agent) throws IOException, InterruptedException {
    return agents.get(agent.port(), "/healthz").body().contains("draining");
  }

  /// What the thief says comes before this drain, and so has been judged when it is answered.
  private void settle() {
    String id = "settle-" + ++revision;
    console(new Pulse.DrainRequest(id, "vm-a", Optional.empty(), false));
    await().until(() -> answered(id));
    console(new Pulse.DrainCancelled(id, "vm-a"));
    await().until(() -> !draining(vmA));
  }

  private boolean answered(String id) {
    return agents.pulses().stream()
        .anyMatch(pulse -> pulse instanceof Pulse.DrainAnswer answer && answer.id().equals(id));
  }

  @Test
  void an_invented_vm_gets_nobody_and_a_stolen_one_is_where_the_roster_says() throws Exception {
    try (PageClient ann = PageClient.join(vmA.port(), "Ann", "lobby")) {
      Pulse.Heartbeat invented = Speaker.beat("vm-x", "9", 1, 0, List.of());
      agents.pulse(invented);
      thief(invented);
      agents.send(Speaker.vm(FLEET, agents.ticker()).message(invented, FLEET));
      thief(Speaker.beat("vm-t", ID, 1, 0, List.of()));
      ann.first(frame ->
          places(frame).contains("http://127.0.0.1:1/")
              && places(frame).contains("http://127.0.0.1:" + vmB.port() + "/"));
      assertThat(ann.all("peers")).allMatch(frame -> !frame.toString().contains("vm-x"));
      assertThat(ann.all("peers")).allMatch(frame -> !frame.toString().contains("http://vm-t/"));
      for (int time = 0; time < 20; time++) {
        assertThat(agents.get(vmA.port(), "/join").headers().firstValue("Location").orElse("/"))
            .doesNotContain("vm-x", "vm-t");
      }
      assertThat(dropped(vmA, "unsigned")).isPositive();
      assertThat(dropped(vmA, "unknown_key")).isPositive();
      assertThat(dropped(vmA, "wrong_sender")).isPositive();
    }
  }

  @Test
  void a_drain_is_obeyed_only_if_a_console_signed_it_and_only_once() throws Exception {
    Pulse drain = new Pulse.DrainRequest("d1", "vm-a", Optional.empty(), true);
    agents.pulse(drain);
    thief(drain);
    agents.send(Speaker.console(FLEET, agents.ticker()).message(drain, FLEET));
    agents.send(Speaker.console(console.pair(), "class-b", agents.ticker()).message(drain, FLEET));
    settle();
    assertThat(answered("d1")).isFalse();

    MessageBus.Outgoing real =
        console(new Pulse.DrainRequest("d2", "vm-a", Optional.empty(), true));
    await().until(() -> draining(vmA));
    thief(new Pulse.DrainCancelled("d2", "vm-a"));
    agents.pulse(new Pulse.DrainCancelled("d2", "vm-a"));
    console(new Pulse.DrainCancelled("d2", "vm-a"));
    await().until(() -> !draining(vmA));
    agents.send(real);
    await().until(() -> dropped(vmA, "repeated") > 0);
    assertThat(draining(vmA)).isFalse();
  }

  @Test
  void a_roster_is_followed_only_if_a_console_of_this_fleet_signed_a_later_one() {
    try (PageClient ann = PageClient.join(vmA.port(), "Ann", "lobby")) {
      ann.first(frame -> places(frame).contains("http://127.0.0.1:" + vmB.port() + "/"));
      Roster alone = new Roster(revision + 1, List.of(entry("vm-t", thief.pair(), "http://evil/")));
      Pulse changed = new Pulse.RosterChanged("c", alone);
      agents.pulse(changed);
      thief(changed);
      agents.send(
          Speaker.console(console.pair(), "class-b", agents.ticker()).message(changed, FLEET));
      console(new Pulse.RosterChanged("c", new Roster(revision - 1, alone.entries())));
      console(new Pulse.RosterChanged("c", new Roster(Long.MAX_VALUE, alone.entries())));
      settle();
      assertThat(ann.all("peers")).noneMatch(frame -> frame.toString().contains("evil"));
      assertThat(dropped(vmA, "unsigned")).isPositive();
      assertThat(dropped(vmA, "wrong_sender")).isPositive();
      assertThat(dropped(vmA, "forged")).isPositive();
      assertThat(dropped(vmA, "implausible")).isPositive();
      console(new Pulse.RosterChanged("c", new Roster(++revision, List.of())));
      await().until(() -> places(ann.all("peers").getLast()).isEmpty());
    }
  }

  @Test
  void a_forged_heartbeat_with_a_giant_number_mutes_nobody() {
    try (PageClient ann = PageClient.join(vmA.port(), "Ann", "lobby")) {
      ann.first(frame -> places(frame).contains("http://127.0.0.1:" + vmB.port() + "/"));
      Pulse.Heartbeat giant = Speaker.beat("vm-b", ID, Long.MAX_VALUE, 0, List.of());
      agents.pulse(giant);
      thief(giant);
      try (PageClient bob = PageClient.join(vmB.port(), "Bob", "lobby")) {
        ann.first(frame -> Agents.names(frame).equals(Map.of("Ann", "vm-a", "Bob", "vm-b")));
        assertThat(bob.isOpen()).isTrue();
      }
    }
  }

  @Test
  void nobody_says_goodbye_for_another() {
    try (PageClient ann = PageClient.join(vmA.port(), "Ann", "lobby")) {
      ann.first(frame -> places(frame).contains("http://127.0.0.1:" + vmB.port() + "/"));
      int told = ann.all("peers").size();
      String boot =
          agents.pulses().stream()
              .flatMap(pulse ->
                  pulse instanceof Pulse.Heartbeat beat && beat.vm().equals("vm-b")
                      ? Optional.of(beat.bootId()).stream()
                      : Optional.<String>empty().stream())
              .findFirst()
              .orElseThrow();
      agents.pulse(new Pulse.Goodbye("vm-b", boot));
      thief(new Pulse.Goodbye("vm-b", boot));
      settle();
      assertThat(ann.all("peers").subList(told, ann.all("peers").size()))
          .allMatch(frame -> places(frame).contains("http://127.0.0.1:" + vmB.port() + "/"));
    }
  }

  @Test
  void people_are_moved_only_where_the_roster_says_and_were_given_that_place_before() {
    try (PageClient ann = PageClient.join(vmA.port(), "Ann", "lobby")) {
      ann.first(frame -> places(frame).contains("http://127.0.0.1:" + vmB.port() + "/"));
      console(new Pulse.DrainRequest("d1", "vm-a", Optional.empty(), true));
      String url = ann.first("moved").path("url").asText();
      assertThat(url).isEqualTo("http://127.0.0.1:" + vmB.port() + "/");
    }
  }

  @Test
  void a_vm_shows_its_key_before_its_first_heartbeat_and_when_a_console_asks() {
    String key = a.pair().publicKey().x();
    String token = "token of podium/" + FLEET + "/" + a.pair().publicKey().id();
    await().until(() -> announced("vm-a") > 0);
    Pulse.Announcement shown =
        agents.pulses().stream()
            .flatMap(pulse ->
                pulse instanceof Pulse.Announcement one && one.vm().equals("vm-a")
                    ? Optional.of(one).stream()
                    : Optional.<Pulse.Announcement>empty().stream())
            .findFirst()
            .orElseThrow();
    assertThat(shown.publicKey()).isEqualTo(key);
    assertThat(shown.token()).isEqualTo(token);
    int before = announced("vm-a");
    agents.pulse(new Pulse.KeysWanted("c", List.of()));
    thief(new Pulse.KeysWanted("c", List.of()));
    console(new Pulse.KeysWanted("c", List.of("vm-b")));
    settle();
    assertThat(announced("vm-a")).isEqualTo(before);
    console(new Pulse.KeysWanted("c", List.of("vm-a")));
    await().until(() -> announced("vm-a") == before + 1);
    console(new Pulse.KeysWanted("c", List.of()));
    await().until(() -> announced("vm-a") == before + 2);
  }

  private int announced(String vm) {
    return (int)
        agents.pulses().stream()
            .filter(pulse -> pulse instanceof Pulse.Announcement one && one.vm().equals(vm))
            .count();
  }

  @Test
  void a_vm_goes_on_with_its_last_roster_after_a_start_and_tells_which_it_has() {
    long kept = ++revision;
    VmIdentity keeping = VmIdentity.open(StateFolder.at(folder), ID, false);
    Agent first = start("vm-k", keeping);
    console(roster(kept));
    await().until(() -> hasRoster("vm-k", kept));
    first.close();
    await().until(() -> folder.resolve("roster.json").toFile().exists());
    start("vm-k2", VmIdentity.open(StateFolder.at(folder), ID, false));
    await().until(() -> hasRoster("vm-k2", kept));
    assertThat(VmIdentity.open(StateFolder.at(folder), ID, false).strict()).isTrue();
  }

  private boolean hasRoster(String vm, long number) {
    return agents.pulses().stream()
        .anyMatch(pulse ->
            pulse instanceof Pulse.Heartbeat beat
                && beat.vm().equals(vm)
                && beat.roster() == number);
  }

  @Test
  void a_vm_of_a_fleet_without_a_roster_believes_the_unsigned_until_it_hears_one()
      throws Exception {
    VmIdentity trusting = VmIdentity.open(StateFolder.none(), ID, false);
    Agent old = start("vm-o", trusting);
    agents.pulse(new Pulse.DrainRequest("d1", "vm-o", Optional.empty(), true));
    await().until(() -> draining(old));
    agents.pulse(new Pulse.DrainCancelled("d1", "vm-o"));
    await().until(() -> !draining(old));
    long later = ++revision;
    console(roster(later));
    await().until(() -> hasRoster("vm-o", later));
    agents.pulse(new Pulse.DrainRequest("d2", "vm-o", Optional.empty(), true));
    await().until(() -> dropped(old, "unsigned") > 0);
    assertThat(draining(old)).isFalse();
    console(new Pulse.DrainRequest("d3", "vm-o", Optional.empty(), true));
    await().until(() -> draining(old));
  }

  @Test
  void what_a_vm_sends_is_signed_by_its_key() {
    await().until(() -> announced("vm-a") > 0);
    assertThat(agents.bus().published(Agents.TOPICS.pulse()))
        .allMatch(message -> PulseSignature.of(message.attributes()).isPresent());
  }
}
