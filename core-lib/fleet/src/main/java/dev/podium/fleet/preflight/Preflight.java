package dev.podium.fleet.preflight;

import dev.podium.fleet.preflight.check.CheckFinding;
import dev.podium.fleet.preflight.check.CheckName;
import dev.podium.fleet.preflight.check.Checks;
import dev.podium.fleet.preflight.fact.PlannedVm;
import dev.podium.fleet.preflight.fact.ProjectView;
import dev.podium.wire.model.PodiumException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Consumer;

/// Checks a project before it is used. May be used from any thread; one pre-flight may run many
/// times, each time anew.
public final class Preflight implements AutoCloseable {
  private final PlannedVm vm;
  private final ProjectView view;
  private final Checks checks;
  private final InstantSource clock;

  /// @param view of the project; closed with this
  public Preflight(PlannedVm vm, ProjectView view) {
    this(vm, view, InstantSource.system());
  }

  /// @param clock tells how long a check takes
  Preflight(PlannedVm vm, ProjectView view, InstantSource clock) {
    this.vm = vm;
    this.view = view;
    this.clock = clock;
    this.checks = new Checks(vm, view);
  }

  /// The checks that [#run] makes, in order: for a window that shows their rows at once.
  ///
  /// @param message whether the trial message is among them
  public List<CheckName> names(boolean message) {
    return java.util.Arrays.stream(CheckName.values())
        .filter(name -> message || name != CheckName.MESSAGE)
        .toList();
  }

  /// Makes all checks side by side, each on a virtual thread of its own. Blocks until all are made,
  /// or the thread is interrupted.
  ///
  /// @param message whether a message is sent through a temporary topic
  /// @param finished told of each check as it ends, on that check's thread, several at a time
  public PreflightReport run(boolean message, Consumer<CheckResult> finished) {
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<CheckResult>> all = new ArrayList<>();
      for (CheckName name : names(message)) {
        all.add(
            threads.submit(() -> {
              CheckResult result = check(name);
              finished.accept(result);
              return result;
            }));
      }
      Future<OptionalDouble> cost = threads.submit(this::cost);
      List<CheckResult> results = new ArrayList<>();
      for (Future<CheckResult> one : all) {
        results.add(one.get());
      }
      results.sort(Comparator.comparing(CheckResult::name));
      return new PreflightReport(vm.project(), results, cost.get());
    } catch (ExecutionException fault) {
      throw new IllegalStateException("A check did not end", fault.getCause());
    } catch (InterruptedException givenUp) {
      Thread.currentThread().interrupt();
      throw new PodiumException.Unavailable(
          "The project was not checked", "it was given up", "Try again when you like.", givenUp);
    }
  }

  /// Makes one check. Blocks.
  public CheckResult check(CheckName name) {
    long start = clock.millis();
    CheckFinding finding;
    try {
      finding = checks.look(name);
    } catch (PodiumException failure) {
      finding = CheckFinding.of(failure);
    }
    return new CheckResult(
        name,
        finding.state(),
        Duration.ofMillis(Math.max(0, clock.millis() - start)),
        finding.found(),
        finding.remedy());
  }

  private OptionalDouble cost() {
    try {
      return view.hourlyCost(vm);
    } catch (PodiumException unknown) {
      return OptionalDouble.empty();
    }
  }

  /// Does what the check's remedy says, and makes the check again. Blocks.
  ///
  /// @throws PodiumException.Invalid if there is no fix for it
  /// @throws PodiumException if the cloud refuses it
  public CheckResult fix(CheckName name) {
    Map<CheckName, Runnable> fixes = checks.fixes();
    Runnable fix = fixes.get(name);
    if (fix == null) {
      throw new PodiumException.Invalid(
          "'" + name.id() + "' cannot be fixed by Podium",
          "these can: "
              + String.join(", ", fixes.keySet().stream().sorted().map(CheckName::id).toList()),
          "Do what the check itself advises.");
    }
    fix.run();
    return check(name);
  }

  @Override
  public void close() {
    view.close();
  }
}
