package dev.podium.fleet.invite;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.podium.wire.identity.Base64Url;
import dev.podium.wire.invite.Admission;
import dev.podium.wire.invite.Admission.Admitted;
import dev.podium.wire.invite.Admission.Expired;
import dev.podium.wire.invite.Admission.Forged;
import dev.podium.wire.invite.Admission.Malformed;
import dev.podium.wire.invite.Admission.Revoked;
import dev.podium.wire.invite.Admission.UnknownKey;
import dev.podium.wire.invite.Admission.WrongFleet;
import dev.podium.wire.invite.Admission.WrongVm;
import dev.podium.wire.invite.Audience;
import dev.podium.wire.invite.Invite;
import dev.podium.wire.invite.InviteId;
import dev.podium.wire.invite.InviteVerifier;
import dev.podium.wire.invite.RevokedInvites;
import dev.podium.wire.model.PodiumException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class InviteTest {
  private static final Audience FLEET = new Audience.WholeFleet("demo");

  @TempDir Path folder;
  private Instant now = Instant.parse("2026-11-22T10:00:00Z");
  private final InstantSource clock = () -> now;
  private InviteKeys keys;
  private InviteIssuer issuer;
  private InviteVerifier verifier;

  @BeforeEach
  void open() {
    keys = InviteKeys.open(folder.resolve("demo/invite-keys.json"), clock);
    issuer = new InviteIssuer(keys, clock);
    verifier = new InviteVerifier(keys::publicKeys, "demo", "vm-1", clock);
  }

  @Test
  void an_invite_for_the_fleet_opens_every_vm_of_it() {
    var issued = issuer.issue(" Ann ", "lobby", FLEET, Duration.ofHours(12));

    assertThat(verifier.verify(issued.token()))
        .isEqualTo(new Admitted(issued.invite(), keys.signing().publicKey().id()));
    assertThat(issued.invite().name()).isEqualTo("Ann");
    assertThat(issued.invite().expires()).isEqualTo("2026-11-22T22:00:00Z");
    assertThat(Invite.link(URI.create("http://10.0.0.1:8080/"), issued.token()).getFragment())
        .isEqualTo("t=" + issued.token());
  }

  @Test
  void an_invite_for_one_vm_opens_no_other() {
    String token = token(new Audience.OneVm("vm-1"));
    var other = new InviteVerifier(keys::publicKeys, "demo", "vm-2", clock);

    assertThat(verifier.verify(token)).isInstanceOf(Admitted.class);
    assertThat(other.verify(token)).isEqualTo(new WrongVm("vm-1"));
  }

  @Test
  void an_invite_for_another_fleet_is_refused() {
    assertThat(verifier.verify(token(new Audience.WholeFleet("demo-2"))))
        .isEqualTo(new WrongFleet("demo-2"));
  }

  @Test
  void an_invite_ends_at_its_second() {
    var issued = issuer.issue("Ann", "lobby", FLEET, Duration.ofHours(1));

    now = now.plus(Duration.ofHours(1)).minusMillis(1);
    assertThat(verifier.verify(issued.token())).isInstanceOf(Admitted.class);
    now = now.plusMillis(1);
    assertThat(verifier.verify(issued.token()))
        .isEqualTo(new Expired(Instant.parse("2026-11-22T11:00:00Z")));
  }

  @Test
  void a_changed_claim_is_a_forgery() {
    String[] parts = token(FLEET).split("\\.", -1);
    String claims = new String(Base64Url.decode(parts[1]), StandardCharsets.UTF_8);
    String changed =
        Base64Url.encode(claims.replace("Ann", "Bob").getBytes(StandardCharsets.UTF_8));

    assertThat(verifier.verify(parts[0] + "." + changed + "." + parts[2]))
        .isInstanceOf(Forged.class);
  }

  @Test
  void an_invite_that_no_vm_would_take_as_it_stands_is_not_made() {
    assertThatThrownBy(() -> issuer.issue("Ann", "Maths & Physics", FLEET, Duration.ofHours(1)))
        .isInstanceOf(PodiumException.Invalid.class)
        .hasMessageContaining("room 'Maths & Physics' cannot be used");
    assertThatThrownBy(() -> issuer.issue("x".repeat(41), "r", FLEET, Duration.ofHours(1)))
        .isInstanceOf(PodiumException.Invalid.class)
        .hasMessageContaining("1 to 40 characters");
    var issued = issuer.issue("x".repeat(40), "Maths-1", FLEET, Duration.ofHours(1));
    assertThat(issued.invite().room()).isEqualTo("Maths-1");
  }

  @Test
  void another_consoles_key_opens_nothing() {
    var foreign = InviteKeys.open(folder.resolve("foreign.json"), clock);
    var issued = new InviteIssuer(foreign, clock).issue("Eve", "lobby", FLEET, Duration.ofHours(1));

    assertThat(verifier.verify(issued.token()))
        .isEqualTo(new UnknownKey(foreign.signing().publicKey().id()));
  }

  @Test
  void a_token_that_asks_not_to_be_checked_is_refused() {
    String claims = token(FLEET).split("\\.", -1)[1];
    String head = "{\"alg\":\"none\",\"kid\":\"" + keys.signing().publicKey().id() + "\"}";

    assertThat(verifier.verify(part(head) + "." + claims + ".")).isInstanceOf(Malformed.class);
  }

  @Test
  void an_invite_that_was_taken_back_is_refused() {
    var issued = issuer.issue("Ann", "lobby", FLEET, Duration.ofHours(1));
    var strict =
        new InviteVerifier(keys::publicKeys, "demo", "vm-1", clock, issued.invite().id()::equals);

    assertThat(strict.verify(issued.token())).isEqualTo(new Revoked(issued.invite().id()));
  }

  @Test
  void an_invite_that_let_somebody_in_ends_with_its_time_its_key_or_the_hosts_word() {
    AtomicReference<String> keySet = new AtomicReference<>(keys.publicKeys());
    AtomicReference<String> list = new AtomicReference<>("");
    var following =
        new InviteVerifier(keySet::get, "demo", "vm-1", clock, new RevokedInvites(list::get));
    var issued = issuer.issue("Ann", "lobby", FLEET, Duration.ofHours(1));
    String id = issued.invite().id();
    Admitted admitted = (Admitted) following.verify(issued.token());
    assertThat(following.again(admitted)).isEmpty();

    list.set("other-id,\n " + id + " another");
    assertThat(following.again(admitted)).contains(new Revoked(id));
    assertThat(following.verify(issued.token())).isEqualTo(new Revoked(id));
    list.set("x" + id);
    assertThat(following.again(admitted)).isEmpty();

    keySet.set("{\"keys\":[]}");
    assertThat(following.again(admitted)).contains(new UnknownKey(admitted.keyId()));
    keySet.set(keys.publicKeys());

    now = issued.invite().expires();
    assertThat(following.again(admitted)).contains(new Expired(issued.invite().expires()));
  }

  @Test
  void a_key_signs_for_no_longer_than_twelve_hours() {
    String claims =
        "{\"sub\":\"s\",\"jti\":\"i\",\"name\":\"Ann\",\"room\":\"r\",\"aud\":\"fleet:demo\",\"iat\":"
            + now.getEpochSecond()
            + ",\"exp\":"
            + now.plus(Duration.ofHours(13)).getEpochSecond()
            + "}";

    assertThat(verifier.verify(signed(claims)))
        .isEqualTo(new Malformed("it is good for longer than invites may be"));
    assertThatThrownBy(() -> issuer.issue("Ann", "lobby", FLEET, Duration.ofSeconds(43_201)))
        .isInstanceOf(PodiumException.Invalid.class)
        .hasMessageContaining("12 hours");
  }

  @Test
  void a_vm_admits_people_although_the_consoles_clock_is_minutes_ahead() {
    var issued = issuer.issue("Ann", "lobby", FLEET, Duration.ofHours(12));
    now = now.minus(Duration.ofMinutes(9));

    assertThat(verifier.verify(issued.token())).isInstanceOf(Admitted.class);
  }

  /// Its owner's words would pass for a notice, and every VM would show it otherwise.
  @ParameterizedTest
  @ValueSource(strings = {"Podium", "System", "\u0420odium", "\u0455ystem", "P\u200Codium"})
  void nobody_is_invited_under_a_name_that_looks_like_the_programs_own(String name) {
    assertThatThrownBy(() -> issuer.issue(name, "lobby", FLEET, Duration.ofHours(1)))
        .isInstanceOf(PodiumException.Invalid.class)
        .hasMessageContaining("cannot be used");
  }

  @Test
  void a_family_and_a_persian_name_are_invited_as_they_are_spelt() {
    for (String name :
        List.of(
            "\uD83D\uDC68\u200D\uD83D\uDC69\u200D\uD83D\uDC67", "\u0645\u06CC\u200C\u062E\u0648")) {
      assertThat(issuer.issue(name, "lobby", FLEET, Duration.ofHours(1)).invite().name())
          .isEqualTo(name);
    }
    // A byte order mark, as some programs write it before a file's first name.
    assertThat(issuer.issue("\uFEFFAnn", "lobby", FLEET, Duration.ofHours(1)).invite().name())
        .isEqualTo("Ann");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "a.b", "a.b.c", "....", "e30.e30.e30", "%.%.%", "null.null.null"})
  void what_is_no_token_is_refused_without_a_fault(String token) {
    assertThat(verifier.verify(token)).isInstanceOf(Admission.Refused.class);
  }

  @Test
  void an_old_key_verifies_until_its_last_invite_has_expired() {
    String old = token(FLEET);
    InviteKey first = keys.signing();
    keys.rotate();

    assertThat(keys.signing()).isNotEqualTo(first);
    assertThat(verifier.verify(old)).isInstanceOf(Admitted.class);
    assertThat(verifier.verify(token(FLEET))).isInstanceOf(Admitted.class);

    now = now.plus(Duration.ofHours(13));
    keys.rotate();
    assertThat(keys.publicKeys()).doesNotContain(first.publicKey().id());
  }

  @Test
  void a_key_opens_nothing_once_its_console_has_not_said_it_for_a_day() {
    String said = keys.publicKeys();
    var following = new InviteVerifier(() -> said, "demo", "vm-1", clock);
    now = now.plus(Duration.ofHours(23));
    String stolen = token(FLEET);
    Admission admitted = following.verify(stolen);
    assertThat(admitted).isInstanceOf(Admitted.class);

    now = now.plus(Duration.ofHours(1));
    assertThat(following.verify(stolen)).isInstanceOf(UnknownKey.class);
    assertThat(following.again((Admitted) admitted)).containsInstanceOf(UnknownKey.class);
    assertThat(verifier.verify(stolen)).isInstanceOf(Admitted.class); // It was said anew.
  }

  @Test
  void a_desk_that_is_opened_after_a_month_signs_with_a_new_key_and_keeps_the_one_before() {
    Path file = folder.resolve("month/invite-keys.json");
    String first = InviteDesk.open(file, clock).key();
    now = now.plus(InviteDesk.KEY_AGE);
    assertThat(InviteDesk.open(file, clock).key()).isEqualTo(first);

    now = now.plusSeconds(1);
    InviteDesk desk = InviteDesk.open(file, clock);
    assertThat(desk.key()).isNotEqualTo(first);
    assertThat(desk.publicKeys()).contains(first).contains(desk.key());
  }

  @Test
  void an_invite_stays_taken_back_until_it_has_ended_however_many_others_are() {
    InviteDesk desk = InviteDesk.open(folder.resolve("desk.json"), clock);
    String first = desk.issue("Ann", "lobby", FLEET, Duration.ofHours(12)).invite().id();
    desk.revoke(first);
    desk.revoke(ids(2_000));
    now = now.plus(Duration.ofHours(12)).minusSeconds(1);
    assertThat(desk.revoke(desk.issue("Bob", "lobby", FLEET, Duration.ofHours(1)).invite().id()))
        .contains(first);

    now = now.plus(Duration.ofHours(2));
    String last = desk.issue("Cy", "lobby", FLEET, Duration.ofHours(1)).invite().id();
    assertThat(desk.revoke(last)).doesNotContain(first).endsWith(last);
  }

  @Test
  void one_invite_more_than_a_vms_list_holds_is_refused_and_the_list_is_as_it_was() {
    InviteDesk desk = InviteDesk.open(folder.resolve("desk.json"), clock);
    String full = desk.revoke(ids(RevokedInvites.MOST));
    String more = desk.issue("Ann", "lobby", FLEET, Duration.ofHours(12)).invite().id();

    assertThatThrownBy(() -> desk.revoke(more))
        .isInstanceOf(PodiumException.Unavailable.class)
        .hasMessageContaining("No more invites can be taken back");
    assertThat(desk.revoked()).isEqualTo(full).hasSizeLessThan(262_144);
  }

  /// Of as many invites, all issued now.
  private String ids(int count) {
    return IntStream.range(0, count)
        .mapToObj(n -> InviteId.create(now, "%016d".formatted(n)))
        .collect(Collectors.joining(" "));
  }

  @Test
  void keys_survive_a_restart_in_a_file_for_their_owner_alone() throws Exception {
    String token = token(FLEET);
    Path file = folder.resolve("demo/invite-keys.json");
    var reopened = InviteKeys.open(file, clock);

    assertThat(reopened.publicKeys()).isEqualTo(keys.publicKeys()).doesNotContain("\"d\"");
    assertThat(new InviteVerifier(reopened::publicKeys, "demo", "vm-1", clock).verify(token))
        .isInstanceOf(Admitted.class);
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
        .isEqualTo("rw-------");
  }

  @Test
  void a_damaged_key_file_is_reported_and_left_alone() throws Exception {
    Path file = folder.resolve("damaged.json");
    Files.writeString(file, "{\"keys\":[{\"kty\":");

    assertThatThrownBy(() -> InviteKeys.open(file, clock))
        .isInstanceOf(PodiumException.Invalid.class)
        .hasMessageContaining("damaged");
    assertThat(file).hasContent("{\"keys\":[{\"kty\":");
  }

  @Test
  void an_unreadable_key_set_leaves_the_last_good_one_in_force() {
    var metadata = new String[] {keys.publicKeys()};
    var following = new InviteVerifier(() -> metadata[0], "demo", "vm-1", clock);
    String token = token(FLEET);
    assertThat(following.verify(token)).isInstanceOf(Admitted.class);

    metadata[0] = "{";
    assertThat(following.verify(token)).isInstanceOf(Admitted.class);
    metadata[0] = "{\"keys\":[]}";
    assertThat(following.verify(token)).isInstanceOf(UnknownKey.class);
  }

  /// RFC 8032, section 7.1, test 1, in the JSON forms of RFC 8037, appendix A.
  @Test
  void keys_thumbprints_and_signatures_are_those_of_the_standard() throws Exception {
    String seed = "9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60";
    String point = "d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a";
    var jwk =
        new ObjectMapper()
            .createObjectNode()
            .put("kty", "OKP")
            .put("crv", "Ed25519")
            .put("d", Base64Url.encode(HexFormat.of().parseHex(seed)))
            .put("x", Base64Url.encode(HexFormat.of().parseHex(point)));
    InviteKey key = InviteKey.fromJwk(jwk);

    assertThat(key.publicKey().id()).isEqualTo("kPrK_qmxVWaYVA9wwBF6Iuo3vVzz7TxHCTwXBygrS4k");
    assertThat(
            Base64Url.encode(key.sign("eyJhbGciOiJFZERTQSJ9.RXhhbXBsZSBvZiBFZDI1NTE5IHNpZ25pbmc")))
        .isEqualTo(
            "hgyY0il_MGCjP0JzlnLWG1PPOt7-09PGcvMg3AIbQR6dWbhijcNR4ki4iylGjg5BhVsPt9g7sVvpAr_MuM0KAg");
  }

  private String token(Audience audience) {
    return issuer.issue("Ann", "lobby", audience, Duration.ofHours(8)).token();
  }

  private String signed(String claims) {
    InviteKey key = keys.signing();
    String text =
        part("{\"alg\":\"EdDSA\",\"kid\":\"" + key.publicKey().id() + "\"}") + "." + part(claims);
    return text + "." + Base64Url.encode(key.sign(text));
  }

  private static String part(String json) {
    return Base64Url.encode(json.getBytes(StandardCharsets.UTF_8));
  }
}
