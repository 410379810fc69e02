package dev.podium.desktop.fx;

import dev.podium.fleet.event.EventStream;
import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import javafx.application.Platform;

/// The only class that hops to JavaFX's thread.
///
/// Events are folded where they are published and handed over as one batch at most every
/// [#BATCH_PERIOD]. The first event after a silence starts that period. An animation timer would
/// ask sixty times a second; this way a window in which nothing happens costs nothing.
public final class EventBridge implements UiExecutor, AutoCloseable {
  /// Short enough to look live; long enough that a row which changes all the time is drawn a few
  /// times a second. Measured: applying every 250 ms took a third of the CPU of applying each
  /// pulse.
  static final Duration BATCH_PERIOD = Duration.ofMillis(150);

  private final ScheduledExecutorService timer =
      Executors.newSingleThreadScheduledExecutor(
          Thread.ofPlatform().daemon().name("window-timer").factory());

  /// Hands what the stream says to the receiver on the window's thread, the present state first,
  /// until the handle is closed.
  public Handle follow(EventStream stream, Consumer<? super FleetBatch> receiver) {
    EventFolder folder = new EventFolder();
    AtomicBoolean open = new AtomicBoolean(true);
    Runnable deliver =
        () ->
            onWindow(() -> {
              if (open.get()) {
                receiver.accept(folder.drain());
              }
            });
    EventStream.Subscription subscription =
        stream.subscribe(event -> {
          if (folder.fold(event) && !timer.isShutdown()) {
            var _ = timer.schedule(deliver, BATCH_PERIOD.toMillis(), TimeUnit.MILLISECONDS);
          }
        });
    return () -> {
      open.set(false);
      subscription.close();
    };
  }

  @Override
  public void onWindow(Runnable work) {
    Platform.runLater(work);
  }

  @Override
  public void inBackground(Runnable work) {
    Thread.ofVirtual().name("window-work").start(work);
  }

  @Override
  public Handle every(Duration period, Runnable work) {
    ScheduledFuture<?> ticking =
        timer.scheduleAtFixedRate(
            () -> onWindow(work), period.toMillis(), period.toMillis(), TimeUnit.MILLISECONDS);
    return () -> ticking.cancel(false);
  }

  /// Ends all periods. Work that is already on its way to the window still arrives.
  @Override
  public void close() {
    timer.shutdownNow();
  }
}
