package dev.podium.fleet.api.key;

import dev.podium.fleet.api.key.KeyFile.Stored;
import dev.podium.fleet.config.PrivateFile;
import dev.podium.wire.model.PodiumException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The keys with which programs may use the API. Each has 256 random bits; a file that its owner
/// alone may read keeps their SHA-256. A plain hash is enough because nobody can guess 256 bits.
/// May be used from any thread.
///
/// Several programs may have the same file open. What one of them creates or revokes is so for all
/// at the next request: whether the file was replaced is looked up each time.
public final class ApiKeys {
  /// How many keys there may be that have not expired.
  public static final int MOST = 100;

  /// The longest time for which a key may be good, unless it has no end: a year.
  public static final Duration LONGEST = Duration.ofDays(366);

  private static final Logger LOG = LoggerFactory.getLogger(ApiKeys.class);
  private static final Pattern NAME =
      Pattern.compile("[\\p{L}\\p{N}][\\p{L}\\p{M}\\p{N}._@:/+-]*( [\\p{L}\\p{M}\\p{N}._@:/+-]+)*");
  private static final int LONGEST_NAME = 64;

  private final KeyFile file;
  private final InstantSource clock;
  private final Executor background;

  /// In which hour a key was last used here, by its id.
  private final Map<String, Instant> used = new ConcurrentHashMap<>();

  private volatile Known known = new Known("", List.of());
  private volatile CompletableFuture<Void> writing = CompletableFuture.completedFuture(null);

  /// What a key permits.
  public enum Scope {
    /// Look at the fleet.
    READ,
    /// Change it.
    WRITE
  }

  /// A new key.
  ///
  /// @param secret what a program sends; it can be read here and never again
  public record Created(ApiKey key, String secret) {
    /// Without the secret, so that no log holds it.
    @Override
    public String toString() {
      return "Created[" + key + "]";
    }
  }

  /// @param stamp of the file from which they were read
  private record Known(String stamp, List<Stored> keys) {}

  private ApiKeys(Path path, InstantSource clock, Executor background) {
    this.file = new KeyFile(path);
    this.clock = clock;
    this.background = background;
  }

  /// Reads the keys of that file; there are none if there is no such file.
  ///
  /// @throws PodiumException.Invalid if the file is damaged; it is not replaced
  public static ApiKeys open(Path path) {
    return open(path, InstantSource.system());
  }

  /// As [#open(Path)], with the wall clock for what begins and ends.
  public static ApiKeys open(Path path, InstantSource clock) {
    ApiKeys keys = new ApiKeys(path, clock, work -> Thread.ofVirtual().name("keys").start(work));
    List<Stored> _ = keys.file.read();
    return keys;
  }

  /// All keys, in the order in which they were made, those that have expired of late too.
  public List<ApiKey> list() {
    return now().stream().map(Stored::key).toList();
  }

  /// Makes a key. This is the only moment at which its secret can be read.
  ///
  /// @param scopes who may write may also read
  /// @param lifetime how long it is good, up to [#LONGEST]; none for no end
  /// @throws PodiumException.Invalid if that is no name, or no time
  /// @throws PodiumException.AlreadyExists if a key has that name
  /// @throws PodiumException.QuotaExceeded if there are [#MOST] keys
  public Created create(String name, Set<Scope> scopes, Optional<Duration> lifetime) {
    check(name, lifetime);
    Instant now = clock.instant().truncatedTo(ChronoUnit.SECONDS);
    Created created = fresh(name, scopes, lifetime.map(now::plus), Optional.empty());
    change(keys -> {
      // One that has expired stands in nobody's way.
      keys.removeIf(stored -> stored.key().expired(now));
      if (keys.stream().anyMatch(stored -> stored.key().name().equalsIgnoreCase(name))) {
        throw new PodiumException.AlreadyExists(
            "The key was not made",
            "there is a key with the name '" + name + "'",
            "Choose another name, or revoke that key first.",
            null);
      }
      if (keys.size() >= MOST) {
        throw new PodiumException.QuotaExceeded(
            "The key was not made",
            "there are " + MOST + " keys, as many as there may be",
            "Revoke those that nobody uses.",
            null);
      }
      keys.add(stored(created));
      return keys;
    });
    return created;
  }

  /// As [#create], for a key without an end.
  ///
  /// @return the secret
  public String issue(String name, Set<Scope> scopes) {
    return create(name, scopes, Optional.empty()).secret();
  }

