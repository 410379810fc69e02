package dev.podium.localcloud.state;

import java.util.Map;

/// What stands behind the instances: something that runs, or nothing.
///
/// Calls return at once; what takes time happens elsewhere.
public interface Machines {
  /// Metadata that a machine needs and that its caller did not give.
  Map<String, String> additions(InstanceSpec spec);

  /// Turns the machine on. A machine that cannot start says so in its serial log: to the cloud it
  /// runs, as one with a broken disk would.
  ///
  /// @param log where it writes
  void boot(Instance instance, SerialLog log);

  /// Turns the machine off and then runs `whenGone`, also if there was none.
  ///
  /// @param atOnce without asking its programs to end first
  void halt(Instance instance, boolean atOnce, Runnable whenGone);

  /// Freezes the machine.
  void freeze(Instance instance);

  /// Lets a frozen machine carry on.
  void thaw(Instance instance);

  /// No machines: instances are only records.
  static Machines none() {
    return new Machines() {
      @Override
      public Map<String, String> additions(InstanceSpec spec) {
        return Map.of();
      }

      @Override
      public void boot(Instance instance, SerialLog log) {}

      @Override
      public void halt(Instance instance, boolean atOnce, Runnable whenGone) {
        whenGone.run();
      }

      @Override
      public void freeze(Instance instance) {}

      @Override
      public void thaw(Instance instance) {}
    };
  }
}
