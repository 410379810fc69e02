package dev.podium.agent;

import io.netty.channel.EventLoop;
import io.netty.channel.IoEventLoop;
import io.netty.channel.IoHandlerFactory;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.ServerChannel;
import io.netty.channel.SingleThreadIoEventLoop;
import io.netty.channel.epoll.Epoll;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.channel.epoll.EpollServerSocketChannel;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.util.concurrent.DefaultThreadFactory;
import io.netty.util.concurrent.RejectedExecutionHandlers;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;

/// The one thread that reads and writes every socket and owns the chat's state: on Linux with
/// epoll, elsewhere with the JDK's selector.
final class ChatLoop implements AutoCloseable {
  /// So long at most it works through what other threads hand over, before it looks at its sockets
  /// again. Netty's own limit is a second: while more messages came than a busy computer could
  /// show, twenty people a second got in.
  private static final long TASKS_MILLIS = 5;

  private final MultiThreadIoEventLoopGroup group;
  private final Class<? extends ServerChannel> socketKind;

  ChatLoop() {
    boolean epoll = Epoll.isAvailable();
    IoHandlerFactory kind = epoll ? EpollIoHandler.newFactory() : NioIoHandler.newFactory();
    group = new Group(kind);
    socketKind = epoll ? EpollServerSocketChannel.class : NioServerSocketChannel.class;
  }

  private static final class Group extends MultiThreadIoEventLoopGroup {
    Group(IoHandlerFactory kind) {
      super(1, new DefaultThreadFactory("chat", true), kind);
    }

    @Override
    protected IoEventLoop newChild(Executor executor, IoHandlerFactory kind, Object... none) {
      return new SingleThreadIoEventLoop(
          this,
          executor,
          kind,
          Integer.MAX_VALUE,
          RejectedExecutionHandlers.reject(),
          TASKS_MILLIS);
    }
  }

  EventLoop loop() {
    return group.next();
  }

  Class<? extends ServerChannel> socketKind() {
    return socketKind;
  }

  /// Ends the thread. Blocks for at most two seconds.
  @Override
  public void close() {
    group.shutdownGracefully(0, 1, TimeUnit.SECONDS).awaitUninterruptibly(2, TimeUnit.SECONDS);
  }
}
