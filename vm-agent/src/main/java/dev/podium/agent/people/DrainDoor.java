package dev.podium.agent.people;

import dev.podium.wire.chat.Pulse;
import java.util.LinkedHashSet;
import java.util.Optional;

/// Whether the VM takes people: open, or closed by the one drain that counts.
///
/// The console destroys a VM only after this door answered the console's own id. The door closes
/// only if nobody uses the VM or the operator insists. Both happen on the chat loop. So a join is
/// either before the drain, which is then refused, or after it, and is then sent elsewhere.
public final class DrainDoor {
  private static final int REMEMBERED = 100;

  private Optional<String> drainId = Optional.empty();

  /// A request may be delivered again, or after its cancellation. It must not close the door for
  /// good when no console waits for it any more.
  private final LinkedHashSet<String> cancelled = new LinkedHashSet<>();

  public boolean draining() {
    return drainId.isPresent();
  }

  /// Closes the door, or refuses. The same request again gets the same answer; another id takes the
  /// drain over, and the console of the first finds its id no longer good.
  public Pulse.DrainAnswer answer(Pulse.DrainRequest request, int people, boolean used) {
    boolean known = drainId.filter(request.id()::equals).isPresent();
    boolean over = cancelled.contains(request.id());
    boolean accepted = !over && (known || request.force() || !used);
    if (accepted) {
      drainId = Optional.of(request.id());
    }
    return new Pulse.DrainAnswer(request.id(), request.vm(), accepted, people);
  }

  /// Opens the door, if that drain is the one that closed it.
  public boolean cancel(String id) {
    cancelled.add(id);
    if (cancelled.size() > REMEMBERED) {
      cancelled.removeFirst();
    }
    if (!drainId.filter(id::equals).isPresent()) {
      return false;
    }
    drainId = Optional.empty();
    return true;
  }
}
