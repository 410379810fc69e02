package dev.podium.fleet.google.compute;

import com.google.cloud.compute.v1.GetGlobalOperationRequest;
import com.google.cloud.compute.v1.GetZoneOperationRequest;
import com.google.cloud.compute.v1.Operation;
import dev.podium.fleet.google.compute.failure.ComputeErrors;
import dev.podium.fleet.google.compute.failure.OperationErrors;
import dev.podium.fleet.google.compute.failure.OperationErrors.QuotaFacts;
import dev.podium.wire.cloud.Backoff;
import dev.podium.wire.google.CloudCalls;
import dev.podium.wire.google.ErrorContext;
import dev.podium.wire.model.PodiumException;
import dev.podium.wire.text.DurationText;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;

/// Follows accepted operations to their end, one virtual thread each.
///
/// A poll that fails says nothing of the operation, so it is made again. Only the operation's own
/// end, its disappearance, or [#PATIENCE] ends the wait. Who may change VMs may still not be
/// allowed to read operations; after some refused polls the world itself is looked at instead.
///
/// Pauses grow with the number of operations under way. A hundred creations together ask about
/// [#POLLS_PER_SECOND] times a second. That leaves most of the project's quota of reads to others;
/// Google documents 1,500 a minute at least.
public final class OperationWatch {
  private static final Duration LONGEST_PAUSE = Duration.ofSeconds(4);
  private static final int POLLS_PER_SECOND = 10;

  /// As long as Google's own command line waits.
  private static final Duration PATIENCE = Duration.ofMinutes(30);

  /// An operation may be unknown for a moment after its acceptance.
  private static final int MISSES_UNTIL_GONE = 4;

  /// A sign-in may be refused for a moment; a right that is missing stays so.
  private static final int REFUSALS_UNTIL_LOOK = 4;

  private final ComputeClients clients;
  private final CloudCalls calls;
  private final Backoff backoff;
  private final AtomicInteger underWay = new AtomicInteger();

  /// @param firstPause before the first poll; later ones are longer
  public OperationWatch(ComputeClients clients, CloudCalls calls, Duration firstPause) {
    this.clients = clients;
    this.calls = calls;
    this.backoff = new Backoff(firstPause, 1.5, LONGEST_PAUSE, 0.2);
  }

  /// Completes when the operation is done, exceptionally if it failed.
  ///
  /// @param zone in which it is; empty for one that belongs to no place
  /// @param achieved whether the world is as the operation would have made it. Asked if the cloud
  ///   has forgotten the operation, or does not let it be read
  public CompletableFuture<Void> follow(
      ErrorContext context, String zone, Operation accepted, BooleanSupplier achieved) {
    return follow(context, zone, accepted, achieved, QuotaFacts.NONE);
  }

  /// The same for an operation that takes quota.
  public CompletableFuture<Void> follow(
      ErrorContext context,
      String zone,
      Operation accepted,
      BooleanSupplier achieved,
      QuotaFacts facts) {
    CompletableFuture<Void> done = new CompletableFuture<>();
    Thread.ofVirtual()
        .name("operation-" + accepted.getName())
        .start(() -> {
          underWay.incrementAndGet();
          try {
            settle(context, zone, accepted, achieved, facts, done);
          } catch (PodiumException e) {
            done.completeExceptionally(e);
          } catch (RuntimeException | Error e) {
            // Whoever waits must never wait for ever because of a fault in here.
            done.completeExceptionally(ComputeErrors.translate(context, e));
          } finally {
            underWay.decrementAndGet();
          }
        });
    return done;
  }

  private void settle(
      ErrorContext context,
      String zone,
      Operation accepted,
      BooleanSupplier achieved,
      QuotaFacts facts,
      CompletableFuture<Void> done) {
    Optional<Operation> end = await(context, zone, accepted, achieved);
    Optional<PodiumException> failure =
        end.isPresent()
            ? OperationErrors.of(context, end.get(), facts)
            : achieved.getAsBoolean() ? Optional.empty() : Optional.of(lost(context, accepted));
    failure.ifPresentOrElse(done::completeExceptionally, () -> done.complete(null));
  }

  /// The operation when it is done; nothing if the cloud does not know it any more.
  private Optional<Operation> await(
      ErrorContext context, String zone, Operation accepted, BooleanSupplier achieved) {
    long start = System.nanoTime();
    Operation operation = accepted;
    int polls = 0;
    int misses = 0;
    int refusals = 0;
    while (operation.getStatus() != Operation.Status.DONE) {
      if (Duration.ofNanos(System.nanoTime() - start).compareTo(PATIENCE) > 0) {
        throw unfinished(context, zone, accepted, refusals > 0);
      }
      calls.pause(context, pause(++polls));
      try {
        operation = poll(context, zone, accepted.getName());
        misses = 0;
        refusals = 0;
      } catch (PodiumException.NotFound e) {
        if (++misses >= MISSES_UNTIL_GONE) {
          return Optional.empty();
        }
      } catch (PodiumException.NotSignedIn | PodiumException.NotPermitted e) {
        if (++refusals >= REFUSALS_UNTIL_LOOK && isAchieved(achieved)) {
          return Optional.of(accepted.toBuilder().setStatus(Operation.Status.DONE).build());
        }
      } catch (PodiumException.Unavailable
          | PodiumException.RateLimited
          | PodiumException.CloudFailed e) {
        // The operation goes on whether or not we are told of it.
        if (calls.isClosed()) {
          throw e;
        }
      }
    }
    return Optional.of(operation);
  }

  private static boolean isAchieved(BooleanSupplier achieved) {
    try {
      return achieved.getAsBoolean();
    } catch (PodiumException unknown) {
      return false;
    }
  }

  private static PodiumException unfinished(
      ErrorContext context, String zone, Operation accepted, boolean refused) {
    String right = zone.isEmpty() ? "globalOperations" : "zoneOperations";
    String minutes = DurationText.inMinutes(PATIENCE);
    return new PodiumException.Unavailable(
        context.what(),
        refused
            ? "the cloud did not let its progress be read for " + minutes
            : "the cloud has not finished after " + minutes,
        "Look at operation '"
            + accepted.getName()
            + "' in the cloud's own console"
            + (refused
                ? ", and ask an owner of the project for the right compute." + right + ".get."
                : "."),
        null);
  }

  private Operation poll(ErrorContext context, String zone, String name) {
    if (zone.isEmpty()) {
      return calls.once(
          context,
          clients.allOperations().getCallable(),
          GetGlobalOperationRequest.newBuilder()
              .setProject(context.project())
              .setOperation(name)
              .build());
    }
    return calls.once(
        context,
        clients.operations().getCallable(),
        GetZoneOperationRequest.newBuilder()
            .setProject(context.project())
            .setZone(zone)
            .setOperation(name)
            .build());
  }

  /// Before that poll, counted from 1.
  private Duration pause(int poll) {
    Duration fair = Duration.ofMillis(1_000L * underWay.get() / POLLS_PER_SECOND);
    Duration grown = backoff.after(poll);
    return backoff.spread(
        grown.compareTo(fair) < 0 ? fair : grown, ThreadLocalRandom.current().nextDouble());
  }

  private static PodiumException lost(ErrorContext context, Operation accepted) {
    return new PodiumException.CloudFailed(
        context.what(),
        "the cloud does not know operation '"
            + accepted.getName()
            + "' any more, and it had no effect",
        "Ask again.",
        null);
  }
}
