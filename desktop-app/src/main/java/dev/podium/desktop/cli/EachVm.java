package dev.podium.desktop.cli;

import dev.podium.core.model.PodiumException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/// Does the same to several VMs, each for itself: one that fails does not keep the others.
///
/// @param noWait whether the end of the request is enough, without the end of the VM
record EachVm(FleetCommand command, ApiClient api, boolean noWait) {
  // The cloud deletes in about a minute; a drain waits for the people on the VM.
  private static final Duration PATIENCE = Duration.ofMinutes(10);
  private static final Duration LOOK_AGAIN = Duration.ofMillis(300);

  /// @param done the end of the sentence about a VM that went well
  /// @return the exit code
  int run(List<String> names, Consumer<String> action, String done) {
    List<String> asked = new ArrayList<>();
    for (String name : names) {
      try {
        action.accept(name);
        asked.add(name);
      } catch (PodiumException failure) {
        command.complain(Sentence.of(failure));
      }
    }
    boolean gone = true;
    for (String name : asked) {
      if (noWait) {
        command.print(name + " was asked");
      } else if (vanishes(name)) {
        command.print(name + " " + done);
      } else {
        gone = false;
        command.complain(name + " is still there after " + PATIENCE.toMinutes() + " minutes.");
      }
    }
    return gone && asked.size() == names.size() ? 0 : 1;
  }

  private boolean vanishes(String name) {
    long end = System.nanoTime() + PATIENCE.toNanos();
    try {
      while (api.find(FleetCommand.path(name)).isPresent()) {
        if (System.nanoTime() > end) {
          return false;
        }
        Thread.sleep(LOOK_AGAIN);
      }
      return true;
    } catch (InterruptedException interrupt) {
      Thread.currentThread().interrupt();
      return false;
    }
  }
}
