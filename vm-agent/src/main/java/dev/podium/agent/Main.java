package dev.podium.agent;

import dev.podium.agent.door.AccessCodeGate;
import dev.podium.agent.door.EntryGate;
import dev.podium.agent.door.InviteGate;
import dev.podium.agent.duty.AgentSettings;
import dev.podium.agent.duty.MetadataClient;
import dev.podium.agent.duty.ServiceAccountTokens;
import dev.podium.agent.trust.StateFolder;
import dev.podium.agent.trust.VmIdentity;
import dev.podium.wire.chat.AgentMetadata;
import dev.podium.wire.cloud.CloudTicker;
import dev.podium.wire.cloud.MessageBus;
import dev.podium.wire.cloud.Ticker;
import dev.podium.wire.google.pubsub.GoogleMessageBus;
import dev.podium.wire.invite.AccessCode;
import dev.podium.wire.invite.InviteVerifier;
import dev.podium.wire.invite.RevokedInvites;
import dev.podium.wire.model.PodiumException;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import java.util.logging.Level;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Starts the agent on a VM, from what its metadata server says. Exit codes: 0 stopped when asked
/// to, 1 failed, 2 told something that has no meaning.
public final class Main {
  private static final Logger LOG = LoggerFactory.getLogger(Main.class);
  private static final String METADATA_HOST = "metadata.google.internal";

  /// The real Pub/Sub needs a while until a seek has its full effect; an emulator needs none.
  private static final Duration QUIET = Duration.ofSeconds(2);

  private static final Duration QUIET_EMULATOR = Duration.ofMillis(100);

  private Main() {}

  public static void main(String[] arguments) throws InterruptedException {
    StandardOutput.takeLogs();
    CountDownLatch stopped = new CountDownLatch(1);
    CloudTicker clock = new CloudTicker(Ticker.system());
    MetadataClient metadata = new MetadataClient(metadataHost(), clock);
    Agent agent;
    try {
      agent = start(metadata, settings(metadata), clock);
    } catch (PodiumException failure) {
      exit(1, failure);
      return;
    }
    Runtime.getRuntime()
        .addShutdownHook(
            Thread.ofPlatform()
                .name("stop")
                .unstarted(() -> {
                  agent.close();
                  // By now the log's own hook may have closed the log.
                  StandardOutput.say(Level.INFO, "Stopped");
                  stopped.countDown();
                }));
    if ("1".equals(System.getenv("PODIUM_EXIT_ON_STDIN_EOF"))) {
      Thread.ofPlatform().daemon().name("stdin").start(Main::exitAtEndOfInput);
    }
    stopped.await();
  }

  private static String metadataHost() {
    return Optional.ofNullable(System.getenv("GCE_METADATA_HOST")).orElse(METADATA_HOST);
  }

  private static AgentSettings settings(MetadataClient metadata) {
    try {
      return AgentSettings.read(metadata);
    } catch (PodiumException unusable) {
      exit(2, unusable);
      throw unusable;
    }
  }

  private static void exit(int code, PodiumException failure) {
    StandardOutput.say(Level.SEVERE, failure.inFull());
    System.exit(code);
  }

  private static Agent start(MetadataClient metadata, AgentSettings settings, Ticker clock) {
    Optional<String> emulator =
        settings.pubsub().or(() -> Optional.ofNullable(System.getenv("PUBSUB_EMULATOR_HOST")));
    Supplier<MessageBus> bus =
        () ->
            GoogleMessageBus.onVirtualMachine(
                settings.project(),
                settings.region(),
                emulator,
                new ServiceAccountTokens(metadata::get, clock));
    String invites = AgentSettings.path(AgentMetadata.INVITE_KEYS);
    // Read before anybody is let in: an invite must not be refused because its key is on its way.
    AtomicReference<String> keys = new AtomicReference<>(metadata.get(invites).orElse(""));
    metadata.watch(invites, item -> keys.set(item.orElse("")));
    return new Agent(
        settings,
        bus,
        gate(metadata, settings, keys::get, clock),
        new Agent.Standing(
            () -> identity(metadata, settings), keys::get, Optional.of(metadata::identityToken)),
        emulator.isPresent() ? QUIET_EMULATOR : QUIET,
        clock);
  }

  private static VmIdentity identity(MetadataClient metadata, AgentSettings settings) {
    // A local cloud's processes are of one user: what they kept would outlast the cloud.
    StateFolder state =
        settings.local() ? StateFolder.none() : StateFolder.ofService(System.getenv());
    return VmIdentity.open(state, settings.vmId(), hasIdentity(metadata));
  }

  /// Whether the VM's maker publishes a roster.
  private static boolean hasIdentity(MetadataClient metadata) {
    try {
      return metadata.get(AgentSettings.path(AgentMetadata.IDENTITY)).isPresent();
    } catch (PodiumException unread) {
      LOG.warn("{}: only what is signed is believed", unread.sentence());
      return true;
    }
  }

  /// Invites and the access code, both followed while the agent runs, so that keys rotate without a
  /// restart.
  ///
  /// @param keys the public keys that invites are checked with, as they are now
  private static EntryGate gate(
      MetadataClient metadata, AgentSettings settings, Supplier<String> keys, Ticker clock) {
    String codes = AgentSettings.path(AgentMetadata.ACCESS_CODE);
    AtomicReference<Optional<AccessCode>> code =
        new AtomicReference<>(accessCode(metadata.get(codes)));
    metadata.watch(codes, item -> code.set(accessCode(item)));
    String revocations = AgentSettings.path(AgentMetadata.REVOKED_INVITES);
    AtomicReference<String> revoked = new AtomicReference<>(metadata.get(revocations).orElse(""));
    metadata.watch(revocations, item -> revoked.set(item.orElse("")));
    InviteVerifier verifier =
        new InviteVerifier(
            keys, settings.fleet(), settings.vm(), clock::cloud, new RevokedInvites(revoked::get));
    return new AccessCodeGate(code::get, new InviteGate(verifier), clock);
  }

  private static Optional<AccessCode> accessCode(Optional<String> item) {
    try {
      return item.filter(text -> !text.isEmpty()).map(AccessCode::parse);
    } catch (PodiumException unreadable) {
      LOG.warn("{}: nobody gets in by code. {}", unreadable.sentence(), unreadable.remedy());
      return Optional.empty();
    }
  }

  /// Whoever started the agent holds its standard input open, and so it ends when they do.
  private static void exitAtEndOfInput() {
    try {
      while (System.in.read() >= 0) {
        // Nothing is said there.
      }
    } catch (IOException closed) {
      LOG.debug("Standard input broke", closed);
    }
    System.exit(0);
  }
}
