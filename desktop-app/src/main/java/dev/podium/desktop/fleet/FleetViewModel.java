package dev.podium.desktop.fleet;

import dev.podium.desktop.control.NaturalOrder;
import dev.podium.desktop.control.failure.FailureGroup;
import dev.podium.desktop.control.failure.FailureText;
import dev.podium.desktop.fx.FleetBatch;
import dev.podium.desktop.fx.UiExecutor;
import dev.podium.fleet.Fleet;
import dev.podium.fleet.event.FleetEvent.MonitorTicked;
import dev.podium.fleet.model.FleetVm;
import dev.podium.fleet.model.Health;
import dev.podium.fleet.model.VmState;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import java.util.function.Function;
import javafx.beans.property.ReadOnlyBooleanProperty;
import javafx.beans.property.ReadOnlyBooleanWrapper;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.beans.property.SimpleStringProperty;
import javafx.beans.property.StringProperty;
import javafx.beans.value.ObservableValue;
import javafx.collections.FXCollections;
import javafx.collections.ObservableList;
import javafx.collections.transformation.FilteredList;

/// The fleet as the table shows it: rows, search, selection, and the sums of the status bar.
/// Belongs to the window's thread.
public final class FleetViewModel {
  private static final Duration HOLD = Duration.ofHours(1);

  private final Fleet fleet;
  private final UiExecutor executor;
  private final InstantSource clock;
  private final Consumer<FailureText> failures;

  private final Map<String, VmRow> byId = new HashMap<>();
  private final ObservableList<VmRow> all = FXCollections.observableArrayList();
  private final FilteredList<VmRow> shown = new FilteredList<>(all);
  private final StringProperty search = new SimpleStringProperty("");
  private final ReadOnlyObjectWrapper<Summary> summary =
      new ReadOnlyObjectWrapper<>(Summary.of(List.of()));
  private final ReadOnlyObjectWrapper<Attention> attention =
      new ReadOnlyObjectWrapper<>(new Attention(List.of()));
  private final ReadOnlyObjectWrapper<List<FleetVm>> selected =
      new ReadOnlyObjectWrapper<>(List.of());
  private final ReadOnlyObjectWrapper<Instant> now;
  private final ReadOnlyObjectWrapper<MonitorTicked> monitor = new ReadOnlyObjectWrapper<>();
  private final ObservableValue<Boolean> known = monitor.map(MonitorTicked::listed).orElse(false);
  private final ReadOnlyBooleanWrapper signInEnded = new ReadOnlyBooleanWrapper();
  private final ReadOnlyObjectWrapper<Map<String, EndMark>> marks =
      new ReadOnlyObjectWrapper<>(Map.of());
  private final List<FailureGroup> groups = new ArrayList<>();
  private Set<String> selectedIds = Set.of();

  /// @param failures told of every command that failed
  public FleetViewModel(
      Fleet fleet, UiExecutor executor, InstantSource clock, Consumer<FailureText> failures) {
    this.fleet = fleet;
    this.executor = executor;
    this.clock = clock;
    this.failures = failures;
    this.now = new ReadOnlyObjectWrapper<>(clock.instant());
    search.subscribe(text -> applySearch(text));
  }

  private void applySearch(String text) {
    FleetSearch wanted = FleetSearch.of(text);
    shown.setPredicate(row -> wanted.test(row.vm()));
    publishSelection();
  }

  // VMs change while the search stays; the list is only disturbed if that makes a difference.
  private void searchAgain() {
    FleetSearch wanted = FleetSearch.of(search.get());
    if (!wanted.words().isEmpty()
        && !all.stream().filter(row -> wanted.test(row.vm())).toList().equals(shown)) {
      applySearch(search.get());
    }
  }

  /// Takes in what happened.
  public void accept(FleetBatch batch) {
    List<VmRow> added = new ArrayList<>();
    for (FleetVm vm : batch.changed()) {
      VmRow row = byId.get(vm.vm().id());
      if (row == null) {
        VmRow fresh = new VmRow(vm);
        byId.put(fresh.id(), fresh);
        added.add(fresh);
      } else {
        row.replace(vm);
      }
    }
    all.addAll(added);
    removeRows(batch.gone());
    batch.monitor().ifPresent(monitor::set);
    if (!batch.changed().isEmpty() || !batch.gone().isEmpty()) {
      summary.set(Summary.of(byId.values()));
      attention.set(Attention.of(byId.values()));
      publishSelection();
    }
  }

  private void removeRows(Set<String> gone) {
    Set<VmRow> rows = new HashSet<>();
    for (String id : gone) {
      VmRow row = byId.remove(id);
      if (row != null) {
        rows.add(row);
      }
    }
    if (!rows.isEmpty()) {
      selectedIds =
          selectedIds.stream()
              .filter(byId::containsKey)
              .collect(java.util.stream.Collectors.toUnmodifiableSet());
      all.removeAll(rows);
    }
  }

  /// Moves the ages on and asks the search again; called once a second.
  public void tick() {
    now.set(clock.instant());
    searchAgain();
    groups.forEach(FailureGroup::tick);
    groups.removeIf(FailureGroup::over);
  }

