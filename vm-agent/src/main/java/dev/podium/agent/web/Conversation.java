package dev.podium.agent.web;

import dev.podium.agent.room.ChatState;
import dev.podium.agent.room.Condition;
import dev.podium.agent.room.JoinResult;
import dev.podium.agent.room.MessageSender;
import dev.podium.agent.room.Names;
import dev.podium.agent.room.Peers;
import dev.podium.agent.room.Room;
import dev.podium.agent.room.Seat;
import dev.podium.agent.web.Gate.Credentials;
import dev.podium.agent.web.Gate.Decision;
import dev.podium.core.chat.ChatMessage;
import dev.podium.core.chat.Pulse;
import dev.podium.core.cloud.Ticker;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;

/// What the frames of a page mean. On the chat loop.
final class Conversation {
  static final String LOBBY = "lobby";

  /// In UTF-16 units, as a browser counts; the frame's limit is in bytes and comes first for some
  /// scripts.
  static final int LONGEST_TEXT = 4_000;

  private final ChatState chat;
  private final Broadcaster broadcaster;
  private final MessageSender sender;
  private final Gate gate;
  private final Supplier<Condition> condition;
  private final FailedHandshakes failures;
  private final Ticker ticker;

  Conversation(
      ChatState chat,
      Broadcaster broadcaster,
      MessageSender sender,
      Gate gate,
      Supplier<Condition> condition,
      Ticker ticker) {
    this.chat = chat;
    this.broadcaster = broadcaster;
    this.sender = sender;
    this.gate = gate;
    this.condition = condition;
    this.failures = new FailedHandshakes(ticker);
    this.ticker = ticker;
  }

  Counters counters() {
    return broadcaster.counters();
  }

  long nowNanos() {
    return ticker.nanos();
  }

  void heard(ChatSocket socket, PageFrame frame) {
    switch (frame) {
      case PageFrame.Hello hello -> hello(socket, hello);
      case PageFrame.Say say -> seated(socket).ifPresent(seat -> say(socket, seat, say));
      case PageFrame.Hold hold -> seated(socket).ifPresent(seat -> hold(hold));
      case PageFrame.Typing typing -> seated(socket).ifPresent(seat -> chat.use().touch());
      case PageFrame.Bye bye -> bye(socket);
      case PageFrame.Bad bad -> bad(socket, bad.sentence());
    }
  }

  void bad(ChatSocket socket, String sentence) {
    error(socket, ChatError.BAD_FRAME, sentence, Optional.empty());
  }

  /// A frame over the limit: a message that is told its name fails on the page, instead of being
  /// said again for ever.
  void tooLong(ChatSocket socket, PageFrame frame) {
    error(
        socket,
        ChatError.TOO_LONG,
        "This message is too long: a frame has at most "
            + ChatSocket.LONGEST_FRAME_BYTES / 1024
            + " KiB.",
        frame instanceof PageFrame.Say say ? Optional.of(say.cid()) : Optional.empty());
  }

  /// The socket is closed or closing; its person may have others.
  void left(ChatSocket socket) {
    socket
        .seat()
        .ifPresent(
            seat -> {
              broadcaster.leave(seat.room(), socket);
              chat.leave(seat);
            });
  }

  /// Nothing came in time.
  void silent(ChatSocket socket) {
    refuse(
        socket,
        ChatError.BAD_FRAME,
        "The page did not say hello within 5 seconds.",
        Optional.empty());
  }

  private void hello(ChatSocket socket, PageFrame.Hello hello) {
    if (!condition.get().ready()) {
      error(
          socket,
          ChatError.UNAVAILABLE,
          "This VM is still starting; it will be ready in a moment.",
          Optional.empty());
      socket.end(CloseCodes.TRY_AGAIN_LATER, "starting");
      return;
    }
    Credentials shown = credentials(hello);
    // A code can be guessed, a signature can not: who holds an invite is not made to wait because
    // somebody else behind the same router tried codes.
    if (shown instanceof Credentials.Code && failures.tooMany(socket.address())) {
      refuse(
          socket,
          ChatError.TOO_FAST,
          "Too many failed attempts came from your address: wait a minute, then try again.",
          Optional.empty());
      return;
    }
    switch (gate.admit(shown)) {
      case Decision.Refused(ChatError error, String sentence) ->
          refuse(socket, error, sentence, Optional.empty());
      case Decision.Admitted admitted -> admitted(socket, hello, admitted);
    }
  }

  private static Credentials credentials(PageFrame.Hello hello) {
    return hello
        .code()
        .filter(code -> hello.token().isEmpty())
        .<Credentials>map(
            code ->
                new Credentials.Code(
                    code, Names.person(hello.name().orElse("")), hello.device().orElse("")))
        .orElseGet(() -> new Credentials.Token(hello.token().orElse("")));
  }

  private void admitted(ChatSocket socket, PageFrame.Hello hello, Decision.Admitted admitted) {
    Optional<String> wanted = hello.room().filter(room -> !room.isBlank());
    Optional<String> room = Names.room(wanted.orElse(admitted.room().orElse(LOBBY)));
    if (room.isEmpty()) {
      // No failed attempt: the credentials were good.
      turnAway(
          socket,
          ChatError.BAD_FRAME,
          "A room's name has letters, digits, spaces, '.', '_' and '-', at most 40.",
          Optional.empty());
      return;
    }
    join(socket, hello, admitted, room.get());
  }

