package dev.podium.agent.duty;

import dev.podium.agent.people.Attendance;
import dev.podium.agent.room.ChatState;
import dev.podium.agent.room.Condition;
import dev.podium.wire.chat.Pulse;
import dev.podium.wire.model.PodiumException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Function;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Says that this VM lives: every few seconds, and soon after people came or went.
public final class Heartbeat implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Heartbeat.class);

  /// A class that arrives together is one heartbeat, not thirty.
  private static final long GATHER_MILLIS = 150;

  /// Of very many people only so many are named.
  private static final int MOST_MEMBERS = 1_000;

  private static final long LOOP_PATIENCE_MILLIS = 500;

  private final AgentSettings settings;
  private final String bootId;
  private final String url;
  private final ChatState chat;
  private final Executor loop;
  private final SelfCheck selfCheck;
  private final LongSupplier roster;
  private final Function<Pulse, CompletableFuture<String>> send;
  private final AtomicBoolean beating = new AtomicBoolean();
  private final AtomicBoolean soon = new AtomicBoolean();
  private final ScheduledExecutorService duty =
      Executors.newSingleThreadScheduledExecutor(
          task -> Thread.ofPlatform().daemon().name("duty").unstarted(task));
  private long sequence;
  private volatile Attendance last = new Attendance(0, 0, false, List.of());

  /// @param chat only touched on `loop`
  /// @param roster the revision of the roster that the VM goes by
  /// @param send publishes a pulse
  public Heartbeat(
      AgentSettings settings,
      String bootId,
      String url,
      ChatState chat,
      Executor loop,
      SelfCheck selfCheck,
      LongSupplier roster,
      Function<Pulse, CompletableFuture<String>> send) {
    this.settings = settings;
    this.bootId = bootId;
    this.url = url;
    this.chat = chat;
    this.loop = loop;
    this.selfCheck = selfCheck;
    this.roster = roster;
    this.send = send;
  }

  /// Starts to look at itself, every second. Heartbeats begin with [#beating].
  ///
  /// @param also what else is looked at every second, on the same thread
  @SuppressWarnings("FutureReturnValueIgnored") // Runs until closed.
  public void start(Runnable also) {
    duty.scheduleWithFixedDelay(guarded(selfCheck::check), 1, 1, TimeUnit.SECONDS);
    duty.scheduleWithFixedDelay(guarded(also), 1, 1, TimeUnit.SECONDS);
  }

  /// Starts the heartbeats, the first at once; again does nothing.
  @SuppressWarnings("FutureReturnValueIgnored") // Runs until closed.
  public void beating() {
    if (beating.compareAndSet(false, true) && !duty.isShutdown()) {
      duty.scheduleAtFixedRate(
          guarded(this::beat), 0, settings.heartbeat().toMillis(), TimeUnit.MILLISECONDS);
    }
  }

  /// Something changed that the others want to know. Any thread.
  @SuppressWarnings("FutureReturnValueIgnored") // The task tells of its own failures.
  public void beatSoon() {
    if (soon.compareAndSet(false, true) && !duty.isShutdown()) {
      duty.schedule(
          guarded(() -> {
            soon.set(false);
            beat();
          }),
          GATHER_MILLIS,
          TimeUnit.MILLISECONDS);
    }
  }

  /// Ends the heartbeats and says goodbye. Blocks for at most a second.
  @Override
  public void close() {
    duty.shutdownNow();
    send.apply(new Pulse.Goodbye(settings.vm(), bootId))
        .exceptionally(failure -> "")
        .completeOnTimeout("", 1, TimeUnit.SECONDS)
        .join();
  }

  @SuppressWarnings("FutureReturnValueIgnored") // The failure is told here.
  private void beat() {
    last =
        CompletableFuture.supplyAsync(chat::attendance, loop)
            .completeOnTimeout(last, LOOP_PATIENCE_MILLIS, TimeUnit.MILLISECONDS)
            .join();
    send.apply(pulse(last, selfCheck.get()))
        .whenComplete((id, failure) -> {
          if (failure != null) {
            selfCheck.busFailed(
                SelfCheck.PULSE,
                "a heartbeat was not published: " + failure.getMessage(),
                PodiumException.in(failure).flatMap(PodiumException::accessProblem));
          }
        });
  }

  private Pulse.Heartbeat pulse(Attendance now, Condition condition) {
    List<Pulse.Member> members = now.members();
    return new Pulse.Heartbeat(
        settings.vm(),
        settings.vmId(),
        bootId,
        sequence++,
        url,
        now.people(),
        settings.seats(),
        now.idleSeconds(),
        condition.ready(),
        now.draining(),
        new ArrayList<>(condition.failing().keySet()),
        members.subList(0, Math.min(MOST_MEMBERS, members.size())),
        roster.getAsLong());
  }

  /// A duty that failed once is done again the next time: this keeps the VM from falling silent.
  private static Runnable guarded(Runnable task) {
    return () -> {
      try {
        task.run();
      } catch (RuntimeException failure) {
        LOG.warn("A duty failed and is done again: {}", failure.toString());
      }
    };
  }
}
