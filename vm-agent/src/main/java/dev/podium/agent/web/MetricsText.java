package dev.podium.agent.web;

import dev.podium.agent.chat.Broadcaster;
import dev.podium.agent.metric.Counters;
import dev.podium.agent.people.Attendance;
import dev.podium.agent.room.ChatState;
import dev.podium.agent.room.Condition;

/// The VM's numbers in the OpenMetrics text format 1.0, as `/metrics`. They are for the fleet: only
/// the VM itself and addresses of private networks are answered, see [PrivateNetworks].
final class MetricsText {
  static final String TYPE = "application/openmetrics-text; version=1.0.0; charset=utf-8";

  private final StringBuilder out = new StringBuilder(4096);

  private MetricsText() {}

  static String of(ChatState chat, Broadcaster broadcaster, Condition condition) {
    MetricsText text = new MetricsText();
    text.present(chat, broadcaster, condition);
    text.counters(broadcaster.counters());
    text.counter(
        "podium_skipped",
        "Messages from Pub/Sub that no VM of this release sends.",
        chat.skippedMessages());
    return text.out.append("# EOF\n").toString();
  }

  private void present(ChatState chat, Broadcaster broadcaster, Condition condition) {
    Attendance now = chat.attendance();
    gauge("podium_participants", "People on this VM.", now.people());
    gauge("podium_seats", "People it has room for.", chat.seats());
    gauge("podium_sockets", "Open WebSockets that were admitted.", broadcaster.sockets().size());
    gauge("podium_rooms", "Rooms whose history it keeps.", chat.rooms());
    gauge("podium_peers", "Other VMs whose heartbeats come.", chat.peers().living().size());
    gauge("podium_idle_seconds", "Since the last human act.", now.idleSeconds());
    gauge("podium_ready", "1 once it has caught up.", condition.ready() ? 1 : 0);
    gauge("podium_draining", "1 while it takes nobody.", now.draining() ? 1 : 0);
    gauge("podium_failing_checks", "Own checks that fail.", condition.failing().size());
    Runtime memory = Runtime.getRuntime();
    gauge("podium_heap_bytes", "Heap in use.", memory.totalMemory() - memory.freeMemory());
    gauge("podium_history_bytes", "Of the rooms' histories, about.", chat.historyBytes());
    gauge("podium_backlog_bytes", "Waiting to be written.", broadcaster.pendingBytes().bytes());
  }

  private void counters(Counters counters) {
    counter("podium_connections", "TCP connections taken.", counters.connections);
    counter("podium_admitted", "Hellos that were welcomed.", counters.admitted);
    counter("podium_refused", "Hellos that were refused.", counters.refused);
    counter("podium_put_off", "Hellos told to come again in a moment.", counters.putOff);
    counter(
        "podium_behind",
        "Hellos after a message that this VM could not lead on from, and that waited.",
        counters.behind);
    counter(
        "podium_expelled", "Seats that ended with their invite or access code.", counters.expelled);
    counter("podium_said", "Messages taken from people.", counters.said);
    counter("podium_congested", "Messages told to come again.", counters.congested);
    counter("podium_acknowledged", "Messages that Pub/Sub has.", counters.acknowledged);
    counter("podium_shown", "Messages that came from Pub/Sub.", counters.shown);
    counter("podium_delivered", "Frames sent to rooms.", counters.delivered);
    counter("podium_too_slow", "Sockets closed as too slow.", counters.tooSlow);
    counter("podium_replaced", "Sockets closed for newer ones.", counters.replaced);
    counters
        .droppedPulses
        .get()
        .forEach((why, dropped) ->
            counter("podium_pulses_" + why, "Pulses dropped as " + why + ".", dropped));
    family("podium_acknowledge_seconds", "histogram", "From a message to Pub/Sub's word.");
    counters.acknowledgeSeconds.write(out, "podium_acknowledge_seconds");
  }

  private void gauge(String name, String help, long value) {
    family(name, "gauge", help);
    out.append(name).append(' ').append(value).append('\n');
  }

  private void counter(String name, String help, long value) {
    family(name, "counter", help);
    out.append(name).append("_total ").append(value).append('\n');
  }

  /// A name that ends in a unit must say so.
  private void family(String name, String type, String help) {
    out.append("# TYPE ").append(name).append(' ').append(type).append('\n');
    if (name.endsWith("_seconds") || name.endsWith("_bytes")) {
      String unit = name.substring(name.lastIndexOf('_') + 1);
      out.append("# UNIT ").append(name).append(' ').append(unit).append('\n');
    }
    out.append("# HELP ").append(name).append(' ').append(help).append('\n');
  }
}
