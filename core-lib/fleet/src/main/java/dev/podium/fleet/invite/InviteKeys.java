package dev.podium.fleet.invite;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.podium.fleet.config.PrivateFile;
import dev.podium.wire.identity.Base64Url;
import dev.podium.wire.identity.TextSigner;
import dev.podium.wire.invite.Invite;
import dev.podium.wire.invite.InvitePublicKey;
import dev.podium.wire.model.PodiumException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/// A fleet's keys on the console, newest first: the newest signs, all verify. May be used from any
/// thread.
public final class InviteKeys {
  private static final ObjectMapper JSON = new ObjectMapper();

  /// How long others keep a console's key after it last said it: twice what an invite may last. So
  /// the last invite of a console that was closed is good to its end.
  private static final Duration HANDED_ON = Invite.LONGEST.multipliedBy(2);

  /// Keys of all consoles of a fleet, in one set.
  private static final int MOST = 32;

  private final PrivateFile file;
  private final InstantSource clock;
  private List<InviteKey> keys;

  private InviteKeys(PrivateFile file, InstantSource clock, List<InviteKey> keys) {
    this.file = file;
    this.clock = clock;
    this.keys = List.copyOf(keys);
  }

  /// Reads the keys of that file; makes the first key if there is none yet.
  ///
  /// @param path readable by its owner only; one file a fleet
  /// @throws PodiumException.Invalid if the file is there but cannot be read; it is not replaced,
  ///   because that would end every invite that is out
  public static InviteKeys open(Path path, InstantSource clock) {
    PrivateFile file = new PrivateFile(path);
    Optional<String> text = file.read();
    if (text.isEmpty()) {
      InviteKeys fresh = new InviteKeys(file, clock, List.of(InviteKey.generate(clock.instant())));
      fresh.save();
      return fresh;
    }
    try {
      List<InviteKey> keys = new ArrayList<>();
      JSON.readTree(text.get()).path("keys").forEach(jwk -> keys.add(InviteKey.fromJwk(jwk)));
      if (keys.isEmpty()) {
        throw new IllegalArgumentException("it holds no key");
      }
      return new InviteKeys(file, clock, keys);
    } catch (JsonProcessingException | IllegalArgumentException e) {
      throw new PodiumException.Invalid(
          "The keys for invites in '" + path + "' cannot be read",
          "the file is damaged",
          "Restore the file; or delete it, after which every invite that is out stops working within"
              + " a day.");
    }
  }

  /// The key that signs.
  public synchronized InviteKey signing() {
    return keys.getFirst();
  }

  /// Makes a new key, which signs from now on. Keys whose invites have all expired are forgotten.
  /// The VMs must be given [#publicKeys] before the first invite of the new key is used.
  public synchronized InviteKey rotate() {
    Instant now = clock.instant();
    List<InviteKey> next = new ArrayList<>();
    next.add(InviteKey.generate(now));
    for (int i = 0; i < keys.size(); i++) {
      // A key signed until its successor was made; the first of the old ones, until now.
      Instant lastUse = i == 0 ? now : keys.get(i - 1).created();
      if (lastUse.plus(Invite.LONGEST).isAfter(now)) {
        next.add(keys.get(i));
      }
    }
    keys = List.copyOf(next);
    save();
    return keys.getFirst();
  }

  /// The JSON Web Key Set for the VMs' metadata: public keys only, each with the time, `exp`, after
  /// which nobody hands it on any more. A console that runs writes it anew long before.
  public synchronized String publicKeys() {
    long end = clock.instant().plus(HANDED_ON).getEpochSecond();
    ObjectNode set = JSON.createObjectNode();
    ArrayNode array = set.putArray("keys");
    keys.forEach(key -> array.add(key.publicKey().toJwk().put("exp", end)));
    return set.toString();
  }

  /// The key of that id, if it is one of these.
  synchronized Optional<InvitePublicKey> find(String id) {
    return keys.stream().map(InviteKey::publicKey).filter(key -> key.id().equals(id)).findFirst();
  }

  /// Whether a key set holds all of these, and for long enough yet.
  ///
  /// @param set a JSON Web Key Set; a text that is none counts as an empty one
  synchronized boolean areIn(String set) {
    long soon = clock.instant().plus(HANDED_ON.dividedBy(2)).getEpochSecond();
    List<String> there =
        jwks(set).stream()
            .filter(jwk -> jwk.path("exp").asLong() >= soon)
            .map(jwk -> jwk.path("kid").asText())
            .toList();
    return keys.stream().allMatch(key -> there.contains(key.publicKey().id()));
  }

  /// Signs a text as this console's word, which no invite is.
  ///
  /// @return base64url
  synchronized String sign(String text) {
    return Base64Url.encode(signing().sign(TextSigner.CONSOLE + text));
  }

  /// Whether the key of that id, which must be one of these or in the other set, signed the text.
  synchronized boolean vouch(String others, String id, String text, String signature) {
    return InvitePublicKey.inSet(merged(publicKeys(), others)).stream()
        .filter(key -> key.id().equals(id))
        .anyMatch(key -> key.verifies(TextSigner.CONSOLE + text, Base64Url.decode(signature)));
  }

  /// Two key sets in one: the keys of the first before the others, without those whose time is
  /// over. A key that its console has given up must not be handed on for ever. Where there are too
  /// many, the first stay.
  ///
  /// @param one a JSON Web Key Set; a text that is none counts as an empty one
  String merged(String one, String other) {
    long now = clock.instant().getEpochSecond();
    Map<String, JsonNode> all = new LinkedHashMap<>();
    Stream.concat(jwks(one).stream(), jwks(other).stream())
        .filter(jwk -> jwk.path("exp").asLong(Long.MAX_VALUE) > now)
        .forEach(jwk -> all.putIfAbsent(jwk.path("kid").asText(), jwk));
    ObjectNode set = JSON.createObjectNode();
    ArrayNode array = set.putArray("keys");
    all.values().stream().limit(MOST).forEach(array::add);
    return set.toString();
  }

  private static List<JsonNode> jwks(String set) {
    List<JsonNode> found = new ArrayList<>();
    try {
      JSON.readTree(set).path("keys").forEach(found::add);
    } catch (JsonProcessingException damaged) {
      // Nobody's keys: as if nothing was there.
    }
    return found;
  }

  private void save() {
    ObjectNode set = JSON.createObjectNode();
    ArrayNode array = set.putArray("keys");
    keys.forEach(key -> array.add(key.toPrivateJwk()));
    file.write(set.toPrettyString());
  }
}
