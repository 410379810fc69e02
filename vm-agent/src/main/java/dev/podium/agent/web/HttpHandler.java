package dev.podium.agent.web;

import dev.podium.agent.chat.ChatSocket;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.FullHttpRequest;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpUtil;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.QueryStringDecoder;
import io.netty.handler.codec.http.websocketx.Utf8FrameValidator;
import io.netty.handler.codec.http.websocketx.WebSocketDecoderConfig;
import io.netty.handler.codec.http.websocketx.WebSocketFrameAggregator;
import io.netty.handler.codec.http.websocketx.WebSocketServerHandshaker;
import io.netty.handler.codec.http.websocketx.WebSocketServerHandshakerFactory;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Base64;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Plain requests, until one asks for the WebSocket.
// A write fails only when the connection has ended, and its end is told by itself.
@SuppressWarnings("FutureReturnValueIgnored")
final class HttpHandler extends SimpleChannelInboundHandler<FullHttpRequest> {
  /// Beyond this a frame is not even read, and the connection ends.
  private static final int LARGEST_FRAME_BYTES = 64 * 1024;

  /// Of the WebSocket protocol, as RFC 6455 has it. The decoder would take drafts too.
  private static final String VERSION = "13";

  private static final int KEY_BYTES = 16;

  /// What breaks the protocol is answered by the socket itself, which knows what it has sent.
  private static final WebSocketDecoderConfig FRAMES =
      WebSocketDecoderConfig.newBuilder()
          .maxFramePayloadLength(LARGEST_FRAME_BYTES)
          .allowExtensions(false)
          .closeOnProtocolViolation(false)
          .build();

  private static final Logger LOG = LoggerFactory.getLogger(HttpHandler.class);

  private final Site site;

  HttpHandler(Site site) {
    this.site = site;
  }

  @Override
  protected void channelRead0(ChannelHandlerContext context, FullHttpRequest request) {
    if (!context.channel().isWritable()) {
      // It asks on and takes no answers: they would wait here, and there is no end of them.
      context.close();
      return;
    }
    site.asked(context.channel());
    if (!request.decoderResult().isSuccess()) {
      answer(
          context, request, HttpAnswer.text(HttpResponseStatus.BAD_REQUEST, "This is not HTTP."));
      return;
    }
    QueryStringDecoder target = new QueryStringDecoder(request.uri());
    if (target.path().equals("/ws")) {
      upgrade(context, request);
    } else if (!request.method().equals(HttpMethod.GET)
        && !request.method().equals(HttpMethod.HEAD)) {
      HttpAnswer refused =
          HttpAnswer.text(HttpResponseStatus.METHOD_NOT_ALLOWED, "Only GET and HEAD.");
      refused.headers().set(HttpHeaderNames.ALLOW, "GET, HEAD");
      answer(context, request, refused);
    } else {
      answer(context, request, site.answer(target, request.headers(), address(context)));
    }
  }

  @Override
  public void channelActive(ChannelHandlerContext context) {
    site.opened(context.channel());
    context.fireChannelActive();
  }

  @Override
  public void channelInactive(ChannelHandlerContext context) {
    site.closed(context.channel());
    context.fireChannelInactive();
  }

  /// Nothing more is read while answers wait, for the codec answers some requests by itself.
  @Override
  public void channelWritabilityChanged(ChannelHandlerContext context) {
    context.channel().config().setAutoRead(context.channel().isWritable());
    context.fireChannelWritabilityChanged();
  }

