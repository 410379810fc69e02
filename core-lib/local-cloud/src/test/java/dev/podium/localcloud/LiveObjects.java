package dev.podium.localcloud;

import java.lang.management.ManagementFactory;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import javax.management.JMException;
import javax.management.ObjectName;

/// How many objects of each class live in this JVM, after a full collection.
final class LiveObjects {
  private static final Pattern LINE = Pattern.compile("(?m)^ *\\d+: +(\\d+) +\\d+ +(\\S+)");

  private LiveObjects() {}

  /// @param prefix of the classes' names
  static Map<String, Long> of(String prefix) {
    String histogram;
    try {
      histogram =
          (String)
              ManagementFactory.getPlatformMBeanServer()
                  .invoke(
                      new ObjectName("com.sun.management:type=DiagnosticCommand"),
                      "gcClassHistogram",
                      new Object[] {new String[0]},
                      new String[] {String[].class.getName()});
    } catch (JMException e) {
      throw new IllegalStateException(e);
    }
    Map<String, Long> live = new TreeMap<>();
    for (MatchResult line : LINE.matcher(histogram).results().toList()) {
      if (line.group(2).startsWith(prefix)) {
        live.merge(line.group(2), Long.valueOf(line.group(1)), Long::sum);
      }
    }
    return live;
  }
}
