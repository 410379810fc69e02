package dev.podium.fleet.leaks;

import static org.assertj.core.api.Assertions.assertThat;

import dev.podium.fleet.FleetVms;
import dev.podium.fleet.leaks.Leak.Fate;
import dev.podium.fleet.leaks.Leak.Kind;
import dev.podium.fleet.leaks.LeakRules.Holdings;
import dev.podium.fleet.model.Disk;
import dev.podium.fleet.model.FleetVm;
import dev.podium.fleet.model.Health;
import dev.podium.fleet.model.Vm;
import dev.podium.fleet.model.VmSubscription;
import dev.podium.wire.model.Labels;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class LeakRulesTest {
  private static final Instant NOW = Instant.parse("2026-03-02T12:00:00Z");
  private static final Instant LONG_AGO = NOW.minus(Duration.ofHours(5));
  private static final Duration SAFE = Duration.ofMinutes(10);
  private static final LeakRules RULES = new LeakRules(SAFE, _ -> 0.02);

  private static List<Leak> judge(
      List<FleetVm> vms, List<Disk> disks, List<VmSubscription> subscriptions) {
    List<Vm> inCloud = vms.stream().map(FleetVm::vm).toList();
    return RULES.judge(new Holdings(disks, subscriptions, inCloud), vms, NOW);
  }

  private static Disk disk(String vm, Instant created, boolean attached) {
    Map<String, String> labels =
        Map.of(Labels.FLEET, "class", Labels.VM, vm, Labels.OWNER, "ann", Labels.CONSOLE, "c-1");
    return new Disk(
        vm + "-disk", "us-central1-a", "pd-balanced", 10, created, labels, attached, 0.001);
  }

  private static VmSubscription subscription(String vm, String id, Instant created) {
    return new VmSubscription("podium-class-chat-" + vm + "-b00t", vm, id, created);
  }

  private static Leak only(List<Leak> leaks) {
    assertThat(leaks).hasSize(1);
    return leaks.getFirst();
  }

  @ParameterizedTest
  @EnumSource(Health.class)
  void a_vm_is_never_cleaned_whatever_its_health(Health health) {
    Leak vm = only(judge(List.of(FleetVms.vm("a", health, 4)), List.of(), List.of()));
    assertThat(vm.kind()).isEqualTo(Kind.VM);
    assertThat(vm.fate()).isIn(Fate.KEPT, Fate.ENDING);
    assertThat(vm.costPerHour()).isEqualTo(0.02);
  }

  @Test
  void a_vm_in_use_is_kept_with_the_monitors_own_reason() {
    Leak vm = only(judge(List.of(FleetVms.vm("a", Health.HEALTHY, 3, 4)), List.of(), List.of()));
    assertThat(vm.fate()).isEqualTo(Fate.KEPT);
    assertThat(vm.reason()).isEqualTo("as the test says");
  }

  @Test
  void a_vm_that_the_monitor_ends_is_told_as_ending_unless_it_is_pinned() {
    FleetVm plain = FleetVms.vm("a", Health.CONDEMNED, 4);
    FleetVm pinned =
        FleetVms.vm(
            "b", Health.CONDEMNED, 0, 4, Map.of(Labels.PIN, "true", "podium-owner", "bob"), 0);
    List<Leak> leaks = judge(List.of(plain, pinned), List.of(), List.of());
    assertThat(leaks).extracting(Leak::fate).containsExactly(Fate.ENDING, Fate.KEPT);
    assertThat(leaks.get(1).reason()).contains("pinned");
    assertThat(leaks.get(1).owner()).isEqualTo("bob");
  }

  @Test
  void a_vm_that_the_monitor_has_not_heard_of_is_kept() {
    Vm vm = FleetVms.vm("a", Health.HEALTHY, 4).vm();
    Leak leak = only(RULES.judge(new Holdings(List.of(), List.of(), List.of(vm)), List.of(), NOW));
    assertThat(leak.fate()).isEqualTo(Fate.KEPT);
    assertThat(leak.reason()).contains("not heard of it yet");
  }

  @Test
  void an_old_disk_that_no_vm_has_can_be_cleaned_and_names_who_left_it() {
    Leak leak = only(judge(List.of(), List.of(disk("a", LONG_AGO, false)), List.of()));
    assertThat(leak.fate()).isEqualTo(Fate.CLEANABLE);
    assertThat(leak.owner()).isEqualTo("ann");
    assertThat(leak.console()).isEqualTo("c-1");
    assertThat(leak.since()).isEqualTo(LONG_AGO);
    assertThat(leak.costPerHour()).isEqualTo(0.001);
    assertThat(leak.reason()).contains("there is no VM 'a'").contains("5 h old");
  }

  @Test
  void a_disk_whose_price_is_not_known_says_so() {
    Disk known = disk("a", LONG_AGO, false);
    Disk unpriced =
        new Disk(
            known.name(),
            known.zone(),
            "hyperdisk-new",
            10,
            LONG_AGO,
            known.labels(),
            false,
            0,
            false);
    assertThat(only(judge(List.of(), List.of(unpriced), List.of())).reason())
        .contains("its price is not known");
  }

  @Test
  void nothing_is_cleaned_whose_vm_may_be_in_a_zone_that_does_not_answer() {
    Disk there = disk("far", LONG_AGO, false);
    VmSubscription its = subscription("far", "7", LONG_AGO);
    List<Leak> leaks =
        RULES.judge(
            new Holdings(List.of(there), List.of(its), List.of(), Set.of("us-central1-a")),
            List.of(),
            NOW);
    assertThat(leaks).extracting(Leak::fate).containsExactly(Fate.KEPT, Fate.KEPT);
    assertThat(leaks.getFirst().reason()).contains("us-central1-a, which does not answer");

    Leak elsewhere =
        only(
            RULES.judge(
                new Holdings(List.of(there), List.of(), List.of(), Set.of("us-central1-b")),
                List.of(),
                NOW));
    assertThat(elsewhere.fate()).isEqualTo(Fate.CLEANABLE);
  }

  @Test
  void a_disk_that_is_attached_is_no_leak_even_if_its_vm_is_not_in_the_list() {
    assertThat(judge(List.of(), List.of(disk("a", LONG_AGO, true)), List.of())).isEmpty();
  }

  @Test
  void a_disk_whose_vm_is_there_is_kept() {
    List<Leak> leaks =
        judge(
            List.of(FleetVms.vm("a", Health.HEALTHY, 4)),
            List.of(disk("a", LONG_AGO, false)),
            List.of());
    assertThat(leaks).extracting(Leak::fate).containsExactly(Fate.KEPT, Fate.KEPT);
  }

  @Test
  void what_is_younger_than_the_safe_age_waits_because_its_vm_may_be_on_its_way() {
    Instant young = NOW.minus(SAFE).plusSeconds(1);
    List<Leak> leaks =
        judge(List.of(), List.of(disk("a", young, false)), List.of(subscription("b", "7", young)));
    assertThat(leaks).extracting(Leak::fate).containsExactly(Fate.YOUNG, Fate.YOUNG);
    assertThat(leaks.getFirst().reason()).contains("younger than 10 min");
  }

  @Test
  void what_the_clocks_say_was_made_in_the_future_waits_too() {
    Leak leak =
        only(judge(List.of(), List.of(disk("a", NOW.plusSeconds(3_600), false)), List.of()));
    assertThat(leak.fate()).isEqualTo(Fate.YOUNG);
  }

  @Test
  void a_subscription_lives_as_long_as_the_vm_of_its_id() {
    FleetVm vm = FleetVms.vm("a", Health.UNREACHABLE, 4);
    List<Leak> leaks =
        judge(List.of(vm), List.of(), List.of(subscription("a", vm.vm().id(), LONG_AGO)));
    assertThat(leaks).extracting(Leak::kind).containsExactly(Kind.VM);
  }

  @Test
  void a_subscription_of_an_earlier_vm_of_the_same_name_can_be_cleaned() {
    FleetVm vm = FleetVms.vm("a", Health.HEALTHY, 4);
    Leak leak =
        judge(List.of(vm), List.of(), List.of(subscription("a", "4711", LONG_AGO))).getLast();
    assertThat(leak.kind()).isEqualTo(Kind.SUBSCRIPTION);
    assertThat(leak.fate()).isEqualTo(Fate.CLEANABLE);
    assertThat(leak.reason()).contains("'a'").contains("4711").contains("is gone");
  }

  @Test
  void a_report_says_what_by_whom_at_what_cost_and_what_becomes_of_it() {
    List<Leak> leaks =
        judge(
            List.of(FleetVms.vm("a", Health.HEALTHY, 3, 4), FleetVms.vm("b", Health.DRAINING, 4)),
            List.of(disk("c", LONG_AGO, false)),
            List.of(subscription("c", "1", LONG_AGO), subscription("c", "2", NOW)));
    LeakReport report = new LeakReport(NOW, leaks, "");
    assertThat(report.sentence())
        .isEqualTo(
            "Found in the cloud by ann: 2 VMs, 1 disk, 2 subscriptions, $0.04 an hour."
                + " To clean: 1 disk, 1 subscription."
                + " Looked at again when older: 1 subscription."
                + " The health monitor is ending 1 VM. Kept: 1 VM.");
    assertThat(report.open()).isTrue();
    assertThat(new LeakReport(NOW, List.of(), "").sentence())
        .isEqualTo("Nothing was left in the cloud.");
  }

  @Test
  void only_what_has_yet_to_end_makes_a_report_open() {
    Leak vm = only(judge(List.of(FleetVms.vm("a", Health.IDLE, 4)), List.of(), List.of()));
    assertThat(Arrays.stream(Fate.values()).filter(fate -> vm.with(fate, "").open()))
        .containsExactly(Fate.ENDING, Fate.YOUNG, Fate.CLEANABLE);
  }
}