  private static void check(String name, Optional<Duration> lifetime) {
    if (name.length() > LONGEST_NAME
        || !NAME.matcher(name).matches()
        || KeySecret.isId(name)
        || KeySecret.isSecret(name)) {
      throw new PodiumException.Invalid(
          "The key was not made",
          "its name is not one",
          "Choose up to "
              + LONGEST_NAME
              + " letters, digits, single blanks and ._@:/+- that begin with a letter or digit and"
              + " look like no key's id or secret.");
    }
    if (lifetime.filter(time -> !time.isPositive() || time.compareTo(LONGEST) > 0).isPresent()) {
      throw new PodiumException.Invalid(
          "The key was not made",
          "it cannot be good for that long",
          "Choose from 1 hour to " + LONGEST.toDays() + " days, or no end.");
    }
  }

  private Created fresh(
      String name, Set<Scope> scopes, Optional<Instant> expires, Optional<Path> plainFile) {
    String secret = KeySecret.fresh();
    Optional<Instant> now = Optional.of(clock.instant().truncatedTo(ChronoUnit.SECONDS));
    return new Created(
        new ApiKey(
            KeySecret.idOf(secret),
            name,
            EnumSet.copyOf(scopes),
            now,
            Optional.empty(),
            expires,
            plainFile),
        secret);
  }

  private static Stored stored(Created created) {
    return new Stored(created.key(), KeySecret.hash(created.secret()));
  }

  /// Sees that the plain file holds a key with both scopes: the one it held before if that is still
  /// good, else a new one. Two programs that do so at once agree on one key.
  ///
  /// @throws PodiumException.Invalid if the plain file holds something else, which is kept
  public void issueTo(Path plainFile) {
    PrivateFile plain = new PrivateFile(plainFile);
    change(keys -> {
      String held = plain.read().map(String::strip).orElse("");
      Instant now = clock.instant();
      for (int i = 0; i < keys.size(); i++) {
        ApiKey key = keys.get(i).key();
        boolean same = keys.get(i).sha256().equals(KeySecret.hash(held));
        boolean good = same && key.scopes().size() == 2 && !key.expired(now);
        if (good) {
          if (key.file().isEmpty()) {
            keys.set(i, new Stored(key.keptIn(plain.path()), keys.get(i).sha256()));
          }
          return keys;
        }
      }
      requireOurs(plain, held);
      Created created =
          fresh(
              freeName(plainFile, keys),
              EnumSet.allOf(Scope.class),
              Optional.empty(),
              Optional.of(plain.path()));
      plain.write(created.secret() + "\n");
      keys.add(stored(created));
      return keys;
    });
  }

  /// By the file's name, so that a person knows it again in the list.
  private static String freeName(Path plainFile, List<Stored> keys) {
    String wanted = String.valueOf(plainFile.getFileName());
    boolean usable = wanted.length() <= LONGEST_NAME - 4 && NAME.matcher(wanted).matches();
    String base = usable && !KeySecret.isId(wanted) ? wanted : "api-key";
    String name = base;
    for (int number = 2; taken(name, keys); number++) {
      name = base + "-" + number;
    }
    return name;
  }

  private static boolean taken(String name, List<Stored> keys) {
    return keys.stream().anyMatch(stored -> stored.key().name().equalsIgnoreCase(name));
  }

  /// A key of an earlier day may be replaced; whatever else somebody wrote there may not.
  private static void requireOurs(PrivateFile plain, String held) {
    if (!held.isEmpty() && !held.matches(KeySecret.PREFIX + "\\S*")) {
      throw new PodiumException.Invalid(
          "No key is written to '" + plain.path() + "'",
          "the file holds something else than a key of Podium's",
          "Name another file with --api-key-file, or delete this one.");
    }
  }

  /// Takes a key away; the next request with it is refused.
  ///
  /// @param force also one without which this computer's commands, or everybody, would be shut out
  /// @return what it was
  /// @throws PodiumException.NotFound if there is no such key
  /// @throws PodiumException.InUse if it needs force
  public ApiKey revoke(String id, boolean force) {
    CompletableFuture<ApiKey> revoked = new CompletableFuture<>();
    change(keys -> {
      ApiKey key =
          keys.stream()
              .map(Stored::key)
              .filter(each -> each.id().equals(id))
              .findFirst()
              .orElseThrow(() ->
                  new PodiumException.NotFound(
                      "There is no such key",
                      "it was revoked before, or that is not the id of one",
                      "List the keys for their ids.",
                      null));
      if (!force) {
        requireSpare(key, keys);
      }
      keys.removeIf(stored -> stored.key().id().equals(id));
      revoked.complete(key);
      return keys;
    });
    used.remove(id);
    return revoked.join();
  }

