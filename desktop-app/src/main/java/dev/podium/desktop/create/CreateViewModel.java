package dev.podium.desktop.create;

import dev.podium.desktop.control.failure.FailureText;
import dev.podium.desktop.create.CreateForm.Field;
import dev.podium.desktop.create.CreationRow.Step;
import dev.podium.desktop.fx.UiExecutor;
import dev.podium.fleet.CreateRequest;
import dev.podium.fleet.Fleet;
import dev.podium.fleet.model.offer.MachineType;
import dev.podium.fleet.model.offer.QuotaNeed;
import dev.podium.fleet.model.offer.RegionQuota;
import dev.podium.wire.text.CountText;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Stream;
import javafx.beans.property.BooleanProperty;
import javafx.beans.property.ObjectProperty;
import javafx.beans.property.Property;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.beans.property.SimpleBooleanProperty;
import javafx.beans.property.SimpleObjectProperty;
import javafx.beans.property.SimpleStringProperty;
import javafx.beans.property.StringProperty;
import javafx.collections.FXCollections;
import javafx.collections.ObservableList;
import org.jspecify.annotations.Nullable;

/// The form for new VMs and what became of them. Belongs to the window's thread; one for each
/// opening of the dialog.
public final class CreateViewModel {
  private final Fleet fleet;
  private final UiExecutor executor;
  private final Consumer<FailureText> failures;

  private final CreateRequest start;
  private final StringProperty count;
  private final StringProperty prefix;
  private final StringProperty zone;
  private final BooleanProperty moveOn = new SimpleBooleanProperty(true);
  private final ObjectProperty<@Nullable MachineType> machineType = new SimpleObjectProperty<>();
  private final StringProperty image;
  private final StringProperty diskGb;
  private final BooleanProperty spot;
  private final StringProperty hours;
  private final StringProperty seats;

  private final ObservableList<String> zones = FXCollections.observableArrayList();
  private final ObservableList<MachineType> machineTypes = FXCollections.observableArrayList();
  private final ReadOnlyObjectWrapper<Map<Field, String>> faults =
      new ReadOnlyObjectWrapper<>(Map.of());
  private final ReadOnlyObjectWrapper<CreateEstimate> estimate = new ReadOnlyObjectWrapper<>();
  private final ReadOnlyObjectWrapper<Stage> stage = new ReadOnlyObjectWrapper<>(Stage.FORM);
  private final ReadOnlyObjectWrapper<@Nullable FailureText> refusal =
      new ReadOnlyObjectWrapper<>();
  private final ObservableList<CreationRow> rows = FXCollections.observableArrayList();

  private final ReadOnlyObjectWrapper<Headroom> headroom =
      new ReadOnlyObjectWrapper<>(Headroom.unknown());
  private List<RegionQuota> quotas = List.of();
  private String quotasOf = "";

  // Machine types of a zone that was chosen before the present one are dropped.
  private int zoneSequence;

  private boolean closed;
  private final List<FailureText> failedUnseen = new ArrayList<>();

  /// @param failures told of what fails after the dialog was closed
  public CreateViewModel(Fleet fleet, UiExecutor executor, Consumer<FailureText> failures) {
    this.fleet = fleet;
    this.executor = executor;
    this.failures = failures;
    this.start = fleet.usualRequest();
    this.count = new SimpleStringProperty("" + start.count());
    this.prefix = new SimpleStringProperty(start.namePrefix());
    this.zone = new SimpleStringProperty(start.zones().getFirst());
    this.image = new SimpleStringProperty(start.image());
    this.diskGb = new SimpleStringProperty("" + start.diskSizeGb());
    this.spot = new SimpleBooleanProperty(start.spot());
    this.hours = new SimpleStringProperty("" + start.runLimit().toHours());
    this.seats = new SimpleStringProperty("" + start.seats());
    for (Property<?> field :
        List.of(count, prefix, zone, moveOn, machineType, image, diskGb, spot, hours, seats)) {
      field.subscribe(this::check);
    }
    check();
  }

  /// Asks the cloud for zones and machine types.
  public void load() {
    executor.call(
        fleet::zones,
        names -> {
          String chosen = zone.get();
          zones.setAll(names);
          zone.set(names.contains(chosen) || names.isEmpty() ? chosen : names.getFirst());
        },
        this::show);
    zone.subscribe(this::loadMachineTypes);
    zone.subscribe(this::loadQuotas);
  }

