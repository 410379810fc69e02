package dev.podium.agent.wire;

import io.netty.channel.Channel;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.epoll.Epoll;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.channel.epoll.EpollSocketChannel;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioSocketChannel;
import io.netty.util.concurrent.DefaultThreadFactory;
import java.util.concurrent.TimeUnit;

/// One thread for all of a client's sockets: on Linux with epoll, elsewhere with the JDK's
/// selector.
public record SocketKind(EventLoopGroup loop, Class<? extends Channel> channel)
    implements AutoCloseable {
  /// Starts the thread.
  public static SocketKind start() {
    boolean epoll = Epoll.isAvailable();
    return new SocketKind(
        new MultiThreadIoEventLoopGroup(
            1,
            new DefaultThreadFactory("client", true),
            epoll ? EpollIoHandler.newFactory() : NioIoHandler.newFactory()),
        epoll ? EpollSocketChannel.class : NioSocketChannel.class);
  }

  /// Ends the thread and all its sockets.
  @Override
  public void close() {
    loop.shutdownGracefully(0, 1, TimeUnit.SECONDS).awaitUninterruptibly(2, TimeUnit.SECONDS);
  }
}