  /// Remembers which VMs are selected, by their ids.
  public void select(Collection<String> ids) {
    selectedIds = Set.copyOf(ids);
    publishSelection();
  }

  // Commands go to the VMs that the person sees as selected, not to those that a search hides.
  private void publishSelection() {
    Set<VmRow> hidden = new HashSet<>();
    if (!selectedIds.isEmpty() && shown.size() < all.size()) {
      hidden.addAll(all);
      shown.forEach(hidden::remove);
    }
    List<FleetVm> vms =
        selectedIds.stream()
            .map(byId::get)
            .filter(row -> row != null && !hidden.contains(row))
            .map(VmRow::vm)
            .sorted((a, b) -> NaturalOrder.compare(a.name().value(), b.name().value()))
            .toList();
    if (!vms.equals(selected.get())) {
      selected.set(vms);
    }
  }

  /// Pins the selected VMs, or lifts the pins if all of them are pinned.
  public void togglePinOfSelected() {
    boolean pin = !selected.get().stream().allMatch(vm -> vm.vm().pinned());
    forSelected(pin ? "pinned" : "unpinned", vm -> fleet.pin(vm.name(), pin));
  }

  /// Holds the selected VMs for an hour from now, or lifts the holds if all of them are held.
  public void toggleHoldOfSelected() {
    boolean all =
        selected.get().stream()
            .allMatch(vm -> vm.vm().heldUntil().filter(now.get()::isBefore).isPresent());
    forSelected(
        all ? "released" : "held",
        vm -> fleet.hold(vm.name(), all ? Duration.ZERO : HOLD).thenAccept(end -> {}));
  }

  private void forSelected(String done, Function<FleetVm, CompletableFuture<Void>> command) {
    List<FleetVm> vms = selected.get();
    FailureGroup group = new FailureGroup(vms.size(), done, failures);
    groups.add(group);
    for (FleetVm vm : vms) {
      Consumer<Throwable> failed = failure -> group.failed(vm.name(), failure);
      executor.call(
          () -> command.apply(vm),
          started -> executor.await(started, over -> group.succeeded(), failed),
          failed);
    }
  }

  /// Marks the rows of these VMs, in place of those marked before.
  ///
  /// @param ends what is to become of each, by the VM's id
  public void mark(Map<String, EndMark> ends) {
    marks.set(Map.copyOf(ends));
  }

  /// Which rows are marked, and why, by id.
  public ReadOnlyObjectProperty<Map<String, EndMark>> marks() {
    return marks.getReadOnlyProperty();
  }

  /// The rows that the search lets through, in the order in which they came.
  public ObservableList<VmRow> rows() {
    return shown;
  }

  /// All VMs, shown or not, in no order.
  public List<FleetVm> vms() {
    return all.stream().map(VmRow::vm).toList();
  }

  /// How many VMs there are, shown or not.
  public int total() {
    return all.size();
  }

  /// Whether it is known which VMs there are.
  public ObservableValue<Boolean> known() {
    return known;
  }

  /// What is typed into the search field.
  public StringProperty search() {
    return search;
  }

  /// Counts and cost.
  public ReadOnlyObjectProperty<Summary> summary() {
    return summary.getReadOnlyProperty();
  }

  /// The VMs that a person should look at.
  public ReadOnlyObjectProperty<Attention> attention() {
    return attention.getReadOnlyProperty();
  }

  /// The selected VMs that the search lets through, in their newest state, by name.
  public ReadOnlyObjectProperty<List<FleetVm>> selected() {
    return selected.getReadOnlyProperty();
  }

  /// Which VMs are selected, also those that the search hides.
  public Set<String> selectedIds() {
    return selectedIds;
  }

  /// The time against which ages are shown.
  public ReadOnlyObjectProperty<Instant> now() {
    return now.getReadOnlyProperty();
  }

  /// The monitor's newest tick; null before the first.
  public ReadOnlyObjectProperty<MonitorTicked> monitor() {
    return monitor.getReadOnlyProperty();
  }

  /// Whether the cloud takes the operator for signed in no more.
  public ReadOnlyBooleanProperty signInEnded() {
    return signInEnded.getReadOnlyProperty();
  }

  /// The sign-in ended, or did not.
  public void signIn(boolean ended) {
    signInEnded.set(ended);
  }

  /// What the status bar adds up.
  ///
  /// @param byHealth only states that occur
  /// @param costPerHour US dollars, of what is not off and has a known price
  /// @param pricesKnown whether that is all that is not off
  public record Summary(
      Map<Health, Integer> byHealth, int people, double costPerHour, boolean pricesKnown) {
    static Summary of(Collection<VmRow> rows) {
      Map<Health, Integer> counts = new java.util.EnumMap<>(Health.class);
      int people = 0;
      double cost = 0;
      boolean known = true;
      for (VmRow row : rows) {
        FleetVm vm = row.vm();
        counts.merge(vm.health(), 1, Integer::sum);
        people += vm.participants().present();
        if (vm.vm().state() != VmState.TERMINATED) {
          cost += vm.costPerHour();
          known &= vm.priceKnown();
        }
      }
      return new Summary(counts, people, cost, known);
    }
  }
}
