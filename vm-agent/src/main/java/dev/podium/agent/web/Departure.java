package dev.podium.agent.web;

import dev.podium.agent.room.ChatState;
import dev.podium.core.chat.Pulse;
import dev.podium.core.cloud.Ticker;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// Moves people to other VMs while this one drains. Each page is told once where to go; it opens
/// the new connection, resumes, and only then says bye here. Who has not gone after a while is
/// closed, and finds its way by itself.
final class Departure {
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  private final ChatState chat;
  private final Broadcaster broadcaster;
  private final Ticker ticker;
  private final Set<ChatSocket> told = new HashSet<>();
  private boolean draining;
  private long sinceNanos;

  Departure(ChatState chat, Broadcaster broadcaster, Ticker ticker) {
    this.chat = chat;
    this.broadcaster = broadcaster;
    this.ticker = ticker;
  }

  void drainChanged(boolean nowDraining) {
    if (nowDraining != draining) {
      draining = nowDraining;
      sinceNanos = ticker.nanos();
      told.clear();
    }
    tick();
  }

  /// To be called every second or so: another VM may have come, or patience may have ended.
  void tick() {
    if (!draining) {
      return;
    }
    tellNewPlaces();
    if (ticker.nanos() - sinceNanos > PATIENCE.toNanos()) {
      for (ChatSocket socket : broadcaster.sockets().toArray(ChatSocket[]::new)) {
        socket.end(CloseCodes.DRAINING, "draining");
      }
    }
  }

  private void tellNewPlaces() {
    Map<String, Integer> taken = new HashMap<>();
    for (ChatSocket socket : broadcaster.sockets()) {
      if (!told.contains(socket)) {
        Optional<Pulse.Heartbeat> place = chat.peers().refuge(taken);
        place.ifPresent(
            peer -> {
              taken.merge(peer.vm(), 1, Integer::sum);
              told.add(socket);
              broadcaster.tell(socket, Frames.moved(peer.url()));
            });
      }
    }
  }
}
