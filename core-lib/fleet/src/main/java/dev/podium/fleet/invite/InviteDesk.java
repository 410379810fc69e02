package dev.podium.fleet.invite;

import dev.podium.fleet.config.PrivateFile;
import dev.podium.wire.identity.Ed25519PublicKey;
import dev.podium.wire.identity.TextSigner;
import dev.podium.wire.invite.Audience;
import dev.podium.wire.invite.InvitePublicKey;
import dev.podium.wire.invite.RevokedInvites;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;

/// Where a fleet's console gives out invites and takes them back. It has its keys, and the ids that
/// it knows to be taken back, each in a file of its own. It also knows the public keys of the
/// fleet's other consoles, as far as it met them. May be used from any thread.
public final class InviteDesk implements TextSigner {
  /// After so long the signing key is replaced when the desk is opened.
  static final Duration KEY_AGE = Duration.ofDays(30);

  private final InviteKeys keys;
  private final InviteIssuer issuer;
  private final PrivateFile file;
  private final InstantSource clock;

  // Written under the lock and read without it: who reads it must not wait for the file.
  private volatile String revoked;

  private String otherConsoles = "";
  private volatile Others others = new Others("", List.of());

  private InviteDesk(InviteKeys keys, PrivateFile file, InstantSource clock) {
    this.keys = keys;
    this.issuer = new InviteIssuer(keys, clock);
    this.file = file;
    this.clock = clock;
    this.revoked = file.read().orElse("").strip();
  }

  /// Opens the desk, with new keys if there are none yet or the newest is a month old.
  ///
  /// @param path of the keys' file; what was taken back is in a file of that name and `.revoked`
  /// @throws dev.podium.wire.model.PodiumException if a file is there and cannot be read
  public static InviteDesk open(Path path, InstantSource clock) {
    InviteKeys keys = InviteKeys.open(path, clock);
    if (keys.signing().created().plus(KEY_AGE).isBefore(clock.instant())) {
      keys.rotate();
    }
    PrivateFile file = new PrivateFile(path.resolveSibling(path.getFileName() + ".revoked"));
    return new InviteDesk(keys, file, clock);
  }

  /// A new invite; see [InviteIssuer#issue].
  public InviteIssuer.Issued issue(String name, String room, Audience audience, Duration validity) {
    return issuer.issue(name, room, audience, validity);
  }

  /// The public keys as VMs want them: this console's, and what it knows of others'.
  public synchronized String publicKeys() {
    return keys.merged(keys.publicKeys(), otherConsoles);
  }

  /// Whether a VM that was told these keys lets in whom this console invites now.
  ///
  /// @param told a VM's metadata item
  public boolean isKnownBy(String told) {
    return keys.areIn(told);
  }

  /// What a VM is to be told that was told these keys: this console's, and those.
  ///
  /// @param told a VM's metadata item
  public String introducedTo(String told) {
    return keys.merged(keys.publicKeys(), told);
  }

  /// The id of the key that signs now.
  @Override
  public String key() {
    return keys.signing().publicKey().id();
  }

  /// Signs a text as this console's word, by [#key].
  @Override
  public String sign(String text) {
    return keys.sign(text);
  }

  /// Whether a console whose key this one knows signed the text. That is its own key, or one from a
  /// VM's metadata, which only who runs the fleet can write.
  public boolean vouches(String key, String text, String signature) {
    try {
      return keys.vouch(otherConsoles(), key, text, signature);
    } catch (IllegalArgumentException malformed) {
      return false;
    }
  }

  /// The key of that id, if it is of a console that this one knows: its own, or one from a VM's
  /// metadata.
  public Optional<Ed25519PublicKey> consoleKey(String id) {
    Optional<InvitePublicKey> own = keys.find(id);
    return own.or(() -> otherConsole(id)).map(InvitePublicKey::key);
  }

  private Optional<InvitePublicKey> otherConsole(String id) {
    Others known = others;
    String set = otherConsoles();
    if (!known.set().equals(set)) {
      known = new Others(set, set.isEmpty() ? List.of() : InvitePublicKey.inSet(set));
      others = known;
    }
    return known.keys().stream()
        .filter(key -> key.id().equals(id) && clock.instant().isBefore(key.end()))
        .findFirst();
  }

  /// Other consoles' keys, read.
  private record Others(String set, List<InvitePublicKey> keys) {}

  private synchronized String otherConsoles() {
    return otherConsoles;
  }

  /// Learns other consoles' keys, for the VMs that this one makes.
  ///
  /// @param told a VM's metadata item
  public synchronized void learn(String told) {
    otherConsoles = keys.merged(told, otherConsoles);
  }

  /// The ids that were taken back, as a VM's metadata item.
  public String revoked() {
    return revoked;
  }

  /// All the ids that a VM is to be told; nothing where it lacks none of them. By one that it lacks
  /// it would still let somebody in. Learns those that it was told, as [#revoke] does.
  ///
  /// @param told a VM's metadata item
  public Optional<String> revokedBeyond(String told) {
    String all = revoke(told);
    return RevokedInvites.holds(told, all) ? Optional.empty() : Optional.of(all);
  }

  /// Adds ids that were taken back, here or by another console, and keeps them after a restart.
  ///
  /// @param ids one or more, as in a VM's metadata item
  /// @return all of them that have not ended by themselves, as a VM's metadata item
  /// @throws dev.podium.wire.model.PodiumException.Unavailable if they are too many; none is added
  /// @throws dev.podium.wire.model.PodiumException.NotPermitted if they cannot be written; they
  ///   count until Podium ends
  public synchronized String revoke(String ids) {
    String all = RevokedInvites.merged(revoked, ids, clock.instant());
    if (!all.equals(revoked)) {
      revoked = all;
      file.write(all + "\n");
    }
    return all;
  }
}
