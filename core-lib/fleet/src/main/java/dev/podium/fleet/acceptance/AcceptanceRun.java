package dev.podium.fleet.acceptance;

import dev.podium.fleet.Fleet;
import dev.podium.fleet.acceptance.AcceptanceStep.Result;
import dev.podium.fleet.cloud.ComputeCloud;
import dev.podium.fleet.model.FleetVm;
import dev.podium.fleet.model.Vm;
import dev.podium.fleet.model.VmName;
import dev.podium.wire.cloud.Ticker;
import dev.podium.wire.model.PodiumException;
import dev.podium.wire.text.DurationText;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// Walks the promises that need a real cloud, one after another, and removes what it made, whatever
/// happens. Blocks; for one thread.
public final class AcceptanceRun {
  /// The fleet whose label everything carries that a run makes. One run at a time in a project.
  public static final String FLEET = "podium-acceptance";

  private static final String ROOM = "acceptance";
  private static final Duration INVITE = Duration.ofMinutes(30);
  private static final Duration CHAT = Duration.ofMinutes(2);
  private static final Duration LOOK = Duration.ofMillis(200);

  private final AcceptancePlan plan;
  private final WalkedFleet opening;
  private final ComputeCloud compute;
  private final AcceptanceCleanup cleanup;
  private final Supplier<String> preflight;
  private final Ticker ticker;
  private final Consumer<AcceptanceStep> told;
  private final List<AcceptanceStep> steps = new ArrayList<>();
  private final long began;
  private boolean broken;
  private @Nullable Fleet open;
  private @Nullable FleetVm first;
  private @Nullable FleetVm second;

  /// The fleet of [#FLEET], which nothing but this run changes. It makes topics for as long as it
  /// is open, so it is opened after what was left is removed, and closed before.
  public interface WalkedFleet {
    /// Begins to watch it; returns when its monitor knows what there is.
    Fleet open();

    /// Ends the watch. May be called again, or without [#open].
    void close();
  }

  /// @param opening the fleet
  /// @param preflight looks at the project and says what it saw; throws if it cannot be used
  /// @param told each step as it ends; returns at once
  public AcceptanceRun(
      AcceptancePlan plan,
      WalkedFleet opening,
      ComputeCloud compute,
      AcceptanceCleanup cleanup,
      Supplier<String> preflight,
      Ticker ticker,
      Consumer<AcceptanceStep> told) {
    this.plan = plan;
    this.opening = opening;
    this.compute = compute;
    this.cleanup = cleanup;
    this.preflight = preflight;
    this.ticker = ticker;
    this.told = told;
    this.began = ticker.nanos();
  }

  /// Walks, cleans up, and reports.
  public AcceptanceReport run() {
    double most = -1;
    String zone = plan.zones().getFirst();
    try {
      step("Nothing of an earlier run is left", cleanup::run);
      step("The project can be used", preflight);
      step("A fleet is watched", this::watched);
      most = affordable();
      step("A VM is created, and its chat answers", this::createFirst);
      step("The image, the price and the end are as asked for", this::described);
      step("A link opens the page", this::page);
      step("What is said is acknowledged", this::firstWords);
      step("A second VM brings the history: a seek works", this::createSecond);
      step("What is said on one VM is read on the other", this::across);
      step("A drain moves people on and ends the VM", this::drain);
      step("Of two changes of a VM's labels the late one is refused", this::fence);
      step("A VM is destroyed when it is asked for", this::destroy);
      step("No disk and no subscription stays for long", this::leaks);
      zone = first == null ? zone : first.vm().zone();
    } finally {
      broken = false;
      if (open != null) {
        opening.close();
      }
      step("Everything that was made is removed", cleanup::run);
    }
    return new AcceptanceReport(plan.version(), plan.project(), zone, ticker.wall(), most, steps);
  }

  private String watched() {
    open = opening.open();
    return "its topics are there";
  }

  private Fleet fleet() {
    Fleet fleet = open;
    if (fleet == null) {
      throw refused("there is no fleet");
    }
    return fleet;
  }

