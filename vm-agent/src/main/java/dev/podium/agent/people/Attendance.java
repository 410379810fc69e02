package dev.podium.agent.people;

import dev.podium.wire.chat.Pulse;
import java.util.List;

/// The people on this VM at one moment, for threads other than the chat loop.
public record Attendance(
    int people, long idleSeconds, boolean draining, List<Pulse.Member> members) {
  public Attendance {
    members = List.copyOf(members);
  }
}
