package dev.podium.agent;

import io.netty.bootstrap.Bootstrap;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.EventLoop;
import io.netty.channel.epoll.Epoll;
import io.netty.channel.epoll.EpollDomainDatagramChannel;
import io.netty.channel.unix.DomainSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Tells systemd how the service is, as sd_notify(3) describes: datagrams to the socket that
/// `NOTIFY_SOCKET` names. The JDK has stream sockets of that kind only; Netty's epoll has both.
///
/// The watchdog's word is sent *by the chat loop*. So it fails to come exactly when the loop is
/// stuck, whatever else of the process still runs, and systemd starts the agent anew; nobody here
/// is better off with a VM that takes connections and answers none.
// A word that is not heard is followed by the next.
@SuppressWarnings("FutureReturnValueIgnored")
final class ServiceNotices implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(ServiceNotices.class);

  private final Channel channel;

  private ServiceNotices(Channel channel) {
    this.channel = channel;
  }

  /// Connects to systemd.
  ///
  /// @param environment `NOTIFY_SOCKET`, and `WATCHDOG_USEC` where the unit has a watchdog
  /// @return empty where the agent is no service of systemd
  static Optional<ServiceNotices> open(Map<String, String> environment, EventLoop loop) {
    String path = environment.getOrDefault("NOTIFY_SOCKET", "");
    if (path.isEmpty() || !Epoll.isAvailable()) {
      return Optional.empty();
    }
    var connected =
        new Bootstrap()
            .group(loop)
            .channel(EpollDomainDatagramChannel.class)
            .handler(new ChannelInboundHandlerAdapter())
            .connect(
                new DomainSocketAddress(path.startsWith("@") ? "\0" + path.substring(1) : path))
            .awaitUninterruptibly();
    if (!connected.isSuccess()) {
      LOG.warn("systemd is not told how the agent is: {}", connected.cause().getMessage());
      return Optional.empty();
    }
    ServiceNotices notices = new ServiceNotices(connected.channel());
    watchdogPeriod(environment).ifPresent(notices::keepAlive);
    return Optional.of(notices);
  }

  /// The page is served.
  void ready() {
    send("READY=1");
  }

  /// What `systemctl status` shows.
  void status(String sentence) {
    send("STATUS=" + sentence);
  }

  void stopping() {
    send("STOPPING=1");
  }

  @Override
  public void close() {
    channel.close();
  }

  private void keepAlive(Duration period) {
    channel
        .eventLoop()
        .scheduleAtFixedRate(() -> send("WATCHDOG=1"), 0, period.toMillis(), TimeUnit.MILLISECONDS);
  }

  private void send(String words) {
    channel.writeAndFlush(Unpooled.copiedBuffer(words, StandardCharsets.UTF_8));
  }

  /// A third of systemd's patience: a word may be late, and the next still in time.
  private static Optional<Duration> watchdogPeriod(Map<String, String> environment) {
    String whose = environment.getOrDefault("WATCHDOG_PID", "");
    if (!whose.isEmpty() && !whose.equals(String.valueOf(ProcessHandle.current().pid()))) {
      return Optional.empty(); // It was inherited from the service that started this one.
    }
    try {
      long micros = Long.parseLong(environment.getOrDefault("WATCHDOG_USEC", "0"));
      return micros <= 0
          ? Optional.empty()
          : Optional.of(Duration.ofMillis(Math.max(1, micros / 3_000)));
    } catch (NumberFormatException noNumber) {
      return Optional.empty();
    }
  }
}