  private void join(
      ChatSocket socket, PageFrame.Hello hello, Decision.Admitted admitted, String roomName) {
    String name = admitted.name().isBlank() ? hello.name().orElse("") : admitted.name();
    Optional<Seat> before = socket.seat(); // A second hello moves the page to another room.
    boolean returning = before.isPresent() || hello.after().filter(id -> !id.isEmpty()).isPresent();
    JoinResult result = chat.join(admitted.id(), name, roomName, returning, socket, before);
    boolean here = admitted.onlyHere();
    switch (result) {
      case JoinResult.Joined(Seat seat) -> {
        before.ifPresent(old -> broadcaster.leave(old.room(), socket));
        socket.sit(seat, here);
        welcome(socket, seat, hello);
      }
      case JoinResult.Full full ->
          turnAway(
              socket,
              ChatError.FULL,
              "Every seat on this VM is taken.",
              chat.peers().roomiest().filter(peer -> !here).map(Pulse.Heartbeat::url));
      case JoinResult.Draining draining ->
          turnAway(
              socket,
              ChatError.DRAINING,
              "This VM is closing and takes nobody any more.",
              chat.peers().refuge().filter(peer -> !here).map(Pulse.Heartbeat::url));
    }
  }

  private void welcome(ChatSocket socket, Seat seat, PageFrame.Hello hello) {
    counters().admitted++;
    Room room = chat.room(seat.room());
    broadcaster.enter(seat.room(), socket);
    Peers peers = chat.peers();
    broadcaster.tell(
        socket,
        Frames.welcome(
            seat,
            chat.instance(),
            room.since(hello.after().filter(id -> !id.isEmpty()).orElse(null)),
            chat.members(seat.room()),
            socket.onlyHere() ? List.of() : peers.living()));
    Condition now = condition.get();
    if (!now.well()) {
      broadcaster.tell(socket, Frames.state(false, Sentences.of(now)));
    }
  }

  private void say(ChatSocket socket, Seat seat, PageFrame.Say say) {
    Optional<String> cid = Optional.of(say.cid());
    if (say.text().isBlank()) {
      error(socket, ChatError.BAD_FRAME, "The message is empty.", cid);
    } else if (say.text().length() > LONGEST_TEXT) {
      String sentence = "The message is too long: at most " + LONGEST_TEXT + " characters.";
      error(socket, ChatError.TOO_LONG, sentence, cid);
    } else if (!socket.says().take()) {
      error(socket, ChatError.TOO_FAST, "You are writing too fast: wait a moment.", cid);
    } else {
      chat.use().touch();
      Optional<String> shown = chat.room(seat.room()).shown(seat.personId(), say.cid());
      if (shown.isPresent()) {
        broadcaster.tell(socket, Frames.acknowledged(say.cid(), shown.get()));
      } else {
        publish(socket, seat, say);
      }
    }
  }

  private void publish(ChatSocket socket, Seat seat, PageFrame.Say say) {
    counters().said++;
    long started = ticker.nanos();
    ChatMessage message =
        new ChatMessage(
            say.cid(),
            seat.room(),
            new ChatMessage.Sender(seat.personId(), seat.name(), chat.instance()),
            say.text(),
            ticker.wall().truncatedTo(ChronoUnit.MILLIS));
    CompletableFuture<Void> told =
        sender
            .send(message)
            .handle(
                (id, failure) -> {
                  if (failure != null) {
                    String sentence = "Too many messages are on their way: try again in a moment.";
                    error(socket, ChatError.UNAVAILABLE, sentence, Optional.of(say.cid()));
                  } else {
                    counters().acknowledged++;
                    counters().acknowledgeSeconds += (ticker.nanos() - started) / 1e9;
                    broadcaster.tell(socket, Frames.acknowledged(say.cid(), id));
                  }
                  return null;
                });
    assert told != null;
  }

  private void hold(PageFrame.Hold hold) {
    chat.use().hold(Duration.ofMinutes(Math.max(0, hold.minutes())));
    broadcaster.occupancyChanged();
  }

  private void bye(ChatSocket socket) {
    socket.end(chat.draining() ? CloseCodes.DRAINING : CloseCodes.NORMAL, "bye");
  }

  private Optional<Seat> seated(ChatSocket socket) {
    Optional<Seat> seat = socket.seat();
    if (seat.isEmpty()) {
      bad(socket, "Say hello first.");
    }
    return seat;
  }

  private void refuse(
      ChatSocket socket, ChatError error, String sentence, Optional<String> elsewhere) {
    if (error == ChatError.BAD_CODE || error == ChatError.BAD_FRAME) {
      failures.failed(socket.address());
    }
    turnAway(socket, error, sentence, elsewhere);
  }

  /// Says no. Who sits here already asked for another room: they keep the seat they have.
  private void turnAway(
      ChatSocket socket, ChatError error, String sentence, Optional<String> elsewhere) {
    counters().refused++;
    broadcaster.tell(socket, Frames.error(error, sentence, Optional.empty(), elsewhere));
    if (socket.seat().isEmpty()) {
      socket.end(
          error == ChatError.DRAINING ? CloseCodes.DRAINING : CloseCodes.NOT_ADMITTED,
          error.code());
    }
  }

  private void error(ChatSocket socket, ChatError error, String sentence, Optional<String> cid) {
    broadcaster.tell(socket, Frames.error(error, sentence, cid, Optional.empty()));
  }
}
