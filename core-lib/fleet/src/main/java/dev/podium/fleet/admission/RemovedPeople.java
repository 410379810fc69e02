package dev.podium.fleet.admission;

import dev.podium.fleet.directory.ActivityLog;
import dev.podium.fleet.event.EventStream;
import dev.podium.fleet.event.FleetEvent;
import dev.podium.fleet.event.FleetEvent.Level;
import dev.podium.fleet.model.FleetVm;
import dev.podium.fleet.model.Person;
import dev.podium.wire.chat.Pulse;
import dev.podium.wire.cloud.Ticker;
import dev.podium.wire.model.PodiumException;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;

/// Puts people out of the chat, and keeps them out. Every VM is told at once; a VM that did not
/// hear it, or that was made later, is told again when its heartbeat names one of them. A console
/// that is started anew has forgotten them, while the VMs have not. May be used from any thread.
public final class RemovedPeople implements AutoCloseable {
  /// Between two times that the VMs are told of one person again: two heartbeats.
  private static final Duration PAUSE = Duration.ofSeconds(10);

  private final EventStream events;
  private final Function<Pulse, CompletableFuture<String>> publish;
  private final ActivityLog activityLog;
  private final Ticker ticker;
  private final Map<String, Kept> kept = new HashMap<>();
  private final EventStream.Subscription subscription;

  /// By the ticker's nanoseconds.
  private record Kept(long until, long told) {}

  /// @param publish on the pulse topic; may block
  public RemovedPeople(
      EventStream events,
      Function<Pulse, CompletableFuture<String>> publish,
      ActivityLog activityLog,
      Ticker ticker) {
    this.events = events;
    this.publish = publish;
    this.activityLog = activityLog;
    this.ticker = ticker;
    this.subscription = events.subscribe(this::accept);
  }

  /// Puts a person out on every VM. Blocks until Pub/Sub has it.
  ///
  /// @param id of somebody who is in the chat now
  /// @return until when the same invite, or the same name with an access code, lets nobody in
  /// @throws PodiumException.NotFound if nobody of that id is in the chat
  /// @throws PodiumException.Unavailable if the VMs could not be told
  public Instant remove(String id, Duration span) {
    String name =
        events.fleet().stream()
            .flatMap(vm -> vm.participants().people().stream())
            .filter(person -> person.id().equals(id))
            .map(Person::name)
            .findFirst()
            .orElseThrow(() -> nobody(id));
    try {
      publish.apply(new Pulse.PersonRemoved(id, span)).join();
    } catch (RuntimeException failure) {
      throw new PodiumException.Unavailable(
          "'" + name + "' could not be put out",
          "the VMs could not be told",
          "Try again in a moment.",
          failure);
    }
    long now = ticker.nanos();
    synchronized (kept) {
      kept.put(id, new Kept(now + span.toNanos(), now));
    }
    activityLog.write(
        Level.INFO, Optional.empty(), "'" + name + "' was put out of the chat by a host");
    return ticker.wall().plus(span);
  }

  private static PodiumException nobody(String id) {
    return new PodiumException.NotFound(
        "Nobody with the id '" + id + "' is in the chat",
        "they left, or the id is another",
        "See who is there with 'podium people list'.",
        null);
  }

  /// Under the stream's lock, so it must not block.
  private void accept(FleetEvent event) {
    if (event instanceof FleetEvent.VmChanged(FleetVm vm)) {
      vm.participants().people().forEach(person -> again(person.id()));
    }
  }

  private void again(String id) {
    long now = ticker.nanos();
    long left;
    synchronized (kept) {
      Kept before = kept.get(id);
      if (before == null || now - before.told() < PAUSE.toNanos()) {
        return;
      }
      left = before.until() - now;
      if (left <= 0) {
        kept.remove(id);
        return;
      }
      kept.put(id, new Kept(before.until(), now));
    }
    Pulse.PersonRemoved pulse = new Pulse.PersonRemoved(id, Duration.ofNanos(left));
    // What fails is said again at a later heartbeat.
    Thread.ofVirtual().start(() -> publish.apply(pulse).exceptionally(_ -> ""));
  }

  @Override
  public void close() {
    subscription.close();
  }
}
