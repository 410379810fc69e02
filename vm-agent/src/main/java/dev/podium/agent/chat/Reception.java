package dev.podium.agent.chat;

import dev.podium.agent.door.ChatError;
import dev.podium.agent.door.EntryGate;
import dev.podium.agent.door.EntryGate.Credentials;
import dev.podium.agent.door.EntryGate.Decision;
import dev.podium.agent.door.HandshakeLimits;
import dev.podium.agent.people.JoinResult;
import dev.podium.agent.people.Peers;
import dev.podium.agent.people.Seat;
import dev.podium.agent.room.ChatState;
import dev.podium.agent.room.Condition;
import dev.podium.agent.room.DisplayNames;
import dev.podium.agent.room.RoomBarrier;
import dev.podium.wire.chat.Pulse;
import dev.podium.wire.cloud.Ticker;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// What becomes of a hello: who gets in, to which room, and what they are told if they do not. On
/// the chat loop.
public final class Reception {
  private static final Logger LOG = LoggerFactory.getLogger(Reception.class);
  private static final String LOBBY = "lobby";
  private static final String TOO_MANY_FAILED =
      "Too many failed attempts came from your address: wait a minute, then try again.";

  private final ChatState chat;
  private final Broadcaster broadcaster;
  private final EntryGate gate;
  private final RoomBarrier barrier;
  private final Supplier<Condition> condition;
  private final HandshakeLimits handshakeLimits;
  private final RoomNews roomNews;

  public Reception(
      ChatState chat,
      Broadcaster broadcaster,
      EntryGate gate,
      RoomBarrier barrier,
      Supplier<Condition> condition,
      Ticker ticker) {
    this.chat = chat;
    this.broadcaster = broadcaster;
    this.gate = gate;
    this.barrier = barrier;
    this.condition = condition;
    this.handshakeLimits = new HandshakeLimits(ticker);
    this.roomNews = new RoomNews(chat, broadcaster);
  }

  void hello(ChatSocket socket, PageFrame.Hello hello) {
    if (!socket.hellos().take()) {
      tooFast(socket, "You are changing rooms too fast: wait a moment.");
    } else if (!handshakeLimits.begin(socket.address(), socket.loopback())) {
      tooFast(socket, "Too many come from your address at once: wait a minute, then try again.");
    } else if (!condition.get().ready()) {
      later(socket, "This VM is still starting; it will be ready in a moment.");
    } else if (broadcaster.pendingBytes().isFull() && socket.seat().isEmpty()) {
      later(socket, "Very many people come at once: you are let in within a moment.");
    } else {
      admit(socket, hello);
    }
  }

  /// To be called every second.
  void tick() {
    roomNews.tick();
  }

  /// Nothing came in time.
  void silent(ChatSocket socket) {
    handshakeLimits.failed(socket.address());
    // A phone that froze, or a line that lost it, is no reason to be sent away for good.
    turnAway(
        socket,
        ChatError.UNAVAILABLE,
        "The page did not say hello within 5 seconds.",
        Optional.empty());
  }

  /// What they came in by is no longer good.
  void expel(ChatSocket socket, String sentence) {
    ChatError error = socket.pass().error();
    broadcaster.counters().expelled++;
    broadcaster.tell(socket, Frames.error(error, sentence, Optional.empty(), Optional.empty()));
    socket.end(CloseCodes.NOT_ADMITTED, error.code());
  }

  private void admit(ChatSocket socket, PageFrame.Hello hello) {
    Credentials shown = credentials(hello);
    boolean triedTooOften = handshakeLimits.failedTooOften(socket.address());
    if (shown instanceof Credentials.Code && triedTooOften) {
      tooFast(socket, TOO_MANY_FAILED);
      return;
    }
    switch (gate.admit(shown)) {
      case Decision.Refused refused when triedTooOften -> tooFast(socket, TOO_MANY_FAILED);
      case Decision.Refused(ChatError error, String sentence) -> failed(socket, error, sentence);
      case Decision.Outdated(ChatError error, String sentence) ->
          turnAway(socket, error, sentence, Optional.empty());
      case Decision.Elsewhere(String vm, String sentence) ->
          turnAway(socket, ChatError.BAD_TOKEN, sentence, addressOf(vm));
      case Decision.Admitted admitted -> admitted(socket, hello, admitted);
    }
  }

  /// Where that VM is, as the roster says: an invite's own word for it would be anybody's.
  private Optional<String> addressOf(String vm) {
    return chat.peers().living().stream()
        .filter(peer -> peer.vm().equals(vm))
        .map(Pulse.Heartbeat::url)
        .findFirst();
  }

  private static Credentials credentials(PageFrame.Hello hello) {
    return hello
        .code()
        .filter(code -> hello.token().isEmpty())
        .<Credentials>map(code ->
            new Credentials.Code(
                code, DisplayNames.person(hello.name().orElse("")), hello.device().orElse("")))
        .orElseGet(() -> new Credentials.Token(hello.token().orElse("")));
  }

  private void admitted(ChatSocket socket, PageFrame.Hello hello, Decision.Admitted admitted) {
    Optional<String> removed = chat.removals().refusal(admitted.id());
    if (removed.isPresent()) {
      // No failed attempt: the credentials were good. The page forgets them, as those that ended.
      putOut(socket, admitted, removed.get());
      return;
    }
    Optional<String> wanted = hello.room().filter(room -> !room.isBlank());
    Optional<String> room = DisplayNames.room(wanted.orElse(admitted.room().orElse(LOBBY)));
    if (room.isEmpty()) {
      // No failed attempt: the credentials were good.
      turnAway(
          socket,
          ChatError.BAD_FRAME,
          "A room's name has letters, digits, spaces, '.', '_' and '-', at most 40.",
          Optional.empty());
      return;
    }
    int number = socket.arrive();
    Runnable join =
        () -> {
          if (socket.arrived(number)) {
            join(socket, hello, admitted, room.get());
          }
        };
    if (chat.draining() || knowsWhereToResume(hello, room.get())) {
      join.run();
    } else {
      catchUp(socket, room.get(), join, () -> behind(socket, number));
    }
  }

