package dev.podium.agent;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.Instant;
import java.util.Locale;
import java.util.logging.Formatter;
import java.util.logging.Level;
import java.util.logging.LogManager;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import java.util.logging.StreamHandler;

/// The log: one line each to standard output, which on a VM is the serial console. The form is
/// logfmt (`time=… level=… logger=… msg="…"`), which people read and programs take apart. A stack
/// trace is one more member of its line. No secrets and no message texts; those who log see to
/// that.
final class StandardOutput extends StreamHandler {
  private StandardOutput() {
    super(System.out, new OneLine());
    setLevel(Level.ALL);
  }

  /// Sends all logging there. The libraries speak up only when something is wrong.
  static void takeLogs() {
    LogManager.getLogManager().reset();
    Logger root = Logger.getLogger("");
    root.addHandler(new StandardOutput());
    root.setLevel(Level.WARNING);
    Logger.getLogger("dev.podium").setLevel(Level.INFO);
  }

  /// Says something when the log itself is not open any more.
  static void say(Level level, String message) {
    System.out.print(line(Instant.now(), level, Main.class.getName(), message, ""));
    System.out.flush();
  }

  @Override
  public synchronized void publish(LogRecord record) {
    super.publish(record);
    flush();
  }

  /// Leaves standard output open: the log is closed before the program has said its last.
  @Override
  public synchronized void close() {
    flush();
  }

  private static String line(
      Instant time, Level level, String logger, String message, String trace) {
    StringBuilder out = new StringBuilder(160);
    out.append("time=").append(time);
    out.append(" level=").append(word(level));
    out.append(" logger=").append(logger.substring(logger.lastIndexOf('.') + 1));
    quoted(out.append(" msg="), message);
    if (!trace.isEmpty()) {
      quoted(out.append(" trace="), trace);
    }
    return out.append('\n').toString();
  }

  private static String word(Level level) {
    if (level.intValue() >= Level.SEVERE.intValue()) {
      return "error";
    }
    return level.equals(Level.WARNING) ? "warn" : level.getName().toLowerCase(Locale.ROOT);
  }

  private static void quoted(StringBuilder out, String text) {
    out.append('"');
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      switch (c) {
        case '"' -> out.append("\\\"");
        case '\\' -> out.append("\\\\");
        case '\n' -> out.append("\\n");
        case '\t' -> out.append("\\t");
        default -> out.append(c < ' ' || c == '\u007f' ? '?' : c);
      }
    }
    out.append('"');
  }

  private static final class OneLine extends Formatter {
    @Override
    public String format(LogRecord record) {
      String logger = record.getLoggerName() == null ? "" : record.getLoggerName();
      return line(
          record.getInstant(), record.getLevel(), logger, formatMessage(record), trace(record));
    }

    private static String trace(LogRecord record) {
      if (record.getThrown() == null) {
        return "";
      }
      StringWriter trace = new StringWriter();
      record.getThrown().printStackTrace(new PrintWriter(trace));
      return trace.toString().replace(System.lineSeparator(), "\n").strip();
    }
  }
}
