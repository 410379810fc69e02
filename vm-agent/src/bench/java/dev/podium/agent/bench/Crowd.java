package dev.podium.agent.bench;

import dev.podium.agent.wire.SocketKind;
import dev.podium.agent.wire.WebSocketLine;
import io.netty.buffer.ByteBuf;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;

/// People on one server, spread over rooms, on one thread: counts what comes, and says what is to
/// be said. A delivery costs it far less than the server, which has a processor of its own.
final class Crowd implements AutoCloseable {
  private static final int AT_A_TIME = 100;
  private static final String FILLER = "x".repeat(190);

  private final SocketKind sockets = SocketKind.start();
  private final Dialect dialect;
  private final int port;
  private final IntFunction<String> tokens;
  private final WebSocketLine[] people;
  private final boolean[] away;
  private final Room[] rooms;
  private final InetAddress from;
  private int asked;
  private int number;
  private final AtomicInteger welcome = new AtomicInteger();
  private final AtomicInteger lost = new AtomicInteger();
  private final AtomicLong delivered = new AtomicLong();
  private @Nullable Latencies latencies;
  private int inFlight;
  private int turn;
  private boolean leaving;

  /// The people of one room are every so many-th.
  private static final class Room {
    private final int size;
    private long said;
    private long delivered;
    private int speaker;

    Room(int size) {
      this.size = size;
    }
  }

  /// @param tokens an invite for each person, by number
  /// @param address the last byte of the loopback address to come from: ports are scarce
  Crowd(Dialect dialect, int port, int people, int rooms, IntFunction<String> tokens, int address) {
    this.dialect = dialect;
    this.port = port;
    this.tokens = tokens;
    this.people = new WebSocketLine[people];
    this.away = new boolean[people];
    this.rooms = new Room[rooms];
    Arrays.setAll(this.rooms, room -> new Room((people + rooms - 1 - room) / rooms));
    try {
      this.from = InetAddress.getByAddress(new byte[] {127, 0, 0, (byte) address});
    } catch (UnknownHostException impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  /// Lets everybody in. Blocks.
  ///
  /// @throws IllegalStateException if not all are in within ten minutes
  Crowd gather() throws InterruptedException {
    sockets.loop().execute(() -> enter(AT_A_TIME));
    long until = System.nanoTime() + TimeUnit.MINUTES.toNanos(10);
    while (welcome.get() < people.length) {
      if (System.nanoTime() > until) {
        throw new IllegalStateException(
            "Only " + welcome.get() + " of " + people.length + " came in");
      }
      TimeUnit.MILLISECONDS.sleep(10);
    }
    return this;
  }

  long delivered() {
    return delivered.get();
  }

  /// How many connections have ended that nobody here ended.
  int lost() {
    return lost.get();
  }

  /// From now on so many messages are on their way in each room all the time.
  void flood(int messages) {
    sockets
        .loop()
        .execute(() -> {
          inFlight = messages;
          for (int room = 0; room < rooms.length; room++) {
            sayMore(room);
          }
        });
  }

  /// Says a burst of messages, so many times a second for a while, in one room after another, each
  /// by somebody else. Blocks until all are delivered, or nothing has come for some seconds.
  Latencies speak(int burst, int burstsPerSecond, int seconds) throws InterruptedException {
    Latencies measured = new Latencies();
    long gap = 1_000_000_000L / burstsPerSecond;
    long start = System.nanoTime();
    sockets.loop().execute(() -> latencies = measured);
    for (int i = 0; i < burstsPerSecond * seconds; i++) {
      long due = start + i * gap;
      TimeUnit.NANOSECONDS.sleep(Math.max(0, due - System.nanoTime()));
      sockets
          .loop()
          .execute(() -> {
            for (int k = 0; k < burst; k++) {
              say(turn++ % rooms.length);
            }
          });
    }
    awaitSilence();
    sockets.loop().execute(() -> latencies = null);
    return measured;
  }

  /// One after another leaves and comes back, so many a second for a while. Does not block.
  void churn(int perSecond, int seconds) {
    for (int i = 0; i < perSecond * seconds; i++) {
      int person = (int) (i * 7_919L % people.length);
      var _ =
          sockets
              .loop()
              .schedule(() -> leave(person), i * 1_000_000L / perSecond, TimeUnit.MICROSECONDS);
    }
  }

  private void leave(int person) {
    if (people[person].open()) {
      away[person] = true;
      people[person].abort();
    }
  }

  private void awaitSilence() throws InterruptedException {
    long before = -1;
    for (int quiet = 0; quiet < 5; quiet++) {
      TimeUnit.MILLISECONDS.sleep(500);
      quiet = delivered() == before ? quiet : 0;
      before = delivered();
    }
  }

  private void enter(int count) {
    for (int i = 0; i < count && asked < people.length; i++) {
      connect(asked++);
    }
  }

  private void connect(int person) {
    WebSocketLine.connect(
        sockets,
        new InetSocketAddress(from, 0),
        new InetSocketAddress(InetAddress.getLoopbackAddress(), port),
        dialect.path(name(person)),
        new Person(person));
  }

  private String name(int person) {
    return "room-" + person % rooms.length;
  }

  private void sayMore(int room) {
    Room in = rooms[room];
    while (inFlight > 0 && in.said * in.size - in.delivered <= (inFlight - 1L) * in.size) {
      say(room);
    }
  }

  private void say(int room) {
    Room in = rooms[room];
    int speaker = room + rooms.length * (in.speaker++ % in.size);
    in.said++;
    int message = number++;
    if (latencies != null) {
      latencies.said(message);
    }
    if (!people[speaker].open()) {
      return; // Away at the moment.
    }
    people[speaker].send(dialect.say("#" + message + "#" + FILLER, message));
  }

  /// Everybody leaves without a word.
  @Override
  public void close() {
    sockets.loop().execute(() -> leaving = true);
    sockets.close();
  }

  private final class Person implements WebSocketLine.Listener {
    private final int number;
    private final int room;

    Person(int number) {
      this.number = number;
      this.room = number % rooms.length;
    }

    @Override
    public void opened(WebSocketLine line) {
      people[number] = line;
      dialect.opened(line, tokens.apply(number), name(number));
      if (dialect.isWelcomeWhenOpen()) {
        in();
      }
    }

    @Override
    public void text(WebSocketLine line, ByteBuf frame) {
      switch (dialect.heard(line, frame)) {
        case WELCOME -> in();
        case MESSAGE -> {
          delivered.lazySet(delivered.get() + 1);
          rooms[room].delivered++;
          if (latencies != null) {
            latencies.heard(frame);
          }
          sayMore(room);
        }
        case OTHER -> {
          // Who is here, how the VM is, a ping.
        }
      }
    }

    private void in() {
      welcome.incrementAndGet();
      enter(1);
    }

    @Override
    public void closed(WebSocketLine line, int code) {
      if (away[number]) {
        away[number] = false;
        connect(number);
      } else {
        lost.addAndGet(leaving ? 0 : 1);
      }
    }
  }
}
