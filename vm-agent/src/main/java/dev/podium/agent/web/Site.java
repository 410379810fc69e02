package dev.podium.agent.web;

import dev.podium.agent.chat.Broadcaster;
import dev.podium.agent.chat.ChatSocket;
import dev.podium.agent.chat.CloseCodes;
import dev.podium.agent.chat.Conversation;
import dev.podium.agent.chat.Frames;
import dev.podium.agent.chat.PageSentences;
import dev.podium.agent.chat.UnidentifiedSockets;
import dev.podium.agent.door.FrontDoor;
import dev.podium.agent.door.HandshakeLimits;
import dev.podium.agent.people.Attendance;
import dev.podium.agent.room.ChatState;
import dev.podium.agent.room.Condition;
import dev.podium.wire.cloud.Ticker;
import io.netty.channel.Channel;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.QueryStringDecoder;
import java.net.InetAddress;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/// What is served under which path, and the timing of every connection. On the chat loop.
// A write fails only when the connection has ended, and its end is told by itself.
@SuppressWarnings("FutureReturnValueIgnored")
final class Site {
  /// From a WebSocket to its hello.
  private static final Duration HANDSHAKE = Duration.ofSeconds(5);

  /// A tick that comes later than this shows that the whole VM stood still.
  private static final Duration STOOD_STILL = Duration.ofSeconds(3);

  /// From a plain connection, and from each whole request that comes over it, to the next. The
  /// answer has as long to arrive: the page's largest file, even over a poor line.
  private static final Duration KEEP_ALIVE = Duration.ofSeconds(30);

  /// Connections that are no WebSockets, or not yet. It is far more than a school opens at once,
  /// and an eighth of the files that the agent's unit lets it open.
  private static final int MOST_PLAIN = 8_192;

  private static final Duration BETWEEN_PINGS = Duration.ofSeconds(20);

  /// Two pings without an answer.
  private static final Duration GONE = Duration.ofSeconds(50);

  private final String bootId;
  private final ChatState chat;
  private final Broadcaster broadcaster;
  private final Conversation conversation;
  private final FrontDoor frontDoor;
  private final BooleanSupplier takesCodes;
  private final Supplier<Condition> condition;
  private final Ticker ticker;
  private final PageFiles files = new PageFiles();

  /// When each was opened or last asked; the longest silent first.
  private final SequencedMap<Channel, Long> plain = new LinkedHashMap<>();

  private final UnidentifiedSockets unidentified;
  private long tickedNanos;
  private long awakeNanos;
  private long pingedNanos;
  private Condition shownCondition;

  Site(
      String bootId,
      ChatState chat,
      Broadcaster broadcaster,
      Conversation conversation,
      UnidentifiedSockets unidentified,
      FrontDoor frontDoor,
      BooleanSupplier takesCodes,
      Supplier<Condition> condition,
      Ticker ticker) {
    this.bootId = bootId;
    this.chat = chat;
    this.broadcaster = broadcaster;
    this.conversation = conversation;
    this.unidentified = unidentified;
    this.frontDoor = frontDoor;
    this.takesCodes = takesCodes;
    this.condition = condition;
    this.ticker = ticker;
    this.pingedNanos = ticker.nanos();
    this.tickedNanos = pingedNanos;
    this.awakeNanos = pingedNanos;
    this.shownCondition = condition.get();
  }

  HttpAnswer answer(QueryStringDecoder target, HttpHeaders request, InetAddress from) {
    return switch (target.path()) {
      case "/healthz" -> health();
      case "/metrics" -> metrics(from);
      case "/join" -> join(target, request);
      case "/join/seat" -> seat(target, from);
      case "/join/ways" -> ways();
      default ->
          files.at(target.path()).map(file -> file.answer(request)).orElseGet(Site::noSuchPage);
    };
  }

  private static HttpAnswer noSuchPage() {
    return HttpAnswer.text(HttpResponseStatus.NOT_FOUND, "There is no such page.");
  }

  ChatSocket socket(Channel channel, InetAddress from) {
    ChatSocket socket =
        new ChatSocket(channel, from, conversation, broadcaster.pendingBytes(), ticker);
    unidentified.add(socket);
    return socket;
  }

  void opened(Channel channel) {
    broadcaster.counters().connections++;
    plain.put(channel, ticker.nanos());
    if (plain.size() > MOST_PLAIN) {
      // It has had its answer, or is somebody's who only wants to hold connections.
      plain.firstEntry().getKey().close();
    }
  }

  /// A whole request came over a plain connection.
  void asked(Channel channel) {
    if (plain.containsKey(channel)) {
      plain.putLast(channel, ticker.nanos());
    }
  }

  void closed(Channel channel) {
    plain.remove(channel);
  }

