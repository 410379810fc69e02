package dev.podium.agent.chat;

import dev.podium.agent.door.ChatError;
import dev.podium.agent.door.RateLimits;
import dev.podium.agent.metric.Counters;
import dev.podium.agent.people.Seat;
import dev.podium.agent.room.ChatState;
import dev.podium.agent.room.MessageSender;
import dev.podium.agent.room.Room;
import dev.podium.wire.chat.ChatLimits;
import dev.podium.wire.chat.ChatMessage;
import dev.podium.wire.cloud.Ticker;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/// What the frames of a page mean; hellos are the [Reception]'s. On the chat loop.
public final class Conversation {
  /// Of one person, on all their pages together.
  private static final int SAYS_PER_MINUTE = 100;

  private static final int SPEAKERS = 20_000;

  private final ChatState chat;
  private final Broadcaster broadcaster;
  private final MessageSender sender;
  private final Reception reception;
  private final RateLimits says;
  private final Ticker ticker;

  public Conversation(
      ChatState chat,
      Broadcaster broadcaster,
      MessageSender sender,
      Reception reception,
      Ticker ticker) {
    this.chat = chat;
    this.broadcaster = broadcaster;
    this.sender = sender;
    this.reception = reception;
    this.says = new RateLimits(ticker, SAYS_PER_MINUTE, SPEAKERS);
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
      case PageFrame.Hello hello -> reception.hello(socket, hello);
      case PageFrame.Say say when socket.arriving() ->
          error(
              socket,
              ChatError.UNAVAILABLE,
              "The room is still opening: try again in a moment.",
              Optional.of(say.cid()));
      case PageFrame.Say say -> seated(socket).ifPresent(seat -> say(socket, seat, say));
      case PageFrame.Older older -> seated(socket).ifPresent(seat -> older(socket, seat, older));
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
            + ChatLimits.LONGEST_FRAME_BYTES / 1024
            + " KiB.",
        frame instanceof PageFrame.Say say ? Optional.of(say.cid()) : Optional.empty());
  }

  /// More frames than any page sends: no person types here.
  void flooded(ChatSocket socket) {
    error(socket, ChatError.TOO_FAST, "This page sends too much: reload it.", Optional.empty());
    socket.end(CloseCodes.POLICY, ChatError.TOO_FAST.code());
  }

  /// The socket is closed or closing; its person may have others.
  void left(ChatSocket socket) {
    socket
        .seat()
        .ifPresent(seat -> {
          broadcaster.leave(seat.room(), socket);
          chat.leave(seat);
        });
  }

  /// Nothing came in time.
  public void silent(ChatSocket socket) {
    reception.silent(socket);
  }

  /// To be called every second: ends the seats of those whose pass is no longer good, and tells of
  /// other rooms.
  public void tick() {
    lookAtPasses();
    reception.tick();
  }

  /// Ends the seats of those whose invite or access code is no longer good, or whom a host put out.
  private void lookAtPasses() {
    for (ChatSocket socket : broadcaster.sockets().toArray(ChatSocket[]::new)) {
      socket
          .pass()
          .refusal()
          .get()
          .or(() -> socket.seat().flatMap(seat -> chat.removals().refusal(seat.personId())))
          .ifPresent(sentence -> reception.expel(socket, sentence));
    }
  }

  private void say(ChatSocket socket, Seat seat, PageFrame.Say say) {
    Optional<String> cid = Optional.of(say.cid());
    Optional<ChatLimits.TextFault> fault = ChatLimits.textFault(say.text());
    if (fault.isPresent()) {
      refuse(socket, fault.get(), cid);
    } else if (!says.take(seat.personId())) {
      error(socket, ChatError.TOO_FAST, "You are writing too fast: wait a moment.", cid);
    } else if (broadcaster.pendingBytes().isFull()) {
      congested(socket, cid);
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

  private void refuse(ChatSocket socket, ChatLimits.TextFault fault, Optional<String> cid) {
    switch (fault) {
      case EMPTY -> error(socket, ChatError.BAD_FRAME, "The message is empty.", cid);
      case TOO_LONG ->
          error(
              socket,
              ChatError.TOO_LONG,
              "The message is too long: at most " + ChatLimits.LONGEST_TEXT + " characters.",
              cid);
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
            ticker.cloud().truncatedTo(ChronoUnit.MILLIS));
    CompletableFuture<Void> told =
        sender
            .send(message)
            .handle((id, failure) -> {
              if (failure != null) {
                congested(socket, Optional.of(say.cid()));
              } else {
                counters().acknowledged(ticker.nanos() - started);
                broadcaster.tell(socket, Frames.acknowledged(say.cid(), id));
              }
              return null;
            });
    assert told != null;
  }

  /// More is on its way than this VM may hold: the page keeps the message and says it again.
  private void congested(ChatSocket socket, Optional<String> cid) {
    counters().congested++;
    String sentence = "Too many messages are on their way: try again in a moment.";
    error(socket, ChatError.UNAVAILABLE, sentence, cid);
  }

  private void older(ChatSocket socket, Seat seat, PageFrame.Older older) {
    if (!socket.lookups().take()) {
      String sentence = "You are going back too fast: wait a moment.";
      error(socket, ChatError.TOO_FAST, sentence, Optional.empty());
    } else if (broadcaster.pendingBytes().isFull()) {
      congested(socket, Optional.empty());
    } else {
      chat.use().touch();
      String room = seat.room();
      Room.Earlier earlier = chat.room(room).before(older.before());
      broadcaster.tell(socket, Frames.older(room, older.before(), earlier));
    }
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

  private void error(ChatSocket socket, ChatError error, String sentence, Optional<String> cid) {
    broadcaster.tell(socket, Frames.error(error, sentence, cid, Optional.empty()));
  }
}
