package dev.podium.agent.fuzz;

import dev.podium.agent.duty.AgentSettings;
import dev.podium.wire.chat.AgentMetadata;
import dev.podium.wire.invite.AccessCode;
import dev.podium.wire.invite.InviteVerifier;
import dev.podium.wire.model.PodiumException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;

/// Metadata without meaning is one clear sentence, never another exception; with meaning it makes
/// settings within their bounds. The input is one item after another, with a zero between them.
public final class MetadataTarget {
  private static final AtomicReference<String> KEYS = new AtomicReference<>("");
  private static final InviteVerifier VERIFIER =
      new InviteVerifier(KEYS::get, "class-a", "vm-a", InstantSource.system());

  private MetadataTarget() {}

  /// @param input see the class
  public static void fuzzerTestOneInput(byte[] input) {
    String[] items = new String(input, StandardCharsets.UTF_8).split("\0", -1);
    settings(items);
    code(items[0]);
    KEYS.set(items[0]);
    VERIFIER.verify("e30.e30.e30");
  }

  /// Whether an agent starts with it.
  static boolean means(String input) {
    String[] items = input.split("\0", -1);
    try {
      return !AgentSettings.read(path -> value(path, items)).fleet().isEmpty();
    } catch (PodiumException.Invalid _) {
      return false;
    }
  }

  private static void settings(String[] items) {
    try {
      AgentSettings settings = AgentSettings.read(path -> value(path, items));
      require(settings.seats() >= 1 && settings.seats() <= 10_000, "seats");
      require(settings.port() >= 0 && settings.port() <= 65_535, "port");
      require(settings.heartbeat().toMillis() >= 1_000, "heartbeat");
      require(settings.heartbeat().toMillis() <= 5_000, "heartbeat");
      require(URI.create(settings.url(80)).isAbsolute(), "url");
    } catch (PodiumException.Invalid told) {
      require(!told.sentence().isBlank() && !told.remedy().isBlank(), "nothing is said");
    }
  }

  private static Optional<String> value(String path, String[] items) {
    if (path.endsWith("/ip")) {
      return Optional.of("10.0.0.2");
    }
    int item =
        switch (path.substring(path.lastIndexOf('/') + 1)) {
          case AgentMetadata.FLEET -> 0;
          case AgentMetadata.SEATS -> 1;
          case AgentMetadata.PORT -> 2;
          case AgentMetadata.HEARTBEAT_SECONDS -> 3;
          default -> -1;
        };
    if (item < 0) {
      return Optional.of("x");
    }
    return item < items.length ? Optional.of(items[item]) : Optional.empty();
  }

  private static void code(String item) {
    try {
      AccessCode.parse(item);
    } catch (PodiumException.Invalid told) {
      require(item.length() < 16 || !told.toString().contains(item), "half a secret is told");
    }
  }

  private static void require(boolean held, String otherwise) {
    if (!held) {
      throw new IllegalStateException(otherwise);
    }
  }
}
