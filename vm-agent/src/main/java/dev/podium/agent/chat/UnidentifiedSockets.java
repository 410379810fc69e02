package dev.podium.agent.chat;

import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.SequencedSet;

/// The WebSockets of which nobody knows whose they are: from the upgrade to a good hello, or to the
/// end of the connection. Each takes memory, so they are bounded. The oldest goes first: a page
/// says hello at once, and who only wants to hold connections does not. On the chat loop.
public final class UnidentifiedSockets {
  /// More than come in one second when a large VM has died; with half a hello each they hold about
  /// an eighth of the memory outside the heap that the agent's JVM may take.
  private static final int MOST = 4_096;

  /// So nobody alone drives out all others.
  private static final int MOST_OF_ONE_NETWORK = 1_024;

  private final int most;
  private final int mostOfOneNetwork;
  private final SequencedSet<ChatSocket> all = new LinkedHashSet<>();
  private final Map<String, SequencedSet<ChatSocket>> byNetwork = new HashMap<>();

  public UnidentifiedSockets() {
    this(MOST, MOST_OF_ONE_NETWORK);
  }

  public UnidentifiedSockets(int most, int mostOfOneNetwork) {
    this.most = most;
    this.mostOfOneNetwork = mostOfOneNetwork;
  }

  /// Adds one; who is one too many then is cut off.
  public void add(ChatSocket socket) {
    all.addLast(socket);
    SequencedSet<ChatSocket> neighbours =
        byNetwork.computeIfAbsent(socket.address(), name -> new LinkedHashSet<>());
    neighbours.addLast(socket);
    if (!socket.loopback()) {
      bound(neighbours, mostOfOneNetwork);
    }
    bound(all, most);
  }

  /// Those that are unidentified still, the oldest first.
  public List<ChatSocket> look() {
    List.copyOf(all).stream().filter(socket -> !socket.unidentified()).forEach(this::remove);
    return List.copyOf(all);
  }

  private void bound(SequencedSet<ChatSocket> some, int limit) {
    while (some.size() > limit) {
      ChatSocket oldest = some.getFirst();
      remove(oldest);
      if (oldest.unidentified()) {
        oldest.cutOff();
      }
    }
  }

  private void remove(ChatSocket socket) {
    all.remove(socket);
    byNetwork.computeIfPresent(
        socket.address(),
        (name, neighbours) -> {
          neighbours.remove(socket);
          return neighbours.isEmpty() ? null : neighbours;
        });
  }
}
