package dev.podium.agent.web;

import dev.podium.agent.room.Condition;
import dev.podium.agent.room.Snapshot;

/// The VM's numbers in the OpenMetrics text format 1.0.
final class MetricsText {
  static final String TYPE = "application/openmetrics-text; version=1.0.0; charset=utf-8";

  private MetricsText() {}

  static String of(Counters counters, Snapshot now, int seats, int sockets, Condition condition) {
    StringBuilder out = new StringBuilder(2048);
    gauge(out, "podium_participants", "People on this VM.", now.people());
    gauge(out, "podium_seats", "People it has room for.", seats);
    gauge(out, "podium_sockets", "Open WebSockets that were admitted.", sockets);
    gauge(out, "podium_idle_seconds", "Since the last human act.", now.idleSeconds());
    gauge(out, "podium_ready", "1 once it has caught up.", condition.ready() ? 1 : 0);
    gauge(out, "podium_draining", "1 while it takes nobody.", now.draining() ? 1 : 0);
    gauge(out, "podium_failing_checks", "Own checks that fail.", condition.failing().size());
    Runtime memory = Runtime.getRuntime();
    gauge(out, "podium_heap_bytes", "Heap in use.", memory.totalMemory() - memory.freeMemory());
    counter(out, "podium_connections", "TCP connections taken.", counters.connections);
    counter(out, "podium_admitted", "Hellos that were welcomed.", counters.admitted);
    counter(out, "podium_refused", "Hellos that were refused.", counters.refused);
    counter(out, "podium_said", "Messages taken from people.", counters.said);
    counter(out, "podium_acknowledged", "Of these, by Pub/Sub.", counters.acknowledged);
    counter(out, "podium_shown", "Messages that came from Pub/Sub.", counters.shown);
    counter(out, "podium_delivered", "Frames sent to rooms.", counters.delivered);
    counter(out, "podium_too_slow", "Sockets closed as too slow.", counters.tooSlow);
    counter(out, "podium_replaced", "Sockets closed for newer ones.", counters.replaced);
    out.append("# TYPE podium_acknowledge_seconds summary\n")
        .append("# HELP podium_acknowledge_seconds From a message to Pub/Sub's word.\n")
        .append("podium_acknowledge_seconds_count ")
        .append(counters.acknowledged)
        .append("\npodium_acknowledge_seconds_sum ")
        .append(counters.acknowledgeSeconds)
        .append("\n# EOF\n");
    return out.toString();
  }

  private static void gauge(StringBuilder out, String name, String help, long value) {
    out.append("# TYPE ").append(name).append(" gauge\n# HELP ").append(name).append(' ');
    out.append(help).append('\n').append(name).append(' ').append(value).append('\n');
  }

  private static void counter(StringBuilder out, String name, String help, long value) {
    out.append("# TYPE ").append(name).append(" counter\n# HELP ").append(name).append(' ');
    out.append(help).append('\n').append(name).append("_total ").append(value).append('\n');
  }
}
