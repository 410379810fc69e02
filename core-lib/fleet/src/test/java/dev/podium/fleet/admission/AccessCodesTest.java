package dev.podium.fleet.admission;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.podium.fleet.CreateRequest;
import dev.podium.fleet.directory.FleetSettings;
import dev.podium.fleet.event.FleetEvent;
import dev.podium.fleet.facade.FleetService;
import dev.podium.fleet.invite.InviteDesk;
import dev.podium.fleet.model.Vm;
import dev.podium.fleet.model.VmName;
import dev.podium.fleet.policy.FleetPolicy;
import dev.podium.fleet.policy.PolicyDraft;
import dev.podium.fleet.policy.PolicyInForce;
import dev.podium.fleet.policy.PolicyMember;
import dev.podium.fleet.scaler.SpendingLedger;
import dev.podium.fleet.testing.MemoryFleet;
import dev.podium.wire.chat.AgentMetadata;
import dev.podium.wire.invite.AccessCode;
import dev.podium.wire.model.PodiumException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// The access code on the way from a policy to the VMs.
@Timeout(60)
class AccessCodesTest {
  private static final String ZONE = "us-central1-a";

  @TempDir Path folder;
  private final Queue<String> told = new ConcurrentLinkedQueue<>();
  private final List<FleetService> others = new ArrayList<>();
  private MemoryFleet fleet;

  @BeforeEach
  void open() {
    fleet = new MemoryFleet(folder, MemoryFleet.hasty(), MemoryFleet.policy(Duration.ofHours(1)));
    fleet
        .service
        .events()
        .subscribe(event -> {
          if (event instanceof FleetEvent.Activity activity) {
            told.add(activity.sentence());
          }
        });
  }

  @AfterEach
  void close() {
    others.forEach(FleetService::close);
    fleet.close();
  }

  private void set(FleetService console, PolicyMember member, String text) {
    PolicyDraft draft = PolicyDraft.of(console.policy()).with(Map.of(member, text));
    assertThat(console.setPolicy(draft)).isEmpty();
  }

  private void set(String code) {
    set(fleet.service, PolicyMember.ACCESS_CODE, code);
  }

  private Vm create(FleetService console, String prefix) {
    CreateRequest usual = CreateRequest.defaults();
    CreateRequest request =
        new CreateRequest(
            1,
            prefix,
            List.of(ZONE),
            usual.machineType(),
            usual.image(),
            usual.diskType(),
            usual.diskSizeGb(),
            false,
            usual.runLimit(),
            2,
            Map.of(),
            Optional.empty());
    VmName name = console.create(request).getFirst().name();
    await().until(() -> fleet.cloud.get(ZONE, name).isPresent());
    return fleet.cloud.get(ZONE, name).orElseThrow();
  }

  private Vm create() {
    return create(fleet.service, "vm");
  }

  private FleetService started(String name, long revision) {
    FleetService console = console(name, revision, Optional.empty());
    others.add(console);
    console.start();
    return console;
  }

  private FleetService console(String name, long revision, Optional<AccessCode> code) {
    return new FleetService(
        new FleetSettings("class", name, name, "test", MemoryFleet.hasty()),
        new PolicyInForce(
            new FleetPolicy(MemoryFleet.policy(Duration.ofHours(1)), MemoryFleet.hasty(), code),
            revision,
            (_, _) -> {}),
        fleet.ports(),
        InviteDesk.open(folder.resolve(name).resolve("invite-keys.json"), Instant::now),
        SpendingLedger.none());
  }

  private String item(Vm vm) {
    return fleet.cloud.metadata(ZONE, vm.name(), AgentMetadata.ACCESS_CODE).orElse("");
  }

  private boolean opens(String code, Vm vm) {
    return !item(vm).isEmpty() && AccessCode.parse(item(vm)).matches(code);
  }

  private void setByHand(Vm vm, String code) {
    fleet.cloud.editMetadata(
        ZONE, vm.name(), AgentMetadata.ACCESS_CODE, _ -> AccessCode.of(code).item());
  }

  @Test
  void a_new_vm_has_the_code_from_its_first_moment() {
    set("blue whale");
    Vm vm = create();
    assertThat(fleet.cloud.spec(vm.name()).orElseThrow().metadata().get("podium-access-code"))
        .satisfies(item -> assertThat(AccessCode.parse(item).matches("blue whale")).isTrue());
  }

