package dev.podium.fleet.scaler;

import dev.podium.fleet.policy.ScalingPolicy;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;

/// The VMs that the scaler wants, in the order in which it asked for them, until `SlotFilling`
/// takes them. It stands between the two because the scaler runs on the monitor's thread, and
/// whoever makes a VM tells the monitor of it. So neither has to know the other.
public final class SlotOrders implements Scaling.Growth {
  private final BlockingQueue<Order> orders = new LinkedBlockingQueue<>();

  /// @param policy in force when the scaler asked
  public record Order(Scaler.Creation creation, ScalingPolicy policy) {}

  @Override
  public void create(Scaler.Creation creation, ScalingPolicy policy) {
    orders.add(new Order(creation, policy));
  }

  /// Waits for the next one.
  public Order take() throws InterruptedException {
    return orders.take();
  }
}
