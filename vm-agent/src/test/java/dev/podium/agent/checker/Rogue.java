package dev.podium.agent.checker;

import dev.podium.wire.chat.ChatCodec;
import dev.podium.wire.chat.ChatMarker;
import dev.podium.wire.chat.ChatMessage;
import dev.podium.wire.chat.FleetTopics;
import dev.podium.wire.chat.Pulse;
import dev.podium.wire.chat.PulseCodec;
import dev.podium.wire.cloud.MessageBus;
import dev.podium.wire.cloud.Ticker;
import dev.podium.wire.identity.Base64Url;
import dev.podium.wire.identity.Ed25519KeyPair;
import dev.podium.wire.identity.Roster;
import dev.podium.wire.identity.TextSigner;
import dev.podium.wire.pulse.PulseSignature;
import dev.podium.wire.pulse.PulseSigner;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.TimeUnit;

/// A VM of the fleet that somebody took over. It is on the roster and has its key; it reads and
/// writes both topics, and puts there whatever may hurt the others.
final class Rogue implements AutoCloseable {
  static final String NAME = "vm-rogue";
  static final String ID = "666";

  /// What its metadata server gave it, as the checker's console takes it.
  static final String TOKEN = "rogue";

  /// Nobody listens there.
  static final int PORT = 9;

  private static final String URL = "http://198.51.100.66:8080/";
  private static final int REMEMBERED = 500;
  private static final long PAUSE_MILLIS = 40;

  private final MessageBus bus;
  private final String fleet;
  private final FleetTopics topics;
  private final Random random;
  private final Ed25519KeyPair pair = Ed25519KeyPair.generate();
  private final PulseSigner own;
  private final PulseSigner asConsole;
  private final List<MessageBus.Incoming> pulses = new ArrayList<>();
  private final List<MessageBus.Incoming> messages = new ArrayList<>();
  private final List<MessageBus.Subscription> hearing = new ArrayList<>();
  private final Thread thread;
  private long sequence;
  private long published;

  Rogue(MessageBus bus, String fleet, long seed) {
    this.bus = bus;
    this.fleet = fleet;
    this.topics = new FleetTopics(fleet);
    this.random = new Random(seed);
    this.own = new PulseSigner(TextSigner.ofVm(pair), fleet, "rogue", Ticker.system());
    this.asConsole = new PulseSigner(consoles(pair), fleet, "rogue-2", Ticker.system());
    this.thread = Thread.ofPlatform().name("rogue").daemon().unstarted(this::run);
  }

  /// Its own key, with which it speaks as consoles do.
  private static TextSigner consoles(Ed25519KeyPair pair) {
    return new TextSigner() {
      @Override
      public String key() {
        return pair.publicKey().id();
      }

      @Override
      public String sign(String text) {
        return Base64Url.encode(pair.sign(TextSigner.CONSOLE + text));
      }
    };
  }

  void start() {
    hearing.add(overhear(topics.pulse(), pulses));
    hearing.add(overhear(topics.chat(), messages));
    thread.start();
  }

  private MessageBus.Subscription overhear(String topic, List<MessageBus.Incoming> kept) {
    return bus.subscribe(
        new MessageBus.SubscriptionSpec(
            topic,
            topics.subscription(topic, "rogue"),
            Optional.empty(),
            false,
            FleetTopics.SUBSCRIPTION_EXPIRY,
            Optional.empty(),
            Map.of()),
        message -> {
          synchronized (kept) {
            // Some of the first are kept for long.
            if (kept.size() < REMEMBERED) {
              kept.add(message);
            } else {
              kept.set(REMEMBERED / 4 + (int) (published() % (REMEMBERED * 3L / 4)), message);
            }
          }
        });
  }

  /// The chat's topic was deleted and made again. What it heard on the first one would be new to
  /// VMs that boot from now on, and nobody could tell: so it forgets that.
  void hearAnew() {
    hearing.forEach(MessageBus.Subscription::close);
    hearing.clear();
    synchronized (messages) {
      messages.clear();
    }
    for (String topic : List.of(topics.pulse(), topics.chat())) {
      bus.deleteSubscription(topics.subscription(topic, "rogue"));
    }
    hearing.add(overhear(topics.pulse(), pulses));
    hearing.add(overhear(topics.chat(), messages));
  }

  synchronized long published() {
    return published;
  }

  private void run() {
    say(announcement(), 1);
    while (!Thread.currentThread().isInterrupted()) {
      try {
        act();
        TimeUnit.MILLISECONDS.sleep(PAUSE_MILLIS);
      } catch (InterruptedException stop) {
        return;
      }
    }
  }

  private void act() {
    switch (random.nextInt(10)) {
      case 0, 1 -> again(pulses, topics.pulse());
      case 2, 3 -> again(messages, topics.chat());
      case 4, 5 -> poison();
      case 6 -> say(random.nextInt(8) == 0 ? announcement() : ownBeat(), 1);
      default -> somebody().ifPresent(beat -> say(lie(beat), random.nextInt(5)));
    }
  }

  /// What was said before, word for word.
  private void again(List<MessageBus.Incoming> kept, String topic) {
    pick(kept)
        .ifPresent(old ->
            publish(
                topic, new MessageBus.Outgoing(old.body(), old.attributes(), old.orderingKey())));
  }

  private Optional<MessageBus.Incoming> pick(List<MessageBus.Incoming> kept) {
    synchronized (kept) {
      return kept.isEmpty() ? Optional.empty() : Optional.of(kept.get(random.nextInt(kept.size())));
    }
  }

  private Optional<Pulse.Heartbeat> somebody() {
    return pick(pulses)
        .flatMap(message -> PulseCodec.decode(message.body()))
        .filter(Pulse.Heartbeat.class::isInstance)
        .map(Pulse.Heartbeat.class::cast);
  }

