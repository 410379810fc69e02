package dev.podium.agent.checker;

import dev.podium.agent.checker.Nemesis.Step;
import java.io.IOException;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

/// Lets steps of the nemesis's plan happen. For one thread, which it holds up for as long as a
/// misfortune lasts.
final class Misfortunes {
  /// So many VMs are left at least.
  private static final int LEAST = 2;

  private static final long RESUBSCRIBE_SECONDS = 120;

  private static final long REFUGE_SECONDS = 120;

  /// So many who are told of none are named.
  private static final int NAMED = 5;

  private final Machines machines;
  private final World world;
  private final List<Machines.Running> living;
  private final List<String> coming;
  private int drains;

  /// @param living VMs that are ready; changed here
  /// @param coming names of VMs that boot; changed here
  Misfortunes(Machines machines, World world, List<Machines.Running> living, List<String> coming) {
    this.machines = machines;
    this.world = world;
    this.living = living;
    this.coming = coming;
  }

  void happen(Step step) throws IOException, InterruptedException {
    switch (step.what()) {
      case KILL -> replace(step, "KILL");
      case STOP -> replace(step, "TERM");
      case FREEZE -> {
        Machines.Running victim = pick(step);
        during(step, () -> victim.signal("STOP"), () -> victim.signal("CONT"));
      }
      case DRAIN -> drain(step);
      case SILENCE -> {
        String victim = pick(step).name();
        during(step, () -> machines.cut(victim, true), () -> machines.cut(victim, false));
      }
      case CUT -> cut(step);
      case SLEEP -> sleep(step);
      case OUTAGE ->
          during(step, () -> machines.pubsubAway(true), () -> machines.pubsubAway(false));
      case ERRORS -> pubsub(step, "\"errorRate\":0.3");
      case DUPLICATES -> pubsub(step, "\"duplicateRate\":0.3");
      case TOPIC -> replaceTopic(step);
      case SUBSCRIPTION -> {
        machines.deleteSubscription(pick(step).name(), step.lastsMillis() % 2 == 0);
        TimeUnit.MILLISECONDS.sleep(step.lastsMillis());
      }
      case DELAY -> pubsub(step, "\"delayMillis\":" + (100 + (int) (step.share() * 900)));
    }
    TimeUnit.MILLISECONDS.sleep(step.thenMillis());
  }

  /// Waits until every VM that boots is ready.
  void awaitAll() throws IOException, InterruptedException {
    for (String name : coming) {
      living.add(machines.ready(name));
    }
    coming.clear();
  }

  /// The chat's topic mostly. Who deletes it once more before any VM has noticed takes away what
  /// was acknowledged meanwhile, and nobody can help that: so this waits until they have.
  private void replaceTopic(Step step) throws IOException, InterruptedException {
    boolean chat = step.lastsMillis() % 4 != 0;
    during(step, () -> machines.deleteTopic(chat), () -> machines.makeTopicAgain(chat));
    long until = System.nanoTime() + TimeUnit.SECONDS.toNanos(RESUBSCRIBE_SECONDS);
    while (machines.subscribers(chat) < living.size()) {
      if (System.nanoTime() > until) {
        throw new IllegalStateException(
            "The VMs did not subscribe to the topic that was made anew");
      }
      TimeUnit.MILLISECONDS.sleep(100);
    }
  }

  private Machines.Running pick(Step step) {
    return living.get((int) (step.share() * living.size()));
  }

  private void replace(Step step, String signal) throws IOException, InterruptedException {
    if (living.size() <= LEAST) {
      awaitAll();
    }
    Machines.Running victim = pick(step);
    living.remove(victim);
    awaitRefuge();
    victim.signal(signal);
    machines.ended(victim);
    coming.add(machines.create());
    TimeUnit.MILLISECONDS.sleep(step.lastsMillis());
  }

  /// Waits until everybody will find a VM without the one that is to end. Who knows none that lives
  /// has to open the link again, and that is another page than the one that is watched here.
  private void awaitRefuge() throws InterruptedException {
    Set<Integer> ports =
        living.stream().map(Machines.Running::port).collect(Collectors.toUnmodifiableSet());
    if (!world.await(
        REFUGE_SECONDS,
        () -> world.people().stream().allMatch(person -> person.findsOneOf(ports)))) {
      throw new IllegalStateException("Somebody was told of none of the other VMs" + who(ports));
    }
  }

  /// Who knows none of them, and what these VMs say of themselves.
  private String who(Set<Integer> ports) {
    StringBuilder who = new StringBuilder(":\n");
    world.people().stream()
        .filter(person -> !person.findsOneOf(ports))
        .limit(NAMED)
        .forEach(person -> who.append(person).append('\n'));
    who.append("living: ").append(living).append('\n');
    for (int port : machines.ports()) {
      machines.health(port).ifPresent(said -> who.append(port).append(": ").append(said));
    }
    return who.toString();
  }

  private void drain(Step step) throws InterruptedException {
    Machines.Running victim = pick(step);
    String id = "drain-" + ++drains;
    machines.drain(id, victim.name());
    TimeUnit.MILLISECONDS.sleep(step.lastsMillis());
    machines.drainCancelled(id, victim.name());
  }

  private void cut(Step step) throws InterruptedException {
    world.tell(() ->
        world.people().stream()
            .filter(_ -> world.random().nextDouble() < step.share())
            .forEach(
                person -> person.cut((long) (world.random().nextDouble() * step.lastsMillis()))));
    TimeUnit.MILLISECONDS.sleep(step.lastsMillis());
  }

  private void sleep(Step step) throws InterruptedException {
    world.tell(() ->
        world.people().stream()
            .filter(_ -> world.random().nextDouble() < step.share())
            .forEach(person -> person.sleep(step.lastsMillis())));
    TimeUnit.MILLISECONDS.sleep(step.lastsMillis());
  }

  private void pubsub(Step step, String fault) throws IOException, InterruptedException {
    during(
        step,
        () -> machines.faults("{\"pubsub\":{" + fault + "}}"),
        () -> machines.faults("{\"pubsub\":null}"));
  }

  /// Lets something go wrong for as long as the step lasts.
  private static void during(Step step, Act begin, Act end)
      throws IOException, InterruptedException {
    begin.run();
    try {
      TimeUnit.MILLISECONDS.sleep(step.lastsMillis());
    } finally {
      end.run();
    }
  }

  @FunctionalInterface
  private interface Act {
    void run() throws IOException, InterruptedException;
  }
}