  @Test
  void vms_that_the_fleet_makes_by_itself_have_it_too() {
    set("blue whale");
    set(fleet.service, PolicyMember.MINIMUM, "2");
    await().until(() -> fleet.cloud.all().size() == 2);
    assertThat(fleet.cloud.all()).allMatch(vm -> opens("blue whale", vm));
  }

  @Test
  void a_change_reaches_vms_that_run_and_clearing_it_takes_it_away() {
    Vm vm = create();
    assertThat(item(vm)).isEmpty();
    set("blue whale");
    await().until(() -> opens("blue whale", vm));
    set("red panda");
    await().until(() -> opens("red panda", vm));
    set("");
    await().until(() -> fleet.cloud.metadata(ZONE, vm.name(), AgentMetadata.ACCESS_CODE).isEmpty());
    assertThat(told).contains("policy changed: access code changed");
    await().until(() -> told.contains("policy changed: access code removed"));
    assertThat(told).noneMatch(sentence -> sentence.matches(".*(blue whale|red panda).*"));
    assertThat(fleet.cloud.metadata(ZONE, vm.name(), AgentMetadata.INVITE_KEYS)).isPresent();
  }

  @Test
  void a_vm_that_cannot_be_told_is_named_and_told_before_anybody_is_invited_to_it() {
    Vm vm = create();
    await().until(() -> fleet.service.find(vm.name()).orElseThrow().health().welcomes());
    fleet.cloud.breakWith(new PodiumException.Unavailable("It", "is away", "Wait.", null));
    set("blue whale");
    await().until(() -> told.stream().anyMatch(said -> said.contains("not told the access code")));
    fleet.cloud.breakWith(null);
    assertThat(fleet.service.invite("Ann", "lobby", Optional.of(vm.name()), Duration.ofHours(1)))
        .isNotNull();
    assertThat(opens("blue whale", vm)).isTrue();
  }

  @Test
  void a_vm_whose_maker_did_not_know_the_newest_code_learns_it_soon() {
    set(fleet.service, PolicyMember.MAXIMUM, "2");
    set("blue whale");
    FleetService deaf = console("bob", 1, Optional.of(AccessCode.of("an old code")));
    Vm vm = create(deaf, "later");
    await().until(() -> opens("blue whale", vm));
  }

  @Test
  void a_console_with_an_older_policy_takes_the_code_over_and_gives_it_to_its_vms() {
    set(fleet.service, PolicyMember.MAXIMUM, "2");
    set("blue whale");
    Vm first = create();
    fleet.service.close();

    FleetService old = started("bob", 1);
    await().until(() -> old.policy().accessCode().isPresent());
    assertThat(opens("blue whale", first)).isTrue();
    assertThat(opens("blue whale", create(old, "later"))).isTrue();

    set(old, PolicyMember.ACCESS_CODE, "red panda");
    await().until(() -> opens("red panda", first));
  }

  @Test
  void a_code_on_one_console_is_in_force_on_all() {
    Vm vm = create();
    FleetService bob = started("bob", 0);
    await().until(() -> bob.list().size() == 1);
    set("blue whale");
    await().until(() -> bob.policy().accessCode().equals(fleet.service.policy().accessCode()));
    assertThat(opens("blue whale", create(bob, "later"))).isTrue();
    set(bob, PolicyMember.ACCESS_CODE, "");
    await().until(() -> fleet.service.policy().accessCode().isEmpty() && item(vm).isEmpty());
  }

  @Test
  void a_code_that_somebody_set_by_hand_stays_until_the_policy_has_one() {
    Vm vm = create();
    setByHand(vm, "by hand");
    set(fleet.service, PolicyMember.MAXIMUM, "2");
    started("bob", 0);
    await()
        .until(() ->
            fleet
                .cloud
                .metadata(ZONE, vm.name(), AgentMetadata.INVITE_KEYS)
                .map(keys -> keys.split("\"kid\"", -1).length == 3)
                .orElse(false));
    assertThat(opens("by hand", vm)).isTrue();
    set("blue whale");
    await().until(() -> opens("blue whale", vm));
  }
}
