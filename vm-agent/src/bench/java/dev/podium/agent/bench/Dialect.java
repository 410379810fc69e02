package dev.podium.agent.bench;

import dev.podium.agent.wire.WebSocketLine;
import io.netty.buffer.ByteBuf;
import java.nio.charset.StandardCharsets;

/// How a client speaks to one kind of chat server.
enum Dialect {
  PODIUM {
    @Override
    String path(String room) {
      return "/ws";
    }

    @Override
    void opened(WebSocketLine line, String token, String room) {
      line.send(
          "{\"t\":\"hello\",\"device\":\"d\",\"token\":\""
              + token
              + "\",\"room\":\""
              + room
              + "\"}");
    }

    // By the first letters of `t`.
    @Override
    Heard heard(WebSocketLine line, ByteBuf frame) {
      byte first = frame.getByte(frame.readerIndex() + 6);
      if (first == 'm' && frame.getByte(frame.readerIndex() + 7) == 's') {
        return Heard.MESSAGE;
      }
      if (first == 'e') {
        throw new IllegalStateException(
            "The agent refused: " + frame.toString(StandardCharsets.UTF_8));
      }
      return first == 'w' ? Heard.WELCOME : Heard.OTHER;
    }

    @Override
    String say(String text, int number) {
      return "{\"t\":\"say\",\"cid\":\"d-" + number + "\",\"text\":\"" + text + "\"}";
    }
  },

  /// Engine.IO 4 over a WebSocket alone: 0 open, 2 ping, 3 pong, 40 connect, 42 event.
  SOCKET_IO {
    @Override
    String path(String room) {
      return "/socket.io/?EIO=4&transport=websocket&room=" + room;
    }

    @Override
    Heard heard(WebSocketLine line, ByteBuf frame) {
      byte kind = frame.getByte(frame.readerIndex());
      if (kind == '0') {
        line.send("40");
      } else if (kind == '2') {
        line.send("3");
      } else if (kind == '4') {
        return frame.getByte(frame.readerIndex() + 1) == '0' ? Heard.WELCOME : Heard.MESSAGE;
      }
      return Heard.OTHER;
    }

    @Override
    String say(String text, int number) {
      return "42[\"msg\",\"" + text + "\"]";
    }
  },

  WS {
    @Override
    String path(String room) {
      return "/?room=" + room;
    }

    @Override
    boolean isWelcomeWhenOpen() {
      return true;
    }

    @Override
    Heard heard(WebSocketLine line, ByteBuf frame) {
      return Heard.MESSAGE;
    }

    @Override
    String say(String text, int number) {
      return text;
    }
  };

  /// What a frame is.
  enum Heard {
    WELCOME,
    MESSAGE,
    OTHER
  }

  abstract String path(String room);

  /// Says what a client says first, if it is the first to speak.
  void opened(WebSocketLine line, String token, String room) {}

  /// Whether a client is in its room as soon as it is connected.
  boolean isWelcomeWhenOpen() {
    return false;
  }

  /// Answers a frame if an answer is due, and says what it was.
  abstract Heard heard(WebSocketLine line, ByteBuf frame);

  /// The frame of a message.
  abstract String say(String text, int number);
}
