package dev.podium.fleet.event;

import dev.podium.fleet.event.FleetEvent.Activity;
import dev.podium.fleet.event.FleetEvent.MonitorTicked;
import dev.podium.fleet.event.FleetEvent.VmChanged;
import dev.podium.fleet.event.FleetEvent.VmGone;
import dev.podium.fleet.model.FleetVm;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Set;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// Everything that happened, in one order, to everybody who subscribed.
///
/// Bounded: it keeps the present state of each VM and the last [#ACTIVITIES_KEPT] activities,
/// nothing else. All methods may be called from any thread. Subscribers are called one event at a
/// time, under the stream's lock and on the publisher's thread. They must never block: they put the
/// event in a queue or a map and return.
public final class EventStream {
  /// How many activities a new subscriber receives at most.
  public static final int ACTIVITIES_KEPT = 2_000;

  // By the order in which they were first seen. Written under the lock and read without it. So
  // whoever holds a lock of its own may look at the fleet while a subscriber waits for that lock.
  private final NavigableMap<Long, FleetVm> vms = new ConcurrentSkipListMap<>();
  private final Map<String, Long> orderById = new HashMap<>();
  private long seen;
  private final Deque<Activity> activities = new ArrayDeque<>();
  private final Set<Consumer<? super FleetEvent>> subscribers = new LinkedHashSet<>();
  private @Nullable MonitorTicked monitor;

  /// Receives the present state at once, on the caller's thread, then every event until the handle
  /// is closed.
  public synchronized Subscription subscribe(Consumer<? super FleetEvent> subscriber) {
    vms.values().forEach(vm -> subscriber.accept(new VmChanged(vm)));
    activities.forEach(subscriber);
    if (monitor != null) {
      subscriber.accept(monitor);
    }
    // A wrapper of its own, so that one consumer may subscribe twice and each handle ends its own
    // subscription.
    Consumer<FleetEvent> entry = subscriber::accept;
    subscribers.add(entry);
    return () -> {
      synchronized (this) {
        subscribers.remove(entry);
      }
    };
  }

  /// Tells everybody. A VM that did not change is not told again.
  public synchronized void publish(FleetEvent event) {
    if (!remember(event)) {
      return;
    }
    for (Consumer<? super FleetEvent> subscriber : List.copyOf(subscribers)) {
      subscriber.accept(event);
    }
  }

  /// The fleet as it is now, in the order in which its VMs were first seen. Never waits.
  public List<FleetVm> fleet() {
    return new ArrayList<>(vms.values());
  }

  private boolean remember(FleetEvent event) {
    return switch (event) {
      case VmChanged(FleetVm vm) ->
          !vm.equals(vms.put(orderById.computeIfAbsent(vm.vm().id(), _ -> ++seen), vm));
      case VmGone gone -> {
        Long order = orderById.remove(gone.id());
        yield order != null && vms.remove(order) != null;
      }
      case Activity activity -> {
        activities.addLast(activity);
        if (activities.size() > ACTIVITIES_KEPT) {
          activities.removeFirst();
        }
        yield true;
      }
      case MonitorTicked ticked -> {
        monitor = ticked;
        yield true;
      }
    };
  }

  /// Ends a subscription. Closing it twice does nothing.
  @FunctionalInterface
  public interface Subscription extends AutoCloseable {
    @Override
    void close();
  }
}
