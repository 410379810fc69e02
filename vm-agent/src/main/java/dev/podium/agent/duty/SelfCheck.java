package dev.podium.agent.duty;

import dev.podium.agent.room.Condition;
import dev.podium.wire.cloud.Ticker;
import dev.podium.wire.model.AccessProblem;
import dev.podium.wire.text.DurationText;
import java.time.Duration;
import java.util.Collections;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.Executor;
import java.util.function.Supplier;

/// The VM's look at itself: do its own heartbeats and markers come back from the bus, does its own
/// page answer, does the chat loop take turns, is there heap left. Any thread may ask.
public final class SelfCheck implements Supplier<Condition> {
  /// The chat's topic; its trouble ends when its history is complete again.
  public static final String CHAT = "chat";

  /// The pulse's topic; its trouble ends when an own heartbeat comes back.
  public static final String PULSE = "pulse";

  private static final Duration SLOWEST_TURN = Duration.ofSeconds(2);
  private static final double FULLEST_HEAP = 0.95;
  private static final int FULL_CHECKS = 5;

  /// One probe of the own page may be lost to a VM that stood still.
  private static final int PAGE_FAILURES = 2;

  private final Ticker ticker;
  private final Executor loop;
  private final Duration busPatience;
  private volatile boolean ready;
  private volatile int pageFailures;
  private volatile String pageTrouble = "it has not been asked yet";
  private volatile boolean pageAnswered;
  private volatile long busHeardNanos;

  /// By topic: that heartbeats come back says nothing about the chat.
  private final Map<String, String> busTroubles = new ConcurrentSkipListMap<>();

  /// By topic, for those troubles that only a person can mend.
  private final Map<String, AccessProblem> accessProblems = new ConcurrentSkipListMap<>();

  private volatile long turnAskedNanos;
  private volatile long turnTakenNanos;
  private volatile Condition condition =
      new Condition(false, Collections.unmodifiableSortedMap(new TreeMap<>()));
  private int fullChecks;

  /// @param heartbeat how often the VM's own heartbeat should come back
  public SelfCheck(Ticker ticker, Executor loop, Duration heartbeat) {
    this.ticker = ticker;
    this.loop = loop;
    this.busPatience = heartbeat.multipliedBy(2).plusSeconds(3);
    this.busHeardNanos = ticker.nanos();
    this.turnAskedNanos = ticker.nanos();
    this.turnTakenNanos = turnAskedNanos;
  }

  @Override
  public Condition get() {
    return condition;
  }

  /// The history is complete: from now on people may come. Again after every new subscription.
  public void caughtUp() {
    if (!ready) {
      busHeardNanos = ticker.nanos();
    }
    busTroubles.remove(CHAT);
    accessProblems.remove(CHAT);
    ready = true;
    judge();
  }

  /// A marker came back the way that people's messages go.
  public void chatHeard() {
    accessProblems.remove(CHAT);
    if (ready && busTroubles.remove(CHAT) != null) {
      judge();
    }
  }

  /// Whether own heartbeats stay away.
  public boolean pulseIsSilent() {
    return ready && ticker.nanos() - busHeardNanos > busPatience.toNanos();
  }

  /// The own page was asked.
  ///
  /// @param trouble why it did not answer; empty if it did
  public void pageAsked(Optional<String> trouble) {
    pageTrouble = trouble.orElse("");
    pageFailures = trouble.isEmpty() ? 0 : pageFailures + 1;
    pageAnswered = trouble.isEmpty() || (pageAnswered && pageFailures < PAGE_FAILURES);
    judge();
  }

  /// An own heartbeat came back.
  public void busHeard() {
    busHeardNanos = ticker.nanos();
    accessProblems.remove(PULSE);
    if (condition.failing().containsKey("bus")) {
      busTroubles.remove(PULSE);
      judge();
    }
  }

  /// The bus refused something: the sentence is shown until that topic works again.
  public void busFailed(String topic, String sentence) {
    busFailed(topic, sentence, Optional.empty());
  }

  /// The same.
  ///
  /// @param access why it did not let the VM in, if it was that
  public void busFailed(String topic, String sentence, Optional<AccessProblem> access) {
    busTroubles.put(topic, sentence);
    access.ifPresentOrElse(
        problem -> accessProblems.put(topic, problem), () -> accessProblems.remove(topic));
    judge();
  }

  /// Looks again; to be called every second, by one thread.
  public void check() {
    if (turnTakenNanos - turnAskedNanos >= 0) {
      turnAskedNanos = ticker.nanos();
      loop.execute(() -> turnTakenNanos = ticker.nanos());
    }
    Runtime memory = Runtime.getRuntime();
    double used = (double) (memory.totalMemory() - memory.freeMemory()) / memory.maxMemory();
    fullChecks = used > FULLEST_HEAP ? fullChecks + 1 : 0;
    judge();
  }

  private synchronized void judge() {
    long now = ticker.nanos();
    SortedMap<String, String> failing = new TreeMap<>();
    if (!busTroubles.isEmpty()) {
      failing.put("bus", String.join("; ", busTroubles.values()));
    } else if (ready && now - busHeardNanos > busPatience.toNanos()) {
      failing.put("bus", "nothing came back from Pub/Sub for " + seconds(now - busHeardNanos));
    }
    if (turnTakenNanos - turnAskedNanos < 0 && now - turnAskedNanos > SLOWEST_TURN.toNanos()) {
      failing.put(
          "loop", "the chat loop has not taken a turn for " + seconds(now - turnAskedNanos));
    }
    if (fullChecks >= FULL_CHECKS) {
      failing.put("heap", "the heap is full");
    }
    if (!pageAnswered && ready) {
      failing.put("page", pageTrouble);
    }
    condition =
        new Condition(
            ready && pageAnswered,
            Collections.unmodifiableSortedMap(failing),
            accessProblems.values().stream().findFirst());
  }

  private static String seconds(long nanos) {
    return DurationText.inSeconds(Duration.ofNanos(nanos));
  }
}
