package dev.podium.fleet.health;

import dev.podium.fleet.health.record.VmRecord;
import dev.podium.fleet.model.FleetVm;
import dev.podium.fleet.model.Participants;
import dev.podium.fleet.model.Person;
import dev.podium.fleet.model.Vm;
import dev.podium.wire.chat.ChatLimits;
import dev.podium.wire.chat.Pulse;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.Function;
import java.util.function.IntSupplier;

/// How a record is shown to operators.
public final class OperatorView {
  private final IntSupplier seats;
  private final Function<Vm, OptionalDouble> costPerHour;

  /// @param seats what a VM is taken to have until it says so itself, asked anew each time; must
  ///   answer at once
  /// @param costPerHour in US dollars, empty where it is not known; must answer at once
  public OperatorView(IntSupplier seats, Function<Vm, OptionalDouble> costPerHour) {
    this.seats = seats;
    this.costPerHour = costPerHour;
  }

  FleetVm of(VmRecord record) {
    Optional<Pulse.Heartbeat> beat = record.heartbeats().last();
    Participants participants =
        beat.map(last ->
                new Participants(
                    Math.max(0, last.participants()), Math.max(1, last.seats()), people(last)))
            .orElseGet(() -> new Participants(0, Math.max(1, seats.getAsInt())));
    Optional<Instant> heard = beat.map(_ -> record.heartbeats().wall());
    OptionalDouble price = costPerHour.apply(record.vm());
    return new FleetVm(
        record.vm(),
        record.verdict(),
        participants,
        beat.map(last -> Duration.ofSeconds(last.idleSeconds())),
        heard,
        price.orElse(0),
        price.isPresent(),
        record.accessProblem());
  }

  /// Names go to terminals and windows, so what cannot be a name or an id is left out.
  private static List<Person> people(Pulse.Heartbeat beat) {
    return beat.members().stream()
        .filter(member -> ChatLimits.isPersonId(member.id()))
        .filter(member -> ChatLimits.isPersonId(member.name()) && ChatLimits.isRoom(member.room()))
        .map(member -> new Person(member.id(), member.name(), member.room()))
        .toList();
  }
}
