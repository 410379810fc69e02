package dev.podium.fleet.facade;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.podium.fleet.CreateRequest;
import dev.podium.fleet.Fleet;
import dev.podium.fleet.config.VmDefaults;
import dev.podium.fleet.directory.FleetSettings;
import dev.podium.fleet.event.FleetEvent;
import dev.podium.fleet.health.record.HealthLimits;
import dev.podium.fleet.model.FleetVm;
import dev.podium.fleet.model.Health;
import dev.podium.fleet.model.Vm;
import dev.podium.fleet.model.VmName;
import dev.podium.fleet.model.VmSpec;
import dev.podium.fleet.policy.FleetPolicy;
import dev.podium.fleet.policy.PolicyDraft;
import dev.podium.fleet.policy.PolicyInForce;
import dev.podium.fleet.policy.PolicyMember;
import dev.podium.fleet.scaler.SpendingLedger;
import dev.podium.fleet.testing.MemoryFleet;
import dev.podium.fleet.testing.VmBuilder;
import dev.podium.wire.chat.AgentMetadata;
import dev.podium.wire.chat.FleetTopics;
import dev.podium.wire.model.Labels;
import dev.podium.wire.model.PodiumException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class FleetServiceTest {
  private static final Duration LONG = Duration.ofHours(1);

  @TempDir Path folder;
  private MemoryFleet fleet;
  private final Queue<String> gone = new ConcurrentLinkedQueue<>();

  @BeforeEach
  void open() {
    open(LONG);
  }

  @AfterEach
  void close() {
    fleet.close();
  }

  private void open(Duration idle) {
    if (fleet != null) {
      fleet.close();
    }
    HealthLimits limits = MemoryFleet.hasty();
    fleet = new MemoryFleet(folder, limits, MemoryFleet.policy(idle));
    fleet
        .service
        .events()
        .subscribe(event -> {
          if (event instanceof FleetEvent.VmGone left) {
            gone.add(left.name() + " " + left.reason());
          }
        });
  }

  private static CreateRequest request(int count, String prefix, String... zones) {
    CreateRequest usual = CreateRequest.defaults();
    return new CreateRequest(
        count,
        prefix,
        List.of(zones),
        usual.machineType(),
        usual.image(),
        usual.diskType(),
        usual.diskSizeGb(),
        false,
        usual.runLimit(),
        2,
        Map.of(),
        Optional.empty());
  }

  private static CreateRequest keyed(String key, int count) {
    CreateRequest plain = request(count, "vm", "us-central1-a");
    return new CreateRequest(
        plain.count(),
        plain.namePrefix(),
        plain.zones(),
        plain.machineType(),
        plain.image(),
        plain.diskType(),
        plain.diskSizeGb(),
        plain.spot(),
        plain.runLimit(),
        plain.seats(),
        plain.labels(),
        Optional.of(key));
  }

  private List<FleetVm> create(int count) {
    return fleet.service.create(request(count, "vm", "us-central1-a")).stream()
        .map(creation -> creation.ready().orTimeout(20, TimeUnit.SECONDS).join())
        .toList();
  }

  private List<String> names() {
    return fleet.service.list().stream().map(vm -> vm.name().value()).toList();
  }

  private static VmName name(String value) {
    return new VmName(value);
  }

  @Test
  void where_a_person_says_nothing_the_profile_does() {
    VmDefaults european =
        new VmDefaults(
            Optional.of("us-central1"),
            List.of(),
            Optional.of("global/images/family/ours"),
            Optional.of("pd-ssd"),
            Optional.of(9_443));
    try (FleetService service = secondConsole(european)) {
      service.start();
      CreateRequest usual = service.usualRequest();
      assertThat(usual.zones()).containsExactly("us-central1-b", "us-central1-c");
      assertThat(usual.image()).isEqualTo("global/images/family/ours");
      assertThat(usual.diskType()).isEqualTo("pd-ssd");
      Fleet.Creation creation = service.create(usual).getFirst();
      creation.operation().orTimeout(20, TimeUnit.SECONDS).join();
      assertThat(fleet.cloud.metadata("us-central1-b", creation.name()))
          .containsEntry("podium-port", "9443");
    }
    assertThat(fleet.service.usualRequest()).isEqualTo(CreateRequest.defaults());
  }

  @Test
  void a_created_vm_is_ready_when_the_monitor_calls_it_healthy() {
    assertThat(create(3))
        .allMatch(vm -> vm.health().welcomes())
        .extracting(vm -> vm.name().value())
        .containsExactly("vm-1", "vm-2", "vm-3");
  }

  @Test
  void every_vm_carries_its_fleet_its_owner_its_run_limit_and_what_its_agent_needs() {
    create(1);
    VmSpec spec = fleet.cloud.spec(name("vm-1")).orElseThrow();
    assertThat(spec.labels())
        .containsEntry(Labels.FLEET, "class")
        .containsEntry(Labels.OWNER, "ann_example_org");
    assertThat(spec.runLimit()).isEqualTo(Duration.ofHours(8));
    assertThat(spec.metadata())
        .containsEntry(AgentMetadata.FLEET, "class")
        .containsEntry(AgentMetadata.SEATS, "2")
        .containsEntry(AgentMetadata.HEARTBEAT_SECONDS, "1");
    assertThat(spec.metadata().get(AgentMetadata.INVITE_KEYS))
        .contains("Ed25519")
        .doesNotContain("\"d\"");
  }

  @Test
  void numbers_in_use_are_skipped() {
    create(2);
    fleet.service.destroy(name("vm-1"), false).join();
    assertThat(create(2)).extracting(vm -> vm.name().value()).containsExactly("vm-1", "vm-3");
  }

  @Test
  void a_repeated_request_gets_the_same_vms_even_after_a_restart_of_the_console() {
    fleet.service.create(keyed("k-1", 2)).forEach(creation -> creation.ready().join());
    fleet.service.create(keyed("k-1", 2)).forEach(creation -> creation.ready().join());
    assertThat(fleet.cloud.all()).hasSize(2);
    assertThatThrownBy(() -> fleet.service.create(keyed("k-1", 3)))
        .isInstanceOf(PodiumException.Conflict.class);
    try (FleetService second = secondConsole()) {
      second.start();
      List<Fleet.Creation> again = second.create(keyed("k-1", 2));
      assertThat(again).extracting(one -> one.name().value()).containsExactly("vm-1", "vm-2");
      again.forEach(creation -> creation.ready().orTimeout(20, TimeUnit.SECONDS).join());
      assertThat(fleet.cloud.all()).hasSize(2);
    }
  }

  @Test
  void names_in_a_zone_that_does_not_answer_stay_taken_and_others_get_their_vms_elsewhere() {
    create(2);
    fleet.cloud.unreach(Set.of("us-central1-a"));
    Fleet.Creation made =
        fleet.service.create(request(1, "vm", "us-central1-a", "us-central1-b")).getFirst();
    FleetVm vm = made.ready().orTimeout(20, TimeUnit.SECONDS).join();
    assertThat(vm.name()).isEqualTo(name("vm-3"));
    assertThat(vm.vm().zone()).isEqualTo("us-central1-b");
  }

  @Test
  void a_request_whose_vms_may_be_in_a_zone_that_does_not_answer_is_not_carried_out_twice() {
    fleet.service.create(keyed("k-1", 1)).forEach(creation -> creation.ready().join());
    fleet.cloud.unreach(Set.of("us-central1-a"));
    assertThat(fleet.service.create(keyed("k-1", 1))).hasSize(1);
    try (FleetService second = secondConsole()) {
      second.start();
      assertThatThrownBy(() -> second.create(keyed("k-1", 1)))
          .isInstanceOf(PodiumException.Unavailable.class)
          .hasMessageContaining("us-central1-a");
      assertThatThrownBy(() -> second.destroy(name("vm-1"), true).join())
          .hasMessageContaining("it may be in us-central1-a");
    }
    assertThat(fleet.cloud.all()).hasSize(1);
  }

  @Test
  void a_number_that_a_strangers_vm_has_is_skipped() {
    Vm first = create(1).getFirst().vm();
    fleet.cloud.put(
        VmBuilder.like(first).id("9").name("vm-2").labels(Map.of()).labelFingerprint("f").build());
    Fleet.Creation creation = fleet.service.create(request(1, "vm", "us-central1-a")).getFirst();
    FleetVm made = creation.ready().orTimeout(20, TimeUnit.SECONDS).join();
    assertThat(made.name()).isEqualTo(name("vm-3"));
    assertThat(creation.name()).isEqualTo(name("vm-3"));
    assertThat(creation.made().orElseThrow().id()).isEqualTo(made.vm().id()).isNotEqualTo("9");
  }

  @Test
  void two_consoles_with_one_prefix_each_get_vms_of_their_own() {
    try (FleetService second = secondConsole()) {
      second.start();
      List<Fleet.Creation> all = new ArrayList<>(fleet.service.create(keyed("k-a", 3)));
      all.addAll(second.create(keyed("k-b", 3)));
      List<String> ids =
          all.stream()
              .map(creation -> {
                FleetVm vm = creation.ready().orTimeout(20, TimeUnit.SECONDS).join();
                assertThat(creation.made().orElseThrow().id()).isEqualTo(vm.vm().id());
                assertThat(creation.name()).isEqualTo(vm.name());
                return vm.vm().id();
              })
              .toList();
      assertThat(ids).doesNotHaveDuplicates();
      assertThat(fleet.cloud.all()).hasSize(6);
    }
  }

  @Test
  void podiums_own_labels_cannot_be_asked_for() {
    CreateRequest usual = CreateRequest.defaults();
    assertThatThrownBy(() ->
            new CreateRequest(
                1,
                "vm",
                usual.zones(),
                usual.machineType(),
                usual.image(),
                usual.diskType(),
                usual.diskSizeGb(),
                false,
                usual.runLimit(),
                2,
                Map.of("podium-fleet", "mine"),
                Optional.empty()))
        .isInstanceOf(PodiumException.Invalid.class)
        .hasMessageContaining("'podium-fleet' cannot be set");
  }

  @Test
  void a_full_fleet_still_makes_invites() {
    create(1);
    fleet.agents.of("vm-1").people(2);
    await().until(() -> fleet.service.find(name("vm-1")).orElseThrow().participants().free() == 0);
    Fleet.Invitation invitation =
        fleet.service.invite("Ben", "lobby", Optional.empty(), Duration.ofHours(1));
    assertThat(invitation.url().getFragment()).startsWith("t=");
  }

  private FleetService secondConsole() {
    return secondConsole(VmDefaults.none());
  }

  private FleetService secondConsole(VmDefaults defaults) {
    return new FleetService(
        new FleetSettings(
            "class", "bob@example.org", "console-2", "test", MemoryFleet.hasty(), defaults),
        new PolicyInForce(
            new FleetPolicy(MemoryFleet.policy(LONG), MemoryFleet.hasty()), 0, (_, _) -> {}),
        fleet.ports(),
        dev.podium.fleet.invite.InviteDesk.open(
            folder.resolve("second").resolve("invite-keys.json"), java.time.Instant::now),
        SpendingLedger.none());
  }

  private static PodiumException unreadable() {
    return new PodiumException.NotPermitted("The VM cannot be read", "no right", "Ask.", null);
  }

  @Test
  void a_vm_that_was_made_and_cannot_be_read_just_then_is_not_called_gone() {
    for (int readings = 0; readings < 2; readings++) {
      fleet.cloud.unreadableAfter(readings, unreadable());
      Fleet.Creation creation = fleet.service.create(request(1, "vm", "us-central1-a")).getFirst();
      assertThat(creation.running().join()).isEqualTo("us-central1-a");
      FleetVm vm = creation.ready().orTimeout(20, TimeUnit.SECONDS).join();
      assertThat(vm.name()).isEqualTo(creation.name());
    }
    assertThat(fleet.cloud.all()).hasSize(2);
  }

  @Test
  void a_slots_vm_that_was_made_and_cannot_be_read_just_then_pauses_nothing() {
    fleet.cloud.unreadableAfter(0, unreadable());
    fleet.service.allocate("algebra").orTimeout(20, TimeUnit.SECONDS).join();
    assertThat(fleet.cloud.all()).hasSize(1);
  }

  @Test
  void a_repeated_request_makes_what_the_cloud_had_no_room_for_and_nothing_twice() {
    PodiumException full = new PodiumException.NoCapacity("No VM", "no room", "Wait.", null);
    fleet.cloud.onCreate(_ -> fleet.cloud.refuseWith(full));
    List<Fleet.Creation> first = fleet.service.create(keyed("k-2", 1));
    first.getFirst().running().join();
    List<Fleet.Creation> second = fleet.service.create(keyed("k-3", 2));
    second.forEach(one -> assertThat(failure(one.running())).hasMessageContaining("no room"));

    fleet.cloud.onCreate(_ -> {});
    fleet.cloud.refuseWith(null);
    List<Fleet.Creation> again = fleet.service.create(keyed("k-3", 2));
    again.forEach(one -> one.running().orTimeout(20, TimeUnit.SECONDS).join());
    assertThat(again).extracting(one -> one.name().value()).containsExactly("vm-2", "vm-3");
    assertThat(fleet.service.create(keyed("k-3", 2))).isEqualTo(again);
    assertThat(fleet.service.create(keyed("k-2", 1))).isEqualTo(first);
    assertThat(fleet.cloud.all()).hasSize(3);
  }

  @Test
  void a_repeated_request_whose_failure_lasts_is_not_begun_again() {
    fleet.cloud.refuseWith(
        new PodiumException.QuotaExceeded("The VM was not created", "CPUS: 8 of 8", "Ask.", null));
    List<Fleet.Creation> first = fleet.service.create(keyed("k-1", 1));
    assertThat(failure(first.getFirst().running())).hasMessageContaining("CPUS");
    fleet.cloud.refuseWith(null);
    assertThat(fleet.service.create(keyed("k-1", 1))).isEqualTo(first);
    assertThat(fleet.cloud.all()).isEmpty();
  }

  @Test
  void a_vm_that_was_not_heard_yet_has_the_seats_of_the_policy_in_force() {
    fleet.cloud.onCreate(_ -> {});
    fleet.service.create(request(1, "vm", "us-central1-a")).getFirst().running().join();
    await().until(() -> seatsOf("vm-1") == 2);
    PolicyDraft draft = PolicyDraft.of(fleet.service.policy());
    assertThat(fleet.service.setPolicy(draft.with(Map.of(PolicyMember.SEATS, "7")))).isEmpty();
    await().until(() -> seatsOf("vm-1") == 7);
  }

  private int seatsOf(String vm) {
    return fleet.service.find(name(vm)).map(one -> one.participants().seats()).orElse(0);
  }

  @Test
  void a_zone_without_room_moves_on_to_the_next() {
    fleet.cloud.fill("us-central1-a");
    Fleet.Creation creation =
        fleet.service.create(request(1, "vm", "us-central1-a", "us-central1-b")).getFirst();
    assertThat(creation.running().join()).isEqualTo("us-central1-b");
  }

  @Test
  void no_zone_with_room_is_one_sentence_that_names_them() {
    fleet.cloud.fill("us-central1-a");
    fleet.cloud.fill("us-central1-b");
    Fleet.Creation creation =
        fleet.service.create(request(1, "vm", "us-central1-a", "us-central1-b")).getFirst();
    assertThat(failure(creation.ready()))
        .isInstanceOf(PodiumException.NoCapacity.class)
        .hasMessageContaining("no room in us-central1-a, us-central1-b");
    assertThat(fleet.cloud.all()).isEmpty();
  }

  @Test
  void a_quota_is_named_and_nothing_is_left() {
    fleet.cloud.refuseWith(
        new PodiumException.QuotaExceeded("The VM was not created", "CPUS: 8 of 8", "Ask.", null));
    Fleet.Creation creation = fleet.service.create(request(1, "vm", "us-central1-a")).getFirst();
    assertThat(failure(creation.running())).hasMessageContaining("CPUS: 8 of 8");
    assertThat(names()).isEmpty();
  }

  @Test
  void a_bad_name_is_refused_before_anything_is_asked() {
    assertThatThrownBy(() -> fleet.service.create(request(1, "Class A", "us-central1-a")))
        .isInstanceOf(PodiumException.Invalid.class);
    assertThat(fleet.cloud.all()).isEmpty();
  }

  @Test
  void people_on_a_vm_keep_it_unless_force_is_used() {
    create(1);
    fleet.agents.of("vm-1").people(1);
    await().until(() -> fleet.service.list().getFirst().participants().present() == 1);
    assertThat(failure(fleet.service.destroy(name("vm-1"), false)))
        .isInstanceOf(PodiumException.InUse.class)
        .hasMessageContaining("1 person is on it");
    fleet.service.destroy(name("vm-1"), true).join();
    assertThat(names()).isEmpty();
    assertGone("vm-1 destroyed by ann@example.org");
  }

  @Test
  void a_console_that_has_just_started_asks_the_vm_itself_who_is_on_it() {
    create(1);
    fleet.agents.of("vm-1").people(1);
    FleetService second = secondConsole();
    assertThat(failure(second.destroy(name("vm-1"), false)))
        .isInstanceOf(PodiumException.InUse.class)
        .hasMessageContaining("1 person is on it");
    assertThat(fleet.cloud.deleted()).isEmpty();
    fleet.agents.of("vm-1").people(0);
    second.destroy(name("vm-1"), false).join();
    assertThat(fleet.cloud.deleted()).containsExactly("vm-1");
  }

  @Test
  void a_vm_that_runs_and_says_nothing_is_destroyed_by_force_only() {
    create(1);
    fleet.agents.of("vm-1").die();
    FleetService second = secondConsole();
    assertThat(failure(second.destroy(name("vm-1"), false)))
        .isInstanceOf(PodiumException.InUse.class)
        .hasMessageContaining("not known whether anybody is on it");
    second.destroy(name("vm-1"), true).join();
    assertThat(fleet.cloud.deleted()).containsExactly("vm-1");
  }

  @Test
  void another_vm_that_has_the_name_by_now_is_not_destroyed() {
    FleetVm before = create(1).getFirst();
    Vm vm = before.vm();
    FleetService second = secondConsole();
    second.events().publish(new FleetEvent.VmChanged(before));
    fleet.cloud.put(VmBuilder.like(vm).id("another").spot(false).noRunLimit().build());
    assertThat(failure(second.destroy(vm.name(), true)))
        .isInstanceOf(PodiumException.Conflict.class);
    assertThat(fleet.cloud.deleted()).isEmpty();
  }

  @Test
  void a_vm_that_never_came_up_is_destroyed_without_force() {
    fleet.cloud.onCreate(_ -> {});
    fleet.service.create(request(1, "vm", "us-central1-a")).getFirst().running().join();
    await().until(() -> fleet.service.find(name("vm-1")).isPresent());
    fleet.service.destroy(name("vm-1"), false).orTimeout(10, TimeUnit.SECONDS).join();
    assertThat(fleet.cloud.all()).isEmpty();
  }

  @Test
  void a_killed_agent_is_removed_with_its_reason_and_the_others_stay() {
    create(3);
    fleet.agents.of("vm-1").people(1);
    fleet.agents.of("vm-2").die();
    await().atMost(Duration.ofSeconds(20)).until(() -> !names().contains("vm-2"));
    await().until(() -> gone.size() == 1);
    assertThat(gone.peek())
        .startsWith("vm-2 destroyed: nobody for ")
        .contains("no answer on two channels for");
    assertThat(names()).containsExactlyInAnyOrder("vm-1", "vm-3");
  }

  @Test
  void an_idle_vm_is_drained_and_removed_and_one_with_people_never() {
    open(Duration.ofSeconds(5));
    create(2);
    fleet.agents.of("vm-2").people(1);
    fleet.agents.of("vm-1").idle(Duration.ofMinutes(12));
    await().atMost(Duration.ofSeconds(20)).until(() -> !names().contains("vm-1"));
    assertGone("vm-1 destroyed: nobody for 12 min");
    assertThat(fleet.cloud.deleted()).containsExactly("vm-1");
  }

  @Test
  void an_invite_that_is_taken_back_is_good_on_no_vm_and_on_no_later_one() {
    open(Duration.ofSeconds(5));
    create(1);
    Fleet.Invitation ann = invite("Ann");
    Fleet.Invitation bob = invite("Bob");
    assertThat(fleet.service.takeBack(ann.url().toString()).told()).containsExactly(name("vm-1"));
    try (FleetService second = secondConsole()) {
      second.start();
      await().until(() -> !second.list().isEmpty());
      second.takeBack(bob.id());
    }
    assertThat(revoked("vm-1")).containsExactlyInAnyOrder(ann.id(), bob.id());
    fleet.service.create(request(1, "later", "us-central1-a")).getFirst().ready().join();
    assertThat(fleet.cloud.all()).hasSize(2);
    assertThat(revoked("later-1")).containsExactlyInAnyOrder(ann.id(), bob.id());
  }

  private Fleet.Invitation invite(String person) {
    return fleet.service.invite(person, "lobby", Optional.empty(), Duration.ofHours(1));
  }

  private List<String> revoked(String vm) {
    return List.of(
        fleet
            .cloud
            .metadata("us-central1-a", name(vm), AgentMetadata.REVOKED_INVITES)
            .orElse("")
            .split(" "));
  }

  @Test
  void a_pinned_vm_stays_and_its_pin_is_a_label() {
    open(Duration.ofSeconds(5));
    create(1);
    fleet.cloud.label(name("vm-1"), Labels.CLAIM, "other_1_h");
    fleet.service.pin(name("vm-1"), true).join();
    assertThat(fleet.cloud.all().getFirst().pinned()).isTrue();
    assertThat(fleet.cloud.all().getFirst().labels())
        .as("whoever ends it all the same counts for the others' pauses")
        .containsEntry(Labels.CLAIM, "other_1_h");
    fleet.agents.of("vm-1").idle(Duration.ofHours(3));
    await()
        .atMost(Duration.ofSeconds(20))
        .until(() -> fleet.service.list().getFirst().verdict().reason().endsWith("it is pinned"));
    assertThat(fleet.cloud.deleted()).isEmpty();
  }

  @Test
  void a_held_vm_stays_until_the_hold_is_lifted() {
    open(Duration.ofSeconds(5));
    create(1);
    fleet.cloud.label(name("vm-1"), Labels.CLAIM, "other_1_h");
    fleet.service.hold(name("vm-1"), Duration.ofMinutes(5)).join();
    assertThat(fleet.cloud.all().getFirst().labels()).containsKeys(Labels.HOLD, Labels.CLAIM);
    fleet.agents.of("vm-1").idle(Duration.ofHours(3));
    await()
        .atMost(Duration.ofSeconds(20))
        .until(() ->
            fleet.service.list().getFirst().verdict().reason().contains("it is held until 20"));
    assertThat(fleet.cloud.deleted()).isEmpty();

    fleet.service.hold(name("vm-1"), Duration.ZERO).join();
    await().atMost(Duration.ofSeconds(20)).until(() -> names().isEmpty());
  }

  @Test
  void a_hold_beyond_the_clouds_own_limit_is_refused_because_nobody_could_keep_it() {
    create(1);
    assertThatThrownBy(() -> fleet.service.hold(name("vm-1"), Duration.ofHours(9)).join())
        .hasCauseInstanceOf(PodiumException.Invalid.class)
        .hasMessageContaining("the cloud itself ends it in 7 h")
        .hasMessageContaining("cannot be changed while it runs");
    assertThat(fleet.cloud.all().getFirst().labels()).doesNotContainKey(Labels.HOLD);
  }

  @Test
  void what_carries_no_label_of_the_fleet_is_invisible() {
    Vm foreign = create(1).getFirst().vm();
    fleet.cloud.put(
        VmBuilder.like(foreign)
            .id("9")
            .name("database")
            .image("")
            .labels(Map.of())
            .labelFingerprint("f")
            .chatPort(80)
            .spot(false)
            .noRunLimit()
            .build());
    create(1);
    assertThat(names()).doesNotContain("database");
    assertThat(failure(fleet.service.destroy(name("database"), true)))
        .isInstanceOf(PodiumException.NotFound.class);
  }

  @Test
  void a_drain_by_the_operator_ends_when_the_last_person_has_left() {
    create(1);
    fleet.agents.of("vm-1").people(1);
    await().until(() -> fleet.service.list().getFirst().participants().present() == 1);
    CompletableFuture<Void> drained = fleet.service.drain(name("vm-1"));
    await().until(() -> fleet.service.list().getFirst().health() == Health.DRAINING);
    assertThat(drained).isNotDone();
    fleet.agents.of("vm-1").people(0);
    drained.orTimeout(20, TimeUnit.SECONDS).join();
    assertGone("vm-1 destroyed: drained by the operator");
  }

  @Test
  void a_vm_that_somebody_else_deleted_is_gone() {
    create(1);
    fleet.cloud.vanish(name("vm-1"));
    await().until(() -> names().isEmpty());
    await().until(() -> gone.size() == 1);
    assertThat(gone.peek()).contains("its run limit, another console or somebody outside");
  }

  @Test
  void a_seat_from_zero_makes_a_vm_and_the_next_one_shares_it() {
    fleet.cloud.fill("us-central1-a");
    Fleet.Allocation first =
        fleet.service.allocate("algebra").orTimeout(20, TimeUnit.SECONDS).join();
    assertThat(first.created()).isTrue();
    assertThat(first.zonesTried()).containsExactly("us-central1-a");
    assertThat(first.url().toString()).contains("#t=");
    Fleet.Allocation second = fleet.service.allocate("algebra").join();
    assertThat(second.instance()).isEqualTo(first.instance());
    assertThat(fleet.cloud.all()).hasSize(1);
  }

  @Test
  void seats_end_at_the_policys_maximum() {
    for (int seat = 0; seat < 6; seat++) {
      fleet.service.allocate("r").orTimeout(20, TimeUnit.SECONDS).join();
    }
    assertThat(failure(fleet.service.allocate("r")))
        .isInstanceOf(PodiumException.NoCapacity.class)
        .hasMessageContaining("3 VMs and its policy allows 3");
    assertThat(fleet.cloud.all()).hasSize(3);
  }

  @Test
  void a_budget_allows_no_vm_whose_price_is_not_known() {
    fleet.cloud.onCreate(_ -> {});
    PolicyDraft draft = PolicyDraft.of(fleet.service.policy());
    Map<PolicyMember, String> dear = Map.of(PolicyMember.MACHINE_TYPE, "c3-standard-4");
    Map<PolicyMember, String> held = Map.of(PolicyMember.HOURLY_BUDGET, "100");
    assertThat(fleet.service.setPolicy(draft.with(dear).with(held))).isEmpty();
    assertThat(failure(fleet.service.allocate("r")))
        .isInstanceOf(PodiumException.NoCapacity.class)
        .hasMessageContaining("the price of c3-standard-4 in us-central1-a is not known");
    assertThat(fleet.cloud.all()).isEmpty();
  }

  @Test
  void an_invite_for_the_whole_fleet_leads_to_the_roomiest_vm() {
    create(2);
    fleet.agents.of("vm-1").people(1);
    await()
        .until(() -> fleet.service.find(name("vm-1")).orElseThrow().participants().present() == 1);
    Fleet.Invitation invitation =
        fleet.service.invite("Ben", "lobby", Optional.empty(), Duration.ofHours(1));
    FleetVm roomiest = fleet.service.find(name("vm-2")).orElseThrow();
    assertThat(invitation.url().toString())
        .isEqualTo(roomiest.vm().chatUrl().orElseThrow() + "#t=" + invitation.token());
  }

  @Test
  void closing_ends_within_two_seconds_and_takes_the_subscription_away() {
    create(1);
    String pulse = new FleetTopics("class").pulse();
    await().until(() -> fleet.bus.subscriptions(pulse) == 2);
    long start = System.nanoTime();
    fleet.service.close();
    assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(2));
    await().until(() -> fleet.bus.subscriptions(pulse) == 1);
    assertThat(fleet.cloud.all()).hasSize(1);
  }

  private void assertGone(String sentence) {
    await().untilAsserted(() -> assertThat(gone).containsExactly(sentence));
  }

  private static Throwable failure(CompletableFuture<?> future) {
    await().until(future::isDone);
    return future.exceptionNow();
  }
}