  private void putOut(ChatSocket socket, Decision.Admitted admitted, String sentence) {
    turnAway(socket, admitted.pass().error(), sentence, Optional.empty());
    // A second hello of one who sits here already must not keep the seat.
    socket.end(CloseCodes.NOT_ADMITTED, admitted.pass().error().code());
  }

  private boolean knowsWhereToResume(PageFrame.Hello hello, String room) {
    return after(hello).map(id -> chat.leadsOn(room, id)).orElse(true);
  }

  /// A page has seen a message that this VM has not, or has no longer. Another VM may have been
  /// faster: were the page told of a gap now, it would be shown what is old after what is new.
  private void catchUp(ChatSocket socket, String room, Runnable caughtUp, Runnable behind) {
    broadcaster.counters().behind++;
    var _ =
        barrier
            .pass(room)
            .<@Nullable Void>handle((nothing, failure) -> {
              (failure == null ? caughtUp : behind).run();
              return null;
            })
            .exceptionally(fault -> {
              // As where a frame's handler throws: only this connection ends.
              LOG.warn("A hello was not answered", fault);
              socket.end(CloseCodes.TRY_AGAIN_LATER, "later");
              return null;
            });
  }

  private void behind(ChatSocket socket, int number) {
    if (!socket.arrived(number)) {
      return;
    }
    String sentence = "This VM does not have the room's newest messages yet.";
    if (socket.seat().isPresent()) {
      turnAway(socket, ChatError.UNAVAILABLE, sentence, Optional.empty());
    } else {
      later(socket, sentence);
    }
  }

  /// The message that they saw last; empty if they saw none.
  private static Optional<String> after(PageFrame.Hello hello) {
    return hello.after().filter(id -> !id.isEmpty());
  }

  private void join(
      ChatSocket socket, PageFrame.Hello hello, Decision.Admitted admitted, String roomName) {
    String name = admitted.name().isBlank() ? hello.name().orElse("") : admitted.name();
    Optional<Seat> before = socket.seat(); // A second hello moves the page to another room.
    boolean returning = before.isPresent() || after(hello).isPresent() || hello.returning();
    socket.device(hello.device());
    JoinResult result = chat.join(admitted.id(), name, roomName, returning, socket, before);
    boolean here = admitted.onlyHere();
    switch (result) {
      case JoinResult.Joined(Seat seat) -> {
        before.ifPresent(old -> broadcaster.leave(old.room(), socket));
        socket.sit(seat, here, admitted.pass());
        socket.showsRooms(hello.rooms());
        welcome(socket, seat, hello);
        roomNews.tell(socket);
      }
      case JoinResult.Full full ->
          turnAway(
              socket,
              ChatError.FULL,
              "Every seat on this VM is taken.",
              chat.peers().roomiest().filter(peer -> !here).map(Pulse.Heartbeat::url));
      case JoinResult.TooManyRooms many ->
          turnAway(
              socket,
              ChatError.FULL,
              "This VM has as many rooms as it can hold: choose one that people are in.",
              Optional.empty());
      case JoinResult.Draining draining ->
          turnAway(
              socket,
              ChatError.DRAINING,
              "This VM is closing and takes nobody any more.",
              chat.peers().refuge().filter(peer -> !here).map(Pulse.Heartbeat::url));
    }
  }

  private void welcome(ChatSocket socket, Seat seat, PageFrame.Hello hello) {
    broadcaster.counters().admitted++;
    broadcaster.enter(seat.room(), socket);
    Peers peers = chat.peers();
    broadcaster.tell(
        socket,
        Frames.welcome(
            seat,
            chat.instance(),
            socket.pass().expires(),
            gate.takesCodes(),
            chat.room(seat.room()).since(hello.after().orElse(null)),
            chat.members(seat.room()),
            socket.onlyHere() ? List.of() : peers.living()));
    Condition now = condition.get();
    if (!now.well()) {
      broadcaster.tell(socket, Frames.state(false, PageSentences.of(now)));
    }
  }

  private void failed(ChatSocket socket, ChatError error, String sentence) {
    handshakeLimits.failed(socket.address());
    turnAway(socket, error, sentence, Optional.empty());
  }

  private void tooFast(ChatSocket socket, String sentence) {
    turnAway(socket, ChatError.TOO_FAST, sentence, Optional.empty());
  }

  /// Not now, and nobody's fault: the page tries again by itself.
  private void later(ChatSocket socket, String sentence) {
    broadcaster.counters().putOff++;
    broadcaster.tell(
        socket, Frames.error(ChatError.UNAVAILABLE, sentence, Optional.empty(), Optional.empty()));
    socket.end(CloseCodes.TRY_AGAIN_LATER, "later");
  }

  /// Says no. Who sits here already asked for another room: they keep the seat they have.
  private void turnAway(
      ChatSocket socket, ChatError error, String sentence, Optional<String> elsewhere) {
    broadcaster.counters().refused++;
    broadcaster.tell(socket, Frames.error(error, sentence, Optional.empty(), elsewhere));
    if (socket.seat().isEmpty()) {
      socket.end(
          error == ChatError.DRAINING ? CloseCodes.DRAINING : CloseCodes.NOT_ADMITTED,
          error.code());
    }
  }
}
