package dev.podium.agent.room;

import dev.podium.core.chat.Pulse;
import java.util.List;

/// The people on this VM at one moment, for threads other than the chat loop.
public record Snapshot(int people, long idleSeconds, boolean draining, List<Pulse.Member> members) {
  public Snapshot {
    members = List.copyOf(members);
  }
}
