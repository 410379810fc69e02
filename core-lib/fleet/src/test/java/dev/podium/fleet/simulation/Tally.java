package dev.podium.fleet.simulation;

import dev.podium.fleet.health.record.HealthAction.End;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;

/// What happened in one run or in many, in numbers.
final class Tally {
  long seeds;
  long fleetMinutes;
  long vmMinutes;
  long faults;
  long created;
  long seated;
  long falseKills;
  long races;
  long doubles;
  long rosters;
  long sent;
  long replaced;
  long stolen;
  long longestWait;
  long worstDead;
  long worstUnused;
  final Map<End, Long> kills = new EnumMap<>(End.class);

  void add(Tally other) {
    seeds += other.seeds;
    fleetMinutes += other.fleetMinutes;
    vmMinutes += other.vmMinutes;
    faults += other.faults;
    created += other.created;
    seated += other.seated;
    falseKills += other.falseKills;
    races += other.races;
    doubles += other.doubles;
    rosters += other.rosters;
    sent += other.sent;
    replaced += other.replaced;
    stolen += other.stolen;
    longestWait = Math.max(longestWait, other.longestWait);
    worstDead = Math.max(worstDead, other.worstDead);
    worstUnused = Math.max(worstUnused, other.worstUnused);
    other.kills.forEach((end, count) -> kills.merge(end, count, Long::sum));
  }

  @Override
  public String toString() {
    return String.format(
        Locale.ROOT,
        "%,d seeds, %,d fleet-hours, %,d VM-hours, %,d faults injected; %,d VMs created, %,d double"
            + " machines for a slot; %,d kills %s, %d false, %d of what was in use only since it"
            + " was last asked; worst age of a dead VM %d min, of an unused one %d min; %,d"
            + " people waited for a seat, the longest %d s; %,d VMs stolen, %,d outdated ones replaced,"
            + " %,d rosters said, %,d times somebody was told of a VM",
        seeds,
        fleetMinutes / 60,
        vmMinutes / 60,
        faults,
        created,
        doubles,
        kills.values().stream().mapToLong(Long::longValue).sum(),
        kills,
        falseKills,
        races,
        worstDead,
        worstUnused,
        seated,
        longestWait / 1_000_000_000L,
        stolen,
        replaced,
        rosters,
        sent);
  }
}
