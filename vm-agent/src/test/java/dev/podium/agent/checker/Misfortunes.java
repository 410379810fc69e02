package dev.podium.agent.checker;

import dev.podium.agent.checker.Nemesis.Step;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.TimeUnit;

/// Lets steps of the nemesis's plan happen. For one thread, which it holds up for as long as a
/// misfortune lasts.
final class Misfortunes {
  /// So many VMs are left at least.
  private static final int LEAST = 2;

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
      case FREEZE -> freeze(step);
      case DRAIN -> drain(step);
      case SILENCE -> silence(step);
      case CUT -> cut(step);
      case SLEEP -> sleep(step);
      case OUTAGE -> outage(step);
      case ERRORS -> pubsub(step, "\"errorRate\":0.3");
      case DUPLICATES -> pubsub(step, "\"duplicateRate\":0.3");
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

  private Machines.Running pick(Step step) {
    return living.get((int) (step.share() * living.size()));
  }

  private void replace(Step step, String signal) throws IOException, InterruptedException {
    if (living.size() <= LEAST) {
      awaitAll();
    }
    Machines.Running victim = pick(step);
    living.remove(victim);
    victim.signal(signal);
    coming.add(machines.create());
    TimeUnit.MILLISECONDS.sleep(step.lastsMillis());
  }

  private void freeze(Step step) throws IOException, InterruptedException {
    Machines.Running victim = pick(step);
    victim.signal("STOP");
    try {
      TimeUnit.MILLISECONDS.sleep(step.lastsMillis());
    } finally {
      victim.signal("CONT");
    }
  }

  private void silence(Step step) throws IOException, InterruptedException {
    Machines.Running victim = pick(step);
    machines.cut(victim.name(), true);
    try {
      TimeUnit.MILLISECONDS.sleep(step.lastsMillis());
    } finally {
      machines.cut(victim.name(), false);
    }
  }

  private void drain(Step step) throws InterruptedException {
    Machines.Running victim = pick(step);
    String id = "drain-" + ++drains;
    machines.drain(id, victim.name());
    TimeUnit.MILLISECONDS.sleep(step.lastsMillis());
    machines.drainCancelled(id, victim.name());
  }

  private void cut(Step step) throws InterruptedException {
    world.tell(
        () ->
            world.people().stream()
                .filter(_ -> world.random().nextDouble() < step.share())
                .forEach(
                    person ->
                        person.cut((long) (world.random().nextDouble() * step.lastsMillis()))));
    TimeUnit.MILLISECONDS.sleep(step.lastsMillis());
  }

  private void sleep(Step step) throws InterruptedException {
    world.tell(
        () ->
            world.people().stream()
                .filter(_ -> world.random().nextDouble() < step.share())
                .forEach(person -> person.sleep(step.lastsMillis())));
    TimeUnit.MILLISECONDS.sleep(step.lastsMillis());
  }

  private void outage(Step step) throws IOException, InterruptedException {
    machines.pubsubAway(true);
    try {
      TimeUnit.MILLISECONDS.sleep(step.lastsMillis());
    } finally {
      machines.pubsubAway(false);
    }
  }

  private void pubsub(Step step, String fault) throws IOException, InterruptedException {
    machines.faults("{\"pubsub\":{" + fault + "}}");
    try {
      TimeUnit.MILLISECONDS.sleep(step.lastsMillis());
    } finally {
      machines.faults("{\"pubsub\":null}");
    }
  }
}
