package dev.podium.fleet.admission;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.podium.fleet.FleetVms;
import dev.podium.fleet.directory.ActivityLog;
import dev.podium.fleet.event.EventStream;
import dev.podium.fleet.event.FleetEvent;
import dev.podium.fleet.health.record.HealthLimits;
import dev.podium.fleet.invite.InviteDesk;
import dev.podium.fleet.model.Health;
import dev.podium.fleet.model.Vm;
import dev.podium.fleet.policy.FleetPolicy;
import dev.podium.fleet.policy.PolicyInForce;
import dev.podium.fleet.policy.ScalingPolicy;
import dev.podium.fleet.testing.ManualTicker;
import dev.podium.fleet.testing.MemoryCloud;
import dev.podium.wire.chat.AgentMetadata;
import dev.podium.wire.invite.Admission;
import dev.podium.wire.invite.Audience;
import dev.podium.wire.invite.InviteVerifier;
import dev.podium.wire.model.PodiumException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Two consoles with keys of their own, on one fleet.
class AdmissionSyncTest {
  private static final Audience FLEET = new Audience.WholeFleet("class");

  @TempDir Path folder;
  private final MemoryCloud cloud = new MemoryCloud(Instant::now);
  private final EventStream events = new EventStream();
  private final ManualTicker ticker = new ManualTicker();
  private @Nullable AdmissionSync sync;

  @AfterEach
  void close() {
    if (sync != null) {
      sync.close();
    }
  }

  private InviteDesk desk(String console) {
    return InviteDesk.open(folder.resolve(console), ticker::wall);
  }

  private AdmissionSync follow(InviteDesk desk) {
    PolicyInForce policy =
        new PolicyInForce(
            new FleetPolicy(
                ScalingPolicy.defaults(Duration.ofMinutes(30)), HealthLimits.standard()),
            0,
            (_, _) -> {});
    AdmissionSync begun =
        new AdmissionSync(
            desk,
            new AccessCodes(policy),
            cloud,
            events,
            new ActivityLog(events, ticker, FleetEvent.Actor.OPERATOR),
            ticker);
    sync = begun;
    return begun;
  }

  private Vm vm(String name, InviteDesk maker) {
    Vm vm = FleetVms.vm(name, Health.HEALTHY, 50).vm();
    cloud.put(vm);
    told(vm, maker.publicKeys());
    return vm;
  }

  private void heard(Vm vm) {
    events.publish(new FleetEvent.VmChanged(FleetVms.vm(vm.name().value(), Health.HEALTHY, 50)));
  }

  private void told(Vm vm, String keys) {
    cloud.editMetadata(vm.zone(), vm.name(), AgentMetadata.INVITE_KEYS, _ -> keys);
  }

  private String keys(Vm vm) {
    return cloud.metadata(vm.zone(), vm.name(), AgentMetadata.INVITE_KEYS).orElseThrow();
  }

  private boolean admits(Vm vm, InviteDesk console) {
    var invite = console.issue("Bob", "lobby", FLEET, Duration.ofHours(1));
    return new InviteVerifier(() -> keys(vm), "class", vm.name().value(), ticker::wall)
            .verify(invite.token())
        instanceof Admission.Admitted;
  }

  @Test
  void a_vm_that_another_console_made_lets_in_whom_this_one_invites() {
    InviteDesk ann = desk("ann");
    InviteDesk bob = desk("bob");
    Vm vm = vm("class-1", ann);
    assertThat(admits(vm, bob)).isFalse();

    follow(bob).start();
    heard(vm);
    await().until(() -> admits(vm, bob));
    assertThat(admits(vm, ann)).isTrue();
  }

  @Test
  void a_vm_made_later_knows_the_consoles_that_its_maker_met() {
    InviteDesk ann = desk("ann");
    InviteDesk bob = desk("bob");
    Vm first = vm("class-1", ann);
    follow(bob).sync(first);

    assertThat(admits(vm("class-2", bob), ann)).isTrue();
  }

  @Test
  void a_vm_that_knows_the_keys_is_not_changed() {
    InviteDesk ann = desk("ann");
    Vm vm = vm("class-1", ann);
    String before = keys(vm) + " ";
    told(vm, before);
    follow(ann).sync(vm);
    assertThat(keys(vm)).isEqualTo(before);
  }

