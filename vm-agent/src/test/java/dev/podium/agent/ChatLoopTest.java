package dev.podium.agent;

import static org.awaitility.Awaitility.await;

import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelInitializer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ChatLoopTest {
  private static final int PEOPLE = 200;

  private final ChatLoop loop = new ChatLoop();
  private final AtomicBoolean flooding = new AtomicBoolean(true);
  private final AtomicInteger accepted = new AtomicInteger();
  private final List<Socket> sockets = new ArrayList<>();

  @AfterEach
  void close() throws IOException {
    flooding.set(false);
    for (Socket socket : sockets) {
      socket.close();
    }
    loop.close();
  }

  @Test
  void people_get_in_while_there_is_more_to_do_than_ever_gets_done() throws IOException {
    InetSocketAddress address = (InetSocketAddress) listen().localAddress();
    loop.loop().execute(this::flood);

    for (int i = 0; i < PEOPLE; i++) {
      sockets.add(new Socket(address.getAddress(), address.getPort()));
    }

    await().atMost(Duration.ofSeconds(5)).until(() -> accepted.get() == PEOPLE);
  }

  private void flood() {
    if (flooding.get()) {
      loop.loop().execute(this::flood);
    }
  }

  private Channel listen() {
    return new ServerBootstrap()
        .group(loop.loop())
        .channel(loop.socketKind())
        .childHandler(
            new ChannelInitializer<Channel>() {
              @Override
              protected void initChannel(Channel channel) {
                accepted.incrementAndGet();
              }
            })
        .bind(InetAddress.getLoopbackAddress(), 0)
        .syncUninterruptibly()
        .channel();
  }
}