  /// A promise that broke ends the walk; the rest is told as not tried.
  private void step(String promise, Supplier<String> walk) {
    if (broken) {
      ended(new AcceptanceStep(promise, Result.NOT_TRIED, Duration.ZERO, ""));
      return;
    }
    long start = ticker.nanos();
    AcceptanceStep.Result result = Result.KEPT;
    String finding;
    try {
      finding = walk.get();
    } catch (PodiumException failure) {
      result = Result.BROKEN;
      finding = failure.inFull();
    } catch (RuntimeException fault) {
      // A fault of this program is a finding as well; what was made must be removed all the same.
      result = Result.BROKEN;
      finding = String.valueOf(fault);
    }
    broken |= result == Result.BROKEN;
    ended(
        new AcceptanceStep(
            promise, result, Duration.ofNanos(Math.max(1, ticker.nanos() - start)), finding));
  }

  private void ended(AcceptanceStep step) {
    steps.add(step);
    told.accept(step);
  }

  /// @return US dollars at most
  private double affordable() {
    Map<String, Double> most = new HashMap<>();
    step(
        "It costs one dollar at most",
        () -> {
          OptionalDouble machine =
              fleet().machineTypes(plan.zones().getFirst()).stream()
                  .filter(type -> type.name().equals(AcceptancePlan.MACHINE_TYPE))
                  .filter(type -> type.priceKnown())
                  .mapToDouble(type -> type.costPerHour())
                  .findFirst();
          double hours = (double) AcceptancePlan.LONGEST.toMinutes() / 60;
          double each =
              fleet()
                  .prices()
                  .newVm(
                      machine,
                      plan.request("walk").diskType(),
                      plan.request("walk").diskSizeGb(),
                      true)
                  .orElseThrow(() ->
                      refused(
                          "the price of "
                              + AcceptancePlan.MACHINE_TYPE
                              + " in "
                              + plan.zones().getFirst()
                              + " is not known"));
          double all = each * hours * AcceptancePlan.VMS;
          if (all > AcceptancePlan.MOST_DOLLARS) {
            throw refused("it could cost " + all + " dollars");
          }
          most.put("all", all);
          return AcceptancePlan.VMS
              + " Spot VMs of type "
              + AcceptancePlan.MACHINE_TYPE
              + ", for 20 minutes at most";
        });
    return most.getOrDefault("all", -1.0);
  }

  private String createFirst() {
    first = create("first");
    return "ready in " + first.vm().zone();
  }

  private FleetVm create(String prefix) {
    Fleet.Creation creation = fleet().create(plan.request(prefix)).getFirst();
    return done(creation.ready());
  }

  private String described() {
    Vm vm = read(made(first));
    boolean limited = vm.runLimit().filter(AcceptancePlan.LONGEST::equals).isPresent();
    if (!limited || !vm.spot()) {
      throw refused(
          "it is "
              + (vm.spot() ? "a Spot VM" : "no Spot VM")
              + " and ends after "
              + vm.runLimit().map(DurationText::exact).orElse("no time at all"));
    }
    return "image " + vm.image() + ", Spot, the cloud ends it after 20 min";
  }

  private Vm read(FleetVm vm) {
    return compute
        .get(vm.vm().zone(), vm.name())
        .orElseThrow(() -> refused("the VM '" + vm.name() + "' is not there any more"));
  }

  private String page() {
    try {
      return PageLook.at(link(made(first), "Ann"));
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
      throw refused("the run was stopped");
    }
  }

  private URI link(FleetVm vm, String name) {
    return fleet().invite(name, ROOM, Optional.of(vm.name()), INVITE).url();
  }

  /// A link to that VM that lets in elsewhere as well; whoever came by a VM's own link stays there.
  private URI freeLink(FleetVm vm, String name) {
    URI free = fleet().invite(name, ROOM, Optional.empty(), INVITE).url();
    String page = link(vm, name).toString().replaceFirst("#.*", "");
    return URI.create(page + "#" + free.getRawFragment());
  }

  private String firstWords() {
    try (ChatVisitor ann = new ChatVisitor(link(made(first), "Ann"), "Ann", ROOM)) {
      await("Ann is let in", CHAT, () -> ann.heard("welcome", ""));
      ann.tell(1, "before the second VM");
      await("her words are acknowledged", CHAT, () -> ann.heard("ack", "walk-1"));
    }
    return "by Pub/Sub, over the VM's chat";
  }

