package dev.podium.agent.checker;

import com.fasterxml.jackson.databind.JsonNode;
import dev.podium.agent.wire.WebSocketLine;
import io.netty.buffer.ByteBuf;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.HashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// One WebSocket of a [Participant] to one VM.
final class Connection implements WebSocketLine.Listener {
  /// Who is told what comes.
  interface Owner {
    void opened(Connection connection);

    /// A `msg` frame, not read yet: those who only write look at its id alone.
    void message(Connection connection, ByteBuf payload);

    void heard(Connection connection, JsonNode frame);

    void closed(Connection connection, int code);
  }

  private final World world;
  private final int port;
  private final Owner owner;
  private final Set<String> shown = new HashSet<>();
  private @Nullable WebSocketLine line;
  private boolean abandoned;
  private boolean refused;
  private boolean wasOpen;
  private long heardAt = System.nanoTime();

  Connection(World world, int port, Owner owner) {
    this.world = world;
    this.port = port;
    this.owner = owner;
  }

  void open() {
    WebSocketLine.connect(
        world.sockets(),
        new InetSocketAddress(InetAddress.getLoopbackAddress(), 0),
        new InetSocketAddress(InetAddress.getLoopbackAddress(), port),
        "/ws",
        this);
  }

  int port() {
    return port;
  }

  long heardAt() {
    return heardAt;
  }

  boolean wasOpen() {
    return wasOpen;
  }

  boolean refused() {
    return refused;
  }

  /// Its VM said that it takes nobody, and where to go.
  void refuse() {
    refused = true;
  }

  /// Whether this message comes over this connection for the first time.
  boolean first(String id) {
    return shown.add(id);
  }

  void send(String frame) {
    if (line != null) {
      line.send(frame);
    }
  }

  void reading(boolean reads) {
    if (line != null) {
      line.reading(reads);
    }
  }

  /// Its end is of no interest any more; it is broken off.
  void abandon() {
    abandoned = true;
    drop();
  }

  /// Breaks it off; the owner is told.
  void drop() {
    if (line != null) {
      line.abort();
    } else if (!abandoned) {
      abandoned = true;
      owner.closed(this, 1006);
    }
  }

  /// Says goodbye, as after a move.
  void leave() {
    abandoned = true;
    send("{\"t\":\"bye\"}");
    world.later(500, this::drop);
  }

  @Override
  public String toString() {
    long silent = (System.nanoTime() - heardAt) / 1_000_000_000;
    return port
        + (wasOpen ? " (open" : " (not open")
        + (refused ? ", refused" : "")
        + (abandoned ? ", abandoned" : "")
        + ", silent for "
        + silent
        + " s)";
  }

  @Override
  public void opened(WebSocketLine opened) {
    line = opened;
    wasOpen = true;
    if (abandoned) {
      opened.abort();
    } else {
      owner.opened(this);
    }
  }

  @Override
  public void text(WebSocketLine from, ByteBuf payload) {
    heardAt = System.nanoTime();
    if (abandoned) {
      return;
    }
    if (Json.isMessage(payload)) {
      owner.message(this, payload);
    } else {
      owner.heard(this, Json.read(payload));
    }
  }

  @Override
  public void closed(WebSocketLine from, int code) {
    if (!abandoned) {
      owner.closed(this, code);
    }
  }
}
