package dev.podium.agent.chat;

import dev.podium.agent.room.ChatState;
import dev.podium.wire.chat.Pulse;
import dev.podium.wire.cloud.Ticker;
import io.netty.channel.EventLoop;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/// Moves people to other VMs while this one drains. Each page is told once where to go; it opens
/// the new connection, resumes, and only then says bye here. Who has not gone after a while is
/// closed, and finds its way by itself. Whose invite is good here only is sent nowhere.
public final class Departure {
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  /// The VM itself is being stopped: a page needs two round trips to move.
  private static final Duration LAST_PATIENCE = Duration.ofMillis(1_500);

  private final ChatState chat;
  private final Broadcaster broadcaster;
  private final EventLoop loop;
  private final Ticker ticker;
  private final Set<ChatSocket> told = new HashSet<>();
  private boolean draining;
  private long sinceNanos;

  public Departure(ChatState chat, Broadcaster broadcaster, EventLoop loop, Ticker ticker) {
    this.chat = chat;
    this.broadcaster = broadcaster;
    this.loop = loop;
    this.ticker = ticker;
  }

  public void drainChanged(boolean nowDraining) {
    if (nowDraining != draining) {
      draining = nowDraining;
      sinceNanos = ticker.nanos();
      told.clear();
    }
    tick();
  }

  /// To be called every second or so: another VM may have come, or patience may have ended.
  public void tick() {
    if (!draining) {
      return;
    }
    tellNewPlaces();
    if (ticker.nanos() - sinceNanos > PATIENCE.toNanos()) {
      closeAll();
    }
  }

  /// The VM stops: moves everybody on, and closes who has not gone after a moment.
  ///
  /// @param gone completes when everybody is gone
  public void leave(CompletableFuture<Void> gone) {
    drainChanged(true);
    boolean nowhere = told.isEmpty();
    watch(ticker.nanos() + (nowhere ? 0 : LAST_PATIENCE.toNanos()), gone);
  }

  @SuppressWarnings("FutureReturnValueIgnored") // Ends with the loop.
  private void watch(long untilNanos, CompletableFuture<Void> gone) {
    if (untilNanos - ticker.nanos() <= 0) {
      closeAll();
    }
    if (broadcaster.sockets().isEmpty()) {
      gone.complete(null);
    } else {
      loop.schedule(() -> watch(untilNanos, gone), 50, TimeUnit.MILLISECONDS);
    }
  }

  private void closeAll() {
    for (ChatSocket socket : broadcaster.sockets().toArray(ChatSocket[]::new)) {
      socket.end(CloseCodes.DRAINING, "draining");
    }
  }

  /// A page goes only to a place that it was given in a list before. The list that tells of a VM
  /// that has just come may still wait for its turn, so it is told again here.
  private void tellNewPlaces() {
    Map<String, Integer> taken = new HashMap<>();
    byte[] places = Frames.peers(chat.peers().living(), chat.instance());
    for (ChatSocket socket : broadcaster.sockets()) {
      if (!told.contains(socket) && !socket.onlyHere()) {
        Optional<Pulse.Heartbeat> place = chat.peers().refuge(taken);
        place.ifPresent(peer -> {
          taken.merge(peer.vm(), 1, Integer::sum);
          told.add(socket);
          broadcaster.tell(socket, places);
          broadcaster.tell(socket, Frames.moved(peer.url()));
        });
      }
    }
  }
}
