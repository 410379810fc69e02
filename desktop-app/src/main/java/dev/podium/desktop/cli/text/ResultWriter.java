package dev.podium.desktop.cli.text;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// Writes a command's results, and remembers why they could not be written.
public final class ResultWriter extends PrintWriter {
  /// What a shell reports of a program that SIGPIPE ended: 128 and the signal's number.
  public static final int READER_GONE = 141;

  private final Remembering sink;

  private ResultWriter(Remembering sink) {
    super(sink, true, StandardCharsets.UTF_8);
    this.sink = sink;
  }

  /// Writes to this process's standard output.
  public static ResultWriter ofStandardOutput() {
    return new ResultWriter(new Remembering(new FileOutputStream(FileDescriptor.out), isPipe()));
  }

  /// Writes to a stream of which nothing is known.
  public static ResultWriter of(OutputStream stream) {
    return new ResultWriter(new Remembering(stream, false));
  }

  /// Whether results could not be written because nobody reads them any more, as after `| head`.
  public static boolean readerGone(PrintWriter out) {
    return out instanceof ResultWriter results && results.sink.readerGone();
  }

  /// The system words its errors in the person's language, so the kind of output counts first.
  private static boolean isPipe() {
    try {
      String target = Files.readSymbolicLink(Path.of("/proc/self/fd/1")).toString();
      return target.startsWith("pipe:") || target.startsWith("socket:");
    } catch (IOException | UnsupportedOperationException unknown) {
      return false;
    }
  }

  /// A `PrintWriter` forgets what went wrong below it.
  private static final class Remembering extends FilterOutputStream {
    private final boolean pipe;
    private volatile @Nullable IOException failure;

    Remembering(OutputStream below, boolean pipe) {
      super(below);
      this.pipe = pipe;
    }

    boolean readerGone() {
      IOException last = failure;
      return last != null
          && (pipe || String.valueOf(last.getMessage()).toLowerCase(Locale.ROOT).contains("pipe"));
    }

    @Override
    public void write(int octet) throws IOException {
      write(new byte[] {(byte) octet}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int start, int length) throws IOException {
      try {
        out.write(bytes, start, length);
      } catch (IOException lost) {
        failure = lost;
        throw lost;
      }
    }
  }
}
