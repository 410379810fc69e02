package dev.podium.agent.checker;

import dev.podium.agent.wire.SocketKind;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.Predicate;

/// The people of one run and what they did. All of it belongs to one event loop.
final class World implements AutoCloseable {
  private final SocketKind sockets = SocketKind.start();
  private final Map<String, RoomHistory> rooms = new LinkedHashMap<>();
  private final List<Participant> people = new ArrayList<>();
  private final Random random;
  private final List<String> faults = new ArrayList<>();
  private final long began = System.nanoTime();
  private final Predicate<String> isPlace;
  private int said;
  private int misled;
  private boolean quiet;
  private long waitedNanos;
  private long longestNanos;

  /// @param isPlace whether a VM of the fleet is or was at that address
  World(long seed, Predicate<String> isPlace) {
    this.isPlace = isPlace;
    this.random = new Random(seed);
  }

  SocketKind sockets() {
    return sockets;
  }

  Random random() {
    return random;
  }

  RoomHistory room(String name) {
    return rooms.computeIfAbsent(name, _ -> new RoomHistory());
  }

  List<Participant> people() {
    return people;
  }

  /// Counts a message that is about to be said.
  ///
  /// @return whether it still is
  boolean mayMore() {
    said += quiet ? 0 : 1;
    return !quiet;
  }

  /// Nobody says anything from now on.
  void quiet() {
    quiet = true;
  }

  int said() {
    return said;
  }

  long acknowledged() {
    return rooms.values().stream().mapToLong(room -> room.acknowledged().cardinality()).sum();
  }

  /// A VM told of that address.
  void told(String url) {
    if (!isPlace.test(url)) {
      misled++;
      fault("somebody was told of " + url);
    }
  }

  /// How often somebody was told of an address where no VM of the fleet is.
  int misled() {
    return misled;
  }

  /// Something that no VM may do was done.
  void fault(String sentence) {
    faults.add(sentence);
  }

  List<String> faults() {
    return faults;
  }

  /// From the saying of a message to its acknowledgement.
  void waited(long nanos) {
    waitedNanos += nanos;
    longestNanos = Math.max(longestNanos, nanos);
  }

  String waits() {
    return "acknowledged after %.0f ms on average, %.1f s at most"
        .formatted(waitedNanos / 1e6 / Math.max(1, acknowledged()), longestNanos / 1e9);
  }

  Verdict verdict() {
    Verdict sum = Verdict.NOTHING;
    for (Map.Entry<String, RoomHistory> room : rooms.entrySet()) {
      Judge.Judgement judgement = Judge.judge(room.getValue());
      sum = sum.plus(judgement.verdict());
      judgement.findings().forEach(finding -> fault(room.getKey() + ": " + finding));
    }
    return sum;
  }

  /// Since the world began.
  double seconds() {
    return (System.nanoTime() - began) / 1e9;
  }

  @SuppressWarnings("FutureReturnValueIgnored") // Tasks that throw are the loop's to tell.
  void later(long millis, Runnable task) {
    sockets.loop().schedule(task, millis, TimeUnit.MILLISECONDS);
  }

  /// Runs on the loop; blocks until it is done.
  <T> T ask(Callable<T> question) throws InterruptedException {
    try {
      return sockets.loop().submit(question).get();
    } catch (java.util.concurrent.ExecutionException failed) {
      throw new IllegalStateException(failed.getCause());
    }
  }

  void tell(Runnable act) throws InterruptedException {
    ask(() -> {
      act.run();
      return true;
    });
  }

  /// Waits until it holds, looking on the loop.
  ///
  /// @return whether it came to hold within the time
  boolean await(long seconds, BooleanSupplier condition) throws InterruptedException {
    long until = System.nanoTime() + TimeUnit.SECONDS.toNanos(seconds);
    while (!ask(condition::getAsBoolean)) {
      if (System.nanoTime() > until) {
        return false;
      }
      TimeUnit.MILLISECONDS.sleep(20);
    }
    return true;
  }

  @Override
  public void close() {
    sockets.close();
  }
}
