package dev.podium.wire.google;

import com.google.api.core.ApiFuture;
import com.google.api.gax.rpc.ApiCallContext;
import com.google.api.gax.rpc.UnaryCallable;
import dev.podium.wire.model.PodiumException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.BiFunction;
import java.util.function.Function;

/// Makes calls and repeats those that may work later. A change is repeated with its own request id,
/// so that the cloud carries it out once however often it arrives. Blocks; closing ends every wait
/// at once.
public final class CloudCalls implements AutoCloseable {
  /// One attempt. The library would wait ten minutes.
  private static final Duration ATTEMPT = Duration.ofSeconds(15);

  private final RetryPolicy policy;
  private final ApiCallContext callContext;
  private final BiFunction<ErrorContext, Throwable, PodiumException> translation;
  private final CountDownLatch closed = new CountDownLatch(1);
  private final Set<ApiFuture<?>> underWay = ConcurrentHashMap.newKeySet();

  /// @param transport an empty context of the transport that the calls go over
  /// @param translation what to say of a failed call
  public CloudCalls(
      RetryPolicy policy,
      ApiCallContext transport,
      BiFunction<ErrorContext, Throwable, PodiumException> translation) {
    this.policy = policy;
    this.callContext = transport.withTimeoutDuration(ATTEMPT).withRetryableCodes(Set.of());
    this.translation = translation;
  }

  /// Calls, with repetitions.
  public <I, O> O call(ErrorContext context, UnaryCallable<I, O> callable, I request) {
    long start = System.nanoTime();
    for (int attempt = 1; ; attempt++) {
      try {
        return once(context, callable, request);
      } catch (PodiumException e) {
        Duration elapsed = Duration.ofNanos(System.nanoTime() - start);
        Optional<Duration> pause =
            policy.pause(attempt, e, elapsed, ThreadLocalRandom.current().nextDouble());
        if (pause.isEmpty()) {
          throw e;
        }
        pause(context, pause.get());
      }
    }
  }

  /// Reads a list page by page, each with repetitions.
  ///
  /// @param request of the page with that token; the first has an empty one
  /// @param next a page's token of the page after it; empty in the last
  public <I, O> List<O> pages(
      ErrorContext context,
      UnaryCallable<I, O> callable,
      Function<String, I> request,
      Function<O, String> next) {
    List<O> pages = new ArrayList<>();
    String token = "";
    do {
      O page = call(context, callable, request.apply(token));
      pages.add(page);
      token = next.apply(page);
    } while (!token.isEmpty());
    return pages;
  }

  /// Calls, one time.
  public <I, O> O once(ErrorContext context, UnaryCallable<I, O> callable, I request) {
    if (isClosed()) {
      throw closing(context);
    }
    ApiFuture<O> future = callable.futureCall(request, callContext);
    underWay.add(future);
    try {
      // The library's own time limit does not hold while a connection is being made.
      return future.get(ATTEMPT.toMillis() + 1_000, TimeUnit.MILLISECONDS);
    } catch (ExecutionException e) {
      throw translation.apply(context, e.getCause() == null ? e : e.getCause());
    } catch (TimeoutException e) {
      future.cancel(true);
      throw translation.apply(context, e);
    } catch (CancellationException e) {
      throw closing(context);
    } catch (InterruptedException e) {
      future.cancel(true);
      Thread.currentThread().interrupt();
      throw closing(context);
    } finally {
      underWay.remove(future);
    }
  }

  /// Waits, unless closed meanwhile.
  public void pause(ErrorContext context, Duration pause) {
    try {
      if (closed.await(pause.toNanos(), TimeUnit.NANOSECONDS)) {
        throw closing(context);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw closing(context);
    }
  }

  public boolean isClosed() {
    return closed.getCount() == 0;
  }

  @Override
  public void close() {
    closed.countDown();
    underWay.forEach(future -> future.cancel(true));
  }

  private static PodiumException closing(ErrorContext context) {
    return new PodiumException.Unavailable(
        context.what(),
        "Podium stopped waiting for the cloud, which may yet do it",
        "Look at the list after the next start.",
        null);
  }
}
