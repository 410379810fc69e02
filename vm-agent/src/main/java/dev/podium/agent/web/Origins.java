package dev.podium.agent.web;

import dev.podium.agent.room.ChatState;
import java.net.URI;
import java.util.HashSet;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Which pages may open a WebSocket here: those this VM served, and those another VM of the fleet
/// served, whose people come here when it drains or dies. Programs that are no browsers send no
/// `Origin`; what keeps strangers out is the invite, this only keeps other sites' pages out.
final class Origins {
  private final Set<String> own = new HashSet<>();
  private final ChatState chat;

  Origins(ChatState chat) {
    this.chat = chat;
  }

  /// Adds addresses of this VM itself.
  void add(Set<String> ownUrls) {
    ownUrls.forEach(url -> own.add(origin(url)));
  }

  boolean allows(@Nullable String origin) {
    if (origin == null) {
      return true;
    }
    String wanted = origin.toLowerCase(Locale.ROOT);
    return own.contains(wanted)
        || chat.peers().everHeard().stream().anyMatch(url -> origin(url).equals(wanted));
  }

  private static String origin(String url) {
    URI uri = URI.create(url);
    String port = uri.getPort() < 0 || uri.getPort() == 80 ? "" : ":" + uri.getPort();
    return (uri.getScheme() + "://" + uri.getHost() + port).toLowerCase(Locale.ROOT);
  }
}
