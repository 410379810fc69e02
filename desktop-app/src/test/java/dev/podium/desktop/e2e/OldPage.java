package dev.podium.desktop.e2e;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.SocketChannel;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.FullHttpRequest;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpObjectAggregator;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpServerCodec;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.websocketx.TextWebSocketFrame;
import io.netty.handler.codec.http.websocketx.WebSocketServerProtocolHandler;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.function.Supplier;

/// The web side of an [OldAgent]: `/healthz`, and `/ws` with the few frames that a [Person] uses.
/// It lets everybody in.
final class OldPage {
  private static final ObjectMapper JSON = new ObjectMapper();

  private final String vm;
  private final Supplier<String> health;
  private final Consumer<Optional<Said>> used;
  private final Map<ChannelHandlerContext, String> people = new ConcurrentHashMap<>();

  /// @param taken to be told the message's id once the bus has it
  record Said(String name, String cid, String text, Consumer<String> taken) {}

  /// Serves on the loopback from now on.
  ///
  /// @param used told when somebody came or went, and what somebody said
  OldPage(int port, String vm, Supplier<String> health, Consumer<Optional<Said>> used)
      throws InterruptedException {
    this.vm = vm;
    this.health = health;
    this.used = used;
    new ServerBootstrap()
        .group(new MultiThreadIoEventLoopGroup(1, NioIoHandler.newFactory()))
        .channel(NioServerSocketChannel.class)
        .childHandler(
            new ChannelInitializer<SocketChannel>() {
              @Override
              protected void initChannel(SocketChannel channel) {
                channel
                    .pipeline()
                    .addLast(new HttpServerCodec(), new HttpObjectAggregator(65_536))
                    .addLast(new WebSocketServerProtocolHandler("/ws"))
                    .addLast(new Requests(), new Frames());
              }
            })
        .bind("127.0.0.1", port)
        .sync();
  }

  List<String> people() {
    return List.copyOf(people.values());
  }

  void tellAll(String frame) {
    people.keySet().forEach(one -> tell(one, frame));
  }

  private static void tell(ChannelHandlerContext person, String frame) {
    var _ = person.writeAndFlush(new TextWebSocketFrame(frame));
  }

  private final class Requests extends SimpleChannelInboundHandler<FullHttpRequest> {
    @Override
    protected void channelRead0(ChannelHandlerContext context, FullHttpRequest request) {
      boolean known = request.uri().equals("/healthz");
      byte[] body = (known ? health.get() : "{}").getBytes(StandardCharsets.UTF_8);
      var answer =
          new DefaultFullHttpResponse(
              HttpVersion.HTTP_1_1,
              known ? HttpResponseStatus.OK : HttpResponseStatus.NOT_FOUND,
              Unpooled.wrappedBuffer(body));
      answer
          .headers()
          .set(HttpHeaderNames.CONTENT_TYPE, "application/json")
          .setInt(HttpHeaderNames.CONTENT_LENGTH, body.length);
      var _ = context.writeAndFlush(answer).addListener(ChannelFutureListener.CLOSE);
    }
  }

  private final class Frames extends SimpleChannelInboundHandler<TextWebSocketFrame> {
    @Override
    protected void channelRead0(ChannelHandlerContext context, TextWebSocketFrame frame)
        throws JsonProcessingException {
      JsonNode said = JSON.readTree(frame.text());
      switch (said.path("t").asText()) {
        case "hello" -> {
          String name = said.path("name").asText();
          people.put(context, name);
          used.accept(Optional.empty());
          String you = "{\"id\":\"%s\",\"name\":\"%s\"}".formatted(name, name);
          tell(
              context,
              "{\"t\":\"welcome\",\"you\":%s,\"room\":\"lobby\",\"instance\":\"%s\"}"
                  .formatted(you, vm));
        }
        case "say" -> {
          String cid = said.path("cid").asText();
          String name = people.getOrDefault(context, "");
          String text = said.path("text").asText();
          used.accept(Optional.of(new Said(name, cid, text, id -> acknowledge(context, cid, id))));
        }
        default -> {
          // Nothing that a test needs.
        }
      }
    }

    private static void acknowledge(ChannelHandlerContext context, String cid, String id) {
      tell(context, "{\"t\":\"ack\",\"cid\":\"%s\",\"id\":\"%s\"}".formatted(cid, id));
    }

    @Override
    public void channelInactive(ChannelHandlerContext context) {
      if (people.remove(context) != null) {
        used.accept(Optional.empty());
      }
    }
  }
}
