package dev.podium.desktop.e2e;

import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.sun.net.httpserver.HttpServer;
import dev.podium.wire.chat.Pulse;
import dev.podium.wire.chat.PulseCodec;
import dev.podium.wire.cloud.Ticker;
import dev.podium.wire.identity.Ed25519KeyPair;
import dev.podium.wire.identity.TextSigner;
import dev.podium.wire.identity.TokenAudience;
import dev.podium.wire.pulse.PulseSignature;
import dev.podium.wire.pulse.PulseSigner;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// A VM of the fleet that somebody has taken over. A machine on the local cloud is its own, and the
/// test plays it: with the machine's metadata server, its address, a key and the right to publish.
///
/// It answers and sends heartbeats as an honest VM does, but for the address and the seats that it
/// claims.
final class StolenVm implements AutoCloseable {
  /// Where it wants people to go.
  static final String TRAP = "http://127.0.0.1:9/";

  private static final Duration SOON = Duration.ofSeconds(60);
  private static final String FLEET = "local";
  private static final Pattern METADATA = Pattern.compile("metadata at (\\S+)");

  private final Topic topic;
  private final String name;
  private final String vmId;
  private final String metadata;
  private final String bootId = UUID.randomUUID().toString();
  private final Ed25519KeyPair pair = Ed25519KeyPair.generate();
  private final PulseSigner signer = signer(pair);
  private final AtomicLong sequence = new AtomicLong();
  private final HttpServer page;
  private final ScheduledExecutorService heart = Executors.newSingleThreadScheduledExecutor();

  /// Takes the VM over: it speaks and answers from now on.
  ///
  /// @param api a console's
  /// @param compute the local cloud's Compute Engine
  /// @param name begins with `stolen-`
  StolenVm(Topic topic, Api api, Api compute, String name) {
    this.topic = topic;
    this.name = name;
    await()
        .atMost(SOON)
        .until(() -> api.instance(name).path("chatUrl").asText().startsWith("http"));
    JsonNode instance = api.instance(name);
    String machine =
        "projects/podium-local/zones/" + instance.path("zone").asText() + "/instances/" + name;
    this.vmId = compute.get(machine).body().path("id").asText();
    this.metadata = metadataHost(compute, machine);
    this.page = serve(URI.create(instance.path("chatUrl").asText()).getPort());
    announce();
    var _ = heart.scheduleAtFixedRate(this::beat, 0, 1, TimeUnit.SECONDS);
  }

  private static String metadataHost(Api compute, String machine) {
    Matcher told =
        await()
            .atMost(SOON)
            .until(
                () ->
                    METADATA.matcher(
                        compute.get(machine + "/serialPort").body().path("contents").asText()),
                Matcher::find);
    return told.group(1);
  }

  private static PulseSigner signer(Ed25519KeyPair pair) {
    return new PulseSigner(
        TextSigner.ofVm(pair), FLEET, UUID.randomUUID().toString(), Ticker.system());
  }

  private HttpServer serve(int port) {
    try {
      HttpServer server =
          HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 0);
      server.createContext(
          "/healthz",
          exchange -> {
            byte[] body =
                """
                {"status":"ok","instance":"%s","bootId":"%s","participants":1,"seats":50,\
                "idleSeconds":0,"checks":{}}\
                """
                    .formatted(name, bootId)
                    .getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(200, body.length);
            exchange.getResponseBody().write(body);
            exchange.close();
          });
      server.start();
      return server;
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  String name() {
    return name;
  }

  String vmId() {
    return vmId;
  }

  /// The point of its key.
  String key() {
    return pair.publicKey().x();
  }

  /// Shows its key as an honest VM does.
  void announce() {
    signed(announcement(pair, token(FLEET, pair.publicKey().id())));
  }

  /// Shows another key of its own.
  void announce(Ed25519KeyPair other, String token) {
    String body = PulseCodec.encode(announcement(other, token));
    topic.send(body, signer(other).sign(body).attributes());
  }

  private Pulse announcement(Ed25519KeyPair shown, String token) {
    return new Pulse.Announcement(name, vmId, bootId, shown.publicKey().x(), token);
  }

  /// What its metadata server signs: the claims name this VM whatever the audience is.
  String token(String fleet, String keyId) {
    String audience = URLEncoder.encode(TokenAudience.of(fleet, keyId), StandardCharsets.UTF_8);
    try {
      return ChosenAgent.metadata(
          metadata, "instance/service-accounts/default/identity?format=full&audience=" + audience);
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    } catch (InterruptedException interrupt) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(interrupt);
    }
  }

  private void beat() {
    signed(beat(name, vmId, bootId, sequence.getAndIncrement()));
  }

  /// The heartbeat of a VM where all would be welcome, and where somebody is.
  static Pulse.Heartbeat beat(String vm, String vmId, String bootId, long sequence) {
    return new Pulse.Heartbeat(
        vm, vmId, bootId, sequence, TRAP, 1, 9_000, 0, true, false, List.of(), List.of(), 0);
  }

  /// Says it by its own key.
  void signed(Pulse pulse) {
    String body = PulseCodec.encode(pulse);
    topic.send(body, signer.sign(body).attributes());
  }

  /// Says it in every way that is open to it: without a signature, by its own key, and by its own
  /// key under another's.
  void inAnyWay(Pulse pulse, String otherKeyId) {
    topic.unsigned(pulse);
    signed(pulse);
    String body = PulseCodec.encode(pulse);
    PulseSignature own = signer.sign(body);
    topic.send(
        body,
        new PulseSignature(otherKeyId, own.session(), own.number(), own.at(), own.signature())
            .attributes());
  }

  @Override
  public void close() {
    heart.shutdownNow();
    page.stop(0);
  }
}
