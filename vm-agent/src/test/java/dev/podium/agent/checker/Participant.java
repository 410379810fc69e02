package dev.podium.agent.checker;

import com.fasterxml.jackson.databind.JsonNode;
import io.netty.buffer.ByteBuf;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.IntSupplier;
import org.jspecify.annotations.Nullable;

/// Somebody in a room, who does what the page does: keeps what was said until it is acknowledged
/// and says it again after 1, 2, … 30 s, takes what it missed after the last message it saw, moves
/// when told to, looks for another VM when its own is gone, and shows no message id twice.
///
/// It is stricter than the page in one thing: a message that comes a second time on one connection,
/// or under another id, is shown, for the judge to see.
final class Participant implements Connection.Owner {
  private static final long ACK_PATIENCE_MILLIS = 10_000;
  private static final long SILENCE_MILLIS = 50_000;

  /// As many as the page keeps.
  private static final int KEPT = 5_000;

  /// Of VMs, as the page does.
  private static final int REMEMBERED = 16;

  private final World world;
  private final String token;
  private final String roomName;
  private final RoomHistory room;
  private final Optional<View> view;
  private final Map<String, Pending> pending = new LinkedHashMap<>();
  private final LinkedHashSet<String> ids = new LinkedHashSet<>();
  private final Set<Integer> unreachable = new HashSet<>();
  private final IntSupplier door;
  private List<Integer> peers = List.of();

  /// Where it was, and all that were ever named, the latest last.
  private final LinkedHashSet<Integer> known = new LinkedHashSet<>();

  private int place;
  private int attempt;
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
    this.door = door;
    this.place = door.getAsInt();
    this.view = view;
  }

  /// Comes, and from then on stays by itself.
  void begin() {
    connect(place);
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
    return "somebody of %s: %s, %s%s, knows %s, of which %s were named last; %d not acknowledged; the last shown is %s"
        .formatted(
            roomName,
            now == null ? "nowhere, looks at " + place : "sits on " + now,
            next == null ? "tries nothing" : "tries " + next,
            away ? ", away" : "",
            known,
            peers,
            pending.size(),
            last);
  }

  /// The port of the VM where it is, or looks for its own first.
  int place() {
    return place;
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
          attempt = 0;
          connect(place);
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
        6_000,
        () -> {
          if (next == trying) {
            next.drop();
          }
        });
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
  }

  @Override
  public void closed(Connection connection, int code) {
    boolean ours = connection == socket;
    socket = ours ? null : socket;
    trying = connection == trying ? null : trying;
    if (socket != null || connection.refused()) {
      return; // A move that failed: we still sit here. Or we were told where to try next.
    }
    if (ours && code != 4010) {
      attempt = 0;
    } else if (!connection.wasOpen()) {
      unreachable.add(connection.port());
    }
    later(code);
  }

  private void later(int code) {
    double chance = world.random().nextDouble();
    double wait =
        attempt == 0
            ? 150 + chance * 350
            : Math.min(30_000, 500 * Math.pow(2, Math.min(attempt, 6))) * (0.5 + chance);
    List<Integer> choice = choice();
    if (known.isEmpty()) {
      place = door.getAsInt(); // The page itself did not load: they open the link again.
    } else if (!choice.isEmpty() && (code == 4010 || attempt % 2 == 1)) {
      place = choice.get(world.random().nextInt(choice.size()));
    }
    attempt++;
    int to = place;
    world.later(
        (long) wait,
        () -> {
          if (socket == null && trying == null) {
            connect(to);
          }
        });
  }

  /// The other VMs, those first that may be reached; those that were named earlier when none of
  /// those may that were named last.
  private List<Integer> choice() {
    List<Integer> fresh = reachable(peers);
    List<Integer> choice = fresh.isEmpty() ? reachable(known) : fresh;
    return choice.isEmpty() ? known.stream().filter(port -> port != place).toList() : choice;
  }

  private List<Integer> reachable(Collection<Integer> ports) {
    return ports.stream().filter(port -> port != place && !unreachable.contains(port)).toList();
  }

  private void named(List<Integer> ports) {
    peers = ports;
    known.removeAll(ports);
    known.addAll(ports);
    while (known.size() > REMEMBERED) {
      known.removeFirst();
    }
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
    attempt = 0;
    later(0);
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
        case "ack" -> acknowledged(frame.path("cid").asText());
        case "peers" -> named(Json.ports(frame));
        case "moved" -> connect(Json.port(frame.path("url").asText()));
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
    place = connection.port();
    attempt = 0;
    trouble = false;
    unreachable.clear();
    known.remove(place);
    known.add(place);
    named(Json.ports(frame));
    if (old != null && old != connection) {
      old.leave();
    }
    view.ifPresent(
        shown ->
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

  private void acknowledged(String cid) {
    Pending item = pending.remove(cid);
    if (item != null) {
      room.acknowledge(item.number);
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
      int next = frame.has("url") ? Json.port(frame.path("url").asText()) : place;
      attempt = 0;
      world.later(
          100 + (long) (world.random().nextDouble() * (frame.has("url") ? 400 : 3_000)),
          () -> {
            if (socket == null && trying == null) {
              connect(next);
            }
          });
    } else if (!code.equals("unavailable") && !code.equals("too_fast")) {
      world.fault(roomName + ": a VM answered " + frame);
    }
  }

  private static long millis(long nanos) {
    return nanos / 1_000_000;
  }
}