  private void requireSpare(ApiKey key, List<Stored> keys) {
    Instant now = clock.instant();
    Optional<Path> inUse =
        key.file()
            .filter(path ->
                new PrivateFile(path)
                    .read()
                    .filter(text -> KeySecret.idOf(text.strip()).equals(key.id()))
                    .isPresent());
    if (inUse.isPresent()) {
      throw new PodiumException.InUse(
          "The key '" + key.name() + "' was not revoked",
          "the consoles and commands of this computer use it, from '" + inUse.get() + "'",
          "With force it is revoked; they get a new one when a console starts next.");
    }
    boolean other =
        keys.stream()
            .map(Stored::key)
            .anyMatch(each -> each.writes() && !each.expired(now) && !each.id().equals(key.id()));
    if (key.writes() && !key.expired(now) && !other) {
      throw new PodiumException.InUse(
          "The key '" + key.name() + "' was not revoked",
          "no other key may write",
          "Create another first, or revoke it with force.");
    }
  }

  /// The key with that secret, if it is good now. Notes that it was used.
  public Optional<ApiKey> find(String secret) {
    byte[] hash = KeySecret.hash(secret).getBytes(StandardCharsets.US_ASCII);
    Instant now = clock.instant();
    Optional<ApiKey> found =
        now().stream()
            .filter(stored ->
                MessageDigest.isEqual(stored.sha256().getBytes(StandardCharsets.US_ASCII), hash))
            .map(Stored::key)
            .filter(key -> !key.expired(now))
            .findFirst();
    found.ifPresent(key -> note(key, now.truncatedTo(ChronoUnit.HOURS)));
    return found;
  }

  /// What that key permits; nothing if it is not known or has expired.
  public Optional<Set<Scope>> scopes(String secret) {
    return find(secret).map(ApiKey::scopes);
  }

  /// Whether the key with that id is good now.
  public boolean good(String id) {
    Instant now = clock.instant();
    return now().stream()
        .map(Stored::key)
        .anyMatch(key -> key.id().equals(id) && !key.expired(now));
  }

  private void change(UnaryOperator<List<Stored>> change) {
    file.change(change);
    // Looked up again at the next request, however coarse the disk's times are.
    known = new Known("", known.keys());
  }

  /// What the file holds. Where it cannot be read the keys known before stay good, so that damage
  /// shuts nobody out; whoever wants to change them is told.
  private List<Stored> now() {
    Known before = known;
    try {
      String stamp = file.stamp();
      if (!stamp.equals(before.stamp())) {
        known = new Known(stamp, read(before));
      }
    } catch (IOException unknown) {
      LOG.debug("Whether '{}' was changed cannot be told", file.path(), unknown);
    }
    return known.keys();
  }

  private List<Stored> read(Known before) {
    try {
      return file.read();
    } catch (PodiumException damaged) {
      LOG.error("{} The keys known before stay good.", damaged.inFull());
      return before.keys();
    }
  }

  /// Writes at most once an hour for each key, and never while a request waits.
  private void note(ApiKey key, Instant hour) {
    boolean noted = hour.equals(used.put(key.id(), hour));
    if (noted || key.lastUsed().filter(last -> !last.isBefore(hour)).isPresent()) {
      return;
    }
    writing = CompletableFuture.runAsync(() -> write(key.id(), hour), background);
  }

  private void write(String id, Instant hour) {
    try {
      change(keys -> {
        keys.replaceAll(stored ->
            stored.key().id().equals(id)
                ? new Stored(stored.key().usedIn(hour), stored.sha256())
                : stored);
        return keys;
      });
    } catch (PodiumException e) {
      LOG.warn("When the key {} was used is not kept: {}", id, e.inFull());
    }
  }

  /// Waits a second at most until what is being written is written.
  public void settle() {
    var _ = writing.completeOnTimeout(null, 1, TimeUnit.SECONDS).exceptionally(_ -> null).join();
  }
}