  @Override
  public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
    // The connection broke or what came was no HTTP; either way only this one ends.
    LOG.debug("A connection ended", cause);
    context.close();
  }

  private void upgrade(ChannelHandlerContext context, FullHttpRequest request) {
    HttpHeaders headers = request.headers();
    if (!headers.containsValue(HttpHeaderNames.UPGRADE, HttpHeaderValues.WEBSOCKET, true)) {
      answer(context, request, upgradeRequired("This is a WebSocket."));
      return;
    }
    if (!VERSION.equals(headers.get(HttpHeaderNames.SEC_WEBSOCKET_VERSION))) {
      answer(context, request, upgradeRequired("WebSocket version 13 only."));
      return;
    }
    if (!request.method().equals(HttpMethod.GET) || !isKey(headers)) {
      String why = "A WebSocket is opened by GET, with a Sec-WebSocket-Key of 16 bytes.";
      answer(context, request, HttpAnswer.text(HttpResponseStatus.BAD_REQUEST, why));
      return;
    }
    if (!Origins.allows(headers.get(HttpHeaderNames.ORIGIN))) {
      String why = "This chat's own pages only: open the chat by its link.";
      answer(context, request, HttpAnswer.text(HttpResponseStatus.FORBIDDEN, why));
      return;
    }
    WebSocketServerHandshaker handshaker =
        new WebSocketServerHandshakerFactory(null, null, FRAMES).newHandshaker(request);
    site.closed(context.channel());
    ChatSocket socket = site.socket(context.channel(), address(context));
    context
        .pipeline()
        .addLast(new Utf8FrameValidator(false))
        .addLast(new PieceLimit(socket))
        .addLast(new WebSocketFrameAggregator(LARGEST_FRAME_BYTES))
        .addLast(socket);
    context.pipeline().addFirst(new HelloLimit(socket));
    handshaker.handshake(context.channel(), request);
    context.pipeline().remove(this);
    context.channel().config().setAutoRead(true); // The socket's queue has bounds of its own.
  }

  /// Says which WebSockets there are here (RFC 6455, section 4.4).
  private static HttpAnswer upgradeRequired(String sentence) {
    HttpAnswer answer = HttpAnswer.text(HttpResponseStatus.UPGRADE_REQUIRED, sentence);
    answer.headers().set(HttpHeaderNames.UPGRADE, HttpHeaderValues.WEBSOCKET);
    answer.headers().set(HttpHeaderNames.CONNECTION, HttpHeaderValues.UPGRADE);
    answer.headers().set(HttpHeaderNames.SEC_WEBSOCKET_VERSION, VERSION);
    return answer;
  }

  private static boolean isKey(HttpHeaders headers) {
    try {
      String key = headers.get(HttpHeaderNames.SEC_WEBSOCKET_KEY, "").strip();
      return Base64.getDecoder().decode(key).length == KEY_BYTES;
    } catch (IllegalArgumentException noBase64) {
      return false;
    }
  }

  private static InetAddress address(ChannelHandlerContext context) {
    return context.channel().remoteAddress() instanceof InetSocketAddress inet
        ? inet.getAddress()
        : InetAddress.ofLiteral("0.0.0.0"); // It has gone already.
  }

  private static void answer(
      ChannelHandlerContext context, FullHttpRequest request, HttpAnswer answer) {
    boolean head = request.method().equals(HttpMethod.HEAD);
    DefaultFullHttpResponse response =
        new DefaultFullHttpResponse(
            HttpVersion.HTTP_1_1,
            answer.status(),
            head ? Unpooled.EMPTY_BUFFER : Unpooled.wrappedBuffer(answer.body()));
    response.headers().set(answer.headers());
    if (!answer.status().equals(HttpResponseStatus.NOT_MODIFIED)) {
      // There it would be the length of what the browser has (RFC 9110, section 8.6).
      HttpUtil.setContentLength(response, answer.body().length);
    }
    boolean keep = HttpUtil.isKeepAlive(request) && answer.status().code() != 400;
    if (keep) {
      context.writeAndFlush(response);
    } else {
      response.headers().set(HttpHeaderNames.CONNECTION, HttpHeaderValues.CLOSE);
      context.writeAndFlush(response).addListener(ChannelFutureListener.CLOSE);
    }
  }
}
