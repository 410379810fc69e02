package dev.podium.fleet.api.instance;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.linecorp.armeria.common.HttpData;
import com.linecorp.armeria.common.HttpResponse;
import com.linecorp.armeria.common.HttpResponseWriter;
import com.linecorp.armeria.common.HttpStatus;
import com.linecorp.armeria.common.MediaType;
import com.linecorp.armeria.common.ResponseHeaders;
import dev.podium.fleet.event.ActivityExport;
import dev.podium.fleet.event.EventStream;
import dev.podium.fleet.event.FleetEvent;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/// The event stream as server-sent events: `vm`, `gone`, `activity` and, when the monitor's doubt
/// or banner changes, `monitor`. Each event is encoded once, however many listen.
///
/// Whoever comes without `Last-Event-ID` first receives the fleet as it is. Whoever comes back with
/// one receives what it missed, if that is still kept, else the fleet as it is. Of the fleet as it
/// is, only the closing `snapshot` has an id. So whoever is cut off in the middle receives it
/// again. A listener that does not keep up is cut off and comes back by itself.
public final class EventFeed implements AutoCloseable {
  private static final int KEPT = 10_000;
  private static final int PENDING = 20_000;
  private static final Duration BREATH = Duration.ofSeconds(15);
  private static final Duration LOOK = Duration.ofSeconds(1);
  private static final ObjectMapper JSON = new ObjectMapper();

  /// After how many milliseconds a browser that lost the stream comes back.
  private static final HttpData RETRY = HttpData.ofUtf8("retry: 2000\n\n");

  // Event ids of an earlier run of this server must not be mistaken for this one's.
  private final String run = UUID.randomUUID().toString().substring(0, 8);
  private final InstanceList instances;
  private final EventStream.Subscription subscription;
  private final Deque<Item> kept = new ArrayDeque<>();
  private final Set<Listener> listeners = ConcurrentHashMap.newKeySet();
  private final CountDownLatch closed = new CountDownLatch(1);
  private long sequence;
  private String monitor = "";

  private record Item(long sequence, HttpData data) {}

  private record Listener(
      HttpResponseWriter response, BlockingQueue<HttpData> pending, BooleanSupplier welcome) {}

  public EventFeed(EventStream events, InstanceList instances) {
    this.instances = instances;
    this.subscription = events.subscribe(this::accept);
    Thread.ofVirtual().name("event-listeners").start(this::turnOut);
  }

  /// Cuts off whoever may listen no more, also if it reads nothing at present.
  private void turnOut() {
    try {
      while (!closed.await(LOOK.toMillis(), TimeUnit.MILLISECONDS)) {
        listeners.removeIf(EventFeed::turnedOut);
      }
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }

  private static boolean turnedOut(Listener listener) {
    boolean welcome = listener.welcome().getAsBoolean();
    if (!welcome) {
      listener.response().abort();
    }
    return !welcome;
  }

  private synchronized void accept(FleetEvent event) {
    switch (event) {
      case FleetEvent.VmChanged changed ->
          publish("vm", instances.one(changed.vm()).toStringUtf8());
      case FleetEvent.VmGone gone ->
          publish(
              "gone",
              JSON.createObjectNode()
                  .put("name", gone.name().value())
                  .put("id", gone.id())
                  .put("reason", gone.reason())
                  .toString());
      case FleetEvent.Activity activity ->
          publish("activity", ActivityExport.json(activity).toString());
      case FleetEvent.MonitorTicked ticked -> {
        // The tick itself is no news to a program.
        String state = json(ticked).toString();
        if (!state.equals(monitor)) {
          monitor = state;
          publish("monitor", state);
        }
      }
    }
  }

  private static ObjectNode json(FleetEvent.MonitorTicked ticked) {
    return JSON.createObjectNode()
        .put("doubt", ticked.doubt())
        .put("banner", ticked.banner().orElse(""));
  }

  private void publish(String kind, String json) {
    Item item = new Item(++sequence, data(sequence, kind, json));
    kept.addLast(item);
    if (kept.size() > KEPT) {
      kept.removeFirst();
    }
    listeners.removeIf(listener -> cutOff(listener, item.data()));
  }

  /// @return whether the listener was too slow and is no longer one
  private static boolean cutOff(Listener listener, HttpData data) {
    boolean kept = listener.pending().offer(data);
    if (!kept) {
      listener.response().abort();
    }
    return !kept;
  }

  private HttpData data(long number, String kind, String json) {
    return data("id: " + run + "-" + number + "\n", kind, json);
  }

  /// @param id the line with the event's id; empty if nobody may go on from here
  private static HttpData data(String id, String kind, String json) {
    String text = id + "event: " + kind + "\ndata: " + json + "\n\n";
    return HttpData.wrap(text.getBytes(StandardCharsets.UTF_8));
  }

  /// Answers a listener.
  ///
  /// @param lastEventId as the listener sent it; empty if it sent none
  /// @param welcome asked every second; the listener is cut off once it may listen no more
  public HttpResponse listen(String lastEventId, BooleanSupplier welcome) {
    HttpResponseWriter response = HttpResponse.streaming();
    Listener listener = new Listener(response, new ArrayBlockingQueue<>(PENDING), welcome);
    List<HttpData> first;
    synchronized (this) {
      first = missed(lastEventId);
      listeners.add(listener);
    }
    if (!response.tryWrite(
        ResponseHeaders.builder(HttpStatus.OK)
            .contentType(MediaType.EVENT_STREAM)
            .add("cache-control", "no-store")
            .build())) {
      listeners.remove(listener);
      return response;
    }
    Thread.ofVirtual().start(() -> feed(listener, first));
    return response;
  }

  private List<HttpData> missed(String lastEventId) {
    long last = known(lastEventId);
    if (last >= 0) {
      return kept.stream().filter(item -> item.sequence() > last).map(Item::data).toList();
    }
    List<HttpData> snapshot = new ArrayList<>();
    instances.vms().forEach(vm -> snapshot.add(data("", "vm", instances.one(vm).toStringUtf8())));
    snapshot.add(data(sequence, "snapshot", "{\"instances\":" + snapshot.size() + "}"));
    return snapshot;
  }

  private long known(String lastEventId) {
    if (!lastEventId.matches(run + "-\\d{1,18}")) {
      return -1;
    }
    long last = Long.parseLong(lastEventId.substring(run.length() + 1));
    boolean reachable = kept.isEmpty() || last >= kept.getFirst().sequence() - 1;
    return reachable && last <= sequence ? last : -1;
  }

  private void feed(Listener listener, List<HttpData> first) {
    try {
      if (!write(listener, RETRY)) {
        return;
      }
      for (HttpData data : first) {
        if (!write(listener, data)) {
          return;
        }
      }
      while (listener.response().isOpen()) {
        HttpData next = listener.pending().poll(BREATH.toSeconds(), TimeUnit.SECONDS);
        if (!write(listener, next != null ? next : HttpData.ofUtf8(": alive\n\n"))) {
          return;
        }
      }
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    } finally {
      listeners.remove(listener);
      listener.response().close();
    }
  }

  /// Waits until the socket has taken what was written, so that the bounded queue is all that
  /// builds up for a slow listener.
  private static boolean write(Listener listener, HttpData data) {
    if (!listener.response().tryWrite(data)) {
      return false;
    }
    try {
      listener.response().whenConsumed().join();
      return true;
    } catch (CompletionException _) {
      return false;
    }
  }

  @Override
  public void close() {
    subscription.close();
    closed.countDown();
    listeners.forEach(listener -> listener.response().abort());
  }
}
