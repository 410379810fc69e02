package dev.podium.agent.checker;

import com.fasterxml.jackson.databind.JsonNode;
import io.netty.buffer.ByteBuf;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.IntSupplier;
import org.jspecify.annotations.Nullable;

/// Somebody in a room, who does what the page does. It keeps what was said until it is
/// acknowledged, and says it again after 1, 2, … 30 s. It takes what it missed after the last
/// message it saw, and shows no message id twice. It moves when told to, and looks for another VM
/// when its own is gone.
///
/// It is stricter than the page in one thing. A message that comes a second time on one connection,
/// or under another id, is shown, for the judge to see.
final class Participant implements Connection.Owner {
  private static final long ACK_PATIENCE_MILLIS = 10_000;
  private static final long SILENCE_MILLIS = 50_000;

  /// As many as the page keeps.
  private static final int KEPT = 5_000;

  private static final long OPENING_MILLIS = 6_000;

  /// A line that is slow gets twice as long for its welcome each time, up to so often.
  private static final int MOST_DOUBLINGS = 3;

  private static final int DRAINING = 4_010;

  private final World world;
  private final String token;
  private final String roomName;
  private final RoomHistory room;
  private final Optional<View> view;
  private final Map<String, Pending> pending = new LinkedHashMap<>();
  private final LinkedHashSet<String> ids = new LinkedHashSet<>();
  private final Places places;

  /// How often in a row a line was open, and yet no welcome came through.
  private int slow;

  private @Nullable Connection socket;
  private @Nullable Connection trying;
  private String last = "";
  private boolean trouble;
  private boolean away;
  private int lastNumber = -1;
  private long paceMillis;

  /// @param door the port of a VM to begin with; asked until one lets them in
  /// @param view what to note what is shown in; empty for those who only write
  Participant(World world, String token, String roomName, IntSupplier door, Optional<View> view) {
    this.world = world;
    this.token = token;
    this.roomName = roomName;
    this.room = world.room(roomName);
    this.places = new Places(door, world.random());
    this.view = view;
  }

  /// Comes, and from then on stays by itself.
  void begin() {
    connect(places.current());
    world.later(1_000, this::everySecond);
  }

  /// Begins to say something every so many milliseconds, as long as more is wanted.
  void write(long everyMillis) {
    paceMillis = everyMillis;
    world.later((long) (world.random().nextDouble() * everyMillis), this::sayNext);
  }

  /// Says one more, whatever was wanted.
  ///
  /// @return its number
  int say() {
    int number = room.say();
    Pending item = new Pending("p-" + number, number, System.nanoTime());
    pending.put(item.cid, item);
    send(item);
    return number;
  }

  boolean settled() {
    return pending.isEmpty();
  }

  boolean here() {
    return socket != null;
  }

  boolean hasShown(int number) {
    return lastNumber == number;
  }

  /// What it does just now, in words.
  @Override
  public String toString() {
    Connection now = socket;
    Connection next = trying;
    return "somebody of %s: %s, %s%s, %s; %d not acknowledged; the last shown is %s"
        .formatted(
            roomName,
            now == null ? "nowhere" : "sits on " + now,
            next == null ? "tries nothing" : "tries " + next,
            away ? ", away" : "",
            places,
            pending.size(),
            last);
  }

  /// Whether it will find a VM when only these are left.
  boolean findsOneOf(Set<Integer> ports) {
    return places.knowsOneOf(ports);
  }

  /// The port of the VM where it is, or looks for its own first.
  int place() {
    return places.current();
  }

  Optional<View> view() {
    return view;
  }

  String roomName() {
    return roomName;
  }

  /// Loses the connection without a word, and comes back after a while.
  void cut(long awayMillis) {
    away = true;
    Connection lost = socket;
    socket = null;
    if (lost != null) {
      lost.abandon();
    }
    if (trying != null) {
      trying.abandon();
      trying = null;
    }
    world.later(
        awayMillis,
        () -> {
          away = false;
          places.afresh();
          connect(places.current());
        });
  }

