package dev.podium.fleet.directory;

import dev.podium.wire.model.PodiumException;
import java.util.concurrent.CompletableFuture;

/// What a future's failure really was.
public final class Failures {
  private Failures() {}

  public static PodiumException podium(Throwable failure) {
    return PodiumException.in(failure)
        .orElseGet(() ->
            new PodiumException.CloudFailed(
                "The request failed", String.valueOf(failure.getMessage()), "Ask again.", failure));
  }

  /// Lets one future end as the other does; its failure is a `PodiumException`.
  public static <T> void pass(CompletableFuture<T> from, CompletableFuture<T> to) {
    var _ =
        from.whenComplete((value, failure) -> {
          if (failure == null) {
            to.complete(value);
          } else {
            to.completeExceptionally(podium(failure));
          }
        });
  }

  public static String sentence(Throwable failure) {
    return podium(failure).sentence();
  }
}
