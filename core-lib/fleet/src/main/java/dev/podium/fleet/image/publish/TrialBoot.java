package dev.podium.fleet.image.publish;

import dev.podium.fleet.cloud.ComputeCloud;
import dev.podium.fleet.cloud.HealthProbe;
import dev.podium.fleet.image.DiskImage;
import dev.podium.fleet.model.Vm;
import dev.podium.fleet.model.VmSpec;
import dev.podium.fleet.model.VmState;
import dev.podium.wire.cloud.Ticker;
import dev.podium.wire.model.PodiumException;
import dev.podium.wire.text.DurationText;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Boots a VM of an image, sees whether its agent answers, and removes the VM again, whatever
/// happens. Blocks.
///
/// Whether the agent is well is not the image's matter: its fleet is nobody's. Where this computer
/// does not reach the VM, as without external addresses, its serial console tells as well.
public final class TrialBoot {
  private static final Duration PROBE = Duration.ofSeconds(3);

  /// From the agent's own word on the serial console, until its silence here counts as the path's.
  private static final Duration PATH = Duration.ofSeconds(30);

  private static final Pattern SERVES =
      Pattern.compile("of fleet " + PublishPlan.FLEET + " serves \\S+");

  private final PublishPlan plan;
  private final OwnVms vms;
  private final ComputeCloud compute;
  private final HealthProbe probe;
  private final Ticker ticker;

  public TrialBoot(
      PublishPlan plan, OwnVms vms, ComputeCloud compute, HealthProbe probe, Ticker ticker) {
    this.plan = plan;
    this.vms = vms;
    this.compute = compute;
    this.probe = probe;
    this.ticker = ticker;
  }

  /// How a VM was seen to serve.
  ///
  /// @param after from the moment that the cloud had started it
  /// @param reached whether it answered this computer; else its serial console told
  public record Seen(Duration after, boolean reached) {
    /// The end of a sentence.
    public String words() {
      return "a VM of it served "
          + DurationText.inSeconds(after)
          + " after its start"
          + (reached ? "" : ", as its serial console says: this computer does not reach it");
    }
  }

  /// @throws PodiumException.CloudFailed if nothing served in time
  public Seen boot(DiskImage image, Cancellation cancellation) {
    VmSpec made =
        vms.make(zone ->
            plan.vm(
                "trial",
                zone,
                image.reference(),
                image.architecture(),
                image.diskSizeGb(),
                Map.of()));
    try {
      return watch(made, cancellation);
    } finally {
      vms.remove(made);
    }
  }

  private Seen watch(VmSpec made, Cancellation cancellation) {
    long start = ticker.nanos();
    @Nullable Duration told = null;
    while (true) {
      cancellation.check();
      Duration after = Duration.ofNanos(ticker.nanos() - start);
      Optional<Vm> vm = compute.get(made.zone(), made.name());
      if (answers(vm)) {
        return new Seen(after, true);
      }
      String serial = vms.serial(made);
      if (told == null && SERVES.matcher(serial).find()) {
        told = after;
      }
      if (told != null && after.minus(told).compareTo(PATH) > 0) {
        return new Seen(told, false);
      }
      boolean off = vm.map(Vm::state).filter(VmState.TERMINATED::equals).isPresent();
      if (vm.isEmpty() || off || after.compareTo(plan.bootLimit()) > 0) {
        throw dead(vm.isPresent() && !off, serial);
      }
      vms.pause();
    }
  }

  private boolean answers(Optional<Vm> vm) {
    return vm.flatMap(Vm::chatUrl)
        .map(url -> probe.probe(url, PROBE))
        .filter(HealthProbe.Result.Answered.class::isInstance)
        .isPresent();
  }

  private PodiumException dead(boolean on, String serial) {
    return new PodiumException.CloudFailed(
        "The image was not published",
        (on
                ? "a VM of it served nothing within " + DurationText.inSeconds(plan.bootLimit())
                : "a VM of it turned itself off")
            + SerialWords.last(serial),
        "Build the image again; the family '" + plan.family() + "' is as it was.",
        null);
  }
}