  private String createSecond() {
    second = create("second");
    long ready = ticker.nanos();
    try (ChatVisitor bob = new ChatVisitor(link(made(second), "Bob"), "Bob", ROOM)) {
      await("Bob is let in", CHAT, () -> bob.heard("welcome", ""));
      await(
          "what was said before he came is there",
          CHAT,
          () ->
              bob.heard("welcome", "before the second VM")
                  || bob.heard("msg", "before the second VM"));
    }
    return "the history was there "
        + DurationText.inSeconds(Duration.ofNanos(ticker.nanos() - ready))
        + " after it was ready";
  }

  private String across() {
    try (ChatVisitor ann = new ChatVisitor(link(made(first), "Ann"), "Ann", ROOM);
        ChatVisitor bob = new ChatVisitor(link(made(second), "Bob"), "Bob", ROOM)) {
      await("both are let in", CHAT, () -> ann.heard("welcome", "") && bob.heard("welcome", ""));
      ann.tell(2, "from the first VM");
      await("Bob reads Ann", CHAT, () -> bob.heard("msg", "from the first VM"));
      bob.tell(3, "from the second VM");
      await("Ann reads Bob", CHAT, () -> ann.heard("msg", "from the second VM"));
    }
    return "both ways";
  }

  private String drain() {
    FleetVm vm = made(first);
    try (ChatVisitor ann = new ChatVisitor(freeLink(vm, "Ann"), "Ann", ROOM)) {
      await("Ann is let in", CHAT, () -> ann.heard("welcome", ""));
      CompletableFuture<Void> gone = fleet().drain(vm.name());
      await("Ann is asked to go on", CHAT, () -> ann.heard("moved", ""));
      done(gone);
    }
    return "the person on it was sent to the other VM";
  }

  /// By the fingerprint of a VM's labels two consoles settle which of them may end it.
  private String fence() {
    Vm before = read(made(second));
    Map<String, String> labels = new HashMap<>(before.labels());
    labels.put("podium-acceptance-turn", "one");
    compute.setLabels(before, labels);
    labels.put("podium-acceptance-turn", "two");
    try {
      compute.setLabels(before, labels);
    } catch (PodiumException.Conflict lost) {
      return "the second one was told that the labels had changed";
    }
    throw refused("the cloud took a change by labels that were not the newest");
  }

  private String destroy() {
    VmName name = made(second).name();
    done(fleet().destroy(name, true));
    await("the list lacks it", CHAT, () -> fleet().find(name).isEmpty());
    return "and the list lacks it";
  }

  private String leaks() {
    String problem = fleet().leaks().problem();
    if (!problem.isEmpty()) {
      throw refused(problem);
    }
    return fleet().leaks().sentence();
  }

  private static FleetVm made(@Nullable FleetVm vm) {
    if (vm == null) {
      throw refused("there is no VM");
    }
    return vm;
  }

  /// What must come to pass, within the time that is left of the run.
  private void await(String what, Duration patience, BooleanSupplier holds) {
    long until = ticker.nanos() + Math.min(patience.toNanos(), left().toNanos());
    while (!holds.getAsBoolean()) {
      if (ticker.nanos() - until > 0 || Thread.currentThread().isInterrupted()) {
        throw refused("it did not come to pass that " + what);
      }
      LockSupport.parkNanos(LOOK.toNanos());
    }
  }

  private <T> T done(CompletableFuture<T> future) {
    try {
      return future.copy().orTimeout(left().toMillis(), TimeUnit.MILLISECONDS).join();
    } catch (CompletionException failed) {
      if (failed.getCause() instanceof TimeoutException) {
        throw refused("it took more than 20 minutes");
      }
      throw PodiumException.in(failed).orElseThrow(() -> failed);
    }
  }

  private Duration left() {
    Duration left = AcceptancePlan.LONGEST.minusNanos(ticker.nanos() - began);
    return left.isNegative() ? Duration.ZERO : left;
  }

  static PodiumException refused(String why) {
    return new PodiumException.CloudFailed(
        "The promise does not hold", why, "Attach this report to an issue.", null);
  }
}
