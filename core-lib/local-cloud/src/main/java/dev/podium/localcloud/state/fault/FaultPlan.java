package dev.podium.localcloud.state.fault;

import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;

/// What goes wrong at present, and the dice that decide when. Any thread may call.
///
/// Each kind of chance has dice of its own, all from one seed. So a message that is delivered twice
/// does not decide whether the next request is refused.
public final class FaultPlan {
  /// What chance decides.
  public enum Chance {
    /// Whether Compute Engine refuses a request.
    REFUSAL,
    /// Whether an operation fails.
    OPERATION,
    /// Whether an acknowledgement gets lost.
    ACKNOWLEDGEMENT,
    /// Whether Pub/Sub refuses a call.
    MESSAGING,
    /// How long something takes.
    DURATION
  }

  private final Map<Chance, Random> dice = new EnumMap<>(Chance.class);
  private final List<Consumer<Faults>> listeners = new CopyOnWriteArrayList<>();
  private volatile long seed;
  private volatile Faults faults = Faults.none();

  /// @param seed all chances are drawn from it
  public FaultPlan(long seed) {
    this.seed = seed;
  }

  /// Where the chances come from.
  public long seed() {
    return seed;
  }

  /// What goes wrong at present.
  public Faults now() {
    return faults;
  }

  /// Lets other things go wrong from now on; returns when all parts of the cloud know.
  public void set(Faults changed) {
    faults = changed;
    listeners.forEach(listener -> listener.accept(changed));
  }

  /// As [#set], with the dice as they lay after a start with this seed.
  public void restart(long from, Faults changed) {
    synchronized (this) {
      seed = from;
      dice.clear();
    }
    set(changed);
  }

  /// Tells a part of the cloud of every change, on the thread that makes it.
  public void onChange(Consumer<Faults> listener) {
    listeners.add(listener);
  }

  /// Whether something with this share, 0 to 1, happens now. What cannot happen rolls no dice.
  public boolean happens(Chance chance, double share) {
    return share > 0 && draw(chance) < share;
  }

  /// A number from 0 to below 1.
  synchronized double draw(Chance chance) {
    // Neighbouring seeds of `Random` begin alike; the multiplication puts them far apart.
    return dice.computeIfAbsent(
            chance, kind -> new Random(seed * 0x9E3779B97F4A7C15L + kind.name().hashCode()))
        .nextDouble();
  }
}
