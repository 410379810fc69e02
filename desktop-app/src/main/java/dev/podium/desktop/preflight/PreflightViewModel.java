package dev.podium.desktop.preflight;

import dev.podium.desktop.control.Phrases;
import dev.podium.desktop.control.failure.FailureText;
import dev.podium.desktop.fx.UiExecutor;
import dev.podium.fleet.preflight.CheckResult;
import dev.podium.fleet.preflight.Preflight;
import dev.podium.fleet.preflight.PreflightReport;
import dev.podium.fleet.preflight.check.CheckState;
import dev.podium.wire.text.CountText;
import java.util.Comparator;
import java.util.Optional;
import java.util.function.Supplier;
import javafx.beans.property.ReadOnlyBooleanProperty;
import javafx.beans.property.ReadOnlyBooleanWrapper;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.beans.property.ReadOnlyStringProperty;
import javafx.beans.property.ReadOnlyStringWrapper;
import javafx.collections.FXCollections;
import javafx.collections.ObservableList;
import org.jspecify.annotations.Nullable;

/// A project's check, row by row. Belongs to the window's thread; closed when nobody looks any
/// more.
public final class PreflightViewModel {
  /// Once all is seen, what asks for something stands above what is well.
  private static final Comparator<CheckRow> WORST_FIRST =
      Comparator.comparingInt(PreflightViewModel::urgency).thenComparing(CheckRow::name);

  private final Supplier<Preflight> opener;
  private final UiExecutor executor;
  private final ObservableList<CheckRow> rows = FXCollections.observableArrayList();
  private final ReadOnlyBooleanWrapper running = new ReadOnlyBooleanWrapper();
  private final ReadOnlyStringWrapper summary = new ReadOnlyStringWrapper("");
  private final ReadOnlyStringWrapper cost = new ReadOnlyStringWrapper("");
  private final ReadOnlyObjectWrapper<@Nullable FailureText> refusal =
      new ReadOnlyObjectWrapper<>();
  private Optional<Preflight> open = Optional.empty();
  private boolean closed;

  // Results of an earlier run carry an older number and are dropped.
  private int sequence;

  /// @param opener opens the project's pre-flight; may block
  public PreflightViewModel(Supplier<Preflight> opener, UiExecutor executor) {
    this.opener = opener;
    this.executor = executor;
  }

  /// Makes all checks anew, unless they are being made.
  public void run() {
    if (running.get() || closed) {
      return;
    }
    running.set(true);
    refusal.set(null);
    cost.set("");
    summary.set("Opening the project…");
    rows.clear();
    int mine = ++sequence;
    executor.call(
        () -> open.orElseGet(opener),
        preflight -> opened(preflight, mine),
        failure -> failed(failure, mine));
  }

  private void opened(Preflight preflight, int of) {
    open = Optional.of(preflight);
    if (closed) {
      close();
      return;
    }
    preflight.names(false).forEach(name -> rows.add(new CheckRow(name)));
    progressed();
    executor.call(
        () -> preflight.run(false, result -> executor.onWindow(() -> found(result, of))),
        report -> ended(report, of),
        failure -> failed(failure, of));
  }

  private void found(CheckResult result, int of) {
    if (of == sequence) {
      rows.stream().filter(row -> row.name() == result.name()).forEach(row -> row.found(result));
      progressed();
    }
  }

  private void progressed() {
    if (running.get()) {
      long ended = rows.stream().filter(row -> row.result().get().isPresent()).count();
      summary.set("Checking… " + ended + " of " + rows.size());
    }
  }

  private void ended(PreflightReport report, int of) {
    if (of != sequence) {
      return;
    }
    running.set(false);
    report
        .hourlyCost()
        .ifPresent(dollars ->
            cost.set(
                dollars == 0
                    ? "A VM costs nothing here."
                    : "One VM costs about "
                        + Phrases.money(dollars)
                        + " an hour: machine, boot disk and address, by list prices."));
    rows.setAll(rows.stream().sorted(WORST_FIRST).toList());
    summarize();
  }

  private static int urgency(CheckRow row) {
    return row.result()
        .get()
        .map(result ->
            switch (result.state()) {
              case FAILED -> 0;
              case WARNING -> 1;
              case UNKNOWN -> 2;
              case OK -> 3;
            })
        .orElse(2);
  }

  private void summarize() {
    int failed = count(CheckState.FAILED);
    int others = count(CheckState.WARNING);
    int unknown = count(CheckState.UNKNOWN);
    String first =
        failed == 0
            ? unknown + others == 0
                ? "All is well: a fleet can be made here."
                : "Nothing that was seen stands in the way of a fleet."
            : CountText.of(failed, "thing")
                + CountText.choose(failed, " stands", " stand")
                + " in the way of a fleet.";
    String warned = others == 0 ? "" : " " + CountText.of(others, "warning") + ".";
    String unseen = unknown == 0 ? "" : " " + unknown + " could not be looked at.";
    summary.set(first + warned + unseen);
  }

  private int count(CheckState state) {
    return (int)
        rows.stream()
            .flatMap(row -> row.result().get().stream())
            .filter(result -> result.state() == state)
            .count();
  }

  private void failed(Throwable failure, int of) {
    if (of == sequence) {
      running.set(false);
      summary.set("The project could not be checked.");
      refusal.set(FailureText.of(failure));
    }
  }

  /// Does what the row's remedy says, and checks that again.
  public void fix(CheckRow row) {
    if (open.isEmpty() || row.fixing().get()) {
      return;
    }
    Preflight preflight = open.get();
    row.fix();
    executor.call(
        () -> preflight.fix(row.name()),
        result -> {
          row.found(result);
          summarize();
        },
        failure -> row.notFixed(FailureText.of(failure)));
  }

  /// Whether something stands in the way, as far as was seen.
  public boolean blocked() {
    return count(CheckState.FAILED) > 0;
  }

  /// Ends it; what is still asked is not told any more.
  public void close() {
    closed = true;
    sequence++;
    open.ifPresent(preflight -> executor.inBackground(preflight::close));
    open = Optional.empty();
  }

  /// The checks: while they are made in the order in which people read them, then the worst first.
  public ObservableList<CheckRow> rows() {
    return rows;
  }

  /// Whether checks are being made.
  public ReadOnlyBooleanProperty running() {
    return running.getReadOnlyProperty();
  }

  /// How it stands, in a sentence.
  public ReadOnlyStringProperty summary() {
    return summary.getReadOnlyProperty();
  }

  /// What a VM costs; empty where that is not known.
  public ReadOnlyStringProperty cost() {
    return cost.getReadOnlyProperty();
  }

  /// Why no check could be made; null if they could.
  public ReadOnlyObjectProperty<@Nullable FailureText> refusal() {
    return refusal.getReadOnlyProperty();
  }
}
