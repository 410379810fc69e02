package dev.podium.desktop.testing;

import dev.podium.desktop.fx.UiExecutor;
import dev.podium.wire.cloud.Ticker;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/// Everything on the test's own thread, at once, with a clock that the test moves.
public class SameThread implements UiExecutor, Ticker {
  private long nanos = 1_000_000_000L;

  @Override
  public void onWindow(Runnable work) {
    work.run();
  }

  @Override
  public void inBackground(Runnable work) {
    work.run();
  }

  @Override
  public Handle every(Duration period, Runnable work) {
    List<Runnable> open = new ArrayList<>(List.of(work));
    return open::clear;
  }

  /// Lets time pass.
  public void pass(Duration time) {
    nanos += time.toNanos();
  }

  @Override
  public long nanos() {
    return nanos;
  }

  @Override
  public Instant wall() {
    return Vms.START.plusNanos(nanos - 1_000_000_000L);
  }
}
