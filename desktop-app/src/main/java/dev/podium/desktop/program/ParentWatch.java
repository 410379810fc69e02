package dev.podium.desktop.program;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;

/// How a server learns that the program which started it has ended, so that it ends as well.
/// Signals stop it in any case.
public enum ParentWatch {
  /// End-of-file on stdin. The null device does not count, although it is at its end from the
  /// start. A service manager or a shell's `&` put it there, and they stop a server by a signal.
  STDIN {
    @Override
    public void await() {
      if (!stdinIsNobodys()) {
        readToEnd(System.in);
      } else {
        forever();
      }
    }
  },
  /// The end of the process that started it. For Maven, which gives what it starts a pipe that ends
  /// at once where Maven itself has no stdin.
  PARENT {
    @Override
    public void await() {
      ProcessHandle.current()
          .parent()
          .map(ProcessHandle::onExit)
          .orElseGet(CompletableFuture::new)
          .join();
    }
  };

  /// The system property `podium.leash` names it; stdin by default.
  public static ParentWatch ofThisProcess() {
    return valueOf(System.getProperty("podium.leash", "stdin").toUpperCase(Locale.ROOT));
  }

  /// Returns when that program has ended, which may be never.
  public abstract void await();

  private static void forever() {
    new CompletableFuture<Void>().join();
  }

  private static void readToEnd(InputStream input) {
    byte[] ignored = new byte[1024];
    try {
      while (input.read(ignored) >= 0) {
        // What is typed means nothing; only the end does.
      }
    } catch (IOException broken) {
      // A stdin that broke is as good as one that ended.
    }
  }

  private static boolean stdinIsNobodys() {
    Path stdin = Path.of("/dev/stdin");
    try {
      return Files.exists(stdin) && Files.isSameFile(stdin, Path.of("/dev/null"));
    } catch (IOException unreadable) {
      return false;
    }
  }
}