  /// Sleeps: reads nothing for a while, as a telephone in a pocket.
  void sleep(long millis) {
    Connection sleeper = socket;
    if (sleeper != null) {
      sleeper.reading(false);
      world.later(millis, () -> sleeper.reading(true));
    }
  }

  private void sayNext() {
    if (world.mayMore()) {
      say();
      world.later((long) (paceMillis * (0.5 + world.random().nextDouble())), this::sayNext);
    }
  }

  private void send(Pending item) {
    Connection now = socket;
    if (now != null) {
      now.send(
          "{\"t\":\"say\",\"cid\":\"" + item.cid + "\",\"text\":\"" + text(item.number) + "\"}");
      item.sentAt = System.nanoTime();
      item.tries++;
    }
  }

  private static String text(int number) {
    return "m" + number + " what was said here is as long as what people say";
  }

  // --- The connection. ---------------------------------------------------------------------------

  private void connect(int port) {
    if (away) {
      return;
    }
    if (trying != null) {
      trying.abandon();
    }
    Connection next = new Connection(world, port, this);
    trying = next;
    next.open();
    world.later(
        OPENING_MILLIS,
        () -> {
          if (next == trying && !next.wasOpen()) {
            next.drop();
          }
        });
  }

  private void tooSlow(Connection connection) {
    if (connection == trying) {
      slow++;
      connection.drop();
    }
  }

  @Override
  public void opened(Connection connection) {
    String after = last.isEmpty() ? "" : ",\"after\":\"" + last + "\"";
    connection.send(
        "{\"t\":\"hello\",\"device\":\"d\",\"token\":\""
            + token
            + "\",\"room\":\""
            + roomName
            + "\""
            + after
            + "}");
    places.reached(connection.port());
    world.later(OPENING_MILLIS << Math.min(slow, MOST_DOUBLINGS), () -> tooSlow(connection));
  }

  @Override
  public void closed(Connection connection, int code) {
    boolean ours = connection == socket;
    socket = ours ? null : socket;
    trying = connection == trying ? null : trying;
    if (socket != null || connection.refused()) {
      return; // A move that failed: we still sit here. Or we were told where to try next.
    }
    if (ours && code != DRAINING) {
      places.afresh();
    } else if (!connection.wasOpen()) {
      places.unreachable(connection.port());
    }
    later(code == DRAINING);
  }

  private void later(boolean elsewhere) {
    long wait = places.next(elsewhere);
    later(wait, places.current());
  }

  private void later(long waitMillis, int port) {
    world.later(
        waitMillis,
        () -> {
          if (socket == null && trying == null) {
            connect(port);
          }
        });
  }

  /// Says again what was not acknowledged; takes a connection for dead that acknowledges nothing.
  private void everySecond() {
    world.later(1_000, this::everySecond);
    Connection now = socket;
    if (now == null) {
      return;
    }
    long time = System.nanoTime();
    if (millis(time - now.heardAt()) > SILENCE_MILLIS) {
      giveUp(now);
      return;
    }
    if (pending.isEmpty()) {
      return;
    }
    Pending oldest = pending.values().iterator().next();
    if (!trouble && oldest.tries > 1) {
      oldest.firstAt = oldest.firstAt == 0 ? time : oldest.firstAt;
      if (millis(time - oldest.firstAt) > ACK_PATIENCE_MILLIS) {
        oldest.firstAt = time;
        giveUp(now);
        return;
      }
    }
    for (Pending item : List.copyOf(pending.values())) {
      long wait = Math.min(30_000, 1_000L << Math.min(5, Math.max(1, item.tries)));
      if (millis(time - item.sentAt) > wait) {
        send(item);
      }
    }
  }

  private void giveUp(Connection dead) {
    socket = null;
    dead.abandon();
    places.afresh();
    later(false);
  }

  // --- What the VM says.
  // --------------------------------------------------------------------------

