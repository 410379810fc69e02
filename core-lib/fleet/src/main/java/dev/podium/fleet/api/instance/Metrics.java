package dev.podium.fleet.api.instance;

import dev.podium.fleet.event.EventStream;
import dev.podium.fleet.event.FleetEvent;
import dev.podium.fleet.event.FleetEvent.MonitorTicked;
import dev.podium.fleet.model.FleetVm;
import dev.podium.fleet.model.Health;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Collection;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// The fleet in numbers, as OpenMetrics text; and whether the monitor is alive.
public final class Metrics implements AutoCloseable {
  public static final String TYPE = "application/openmetrics-text; version=1.0.0; charset=utf-8";
  private static final Duration ALIVE = Duration.ofSeconds(15);

  private final Supplier<Map<String, Long>> dropped;
  private final InstantSource clock;
  private final LongAdder removed = new LongAdder();
  private final LongAdder requests = new LongAdder();
  private final EventStream.Subscription subscription;
  private volatile @Nullable MonitorTicked ticked;

  /// @param dropped messages of the pulse topic that were not believed, by why; asked for each time
  public Metrics(EventStream events, Supplier<Map<String, Long>> dropped, InstantSource clock) {
    this.dropped = dropped;
    this.clock = clock;
    this.subscription = events.subscribe(this::accept);
  }

  private void accept(FleetEvent event) {
    switch (event) {
      case MonitorTicked tick -> ticked = tick;
      case FleetEvent.VmGone _ -> removed.increment();
      case FleetEvent.VmChanged _, FleetEvent.Activity _ -> {}
    }
  }

  public void countRequest() {
    requests.increment();
  }

  /// Whether the monitor ticked a moment ago.
  public boolean alive() {
    MonitorTicked last = ticked;
    return last != null
        && Duration.between(last.lastTick(), clock.instant()).abs().compareTo(ALIVE) < 0;
  }

  public int doubt() {
    MonitorTicked last = ticked;
    return last == null ? 0 : last.doubt();
  }

  public String lastTick() {
    MonitorTicked last = ticked;
    return (last == null ? Instant.EPOCH : last.lastTick()).toString();
  }

  public String text(Collection<FleetVm> fleet) {
    Map<Health, Integer> counts = new EnumMap<>(Health.class);
    int people = 0;
    int seats = 0;
    double cost = 0;
    for (FleetVm vm : fleet) {
      counts.merge(vm.health(), 1, Integer::sum);
      people += vm.participants().present();
      seats += vm.health().welcomes() ? vm.participants().seats() : 0;
      cost += vm.costPerHour();
    }
    StringBuilder out = new StringBuilder(2_048);
    head(out, "podium_vms", "gauge", "VMs by health.");
    for (Health health : Health.values()) {
      out.append("podium_vms{health=\"")
          .append(health.name().toLowerCase(Locale.ROOT))
          .append("\"} ")
          .append(counts.getOrDefault(health, 0))
          .append('\n');
    }
    gauge(out, "podium_participants", "People on all VMs.", people);
    gauge(out, "podium_seats", "Seats on VMs that take people.", seats);
    gauge(out, "podium_cost_dollars_per_hour", "List price of the fleet.", cost);
    gauge(out, "podium_observer_doubt", "The console's doubt about itself, 0 to 8.", doubt());
    gauge(out, "podium_monitor_alive", "1 if the monitor ticked a moment ago.", alive() ? 1 : 0);
    counter(out, "podium_vms_gone", "VMs that have gone since the start.", removed.sum());
    counter(out, "podium_api_requests", "Requests to this API.", requests.sum());
    head(
        out, "podium_pulses_dropped", "counter", "Messages between VMs and consoles not believed.");
    dropped
        .get()
        .forEach((why, count) ->
            out.append("podium_pulses_dropped_total{why=\"")
                .append(why)
                .append("\"} ")
                .append(count)
                .append('\n'));
    return out.append("# EOF\n").toString();
  }

  private static void gauge(StringBuilder out, String name, String help, double value) {
    head(out, name, "gauge", help);
    out.append(name).append(' ').append(value).append('\n');
  }

  private static void counter(StringBuilder out, String name, String help, long value) {
    head(out, name, "counter", help);
    out.append(name).append("_total ").append(value).append('\n');
  }

  private static void head(StringBuilder out, String name, String type, String help) {
    out.append("# HELP ").append(name).append(' ').append(help).append('\n');
    out.append("# TYPE ").append(name).append(' ').append(type).append('\n');
  }

  @Override
  public void close() {
    subscription.close();
  }
}
