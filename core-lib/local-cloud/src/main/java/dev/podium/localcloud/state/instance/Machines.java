package dev.podium.localcloud.state.instance;

import dev.podium.localcloud.state.Refusal;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Consumer;

/// What stands behind the instances: something that runs, or nothing.
///
/// Calls return at once; what takes time happens elsewhere.
public interface Machines {
  /// What can be done to a machine while its instance stays RUNNING.
  enum Affliction {
    /// Its programs stop where they are; what is sent to them waits.
    HANG,
    /// They carry on.
    UNHANG,
    /// All its programs die at once; the machine stays on.
    CRASH,
    /// Nothing leaves it or reaches it any more, and nobody is told so.
    CUT,
    /// What was sent meanwhile and is still waited for arrives.
    HEAL
  }

  /// @param pid of the machine's first process, while it lives
  /// @param hung whether its programs are stopped where they are
  /// @param cuttable whether its network runs through the cloud
  /// @param cut whether its network is cut
  /// @param metadata where its metadata server is, `127.0.0.1:PORT`; empty before it boots
  record Condition(
      OptionalLong pid, boolean hung, boolean cuttable, boolean cut, Optional<String> metadata) {
    /// Nothing runs.
    public static final Condition OFF =
        new Condition(OptionalLong.empty(), false, false, false, Optional.empty());
  }

  /// How a machine's programs ended, where the cloud did not end them.
  enum End {
    /// It shut down by itself, as after `poweroff`.
    SHUTDOWN,
    /// They were killed or failed; the machine is on, with nothing in it.
    CRASH
  }

  /// Metadata that a machine needs and that its caller did not give.
  Map<String, String> additions(InstanceSpec spec);

  /// Turns the machine on. A machine that cannot start says so in its serial log: to the cloud it
  /// runs, as one with a broken disk would.
  ///
  /// @param log where it writes
  /// @param whenEnded told once its programs ended, unless the cloud ended them
  void boot(Instance instance, SerialLog log, Consumer<End> whenEnded);

  /// Turns the machine off and then runs `whenGone`, also if there was none.
  ///
  /// @param grace what its programs get to end by themselves
  void halt(Instance instance, Duration grace, Runnable whenGone);

  /// Gives up what a machine that is off kept, such as its disk: its instance is gone.
  default void forget(Instance instance) {}

  /// Cuts the machine's power, runs `whenOff`, and keeps what it needs to be turned on again.
  void cutPower(Instance instance, Runnable whenOff);

  /// Freezes the machine.
  void freeze(Instance instance);

  /// Lets a frozen machine carry on.
  void thaw(Instance instance);

  /// Does something to the machine that no API of Google does.
  ///
  /// @throws Refusal if there is no such machine, or it cannot be done to it
  void afflict(Instance instance, Affliction affliction);

  /// How the machine is.
  Condition condition(Instance instance);

  /// No machines: instances are only records.
  static Machines none() {
    return new Machines() {
      @Override
      public Map<String, String> additions(InstanceSpec spec) {
        return Map.of();
      }

      @Override
      public void boot(Instance instance, SerialLog log, Consumer<End> whenEnded) {}

      @Override
      public void halt(Instance instance, Duration grace, Runnable whenGone) {
        whenGone.run();
      }

      @Override
      public void cutPower(Instance instance, Runnable whenOff) {
        whenOff.run();
      }

      @Override
      public void freeze(Instance instance) {}

      @Override
      public void thaw(Instance instance) {}

      @Override
      public void afflict(Instance instance, Affliction affliction) {
        throw Refusal.invalid("This local cloud runs no machines; its instances are only records.");
      }

      @Override
      public Condition condition(Instance instance) {
        return Condition.OFF;
      }
    };
  }
}
