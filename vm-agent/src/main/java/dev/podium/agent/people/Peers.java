package dev.podium.agent.people;

import dev.podium.wire.chat.Pulse;
import dev.podium.wire.cloud.Ticker;
import dev.podium.wire.identity.Roster;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;

/// The other VMs of the fleet, as their heartbeats tell.
///
/// Where they are says the roster alone, once there is one. A VM that is not on it is no place, and
/// the address that it tells itself is never used.
public final class Peers {
  /// After this long without a heartbeat a VM's people are no longer shown.
  public static final Duration SILENCE = Duration.ofSeconds(15);

  private final Ticker ticker;
  private final Map<String, Heard> byName = new TreeMap<>();

  /// By the names of VMs. Empty while this VM goes by what the others say of themselves.
  private Optional<Map<String, Roster.Entry>> roster = Optional.empty();

  public Peers(Ticker ticker) {
    this.ticker = ticker;
  }

  /// Goes by that roster from now on. Who is not on it is forgotten.
  ///
  /// @return whether anything that people see changed
  public boolean follow(Roster newRoster) {
    List<Pulse.Heartbeat> before = living();
    boolean first = roster.isEmpty();
    Map<String, Roster.Entry> entries = newRoster.byName();
    roster = Optional.of(entries);
    byName.values().removeIf(heard -> !isOn(entries, heard.beat));
    // What was said before there was a roster nobody proved: its number must not bar the next.
    byName.replaceAll((vm, heard) -> {
      Pulse.Heartbeat there = placed(heard.beat, Objects.requireNonNull(entries.get(vm)));
      return new Heard(there, first ? -1 : heard.sequence, heard.atNanos);
    });
    return !before.equals(living());
  }

  private static boolean isOn(Map<String, Roster.Entry> entries, Pulse.Heartbeat beat) {
    Roster.Entry entry = entries.get(beat.vm());
    return entry != null && entry.vmId().equals(beat.vmId());
  }

  /// A heartbeat with the address and at most the seats of the roster.
  private static Pulse.Heartbeat placed(Pulse.Heartbeat beat, Roster.Entry entry) {
    int seats = Math.min(beat.seats(), entry.seats());
    return new Pulse.Heartbeat(
        beat.vm(),
        beat.vmId(),
        beat.bootId(),
        beat.sequence(),
        entry.url(),
        beat.participants(),
        seats,
        beat.idleSeconds(),
        beat.ready(),
        beat.draining(),
        beat.selfCheck(),
        beat.members(),
        beat.roster());
  }

  /// A heartbeat that nobody proved: it counts only while there is no roster.
  ///
  /// @return whether anything that people see changed
  public boolean heard(Pulse.Heartbeat beat) {
    return roster.isEmpty() && take(beat, ticker.nanos());
  }

  /// A heartbeat that was proved.
  ///
  /// @param atNanos when it came, a moment ago
  /// @return whether anything that people see changed
  public boolean heard(Pulse.Heartbeat beat, long atNanos) {
    Map<String, Roster.Entry> entries = roster.orElse(Map.of());
    return isOn(entries, beat)
        && take(placed(beat, Objects.requireNonNull(entries.get(beat.vm()))), atNanos);
  }

  private boolean take(Pulse.Heartbeat beat, long atNanos) {
    Heard before = byName.get(beat.vm());
    if (before != null
        && before.beat.bootId().equals(beat.bootId())
        && before.sequence >= beat.sequence()) {
      return false; // A duplicate, or one that was overtaken.
    }
    byName.put(beat.vm(), new Heard(beat, beat.sequence(), atNanos));
    return before == null || !look(before.beat).equals(look(beat));
  }

  /// @return whether the VM was known
  public boolean gone(Pulse.Goodbye goodbye) {
    Heard heard = byName.get(goodbye.vm());
    if (heard == null || !heard.beat.bootId().equals(goodbye.bootId())) {
      return false;
    }
    byName.remove(goodbye.vm());
    return true;
  }

  /// Forgets the silent ones.
  ///
  /// @return whether there were any
  public boolean expire() {
    long now = ticker.nanos();
    return byName.values().removeIf(heard -> now - heard.atNanos > SILENCE.toNanos());
  }

  /// The living ones, by name.
  public List<Pulse.Heartbeat> living() {
    return byName.values().stream().map(Heard::beat).toList();
  }

  /// The living, healthy one with the most free seats, if any has one.
  public Optional<Pulse.Heartbeat> roomiest() {
    return roomiest(Map.of());
  }

  /// The same, when so many people were just sent to each VM and are not in its heartbeats yet.
  public Optional<Pulse.Heartbeat> roomiest(Map<String, Integer> sent) {
    return living().stream()
        .filter(beat -> takesPeople(beat) && freeSeats(beat) > 0)
        .max(Comparator.comparingInt(beat -> freeSeats(beat) - sent.getOrDefault(beat.vm(), 0)));
  }

  /// Where people are moved to: the healthy one with the most seats left, even if that is none.
  /// Those who are here already must not be turned away.
  public Optional<Pulse.Heartbeat> refuge() {
    return refuge(Map.of());
  }

  /// The same, when so many people were just sent to each VM.
  public Optional<Pulse.Heartbeat> refuge(Map<String, Integer> sent) {
    return living().stream()
        .filter(Peers::takesPeople)
        .max(Comparator.comparingInt(beat -> freeSeats(beat) - sent.getOrDefault(beat.vm(), 0)));
  }

  public List<PresentMember> in(String room) {
    List<PresentMember> members = new ArrayList<>();
    for (Pulse.Heartbeat beat : living()) {
      for (Pulse.Member member : beat.members()) {
        if (member.room().equals(room)) {
          members.add(new PresentMember(member.id(), member.name(), beat.vm()));
        }
      }
    }
    return members;
  }

  /// Seats that nobody has taken.
  public static int freeSeats(Pulse.Heartbeat beat) {
    return beat.seats() - beat.participants();
  }

  private static boolean takesPeople(Pulse.Heartbeat beat) {
    return beat.ready() && !beat.draining() && beat.selfCheck().isEmpty();
  }

  /// A heartbeat without what changes with each.
  private static Pulse.Heartbeat look(Pulse.Heartbeat beat) {
    return new Pulse.Heartbeat(
        beat.vm(),
        beat.vmId(),
        beat.bootId(),
        0,
        beat.url(),
        beat.participants(),
        beat.seats(),
        0,
        beat.ready(),
        beat.draining(),
        beat.selfCheck(),
        beat.members(),
        0);
  }

  private record Heard(Pulse.Heartbeat beat, long sequence, long atNanos) {}
}