  // Read once for a region: what others take meanwhile, the cloud says when the VMs are asked for.
  private void loadQuotas(@Nullable String of) {
    String region = of == null ? "" : of.replaceFirst("-[a-z0-9]+$", "");
    if (region.isEmpty() || region.equals(quotasOf)) {
      return;
    }
    quotasOf = region;
    quotas = List.of();
    check();
    executor.call(
        () -> fleet.quotas(region),
        read -> {
          if (region.equals(quotasOf)) {
            quotas = read;
            check();
          }
        },
        unknown -> {});
  }

  private void loadMachineTypes(@Nullable String of) {
    if (of == null || of.isBlank()) {
      return;
    }
    int mine = ++zoneSequence;
    executor.call(
        () -> fleet.machineTypes(of),
        types -> {
          if (mine == zoneSequence) {
            offer(types);
          }
        },
        failure -> {
          if (mine == zoneSequence) {
            show(failure);
          }
        });
  }

  private void offer(List<MachineType> types) {
    MachineType before = machineType.get();
    String wanted = before == null ? start.machineType() : before.name();
    machineTypes.setAll(types);
    machineType.set(
        types.stream()
            .filter(type -> type.name().equals(wanted))
            .findFirst()
            .orElse(types.isEmpty() ? null : types.getFirst()));
  }

  private void check() {
    CreateForm form = form();
    faults.set(form.faults());
    estimate.set(CreateEstimate.of(form, machineType.get(), fleet.prices()));
    headroom.set(headroom(form));
  }

  private Headroom headroom(CreateForm form) {
    MachineType type = machineType.get();
    int asked = CreateForm.number(form.count()).orElse(0);
    if (type == null || asked < 1) {
      return Headroom.unknown();
    }
    int disk = CreateForm.number(form.diskGb()).orElse(0);
    return Headroom.of(
        quotasOf,
        quotas,
        QuotaNeed.of(
            type.name(), type.guestCpus(), start.diskType(), disk, fleet.externalAddresses()),
        form.spot(),
        asked);
  }

  private CreateForm form() {
    MachineType type = machineType.get();
    String first = zone.get() == null ? "" : zone.get();
    return new CreateForm(
        count.get(),
        prefix.get(),
        first,
        moveOn.get() ? sameRegion(first) : List.of(),
        type == null ? "" : type.name(),
        image.get(),
        diskGb.get(),
        spot.get(),
        hours.get(),
        seats.get());
  }

  private List<String> sameRegion(String of) {
    int letter = of.lastIndexOf('-');
    String region = letter < 0 ? of : of.substring(0, letter + 1);
    return zones.stream().filter(name -> name.startsWith(region) && !name.equals(of)).toList();
  }

  /// Asks for the VMs, if the form has no fault.
  public void submit() {
    if (stage.get() != Stage.FORM || !faults.get().isEmpty()) {
      return;
    }
    ask(form().request(start.diskType()), Stage.FORM);
  }

  /// Asks once more for as many VMs as failed, under the same conditions and the next free names.
  public void retry() {
    int failed = count(Step.FAILED);
    if (stage.get() != Stage.ENDED || failed == 0) {
      return;
    }
    ask(form().withCount(failed).request(start.diskType()), Stage.ENDED);
  }

  private void ask(CreateRequest request, Stage otherwise) {
    stage.set(Stage.ASKING);
    refusal.set(null);
    executor.call(
        () -> fleet.create(request),
        this::follow,
        failure -> {
          stage.set(otherwise);
          if (closed) {
            failures.accept(FailureText.of(failure));
          } else {
            show(failure);
          }
        });
  }

  /// Notes that the dialog was closed: nobody sees the form and the rows any more.
  public void close() {
    closed = true;
  }

  private void follow(List<Fleet.Creation> creations) {
    // What is tried again comes in the place of what failed.
    rows.removeIf(row -> row.step().get() == Step.FAILED);
    for (Fleet.Creation creation : creations) {
      CreationRow row = new CreationRow(() -> creation.name().value());
      rows.add(row);
      executor.await(
          creation.operation(), accepted -> reached(row, Step.ACCEPTED), why -> failed(row, why));
      executor.await(
          creation.running(), running -> reached(row, Step.RUNNING), why -> failed(row, why));
      executor.await(creation.ready(), vm -> reached(row, Step.READY), why -> failed(row, why));
    }
    stage.set(Stage.MAKING);
    endIfAllEnded();
  }

  private void reached(CreationRow row, Step step) {
    row.reached(step);
    endIfAllEnded();
  }

  private void failed(CreationRow row, Throwable why) {
    boolean news = !row.step().get().ended();
    row.failed(FailureText.of(why));
    if (closed && news) {
      row.failure().ifPresent(failedUnseen::add);
    }
    endIfAllEnded();
  }

