package dev.podium.agent.bench;

import dev.podium.bench.Figure;
import dev.podium.bench.Race;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/// What 10,000 people who say nothing cost, in 200 rooms.
public final class IdleBench {
  private static final int PEOPLE = 10_000;
  private static final int ROUNDS = 3;

  private static final Figure MEMORY = Figure.lower("memory of a connection", "KiB").ratio(0.5);
  private static final Figure WHOLE = Figure.lower("memory of the whole server", "MiB");
  private static final Figure DROPPED = Figure.lower("connections that ended by themselves", "");

  private IdleBench() {}

  /// Runs the bench and prints its table. Argument: how many people, 10,000 if none.
  public static void main(String[] arguments) throws Exception {
    int people = arguments.length > 0 ? Integer.parseInt(arguments[0]) : PEOPLE;
    Race race = new Race(people + " idle people on one server", MEMORY, WHOLE, DROPPED);
    new Servers().enter(race, server -> round(server, people));
    race.run(ROUNDS);
    System.exit(0);
  }

  private static Map<Figure, Double> round(Servers.Server warm, int people) throws Exception {
    Map<Figure, Double> measured = new HashMap<>();
    // Memory that a server once took it keeps, so each round has a server of its own.
    try (Servers.Server server = warm.another()) {
      try (Crowd few = server.crowd(50, 1)) {
        few.speak(1, 20, 2);
      }
      double before = server.program().residentMebibytes();
      try (Crowd crowd = server.crowd(people, 200)) {
        TimeUnit.SECONDS.sleep(5);
        double after = server.program().residentMebibytes();
        measured.put(MEMORY, (after - before) * 1024 / people);
        measured.put(WHOLE, after);
        measured.put(DROPPED, (double) crowd.lost());
      }
    }
    return measured;
  }
}
