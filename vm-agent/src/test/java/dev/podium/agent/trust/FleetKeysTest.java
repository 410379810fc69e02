package dev.podium.agent.trust;

import static org.assertj.core.api.Assertions.assertThat;

import dev.podium.wire.cloud.Ticker;
import dev.podium.wire.identity.Ed25519KeyPair;
import dev.podium.wire.identity.Roster;
import dev.podium.wire.pulse.KnownKeys.Sender;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

class FleetKeysTest {
  private static final Instant NOW = Instant.parse("2026-03-01T10:00:00Z");
  private static final long MOMENT = NOW.toEpochMilli();

  private final Ticker ticker = Ticker.system();
  private final Speaker console = Speaker.console("class-a", ticker);
  private final Speaker bob = Speaker.vm("class-a", ticker);
  private final AtomicReference<String> item = new AtomicReference<>(console.keySet());
  private final FleetKeys keys = new FleetKeys("vm-a", new ConsoleKeys(item::get), () -> NOW);

  private Roster roster(long revision) {
    return new Roster(revision, List.of(bob.entry("vm-b", "2", "http://b/", 50)));
  }

  private void know(boolean strict) {
    keys.know(VmIdentity.open(StateFolder.none(), "1", strict));
  }

  @Test
  void a_vm_believes_nothing_until_it_knows_itself_and_the_unsigned_until_it_has_a_roster() {
    assertThat(keys.strict()).isTrue();
    know(false);
    assertThat(keys.strict()).isFalse();
    assertThat(keys.follow(roster(MOMENT), NOW)).isTrue();
    assertThat(keys.strict()).isTrue();
  }

  @Test
  void a_later_roster_counts_and_an_older_or_the_same_does_not() {
    know(true);
    assertThat(keys.follow(roster(MOMENT - 86_400_000), NOW)).as("one of yesterday").isTrue();
    assertThat(keys.follow(roster(MOMENT), NOW)).isTrue();
    assertThat(keys.follow(new Roster(MOMENT, List.of()), NOW)).isFalse();
    assertThat(keys.follow(new Roster(MOMENT - 1, List.of()), NOW)).isFalse();
    assertThat(keys.roster().entries()).hasSize(1);
  }

  @Test
  void nobody_can_use_up_the_revisions_and_each_has_a_successor() {
    know(true);
    assertThat(keys.follow(roster(Long.MAX_VALUE), NOW)).isFalse();
    assertThat(keys.follow(roster(MOMENT + 120_001), NOW)).isFalse();
    assertThat(keys.follow(roster(MOMENT + 120_000), NOW)).isTrue();
    assertThat(keys.follow(roster(MOMENT + 121_000), NOW)).isTrue();
  }

  @Test
  void a_key_is_of_the_vm_itself_of_a_console_or_of_a_vm_on_the_roster() {
    know(true);
    String id = bob.pair().publicKey().id();
    assertThat(keys.sender(id)).isEmpty();
    keys.follow(roster(MOMENT), NOW);
    assertThat(keys.sender(id).orElseThrow())
        .isInstanceOfSatisfying(Sender.OfVm.class, vm -> assertThat(vm.vm()).isEqualTo("vm-b"));
    String consoleId = console.pair().publicKey().id();
    assertThat(keys.sender(consoleId).orElseThrow()).isInstanceOf(Sender.OfConsole.class);
    item.set("");
    assertThat(keys.sender(consoleId)).as("a key that was thrown away").isEmpty();
  }

  @Test
  void a_consoles_key_is_no_longer_good_after_its_end() {
    String id = console.pair().publicKey().id();
    item.set(
        console.keySet().replace("\"use\"", "\"exp\":" + (NOW.getEpochSecond() + 1) + ",\"use\""));
    assertThat(keys.sender(id)).isPresent();
    item.set(console.keySet().replace("\"use\"", "\"exp\":" + NOW.getEpochSecond() + ",\"use\""));
    assertThat(keys.sender(id)).isEmpty();
    item.set("no key set");
    assertThat(keys.sender(id)).isEmpty();
  }

  @Test
  void a_console_of_the_roster_is_none_and_a_key_that_is_no_point_proves_nothing() {
    know(true);
    String noPoint = "A".repeat(43);
    keys.follow(
        new Roster(MOMENT, List.of(new Roster.Entry("vm-b", "2", "http://b/", noPoint, 1))), NOW);
    String id = dev.podium.wire.identity.Ed25519PublicKey.thumbprint(noPoint);
    Sender sender = keys.sender(id).orElseThrow();
    assertThat(sender).isInstanceOf(Sender.OfVm.class);
    byte[] signature = Ed25519KeyPair.generate().sign("x");
    assertThat(sender.key().verifies("x", signature)).isFalse();
  }
}
