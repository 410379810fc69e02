package dev.podium.agent;

import dev.podium.agent.bridge.ChatBridge;
import dev.podium.agent.bridge.PathCheck;
import dev.podium.agent.bridge.PulseBridge;
import dev.podium.agent.chat.Broadcaster;
import dev.podium.agent.door.EntryGate;
import dev.podium.agent.duty.AgentSettings;
import dev.podium.agent.duty.Announcer;
import dev.podium.agent.duty.Heartbeat;
import dev.podium.agent.duty.OwnPage;
import dev.podium.agent.duty.SelfCheck;
import dev.podium.agent.room.ChatState;
import dev.podium.agent.trust.ConsoleKeys;
import dev.podium.agent.trust.FleetKeys;
import dev.podium.agent.trust.StateFolder;
import dev.podium.agent.trust.VmIdentity;
import dev.podium.agent.web.ChatServer;
import dev.podium.wire.chat.ChatMarker;
import dev.podium.wire.chat.FleetTopics;
import dev.podium.wire.chat.Pulse;
import dev.podium.wire.cloud.MessageBus;
import dev.podium.wire.cloud.Ticker;
import dev.podium.wire.identity.TextSigner;
import dev.podium.wire.identity.TokenAudience;
import dev.podium.wire.model.PodiumException;
import dev.podium.wire.pulse.PulseSigner;
import dev.podium.wire.pulse.PulseTopic;
import io.netty.channel.EventLoop;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// A running agent: everything put together, and taken apart in order.
final class Agent implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Agent.class);

  /// Between two questions to the own page.
  private static final Duration OWN_PAGE = Duration.ofSeconds(5);

  /// After this long the topic is looked at, and again.
  private static final Duration LONG_CATCH_UP = Duration.ofSeconds(10);

  private final Ticker ticker;
  private final long startedNanos;
  private final ChatLoop chatLoop = new ChatLoop();
  private final MessageBus bus;
  private final SelfCheck selfCheck;
  private final ChatServer server;
  private final Optional<ServiceNotices> notices;
  private final ChatBridge chatBridge;
  private final PulseBridge pulseBridge;
  private final KeptSubscription chatSubscription;
  private final KeptSubscription pulseSubscription;
  private final PathCheck pathCheck;
  private final OwnPage ownPage;
  private final Heartbeat heartbeat;
  private final Optional<Announcer> announcer;
  private final Duration quiet;
  private final String url;
  private final CompletableFuture<Void> pageAnswered = new CompletableFuture<>();
  private final CompletableFuture<Void> ready = new CompletableFuture<>();
  private final AtomicBoolean closed = new AtomicBoolean();
  private volatile boolean catchingUp;
  private volatile long lookedNanos;

  /// Opens the page's port and begins to connect to the bus. The page is served at once; people are
  /// let in when [#ready] completes.
  ///
  /// @param bus made on a thread of its own, for it takes the longest
  /// @param quiet see [ChatBridge#catchUp]
  /// @throws PodiumException if the port can not be opened
  Agent(
      AgentSettings settings,
      Supplier<MessageBus> bus,
      EntryGate gate,
      Duration quiet,
      Ticker ticker) {
    this(settings, bus, gate, Standing.unknown(settings.vmId()), quiet, ticker);
  }

  /// The same, for a VM whose key consoles may know.
  Agent(
      AgentSettings settings,
      Supplier<MessageBus> bus,
      EntryGate gate,
      Standing standing,
      Duration quiet,
      Ticker ticker) {
    this.ticker = ticker;
    this.startedNanos = ticker.nanos();
    CompletableFuture<VmIdentity> identity = new CompletableFuture<>();
    identity.completeAsync(
        standing.identity, task -> Thread.ofPlatform().daemon().name("identity").start(task));
    this.quiet = quiet;
    this.bus = new LateBus(bus);
    String bootId = UUID.randomUUID().toString().substring(0, 13);
    FleetTopics topics = new FleetTopics(settings.fleet());
    Map<String, String> labels = topics.labels(settings.vm(), settings.vmId(), ticker.wall());
    EventLoop loop = chatLoop.loop();
    this.selfCheck = new SelfCheck(ticker, loop, settings.heartbeat());
    Broadcaster broadcaster = new Broadcaster(loop, Broadcaster.MOST_WAITING_BYTES);
    ChatState chat =
        new ChatState(settings.vm(), settings.seats(), ticker, ChatServer.encoder(), broadcaster);
    this.chatBridge =
        new ChatBridge(
            this.bus, topics, new ChatMarker(settings.vm(), bootId), labels, chat, loop, ticker);
    PulseSigner signer = new PulseSigner(signer(identity), settings.fleet(), bootId, ticker);
    FleetKeys keys =
        new FleetKeys(settings.vm(), new ConsoleKeys(standing.consoleKeys), signer.clock()::now);
    this.announcer =
        standing.token.map(
            token -> announcer(token, settings, bootId, identity, keys::isListed, ticker));
    this.pulseBridge =
        new PulseBridge(
            new PulseTopic(this.bus, topics, signer),
            new PulseBridge.Self(settings.vm(), settings.vmId(), bootId),
            labels,
            chat,
            loop,
            keys,
            identity,
            new PulseBridge.Duties(
                selfCheck::busHeard, all -> announcer.ifPresent(own -> own.wanted(all))),
            ticker);
    broadcaster.counters().droppedPulses = pulseBridge::dropped;
    this.server =
        ChatServer.open(
            loop,
            chatLoop.socketKind(),
            new InetSocketAddress(
                settings.local() ? "127.0.0.1" : "0.0.0.0", settings.listenPort()),
            new ChatServer.Parts(
                bootId,
                chat,
                broadcaster,
                chatBridge,
                chatBridge.barrier(),
                gate,
                pulseBridge,
                selfCheck,
                ticker));
    this.url = settings.url(server.port());
    this.ownPage = new OwnPage(server.port());
    this.chatSubscription =
        new KeptSubscription(SelfCheck.CHAT, new ChatSteps(), selfCheck, closed::get);
    this.pulseSubscription =
        new KeptSubscription(SelfCheck.PULSE, new PulseSteps(), selfCheck, closed::get);
    this.pathCheck = new PathCheck(chatBridge::sendMarker, ticker, this::found);
    this.heartbeat =
        new Heartbeat(
            settings,
            bootId,
            url,
            chat,
            loop,
            selfCheck,
            () -> keys.roster().revision(),
            pulseBridge::send);
    this.notices = ServiceNotices.open(System.getenv(), loop);
    notices.ifPresent(ServiceNotices::ready);
    notices.ifPresent(systemd -> systemd.status("Reading the rooms' history"));
    broadcaster.onOccupancy(heartbeat::beatSoon);
    LOG.info(
        "VM {} of fleet {} serves {} (boot {}, pid {})",
        settings.vm(),
        settings.fleet(),
        url,
        bootId,
        ProcessHandle.current().pid());
    heartbeat.start(this::look);
    announcer.ifPresent(Announcer::start);
    pulseSubscription.start();
    chatSubscription.start();
    Thread.ofVirtual().name("own page").start(this::askOwnPage);
  }

  /// Completes when people are let in.
  CompletableFuture<Void> ready() {
    return ready;
  }

  int port() {
    return server.port();
  }

  /// Says goodbye to people and VMs and leaves nothing behind. Blocks for two seconds where
  /// somebody is here to be moved, and for eight where all hangs; again does nothing.
  @Override
  public void close() {
    if (closed.getAndSet(true)) {
      return;
    }
    notices.ifPresent(ServiceNotices::stopping);
    server.close();
    heartbeat.close();
    announcer.ifPresent(Announcer::close);
    CompletableFuture.runAsync(this::leaveBus)
        .completeOnTimeout(null, 1, TimeUnit.SECONDS)
        .exceptionally(failure -> null) // The subscriptions expire by themselves.
        .join();
    notices.ifPresent(ServiceNotices::close);
    chatLoop.close();
  }

  private void leaveBus() {
    bus.deleteSubscription(chatBridge.subscriptionName());
    bus.deleteSubscription(pulseBridge.subscriptionName());
    bus.close();
  }

  /// Every second.
  private void look() {
    pulseBridge.look();
    pathCheck.look();
    long now = ticker.nanos();
    // Whose topic is deleted meanwhile would catch up for ever.
    if (catchingUp && now - lookedNanos >= LONG_CATCH_UP.toNanos()) {
      lookedNanos = now;
      chatSubscription.suspect(false);
    }
    if (selfCheck.pulseIsSilent()) {
      pulseSubscription.suspect(false);
    }
  }

  private void found(PathCheck.Finding finding) {
    switch (finding) {
      case PathCheck.Finding.Came _ -> selfCheck.chatHeard();
      case PathCheck.Finding.Late _ -> chatSubscription.suspect(false);
      case PathCheck.Finding.Lost(String why, boolean forLong) -> {
        selfCheck.busFailed(SelfCheck.CHAT, why);
        chatSubscription.suspect(forLong);
      }
    }
  }

  private void askOwnPage() {
    while (!closed.get()) {
      Optional<String> trouble = ownPage.ask();
      selfCheck.pageAsked(trouble);
      if (trouble.isEmpty()) {
        pageAnswered.complete(null);
      }
      LockSupport.parkNanos(OWN_PAGE.toNanos());
    }
  }

  /// The steps of the pulse topic's subscription.
  private final class PulseSteps implements KeptSubscription.Steps {
    @Override
    public MessageBus.Subscription subscribe() {
      return pulseBridge.subscribe();
    }

    @Override
    public void up(MessageBus.Subscription subscription) {
      announcer.ifPresent(Announcer::topicIsUp);
      heartbeat.beating();
    }

    @Override
    public void down() {
      // Own heartbeats stay away, which the self-check sees.
    }

    @Override
    public boolean topicIsGone() {
      return pulseBridge.topicIsGone();
    }

    @Override
    public void drain(MessageBus.Subscription subscription) {
      // A heartbeat counts for the moment in which it comes, and the next is on its way.
    }
  }

  /// The steps of the chat topic's subscription.
  private final class ChatSteps implements KeptSubscription.Steps {
    @Override
    public MessageBus.Subscription subscribe() {
      return chatBridge.subscribe();
    }

    @Override
    public void up(MessageBus.Subscription subscription) throws InterruptedException {
      CompletableFuture<Void> ended = subscription.ended();
      lookedNanos = ticker.nanos();
      catchingUp = true;
      try {
        chatBridge.catchUp(quiet, ended);
      } finally {
        catchingUp = false;
      }
      CompletableFuture.anyOf(pageAnswered, ended).join();
      if (ended.isDone()) {
        return;
      }
      selfCheck.caughtUp();
      pathCheck.begin();
      if (!ready.isDone()) {
        heartbeat.beatSoon();
        LOG.info("Ready after {} ms", (ticker.nanos() - startedNanos) / 1_000_000);
        notices.ifPresent(systemd -> systemd.status("Serving " + url));
        ready.complete(null);
      }
    }

    @Override
    public void down() {
      pathCheck.end();
    }

    @Override
    public boolean topicIsGone() {
      return chatBridge.topicIsGone();
    }

    @Override
    public void drain(MessageBus.Subscription subscription) throws InterruptedException {
      chatBridge.drain(subscription.ended());
    }
  }

  /// Signs with a key that may still be on its way.
  private static TextSigner signer(CompletableFuture<VmIdentity> identity) {
    return new TextSigner() {
      @Override
      public String key() {
        return own().key();
      }

      @Override
      public String sign(String text) {
        return own().sign(text);
      }

      private TextSigner own() {
        return TextSigner.ofVm(identity.join().pair());
      }
    };
  }

  private Announcer announcer(
      Function<String, String> token,
      AgentSettings settings,
      String bootId,
      CompletableFuture<VmIdentity> identity,
      BooleanSupplier listed,
      Ticker ticker) {
    return new Announcer(
        () -> {
          String key = identity.join().pair().publicKey().id();
          return token.apply(TokenAudience.of(settings.fleet(), key));
        },
        shown -> {
          String key = identity.join().pair().publicKey().x();
          return pulseBridge.send(
              new Pulse.Announcement(settings.vm(), settings.vmId(), bootId, key, shown));
        },
        listed,
        ticker);
  }

  /// How others know this VM, and whom it knows.
  ///
  /// @param identity its key; asked on a thread of its own, for it reads files and loads much
  /// @param consoleKeys the consoles' public keys as they are now: a JSON Web Key Set, or empty
  /// @param token an identity token for an audience, which blocks; none where there is no metadata
  ///   server
  record Standing(
      Supplier<VmIdentity> identity,
      Supplier<String> consoleKeys,
      Optional<Function<String, String>> token) {
    /// Of a fleet without consoles: everybody is believed.
    static Standing unknown(String vmId) {
      return new Standing(
          () -> VmIdentity.open(StateFolder.none(), vmId, false), () -> "", Optional.empty());
    }
  }
}