  @Override
  public void message(Connection connection, ByteBuf payload) {
    if (connection != socket) {
      return;
    }
    if (view.isPresent()) {
      take(connection, Json.read(payload));
    } else {
      last = Json.messageId(payload);
    }
  }

  @Override
  public void heard(Connection connection, JsonNode frame) {
    String type = frame.path("t").asText();
    if (type.equals("welcome")) {
      welcome(connection, frame);
    } else if (type.equals("error")) {
      failed(connection, frame);
    } else if (connection == socket) {
      switch (type) {
        case "ack" -> acknowledged(connection, frame.path("cid").asText());
        case "peers" -> named(frame);
        case "moved" -> {
          String url = frame.path("url").asText();
          world.told(url);
          connect(Json.port(url));
        }
        case "state" -> trouble = !frame.path("ok").asBoolean();
        default -> {
          // Members are not this checker's concern.
        }
      }
    }
  }

  private void welcome(Connection connection, JsonNode frame) {
    Connection old = socket;
    socket = connection;
    trying = connection == trying ? null : trying;
    slow = 0;
    trouble = false;
    places.welcomed(connection.port());
    named(frame);
    if (old != null && old != connection) {
      old.leave();
    }
    view.ifPresent(shown ->
        shown.note(
            "%.1f s: on port %d after %s: %s, %d messages"
                .formatted(
                    world.seconds(),
                    connection.port(),
                    last,
                    frame.path("recovered").asBoolean() ? "recovered" : "not recovered",
                    frame.path("messages").size())));
    // Who saw nothing yet is shown the newest, and told that there is more.
    boolean missed =
        last.isEmpty() ? frame.path("older").asBoolean() : !frame.path("recovered").asBoolean();
    if (missed) {
      view.ifPresent(View::gap);
    }
    for (JsonNode message : frame.path("messages")) {
      if (view.isPresent()) {
        take(connection, message);
      } else {
        last = message.path("id").asText();
      }
    }
    List.copyOf(pending.values()).forEach(this::send);
  }

  private void named(JsonNode frame) {
    frame.path("peers").forEach(peer -> world.told(peer.path("url").asText()));
    places.named(Json.ports(frame));
  }

  private void take(Connection connection, JsonNode message) {
    String id = message.path("id").asText();
    last = id;
    boolean again = !connection.first(id);
    if (!ids.add(id) && !again) {
      return; // Shown before, over another connection: the page drops it too.
    }
    if (ids.size() > KEPT) {
      ids.removeFirst();
    }
    int number = Json.number(message.path("cid").asText());
    boolean whole = message.path("text").asText().equals(text(number));
    view.orElseThrow().add(whole ? number : Integer.MAX_VALUE);
    lastNumber = number;
  }

  private void acknowledged(Connection connection, String cid) {
    Pending item = pending.remove(cid);
    if (item != null) {
      room.acknowledge(
          item.number, "after %.1f s by port %d".formatted(world.seconds(), connection.port()));
      world.waited(System.nanoTime() - item.saidAt);
    }
  }

  private void failed(Connection connection, JsonNode frame) {
    String code = frame.path("code").asText();
    Pending item = pending.get(frame.path("cid").asText());
    if (item != null && (code.equals("too_fast") || code.equals("unavailable"))) {
      item.sentAt = System.nanoTime() + 2_000_000_000L;
    } else if (code.equals("full") || code.equals("draining")) {
      connection.refuse();
      trying = connection == trying ? null : trying;
      int next = frame.has("url") ? Json.port(frame.path("url").asText()) : places.current();
      places.afresh();
      later(100 + (long) (world.random().nextDouble() * (frame.has("url") ? 400 : 3_000)), next);
    } else if (!code.equals("unavailable") && !code.equals("too_fast")) {
      world.fault(roomName + ": a VM answered " + frame);
    }
  }

  private static long millis(long nanos) {
    return nanos / 1_000_000;
  }
}
