package dev.podium.localcloud.conformance;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;

/// Collects what any part of this process logs at error level. What a stranger sends is no error of
/// the server, and a log that a stranger can fill hides the real ones.
public final class ErrorLog extends Handler implements AutoCloseable {

  private final List<String> errors = new CopyOnWriteArrayList<>();
  private final Logger root = Logger.getLogger("");

  public ErrorLog() {
    root.addHandler(this);
  }

  public List<String> errors() {
    return errors;
  }

  @Override
  public void publish(LogRecord entry) {
    if (entry.getLevel().intValue() >= Level.SEVERE.intValue()) {
      errors.add(entry.getLoggerName() + ": " + entry.getMessage() + " / " + entry.getThrown());
    }
  }

  @Override
  public void flush() {}

  @Override
  public void close() {
    root.removeHandler(this);
  }
}
