package dev.podium.fleet.image.publish;

import dev.podium.fleet.cloud.ComputeCloud;
import dev.podium.fleet.model.Vm;
import dev.podium.fleet.model.VmSpec;
import dev.podium.wire.model.PodiumException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Function;

/// The VMs of publications: they carry the label of a fleet of their own, by which the next
/// publication finds those of one that was killed. Blocks.
///
/// @param zones where they may be, the best first
/// @param look between two looks at one
public record OwnVms(ComputeCloud compute, List<String> zones, Duration look) {
  public OwnVms {
    zones = List.copyOf(zones);
  }

  /// Makes one in the first zone that has room for it.
  ///
  /// @param spec what it is, in a zone
  public VmSpec make(Function<String, VmSpec> spec) {
    PodiumException last =
        new PodiumException.Invalid("No VM was made", "no zone is named", "Name one with --zone.");
    for (String zone : zones) {
      VmSpec wanted = spec.apply(zone);
      try {
        ended(compute.create(wanted, UUID.randomUUID()).done());
        return wanted;
      } catch (PodiumException.NoCapacity | PodiumException.PlaceForbidden full) {
        last = full;
      } catch (PodiumException failed) {
        // The cloud may have made it all the same.
        remove(wanted);
        throw failed;
      }
    }
    throw last;
  }

  /// Removes one, as well as it goes: the cloud itself ends what is left after some minutes.
  public void remove(VmSpec made) {
    try {
      ended(compute.delete(made.zone(), made.name(), UUID.randomUUID()).done());
    } catch (PodiumException unreached) {
      System.getLogger(OwnVms.class.getName())
          .log(System.Logger.Level.WARNING, unreached.sentence());
    }
  }

  /// Removes whatever publications left.
  ///
  /// @return how many there were
  public int removeAll() {
    List<CompletableFuture<Void>> ends = new ArrayList<>();
    for (Vm vm : compute.list(PublishPlan.FLEET).vms()) {
      ends.add(compute.delete(vm.zone(), vm.name(), UUID.randomUUID()).done());
    }
    ends.forEach(OwnVms::ended);
    return ends.size();
  }

  /// What one has written to its serial console; nothing where that may not be read.
  public String serial(VmSpec made) {
    try {
      return compute.serialPort(made.zone(), made.name(), 0).contents();
    } catch (PodiumException.NotPermitted | PodiumException.NotFound unread) {
      return "";
    }
  }

  /// Waits until the next look.
  ///
  /// @throws PodiumException.Unavailable if the thread was interrupted
  public void pause() {
    LockSupport.parkNanos(look.toNanos());
    if (Thread.currentThread().isInterrupted()) {
      throw new PodiumException.Unavailable(
          "The image was not published", "Podium was stopped", "Publish it again.", null);
    }
  }

  static void ended(CompletableFuture<Void> done) {
    try {
      done.join();
    } catch (CompletionException failed) {
      throw PodiumException.in(failed).orElseThrow(() -> failed);
    }
  }
}
