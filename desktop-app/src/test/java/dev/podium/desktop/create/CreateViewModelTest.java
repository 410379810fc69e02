package dev.podium.desktop.create;

import static org.assertj.core.api.Assertions.assertThat;

import dev.podium.desktop.control.failure.FailureText;
import dev.podium.desktop.create.CreateForm.Field;
import dev.podium.desktop.create.CreateViewModel.Stage;
import dev.podium.desktop.create.CreationRow.Step;
import dev.podium.desktop.testing.Deferred;
import dev.podium.desktop.testing.SameThread;
import dev.podium.desktop.testing.ScriptedFleet;
import dev.podium.desktop.testing.Vms;
import dev.podium.fleet.CreateRequest;
import dev.podium.fleet.model.offer.RegionQuota;
import dev.podium.wire.model.PodiumException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CreateViewModelTest {
  private final ScriptedFleet fleet = new ScriptedFleet();
  private final List<FailureText> failures = new ArrayList<>();
  private final CreateViewModel model = new CreateViewModel(fleet, new SameThread(), failures::add);

  @BeforeEach
  void load() {
    model.load();
  }

  @Test
  void the_form_starts_complete_with_what_the_cloud_offers() {
    assertThat(model.faults().get()).isEmpty();
    assertThat(model.zone().get()).isEqualTo("us-central1-a");
    assertThat(Objects.requireNonNull(model.machineType().get()).name()).isEqualTo("e2-small");
  }

  @Test
  void the_quotas_room_is_told_while_the_number_is_typed() {
    ScriptedFleet narrow = new ScriptedFleet();
    narrow.quotas(
        new RegionQuota("CPUS", 24, 14),
        new RegionQuota("IN_USE_ADDRESSES", 8, 1),
        new RegionQuota("PREEMPTIBLE_CPUS", 4, 0),
        new RegionQuota("N2_CPUS", 0, 0));
    CreateViewModel form = new CreateViewModel(narrow, new SameThread(), failures::add);
    form.load();
    assertThat(form.headroom().get())
        .isEqualTo(new Headroom("The quotas of us-central1 have room for 5 VMs like this.", true));
    form.count().set("6");
    assertThat(form.headroom().get())
        .isEqualTo(
            new Headroom(
                "The quotas of us-central1 have room for 5 VMs like this, not for 6: CPUS, 14 of 24"
                    + " used.",
                false));
    assertThat(form.faults().get()).as("quotas change; the cloud decides").isEmpty();
    form.spot().set(true);
    assertThat(form.headroom().get().sentence()).contains("room for 2 VMs", "PREEMPTIBLE_CPUS");
    form.spot().set(false);
    form.machineType()
        .set(
            form.machineTypes().stream()
                .filter(type -> type.name().equals("n2-standard-2"))
                .findFirst()
                .orElseThrow());
    assertThat(form.headroom().get().sentence())
        .isEqualTo(
            "The quotas of us-central1 have no room for a VM like this: N2_CPUS, 0 of 0 used.");
  }

  @Test
  void where_the_cloud_tells_of_no_quotas_nothing_is_said_of_them() {
    assertThat(model.headroom().get()).isEqualTo(Headroom.unknown());
  }

  @ParameterizedTest
  @CsvSource({"0", "1001", "-3", "many", "''", "1.5"})
  void a_count_that_is_no_number_from_1_to_1000_is_told_at_its_field(String count) {
    model.count().set(count);
    assertThat(model.faults().get()).containsOnlyKeys(Field.COUNT);

    model.submit();
    assertThat(fleet.requests()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({"Class", "1st", "a-", "'a b'", "''", "ä"})
  void a_prefix_that_makes_no_names_is_told_at_its_field(String prefix) {
    model.prefix().set(prefix);
    assertThat(model.faults().get()).containsOnlyKeys(Field.PREFIX);
  }

  @Test
  void a_disk_below_ten_gigabytes_and_a_lifetime_above_120_days_are_told() {
    model.diskGb().set("9");
    model.hours().set("2881");
    assertThat(model.faults().get()).containsOnlyKeys(Field.DISK, Field.HOURS);
  }

  @Test
  void the_cost_is_known_before_the_button_is_pressed() {
    model.count().set("12");
    model.hours().set("2");
    assertThat(model.estimate().get().cost()).isEqualTo("$0.202 an hour, $0.403 in 2 h");
    assertThat(model.estimate().get().use())
        .startsWith("Uses 24 vCPUs, 24 GB of memory and 120 GB of disk.");

    model.spot().set(true);
    assertThat(model.estimate().get().cost()).startsWith("at most $0.202");

    model.machineType().set(model.machineTypes().getLast());
    assertThat(model.estimate().get().cost()).isEqualTo("Price not known");
  }

  @Test
  void the_request_says_what_the_form_says() {
    model.count().set(" 3 ");
    model.prefix().set("class-a");
    model.hours().set("2");
    model.seats().set("25");
    model.submit();

    CreateRequest request = fleet.requests().getFirst();
    assertThat(request.count()).isEqualTo(3);
    assertThat(request.namePrefix()).isEqualTo("class-a");
    assertThat(request.zones()).containsExactly("us-central1-a", "us-central1-b", "us-central1-c");
    assertThat(request.runLimit()).isEqualTo(Duration.ofHours(2));
    assertThat(request.seats()).isEqualTo(25);
    assertThat(request.idempotencyKey()).isPresent();
  }

  @Test
  void without_moving_on_only_the_chosen_zone_is_named() {
    model.zone().set("europe-west1-b");
    model.moveOn().set(false);
    model.submit();
    assertThat(fleet.requests().getFirst().zones()).containsExactly("europe-west1-b");
  }

  @Test
  void each_vm_succeeds_or_fails_for_itself_with_the_first_reason() {
    model.count().set("2");
    model.submit();
    var first = fleet.creations().get(0);
    var second = fleet.creations().get(1);

    first.operation().complete("operation-1");
    assertThat(model.rows().getFirst().step().get()).isEqualTo(Step.ACCEPTED);
    second
        .operation()
        .completeExceptionally(
            new PodiumException.QuotaExceeded(
                "vm-2 was not created", "CPUS is used up", "Ask.", null));
    second.ready().completeExceptionally(new IllegalStateException("follows from it"));
    first.ready().complete(Vms.vm("vm-1"));
    first.running().complete("us-central1-a");

    assertThat(model.rows().get(0).step().get()).isEqualTo(Step.READY);
    assertThat(model.rows().get(1).failure())
        .map(FailureText::sentence)
        .contains("vm-2 was not created: CPUS is used up");
    assertThat(model.stage().get()).isEqualTo(Stage.ENDED);
    assertThat(model.outcome()).isEqualTo("1 of 2 ready, 1 failed");
  }

  @Test
  void the_failed_ones_are_tried_again_under_the_next_names_and_the_good_ones_stay() {
    model.count().set("3");
    model.seats().set("25");
    model.submit();
    fleet.creations().getFirst().ready().complete(Vms.vm("vm-1"));
    fail(1);
    assertThat(model.prospect())
        .isEqualTo(
            "You may close this; the others come all the same and show in the table. Podium does"
                + " not try the failed ones again by itself.");
    fail(2);
    assertThat(model.outcome()).isEqualTo("1 of 3 ready, 2 failed");

    model.retry();
    CreateRequest again = fleet.requests().getLast();
    assertThat(again.count()).isEqualTo(2);
    assertThat(again.seats()).isEqualTo(25);
    assertThat(again.idempotencyKey()).isNotEqualTo(fleet.requests().getFirst().idempotencyKey());
    assertThat(model.stage().get()).isEqualTo(Stage.MAKING);
    assertThat(model.rows())
        .extracting(row -> row.step().get())
        .containsExactly(Step.READY, Step.REQUESTED, Step.REQUESTED);
  }

  @Test
  void where_none_came_nothing_is_promised() {
    model.count().set("2");
    model.submit();
    fail(0);
    fail(1);
    assertThat(model.outcome()).isEqualTo("No VM is ready, 2 failed");
    assertThat(model.prospect()).isEqualTo("Podium does not try the failed ones again by itself.");

    fleet.refuse(new PodiumException.Unavailable("Nobody answers", "", "Wait.", null));
    model.retry();
    assertThat(model.stage().get()).isEqualTo(Stage.ENDED);
    assertThat(Objects.requireNonNull(model.refusal().get()).code()).isEqualTo("unavailable");
  }

  private void fail(int which) {
    fleet
        .creations()
        .get(which)
        .operation()
        .completeExceptionally(
            new PodiumException.QuotaExceeded("It was not created", "CPUS", "Ask.", null));
  }

  @Test
  void a_request_that_is_refused_as_a_whole_leaves_the_form_open() {
    fleet.refuse(new PodiumException.Invalid("The image does not exist", "", "Name another."));
    model.submit();

    assertThat(model.stage().get()).isEqualTo(Stage.FORM);
    assertThat(Objects.requireNonNull(model.refusal().get()).code()).isEqualTo("invalid");

    fleet.refuse(null);
    model.submit();
    assertThat(model.refusal().get()).isNull();
    assertThat(model.stage().get()).isEqualTo(Stage.MAKING);
  }

  @Test
  void a_refusal_after_the_dialog_was_closed_is_told_elsewhere() {
    Deferred later = new Deferred();
    CreateViewModel slow = new CreateViewModel(fleet, later, failures::add);
    slow.load();
    later.run();
    slow.submit();
    assertThat(slow.stage().get()).isEqualTo(Stage.ASKING);

    slow.close();
    fleet.refuse(new PodiumException.Invalid("The image does not exist", "", "Name another."));
    later.run();

    assertThat(failures).singleElement().extracting(FailureText::code).isEqualTo("invalid");
  }

  @Test
  void vms_that_fail_after_the_dialog_was_closed_are_told_once() {
    model.count().set("3");
    model.submit();
    model.close();
    for (var creation : fleet.creations()) {
      creation
          .operation()
          .completeExceptionally(
              new PodiumException.QuotaExceeded(
                  creation.name().value() + " was not created", "CPUS is used up", "Ask.", null));
    }

    assertThat(failures)
        .singleElement()
        .extracting(FailureText::sentence)
        .isEqualTo("vm-1 was not created: CPUS is used up (2 VMs of the same request failed, too)");
  }
}
