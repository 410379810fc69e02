package dev.podium.agent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.netty.bootstrap.Bootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.EventLoop;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.channel.epoll.Epoll;
import io.netty.channel.epoll.EpollDomainDatagramChannel;
import io.netty.channel.unix.DomainDatagramPacket;
import io.netty.channel.unix.DomainSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Against a socket such as systemd's.
class ServiceNoticesTest {
  @TempDir Path folder;
  private final List<String> heard = new CopyOnWriteArrayList<>();
  private final ChatLoop systemdLoop = new ChatLoop();
  private final ChatLoop chatLoop = new ChatLoop();
  private Channel systemd;
  private Map<String, String> environment;

  @BeforeEach
  void listen() {
    Assumptions.assumeTrue(Epoll.isAvailable(), "systemd runs on Linux only");
    Path path = folder.resolve("notify");
    environment = Map.of("NOTIFY_SOCKET", path.toString(), "WATCHDOG_USEC", "60000");
    systemd =
        new Bootstrap()
            .group(systemdLoop.loop())
            .channel(EpollDomainDatagramChannel.class)
            .handler(
                new SimpleChannelInboundHandler<DomainDatagramPacket>() {
                  @Override
                  protected void channelRead0(
                      ChannelHandlerContext context, DomainDatagramPacket p) {
                    heard.add(p.content().toString(StandardCharsets.UTF_8));
                  }
                })
            .bind(new DomainSocketAddress(path.toFile()))
            .syncUninterruptibly()
            .channel();
  }

  @AfterEach
  void stop() {
    chatLoop.close();
    if (systemd != null) {
      systemd.close().syncUninterruptibly();
    }
    systemdLoop.close();
  }

  @Test
  void systemd_hears_that_the_service_is_ready_how_it_is_and_that_it_stops() {
    ServiceNotices notices = ServiceNotices.open(environment, chatLoop.loop()).orElseThrow();
    notices.ready();
    notices.status("Serving http://192.0.2.1:8080/");
    notices.stopping();
    await()
        .untilAsserted(() ->
            assertThat(heard)
                .contains("READY=1", "STATUS=Serving http://192.0.2.1:8080/", "STOPPING=1"));
  }

  @Test
  void the_watchdog_hears_nothing_while_the_chat_loop_is_stuck() {
    EventLoop loop = chatLoop.loop();
    assertThat(ServiceNotices.open(environment, loop)).isPresent();
    await().until(() -> heard.size() >= 3);
    CountDownLatch stuck = new CountDownLatch(1);
    CountDownLatch release = new CountDownLatch(1);
    loop.execute(() -> {
      stuck.countDown();
      awaitQuietly(release);
    });
    awaitQuietly(stuck);
    int before = drained();
    // Longer than systemd's patience by the kernel's clock, and not a word.
    await().during(java.time.Duration.ofMillis(120)).until(() -> heard.size() == before);
    release.countDown();
    await().until(() -> heard.size() > before);
    assertThat(heard).containsOnly("WATCHDOG=1");
  }

  @Test
  void who_is_no_service_of_systemd_tells_nobody() {
    assertThat(ServiceNotices.open(Map.of(), chatLoop.loop())).isEmpty();
    assertThat(
            ServiceNotices.open(
                Map.of("NOTIFY_SOCKET", folder.resolve("nothing").toString()), chatLoop.loop()))
        .isEmpty();
  }

  /// What was on its way has been heard when one more word of another sender has.
  private int drained() {
    ServiceNotices other =
        ServiceNotices.open(
                Map.of("NOTIFY_SOCKET", environment.get("NOTIFY_SOCKET")), systemdLoop.loop())
            .orElseThrow();
    other.status("mark");
    await().until(() -> heard.contains("STATUS=mark"));
    heard.remove("STATUS=mark");
    other.close();
    return heard.size();
  }

  private static void awaitQuietly(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException stop) {
      Thread.currentThread().interrupt();
    }
  }
}