  private void endIfAllEnded() {
    if (stage.get() == Stage.MAKING && rows.stream().allMatch(row -> row.step().get().ended())) {
      stage.set(Stage.ENDED);
      tellUnseen();
    }
  }

  // The same reason fails many VMs at once; one dialog tells it.
  private void tellUnseen() {
    if (failedUnseen.isEmpty()) {
      return;
    }
    FailureText first = failedUnseen.getFirst();
    int others = failedUnseen.size() - 1;
    String more =
        others == 0 ? "" : " (" + CountText.vms(others) + " of the same request failed, too)";
    failures.accept(
        new FailureText(first.sentence() + more, first.remedy(), first.code(), first.details()));
    failedUnseen.clear();
  }

  private void show(Throwable failure) {
    refusal.set(FailureText.of(failure));
  }

  /// How many, as typed.
  public StringProperty count() {
    return count;
  }

  /// The names' beginning, as typed.
  public StringProperty prefix() {
    return prefix;
  }

  /// The preferred zone.
  public StringProperty zone() {
    return zone;
  }

  /// Whether the region's other zones may be used when that one is full.
  public BooleanProperty moveOn() {
    return moveOn;
  }

  /// The size; null until the cloud has named its own.
  public ObjectProperty<@Nullable MachineType> machineType() {
    return machineType;
  }

  /// The image or family, as typed.
  public StringProperty image() {
    return image;
  }

  /// Gigabytes of the boot disk, as typed.
  public StringProperty diskGb() {
    return diskGb;
  }

  /// Whether the cloud may take them back at any time, for a lower price.
  public BooleanProperty spot() {
    return spot;
  }

  /// Hours after which the cloud deletes them, as typed.
  public StringProperty hours() {
    return hours;
  }

  /// People that each has room for, as typed.
  public StringProperty seats() {
    return seats;
  }

  /// The zones to choose from.
  public ObservableList<String> zones() {
    return zones;
  }

  /// The machine types of the chosen zone.
  public ObservableList<MachineType> machineTypes() {
    return machineTypes;
  }

  /// What is wrong with the form, by field; empty if nothing is.
  public ReadOnlyObjectProperty<Map<Field, String>> faults() {
    return faults.getReadOnlyProperty();
  }

  /// What they will cost and use.
  public ReadOnlyObjectProperty<CreateEstimate> estimate() {
    return estimate.getReadOnlyProperty();
  }

  /// How many VMs like this the region's quotas have room for.
  public ReadOnlyObjectProperty<Headroom> headroom() {
    return headroom.getReadOnlyProperty();
  }

  /// Where the dialog is.
  public ReadOnlyObjectProperty<Stage> stage() {
    return stage.getReadOnlyProperty();
  }

  /// Why the request as a whole was refused; null if it was not.
  public ReadOnlyObjectProperty<@Nullable FailureText> refusal() {
    return refusal.getReadOnlyProperty();
  }

  /// The VMs on their way.
  public ObservableList<CreationRow> rows() {
    return rows;
  }

  /// How many are at this step.
  public int count(Step step) {
    return (int) rows.stream().filter(row -> row.step().get() == step).count();
  }

  /// How the whole ended or stands, in a sentence.
  public String outcome() {
    int ready = count(Step.READY);
    int failed = count(Step.FAILED);
    String sum =
        ready == 0 && failed > 0 ? "No VM is ready" : ready + " of " + rows.size() + " ready";
    return Stream.of(sum, failed == 0 ? "" : failed + " failed")
        .filter(part -> !part.isEmpty())
        .reduce((a, b) -> a + ", " + b)
        .orElse("");
  }

  /// What the person may expect of those that are listed, in a sentence or two.
  public String prospect() {
    int failed = count(Step.FAILED);
    boolean ended = stage.get() == Stage.ENDED;
    if (failed == 0) {
      return ended
          ? "They show in the table."
          : "You may close this; the VMs come all the same and show in the table.";
    }
    String others =
        ended
            ? count(Step.READY) == 0 ? "" : "Those that are ready show in the table. "
            : failed == rows.size()
                ? ""
                : "You may close this; the others come all the same and show in the table. ";
    return others + "Podium does not try the failed ones again by itself.";
  }

  /// Where the dialog is.
  public enum Stage {
    /// Being filled in.
    FORM,
    /// The service settles names and checks the request.
    ASKING,
    /// The VMs are on their way; the dialog may be closed, they come all the same.
    MAKING,
    /// Each is ready or has failed.
    ENDED
  }
}