  /// To be called every second: ends what took too long, finds who is gone, tells how the VM is.
  void tick() {
    long now = ticker.nanos();
    if (now - tickedNanos > STOOD_STILL.toNanos()) {
      awakeNanos = now; // What was said meanwhile is yet to be read.
    }
    tickedNanos = now;
    List<Channel> stale =
        plain.entrySet().stream()
            .filter(entry -> now - entry.getValue() > KEEP_ALIVE.toNanos())
            .map(Map.Entry::getKey)
            .toList();
    stale.forEach(channel -> channel.close());
    for (ChatSocket socket : unidentified.look()) {
      if (socket.open() && now - Math.max(socket.openedNanos(), awakeNanos) > HANDSHAKE.toNanos()) {
        conversation.silent(socket);
      }
    }
    conversation.tick();
    broadcaster.sweep();
    if (now - pingedNanos > BETWEEN_PINGS.toNanos()) {
      pingedNanos = now;
      ping(now);
    }
    Condition present = condition.get();
    if (!present.equals(shownCondition)) {
      shownCondition = present;
      broadcaster.tellAll(Frames.state(present.well(), PageSentences.of(present)));
    }
  }

  /// A ping tells the VM who is gone; the frame beside it tells the page, which sees no pings, that
  /// the VM is not.
  private void ping(long now) {
    byte[] state = Frames.state(shownCondition.well(), PageSentences.of(shownCondition));
    for (ChatSocket socket : broadcaster.sockets().toArray(ChatSocket[]::new)) {
      if (now - Math.max(socket.heardNanos(), awakeNanos) > GONE.toNanos()) {
        socket.end(CloseCodes.GOING_AWAY, "no answer");
      } else {
        broadcaster.tell(socket, state);
        socket.ping();
      }
    }
  }

  private HttpAnswer health() {
    Condition present = condition.get();
    Attendance now = chat.attendance();
    HttpResponseStatus status =
        present.well() ? HttpResponseStatus.OK : HttpResponseStatus.SERVICE_UNAVAILABLE;
    return HttpAnswer.json(
        status,
        Frames.object(json -> {
          json.writeStringField("status", word(present, now));
          json.writeStringField("instance", chat.instance());
          json.writeStringField("bootId", bootId);
          json.writeNumberField("participants", now.people());
          json.writeNumberField("seats", chat.seats());
          json.writeNumberField("idleSeconds", now.idleSeconds());
          if (present.access().isPresent()) {
            json.writeStringField("accessProblem", present.access().get().code());
          }
          json.writeObjectFieldStart("checks");
          for (String check : List.of("bus", "page", "loop", "heap")) {
            json.writeStringField(check, present.failing().getOrDefault(check, "ok"));
          }
          json.writeEndObject();
        }));
  }

  private static String word(Condition condition, Attendance now) {
    if (!condition.ready()) {
      return "starting";
    }
    if (!condition.failing().isEmpty()) {
      return "broken";
    }
    return now.draining() ? "draining" : "ok";
  }

  /// For the fleet's operator, not for people: strangers are not even told that it is there.
  private HttpAnswer metrics(InetAddress from) {
    if (!PrivateNetworks.include(from)) {
      return noSuchPage();
    }
    String text = MetricsText.of(chat, broadcaster, condition.get());
    return new HttpAnswer(
        HttpResponseStatus.OK, MetricsText.TYPE, text.getBytes(StandardCharsets.UTF_8));
  }

  /// Nothing secret is in this address: the invite is in the fragment, which browsers keep to
  /// themselves and carry over a redirect.
  private HttpAnswer join(QueryStringDecoder target, HttpHeaders request) {
    Optional<String> room = parameter(target, "room");
    Optional<String> seat = frontDoor.seat();
    if (seat.isPresent()) {
      HttpAnswer redirect = HttpAnswer.text(HttpResponseStatus.FOUND, "There is a seat.");
      String query =
          room.map(name -> "?room=" + URLEncoder.encode(name, StandardCharsets.UTF_8)).orElse("");
      redirect.headers().set(HttpHeaderNames.LOCATION, seat.get() + query);
      return redirect;
    }
    frontDoor.comes(room);
    HttpAnswer waiting = files.waiting().in(HttpResponseStatus.SERVICE_UNAVAILABLE, request);
    waiting.headers().set(HttpHeaderNames.RETRY_AFTER, "3");
    return waiting;
  }

  /// What the waiting page asks every two seconds.
  private HttpAnswer seat(QueryStringDecoder target, InetAddress from) {
    String who = parameter(target, "who").filter(id -> id.length() <= 64).orElse("somebody");
    Optional<String> seat = frontDoor.seat();
    int waiting =
        seat.isPresent()
            ? 0
            : frontDoor.await(who, HandshakeLimits.network(from), parameter(target, "room"));
    if (seat.isPresent()) {
      frontDoor.found(who);
    }
    return HttpAnswer.json(
        HttpResponseStatus.OK,
        Frames.object(json -> {
          if (seat.isPresent()) {
            json.writeStringField("url", seat.get());
          }
          json.writeNumberField("waiting", waiting);
        }));
  }

  /// What the page's door asks before it asks a person for a code.
  private HttpAnswer ways() {
    return HttpAnswer.json(
        HttpResponseStatus.OK,
        Frames.object(json -> json.writeBooleanField("code", takesCodes.getAsBoolean())));
  }

  private static Optional<String> parameter(QueryStringDecoder target, String name) {
    return target.parameters().getOrDefault(name, List.of()).stream()
        .findFirst()
        .filter(value -> !value.isBlank() && value.length() <= 128);
  }
}