  @Test
  void damaged_keys_are_replaced() {
    InviteDesk ann = desk("ann");
    Vm vm = vm("class-1", ann);
    told(vm, "{\"keys\":");
    follow(ann).sync(vm);
    assertThat(admits(vm, ann)).isTrue();
  }

  @Test
  void the_keys_of_a_fleet_do_not_grow_for_ever_and_ones_own_stay() {
    InviteDesk ann = desk("ann");
    Vm vm = vm("class-1", ann);
    for (int i = 0; i < 40; i++) {
      told(vm, desk("console-" + i).introducedTo(keys(vm)));
    }
    follow(ann).sync(vm);
    assertThat(admits(vm, ann)).isTrue();
    assertThat(keys(vm).split("\"kid\"", -1)).hasSize(33);
  }

  @Test
  void a_key_that_its_console_has_given_up_is_forgotten_within_a_day_and_a_used_one_is_not() {
    InviteDesk ann = desk("ann");
    InviteDesk bob = desk("bob");
    Vm vm = vm("class-1", ann);
    AdmissionSync meeting = follow(bob);
    meeting.sync(vm);
    for (int i = 0; i < 5; i++) {
      ticker.pass(Duration.ofHours(6));
      meeting.sync(vm);
    }
    Vm later = vm("class-2", bob);
    assertThat(admits(later, bob)).isTrue();
    assertThat(admits(later, ann)).isFalse();
  }

  private String revoked(Vm vm) {
    return cloud.metadata(vm.zone(), vm.name(), AgentMetadata.REVOKED_INVITES).orElse("");
  }

  private void revoked(Vm vm, String ids) {
    cloud.editMetadata(vm.zone(), vm.name(), AgentMetadata.REVOKED_INVITES, _ -> ids);
  }

  @Test
  void an_invite_that_is_taken_back_is_good_on_no_vm_that_was_on_its_way() {
    InviteDesk ann = desk("ann");
    Vm early = vm("class-1", ann);
    follow(ann).start();
    heard(early);
    await().until(() -> ann.isKnownBy(keys(early)));
    ann.revoke("lost");
    Vm late = vm("class-2", ann);
    heard(late);
    await().until(() -> revoked(late).equals("lost"));

    events.publish(new FleetEvent.VmChanged(FleetVms.vm("class-1", Health.IDLE, 50)));
    await().until(() -> revoked(early).equals("lost"));
  }

  @Test
  void a_vm_that_another_console_made_learns_who_was_taken_back_and_tells_whom_it_knows() {
    InviteDesk ann = desk("ann");
    InviteDesk bob = desk("bob");
    ann.revoke("mine");
    Vm vm = vm("class-1", bob);
    revoked(vm, "theirs");
    follow(ann).sync(vm);
    assertThat(revoked(vm).split(" ")).containsExactlyInAnyOrder("mine", "theirs");
    assertThat(ann.revoked().split(" ")).containsExactlyInAnyOrder("mine", "theirs");
  }

  @Test
  void a_vm_that_knows_who_was_taken_back_is_not_changed() {
    InviteDesk ann = desk("ann");
    ann.revoke("one two");
    Vm vm = vm("class-1", ann);
    revoked(vm, "two, one");
    follow(ann).sync(vm);
    assertThat(revoked(vm)).isEqualTo("two, one");
  }

  @Test
  void where_a_vm_cannot_be_told_nobody_is_invited_to_it_and_it_is_told_later() {
    InviteDesk ann = desk("ann");
    InviteDesk bob = desk("bob");
    Vm vm = vm("class-1", ann);
    cloud.breakWith(new PodiumException.Unavailable("It", "is away", "Wait.", null));
    AdmissionSync meeting = follow(bob);
    meeting.start();
    heard(vm);
    assertThatThrownBy(() -> meeting.sync(vm)).isInstanceOf(PodiumException.class);

    cloud.breakWith(null);
    meeting.sync(vm);
    assertThat(admits(vm, bob)).isTrue();
  }
}
