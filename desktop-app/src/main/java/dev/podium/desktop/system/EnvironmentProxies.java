package dev.podium.desktop.system;

import java.io.IOException;
import java.net.Authenticator;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.PasswordAuthentication;
import java.net.Proxy;
import java.net.ProxySelector;
import java.net.SocketAddress;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// The proxies that the environment names, in curl's variables: `HTTPS_PROXY`, `HTTP_PROXY`,
/// `ALL_PROXY` and `NO_PROXY`, in capitals or not. Where they name none, the system's own settings
/// count. The loopback is never reached through a proxy.
///
/// All of the process's clients ask here: for REST, for gRPC, for the sign-in and for probes. May
/// be used from any thread.
public final class EnvironmentProxies extends ProxySelector {
  private static final int USUAL_PORT = 3128;

  private final Map<String, String> environment;
  private final @Nullable ProxySelector system;

  /// @param system asked where the environment says nothing; none for no proxy
  EnvironmentProxies(Map<String, String> environment, @Nullable ProxySelector system) {
    this.environment = environment;
    this.system = system;
  }

  /// Makes this process go by them. To be called before anything is connected to.
  public static void install(Map<String, String> environment) {
    System.setProperty("java.net.useSystemProxies", "true");
    EnvironmentProxies proxies =
        new EnvironmentProxies(Map.copyOf(environment), ProxySelector.getDefault());
    ProxySelector.setDefault(proxies);
    if (proxies.password("https").or(() -> proxies.password("http")).isPresent()) {
      // The JDK would not send a password to a proxy by the scheme that nearly all of them use.
      System.setProperty("jdk.http.auth.tunneling.disabledSchemes", "");
      Authenticator.setDefault(proxies.authenticator());
    }
  }

  @Override
  public List<Proxy> select(URI uri) {
    String host = String.valueOf(uri.getHost());
    if (isLoopback(host) || isExempt(host)) {
      return List.of(Proxy.NO_PROXY);
    }
    Optional<URI> named = named(uri.getScheme());
    if (named.isPresent()) {
      URI proxy = named.get();
      int port = proxy.getPort() < 0 ? USUAL_PORT : proxy.getPort();
      return List.of(
          new Proxy(Proxy.Type.HTTP, InetSocketAddress.createUnresolved(proxy.getHost(), port)));
    }
    return system == null ? List.of(Proxy.NO_PROXY) : system.select(uri);
  }

  @Override
  public void connectFailed(URI uri, SocketAddress address, IOException failure) {
    // Whoever asked hears of it, and says so.
  }

  private Optional<URI> named(String scheme) {
    String variable = "http".equalsIgnoreCase(scheme) ? "http_proxy" : "https_proxy";
    return variable(variable).or(() -> variable("all_proxy")).flatMap(EnvironmentProxies::proxy);
  }

  private Optional<String> variable(String name) {
    return Optional.ofNullable(environment.get(name))
        .or(() -> Optional.ofNullable(environment.get(name.toUpperCase(Locale.ROOT))))
        .map(String::strip)
        .filter(value -> !value.isEmpty());
  }

  /// `http://user:password@host:port`, or less of it.
  private static Optional<URI> proxy(String value) {
    try {
      URI proxy = new URI(value.contains("://") ? value : "http://" + value);
      return Optional.of(proxy).filter(known -> known.getHost() != null);
    } catch (URISyntaxException e) {
      return Optional.empty();
    }
  }

  private Optional<PasswordAuthentication> password(String scheme) {
    return named(scheme)
        .map(URI::getUserInfo)
        .map(user -> user.split(":", 2))
        .map(parts ->
            new PasswordAuthentication(parts[0], (parts.length < 2 ? "" : parts[1]).toCharArray()));
  }

  private Authenticator authenticator() {
    return new Authenticator() {
      @Override
      protected @Nullable PasswordAuthentication getPasswordAuthentication() {
        // A server that asks for a password must not get the proxy's.
        return getRequestorType() == RequestorType.PROXY
            ? password("https").or(() -> password("http")).orElse(null)
            : null;
      }
    };
  }

  private static boolean isLoopback(String host) {
    String name = host.toLowerCase(Locale.ROOT);
    return name.equals("localhost")
        || name.endsWith(".localhost")
        || name.startsWith("127.")
        || name.equals("[::1]")
        || name.equals("::1");
  }

  private boolean isExempt(String host) {
    return variable("no_proxy").stream()
        .flatMap(value -> List.of(value.split("[,\\s]+")).stream())
        .anyMatch(entry -> matches(entry.toLowerCase(Locale.ROOT), host.toLowerCase(Locale.ROOT)));
  }

  /// One entry is `*`, a name that stands for all below it too, an address, or a range of them.
  private static boolean matches(String entry, String host) {
    String name = entry.replaceFirst("^\\*?\\.", "").replaceFirst(":[0-9]+$", "");
    return entry.equals("*")
        || (!name.isEmpty() && (host.equals(name) || host.endsWith("." + name)))
        || (entry.contains("/") && isInRange(entry, host));
  }

  private static boolean isInRange(String range, String host) {
    int slash = range.indexOf('/');
    try {
      byte[] start = InetAddress.ofLiteral(range.substring(0, slash)).getAddress();
      byte[] address = InetAddress.ofLiteral(host.replaceAll("[\\[\\]]", "")).getAddress();
      int bits = Integer.parseInt(range.substring(slash + 1));
      if (start.length != address.length || bits > start.length * Byte.SIZE) {
        return false;
      }
      for (int bit = 0; bit < bits; bit++) {
        int mask = 0x80 >> (bit % Byte.SIZE);
        if (((start[bit / Byte.SIZE] ^ address[bit / Byte.SIZE]) & mask) != 0) {
          return false;
        }
      }
      return true;
    } catch (IllegalArgumentException notAnAddress) {
      return false;
    }
  }
}
