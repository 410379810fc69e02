package dev.podium.localcloud.machine;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// A tiny shell beside the cloud that outlives it by a moment. When its input ends, it ends every
/// process that it was told about and removes the cloud's folder.
///
/// Lines on its input: `+PID` for a process that started, `-PID` for one that is gone. On a system
/// without `/bin/sh` there is none, and every method does nothing. Any thread may call.
final class Reaper implements AutoCloseable {
  private static final System.Logger LOG = System.getLogger(Reaper.class.getName());

  private static final Path SHELL = Path.of("/bin/sh");

  /// Control-C reaches the whole process group, so the shell must not die of it before its work is
  /// done. The list is kept between spaces, so that one id never matches a part of another.
  private static final String SCRIPT =
      """
      trap '' INT TERM HUP QUIT
      pids=' '
      while read -r line; do
        pid=${line#?}
        case $line in
          +*) pids="$pids$pid " ;;
          -*) case $pids in *" $pid "*) pids="${pids%%" $pid "*} ${pids#*" $pid "}" ;; esac ;;
        esac
      done
      for pid in $pids; do kill -9 "$pid" 2>/dev/null; done
      rm -rf -- "$1"
      """;

  private static final Reaper ABSENT = new Reaper(null);

  private final @Nullable Process shell;

  private Reaper(@Nullable Process shell) {
    this.shell = shell;
  }

  /// Starts one.
  ///
  /// @param folder what it removes at the end
  static Reaper start(Path folder) throws IOException {
    if (!SHELL.toFile().canExecute()) {
      return ABSENT;
    }
    ProcessBuilder builder =
        new ProcessBuilder(SHELL.toString(), "-c", SCRIPT, "podium-reaper", folder.toString())
            .directory(new java.io.File("/"))
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .redirectError(ProcessBuilder.Redirect.DISCARD);
    return new Reaper(builder.start());
  }

  void add(long pid) {
    tell("+" + pid);
  }

  void remove(long pid) {
    tell("-" + pid);
  }

  private synchronized void tell(String line) {
    if (shell == null) {
      return;
    }
    try {
      OutputStream input = shell.getOutputStream();
      input.write((line + "\n").getBytes(StandardCharsets.US_ASCII));
      input.flush();
    } catch (IOException gone) {
      // Somebody ended the reaper. Children still end at the end of their own input.
      LOG.log(System.Logger.Level.DEBUG, "The reaper is gone: {0}", gone.getMessage());
    }
  }

  /// Ends its input and waits until it has done its work.
  @Override
  public void close() {
    if (shell == null) {
      return;
    }
    try {
      shell.getOutputStream().close();
      if (!shell.waitFor(2, TimeUnit.SECONDS)) {
        shell.destroyForcibly();
      }
    } catch (IOException gone) {
      shell.destroyForcibly();
    } catch (InterruptedException interrupted) {
      shell.destroyForcibly();
      Thread.currentThread().interrupt();
    }
  }
}
