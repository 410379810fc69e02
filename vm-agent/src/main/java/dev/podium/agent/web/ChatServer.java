package dev.podium.agent.web;

import dev.podium.agent.chat.Broadcaster;
import dev.podium.agent.chat.Conversation;
import dev.podium.agent.chat.Departure;
import dev.podium.agent.chat.Frames;
import dev.podium.agent.chat.Reception;
import dev.podium.agent.chat.UnidentifiedSockets;
import dev.podium.agent.door.EntryGate;
import dev.podium.agent.door.FrontDoor;
import dev.podium.agent.people.SeatRequests;
import dev.podium.agent.room.ChatState;
import dev.podium.agent.room.Condition;
import dev.podium.agent.room.MessageSender;
import dev.podium.agent.room.RoomBarrier;
import dev.podium.agent.room.RoomMessage;
import dev.podium.wire.cloud.Ticker;
import dev.podium.wire.model.PodiumException;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.AdaptiveRecvByteBufAllocator;
import io.netty.channel.Channel;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoop;
import io.netty.channel.RecvByteBufAllocator;
import io.netty.channel.ServerChannel;
import io.netty.handler.codec.http.HttpObjectAggregator;
import io.netty.handler.codec.http.HttpServerCodec;
import java.net.InetSocketAddress;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The VM's HTTP and WebSocket server.
public final class ChatServer implements AutoCloseable {
  private static final int LONGEST_REQUEST_BYTES = 8 * 1024;
  private static final int ACCEPT_QUEUE = 1_024;

  /// What is not yet a whole request or frame stays in its buffer, so no buffer is larger than
  /// either may be.
  private static final RecvByteBufAllocator READ =
      new AdaptiveRecvByteBufAllocator(64, 2_048, LONGEST_REQUEST_BYTES);

  private static final Logger LOG = LoggerFactory.getLogger(ChatServer.class);

  private final Channel listening;
  private final EventLoop loop;
  private final Departure departure;

  private ChatServer(Channel listening, EventLoop loop, Departure departure) {
    this.listening = listening;
    this.loop = loop;
    this.departure = departure;
  }

  /// What the server serves, and whom it asks.
  public record Parts(
      String bootId,
      ChatState chat,
      Broadcaster broadcaster,
      MessageSender sender,
      RoomBarrier barrier,
      EntryGate gate,
      SeatRequests seatRequests,
      Supplier<Condition> condition,
      Ticker ticker) {}

  /// Makes a room's messages into the page's frames.
  public static RoomMessage.Encoder encoder() {
    return Frames::message;
  }

  /// Opens the port. Blocks until it is open.
  ///
  /// @param socketKind the loop's kind of server socket
  /// @throws PodiumException.Unavailable if the port is taken
  public static ChatServer open(
      EventLoop loop,
      Class<? extends ServerChannel> socketKind,
      InetSocketAddress address,
      Parts parts) {
    return open(loop, socketKind, address, parts, new UnidentifiedSockets());
  }

  static ChatServer open(
      EventLoop loop,
      Class<? extends ServerChannel> socketKind,
      InetSocketAddress address,
      Parts parts,
      UnidentifiedSockets unidentified) {
    Broadcaster broadcaster = parts.broadcaster();
    Reception reception =
        new Reception(
            parts.chat(),
            broadcaster,
            parts.gate(),
            parts.barrier(),
            parts.condition(),
            parts.ticker());
    Conversation conversation =
        new Conversation(parts.chat(), broadcaster, parts.sender(), reception, parts.ticker());
    Departure departure = new Departure(parts.chat(), broadcaster, loop, parts.ticker());
    Site site =
        new Site(
            parts.bootId(),
            parts.chat(),
            broadcaster,
            conversation,
            unidentified,
            new FrontDoor(parts.chat(), parts.condition(), parts.seatRequests(), parts.ticker()),
            parts.gate()::takesCodes,
            parts.condition(),
            parts.ticker());
    broadcaster.showing(viewsOf(parts.chat()), departure::drainChanged);
    Channel listening = bind(loop, socketKind, address, site);
    everySecond(
        loop,
        () -> {
          site.tick();
          departure.tick();
          parts.chat().expirePeers();
        });
    return new ChatServer(listening, loop, departure);
  }

  /// The port it listens on.
  public int port() {
    return ((InetSocketAddress) listening.localAddress()).getPort();
  }

  /// Takes nobody any more, moves those who are here to another VM if there is one, and closes who
  /// has not gone after a moment. Blocks for at most four seconds; the loop itself goes on.
  @Override
  public void close() {
    listening.close().awaitUninterruptibly(1, TimeUnit.SECONDS);
    CompletableFuture<Void> gone = new CompletableFuture<>();
    loop.execute(() -> departure.leave(gone));
    gone.completeOnTimeout(null, 3, TimeUnit.SECONDS).join();
  }

  @SuppressWarnings("FutureReturnValueIgnored") // Runs as long as the loop does.
  private static void everySecond(EventLoop loop, Runnable task) {
    loop.scheduleAtFixedRate(
        () -> {
          try {
            task.run();
          } catch (RuntimeException failure) {
            // A task that throws would never run again; this keeps the server's clock going.
            LOG.error("A look at the connections failed", failure);
          }
        },
        1,
        1,
        TimeUnit.SECONDS);
  }

  private static Channel bind(
      EventLoop loop,
      Class<? extends ServerChannel> socketKind,
      InetSocketAddress address,
      Site site) {
    ServerBootstrap bootstrap =
        new ServerBootstrap()
            .group(loop)
            .channel(socketKind)
            .option(ChannelOption.SO_BACKLOG, ACCEPT_QUEUE)
            .option(ChannelOption.SO_REUSEADDR, true)
            .childOption(ChannelOption.TCP_NODELAY, true)
            .childOption(ChannelOption.RECVBUF_ALLOCATOR, READ)
            .childHandler(
                new ChannelInitializer<Channel>() {
                  @Override
                  protected void initChannel(Channel channel) {
                    channel
                        .pipeline()
                        .addLast(new HttpServerCodec())
                        .addLast(new HttpObjectAggregator(LONGEST_REQUEST_BYTES))
                        .addLast(new HttpHandler(site));
                  }
                });
    var bound = bootstrap.bind(address).awaitUninterruptibly();
    if (!bound.isSuccess()) {
      throw new PodiumException.Unavailable(
          "The chat can not be served on port " + address.getPort(),
          String.valueOf(bound.cause().getMessage()),
          "Free the port, or give the VM another one with the metadata item podium-port.",
          bound.cause());
    }
    return bound.channel();
  }

  private static Broadcaster.Views viewsOf(ChatState chat) {
    return new Broadcaster.Views() {
      @Override
      public byte[] members(String room) {
        return Frames.members(chat.members(room));
      }

      @Override
      public byte[] peers() {
        return Frames.peers(chat.peers().living(), chat.instance());
      }
    };
  }
}