  private Pulse announcement() {
    return new Pulse.Announcement(NAME, ID, "rogue", pair.publicKey().x(), TOKEN);
  }

  /// As itself it says that it is full: who is sent to it is sent to a VM of the roster.
  private Pulse ownBeat() {
    return beat(NAME, ID, "rogue", ++sequence, 5_000);
  }

  private static Pulse beat(String vm, String vmId, String boot, long sequence, int participants) {
    return new Pulse.Heartbeat(
        vm,
        vmId,
        boot,
        sequence,
        URL,
        participants,
        5_000,
        0,
        true,
        false,
        List.of(),
        List.of(),
        0);
  }

  private Pulse lie(Pulse.Heartbeat of) {
    return switch (random.nextInt(9)) {
      case 0 -> beat("vm-invented-" + random.nextInt(100), "7", "b", 1, 0);
      case 1 -> new Pulse.Goodbye(of.vm(), of.bootId());
      case 2 -> new Pulse.DrainRequest("rogue", of.vm(), Optional.empty(), true);
      case 3 -> new Pulse.DrainAnswer("drain-1", of.vm(), true, 0);
      case 4 -> new Pulse.RosterChanged("checker", roster(of));
      case 5 -> new Pulse.KeysWanted("checker", List.of());
      case 6 -> new Pulse.Announcement(of.vm(), of.vmId(), "b", pair.publicKey().x(), TOKEN);
      case 7 -> beat(of.vm(), of.vmId(), of.bootId(), Long.MAX_VALUE / 2, 0);
      default -> beat(of.vm(), of.vmId(), "another-boot", 1, 0);
    };
  }

  private Roster roster(Pulse.Heartbeat of) {
    return new Roster(
        System.currentTimeMillis() + random.nextInt(60_000),
        List.of(new Roster.Entry(of.vm(), of.vmId(), URL, pair.publicKey().x(), 5_000)));
  }

  /// @param how 0 unsigned, 1 as itself, 2 as a console, 3 in another's name, 4 with a key of its
  ///   own making
  private void say(Pulse pulse, int how) {
    String body = PulseCodec.encode(pulse);
    Map<String, String> attributes = new HashMap<>();
    switch (how) {
      case 0 -> {}
      case 1 -> attributes.putAll(own.sign(body).attributes());
      case 2 -> attributes.putAll(asConsole.sign(body).attributes());
      case 3 -> attributes.putAll(stolen(body).attributes());
      default ->
          attributes.putAll(
              new PulseSigner(
                      TextSigner.ofVm(Ed25519KeyPair.generate()), fleet, "new", Ticker.system())
                  .sign(body)
                  .attributes());
    }
    attributes.put(FleetTopics.FLEET_ATTRIBUTE, fleet);
    publish(topics.pulse(), new MessageBus.Outgoing(body, attributes, Optional.empty()));
  }

  /// With the id of another's key, and a signature that the other never made.
  private PulseSignature stolen(String body) {
    PulseSignature mine = own.sign(body);
    String key =
        pick(pulses)
            .flatMap(message -> PulseSignature.of(message.attributes()))
            .map(PulseSignature::key)
            .orElse(mine.key());
    return new PulseSignature(key, "stolen", mine.number(), mine.at(), mine.signature());
  }

  /// Messages that no page wrote. Those that VMs take go to a room of their own.
  private void poison() {
    String room = "room " + random.nextInt(2);
    ChatMessage good =
        new ChatMessage(
            "p-" + random.nextInt(1_000_000),
            room,
            new ChatMessage.Sender("rogue", "Rogue", NAME),
            "poison",
            Instant.now());
    switch (random.nextInt(9)) {
      case 0 -> chat(with(good, "rogue", "ok", Instant.MAX), "rogue");
      case 1 -> chat(with(good, "rogue", "ok", Instant.MIN), "rogue");
      case 2 -> chat(with(good, room, "x".repeat(60_000), Instant.now()), room);
      case 3 -> chat(with(good, room, "", Instant.now()), room);
      case 4 -> chat(good, "another room");
      case 5 -> chat(with(good, "room \u202e0", "turned", Instant.now()), "room \u202e0");
      case 6 -> chat(with(good, "rogue", "half \ud83d", Instant.now()), "rogue");
      case 7 -> raw("{\"t\":\"chat\",\"cid\":", room);
      default -> marker(room);
    }
  }

  private static ChatMessage with(ChatMessage good, String room, String text, Instant at) {
    return new ChatMessage(good.cid(), room, good.from(), text, at);
  }

  private void marker(String room) {
    pick(messages)
        .flatMap(message -> ChatCodec.decode(message.body()))
        .filter(ChatMarker.class::isInstance)
        .map(ChatMarker.class::cast)
        .ifPresent(marker ->
            raw(ChatCodec.encode(marker.numbered(marker.number() + random.nextInt(3))), room));
  }

  private void chat(ChatMessage message, String orderingKey) {
    raw(ChatCodec.encode(message), orderingKey);
  }

  private void raw(String body, String orderingKey) {
    publish(
        topics.chat(),
        new MessageBus.Outgoing(
            body, Map.of(FleetTopics.FLEET_ATTRIBUTE, fleet), Optional.of(orderingKey)));
  }

  private void publish(String topic, MessageBus.Outgoing message) {
    // It may fail: Pub/Sub is away now and then.
    var _ = bus.publish(topic, message);
    synchronized (this) {
      published++;
    }
  }

  @Override
  public void close() {
    thread.interrupt();
    hearing.forEach(MessageBus.Subscription::close);
  }
}
