package dev.podium.agent;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.logging.Formatter;
import java.util.logging.Level;
import java.util.logging.LogManager;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import java.util.logging.StreamHandler;

/// The log: one line each to standard output, which on a VM is the serial console. No secrets and
/// no message texts; those who log see to that.
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

  private static final class OneLine extends Formatter {
    @Override
    public String format(LogRecord record) {
      String name = record.getLoggerName() == null ? "" : record.getLoggerName();
      return record.getInstant()
          + " "
          + record.getLevel()
          + " "
          + name.substring(name.lastIndexOf('.') + 1)
          + ": "
          + formatMessage(record).replace('\n', ' ')
          + trace(record)
          + "\n";
    }

    private static String trace(LogRecord record) {
      if (record.getThrown() == null) {
        return "";
      }
      StringWriter trace = new StringWriter();
      record.getThrown().printStackTrace(new PrintWriter(trace));
      return "\n" + trace;
    }
  }
}
