package dev.podium.localcloud.machine;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/// One wire of a machine: forwards the connections of a port of the loopback to another, until it
/// is cut.
///
/// A cut wire is silent, as a network's is. Connections stay open and carry nothing, and whoever
/// closes one is not heard at the other end. Nobody answers a new one, although its handshake
/// succeeds, because the system makes that by itself. Healed, it delivers what waited. Any thread
/// may call.
public final class Relay implements AutoCloseable {
  private static final System.Logger LOG = System.getLogger(Relay.class.getName());
  private static final int BUFFER_BYTES = 64 * 1024;

  private final InetSocketAddress target;
  private final ServerSocketChannel listening;
  private final CutSwitch wire;
  private final Set<SocketChannel> open = ConcurrentHashMap.newKeySet();

  private Relay(InetSocketAddress target, ServerSocketChannel listening, CutSwitch wire) {
    this.target = target;
    this.listening = listening;
    this.wire = wire;
  }

  /// Opens one.
  ///
  /// @param port where it listens; 0 for any that is free
  /// @param targetPort where it forwards to; nothing need listen there yet
  /// @throws IOException if the port is taken
  public static Relay open(int port, int targetPort, CutSwitch wire) throws IOException {
    ServerSocketChannel listening = ServerSocketChannel.open();
    try {
      listening.bind(loopback(port));
    } catch (IOException taken) {
      listening.close();
      throw taken;
    }
    Relay relay = new Relay(loopback(targetPort), listening, wire);
    Thread.ofVirtual().name("relay-" + relay.port()).start(relay::accept);
    return relay;
  }

  private static InetSocketAddress loopback(int port) {
    return new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
  }

  /// Where it listens.
  public int port() {
    return listening.socket().getLocalPort();
  }

  private void accept() {
    try {
      while (true) {
        SocketChannel near = listening.accept();
        open.add(near);
        Thread.ofVirtual().name("relay-" + port()).start(() -> connect(near));
      }
    } catch (IOException closed) {
      LOG.log(System.Logger.Level.DEBUG, "A relay ended.", closed);
    }
  }

  private void connect(SocketChannel near) {
    try {
      wire.awaitJoined();
      SocketChannel far = SocketChannel.open(target);
      open.add(far);
      near.setOption(StandardSocketOptions.TCP_NODELAY, true);
      far.setOption(StandardSocketOptions.TCP_NODELAY, true);
      if (!listening.isOpen()) {
        // Closed meanwhile, and what was open then is gone already.
        drop(far);
      }
      Thread.ofVirtual().name("relay-" + port()).start(() -> pump(far, near));
      pump(near, far);
    } catch (IOException nobodyListens) {
      // Whoever came is turned away as the target would have done: at once.
      drop(near);
    } catch (InterruptedException ending) {
      Thread.currentThread().interrupt();
    }
  }

  private void pump(SocketChannel from, SocketChannel to) {
    ByteBuffer buffer = ByteBuffer.allocateDirect(BUFFER_BYTES);
    try {
      while (from.read(buffer) >= 0) {
        buffer.flip();
        wire.awaitJoined();
        while (buffer.hasRemaining()) {
          to.write(buffer);
        }
        buffer.clear();
      }
      wire.awaitJoined();
      to.shutdownOutput();
    } catch (IOException broken) {
      end(from, to);
    } catch (InterruptedException ending) {
      Thread.currentThread().interrupt();
    }
    if (from.socket().isOutputShutdown() && to.socket().isOutputShutdown()) {
      drop(from);
      drop(to);
    }
  }

  /// A connection that one end has broken off breaks at the other, once the wire carries that.
  private void end(SocketChannel from, SocketChannel to) {
    try {
      if (listening.isOpen()) {
        wire.awaitJoined();
      }
    } catch (InterruptedException ending) {
      Thread.currentThread().interrupt();
    }
    drop(from);
    drop(to);
  }

  private void drop(SocketChannel channel) {
    open.remove(channel);
    try {
      // Zero: a reset, since nobody waits for what is still unsent.
      channel.setOption(StandardSocketOptions.SO_LINGER, 0);
      channel.close();
    } catch (IOException gone) {
      LOG.log(System.Logger.Level.DEBUG, "A relayed connection was gone.", gone);
    }
  }

  /// Breaks all connections and frees the port.
  @Override
  public void close() {
    try {
      listening.close();
    } catch (IOException fault) {
      LOG.log(System.Logger.Level.DEBUG, "A relay's port did not close.", fault);
    }
    open.forEach(this::drop);
  }
}
