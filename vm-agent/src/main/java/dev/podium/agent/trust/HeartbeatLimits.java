package dev.podium.agent.trust;

import dev.podium.agent.room.DisplayNames;
import dev.podium.wire.chat.ChatLimits;
import dev.podium.wire.chat.Pulse;
import java.util.List;

/// What a heartbeat may say of its people: no more than a VM's own page lets them be.
public final class HeartbeatLimits {
  private static final int MOST_MEMBERS = 1_000;
  private static final int LONGEST_ID = 128;

  private HeartbeatLimits() {}

  /// The heartbeat without people that cannot be.
  public static Pulse.Heartbeat within(Pulse.Heartbeat beat) {
    List<Pulse.Member> members =
        beat.members().stream().limit(MOST_MEMBERS).filter(HeartbeatLimits::canBe).toList();
    return new Pulse.Heartbeat(
        beat.vm(),
        beat.vmId(),
        beat.bootId(),
        beat.sequence(),
        beat.url(),
        (int) Math.min(beat.participants(), 2L * beat.seats()),
        beat.seats(),
        beat.idleSeconds(),
        beat.ready(),
        beat.draining(),
        beat.selfCheck(),
        members,
        beat.roster());
  }

  private static boolean canBe(Pulse.Member member) {
    return !member.id().isEmpty()
        && member.id().length() <= LONGEST_ID
        && ChatLimits.isShownName(member.name())
        && member.room().length() <= LONGEST_ID
        && DisplayNames.room(member.room()).filter(member.room()::equals).isPresent();
  }
}
