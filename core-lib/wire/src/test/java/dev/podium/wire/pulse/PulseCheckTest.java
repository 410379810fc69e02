package dev.podium.wire.pulse;

import static org.assertj.core.api.Assertions.assertThat;

import dev.podium.wire.chat.Pulse;
import dev.podium.wire.chat.PulseCodec;
import dev.podium.wire.cloud.Ticker;
import dev.podium.wire.identity.Base64Url;
import dev.podium.wire.identity.Ed25519KeyPair;
import dev.podium.wire.identity.Ed25519PublicKey;
import dev.podium.wire.identity.Roster;
import dev.podium.wire.identity.TextSigner;
import dev.podium.wire.pulse.KnownKeys.Sender;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class PulseCheckTest {
  private static final String FLEET = "class-a";
  private static final Ed25519KeyPair ANN = Ed25519KeyPair.generate();
  private static final Ed25519KeyPair BOB = Ed25519KeyPair.generate();
  private static final Ed25519KeyPair CONSOLE = Ed25519KeyPair.generate();

  private final Clock time = new Clock();
  private final Map<String, Sender> known = new HashMap<>();
  private final PulseCheck check =
      new PulseCheck(FLEET, key -> Optional.ofNullable(known.get(key)), Ed25519PublicKey::parse);
  private final PulseSigner ann = signer(TextSigner.ofVm(ANN), "boot-1");
  private final PulseSigner console = signer(ofConsole(CONSOLE), "console-1");

  PulseCheckTest() {
    known.put(ANN.publicKey().id(), new Sender.OfVm("vm-a", "1", ANN.publicKey()));
    known.put(BOB.publicKey().id(), new Sender.OfVm("vm-b", "2", BOB.publicKey()));
    known.put(CONSOLE.publicKey().id(), new Sender.OfConsole(CONSOLE.publicKey()));
  }

  @Test
  void what_a_vm_of_the_roster_signed_is_believed_once() {
    ReceivedPulse beat = sent(ann, heartbeat("vm-a", "1"));
    assertThat(check.prove(beat)).isEmpty();
    assertThat(check.prove(beat)).contains(PulseRejection.REPEATED);
    assertThat(check.look(beat)).contains(PulseRejection.REPEATED);
    assertThat(check.prove(sent(ann, heartbeat("vm-a", "1")))).isEmpty();
  }

  @Test
  void messages_may_overtake_each_other() {
    ReceivedPulse first = sent(ann, heartbeat("vm-a", "1"));
    ReceivedPulse second = sent(ann, new Pulse.DrainAnswer("d", "vm-a", true, 0));
    assertThat(check.prove(second)).isEmpty();
    assertThat(check.prove(first)).isEmpty();
    assertThat(check.prove(second)).contains(PulseRejection.REPEATED);
  }

  @Test
  void a_message_that_is_far_behind_counts_as_repeated() {
    ReceivedPulse first = sent(ann, heartbeat("vm-a", "1"));
    for (int i = 0; i < 64; i++) {
      assertThat(check.prove(sent(ann, heartbeat("vm-a", "1")))).isEmpty();
    }
    assertThat(check.prove(first)).contains(PulseRejection.REPEATED);
  }

  @Test
  void a_replayed_heartbeat_is_refused_by_its_age_when_its_number_is_forgotten() {
    ReceivedPulse beat = sent(ann, heartbeat("vm-a", "1"));
    PulseCheck restarted =
        new PulseCheck(FLEET, key -> Optional.ofNullable(known.get(key)), Ed25519PublicKey::parse);
    ReceivedPulse later = takenAt(beat, beat.published().plus(Duration.ofSeconds(121)));
    assertThat(restarted.prove(later)).contains(PulseRejection.STALE);
    ReceivedPulse early = takenAt(beat, beat.published().minus(Duration.ofSeconds(121)));
    assertThat(restarted.prove(early)).contains(PulseRejection.STALE);
  }

  @Test
  void what_was_signed_before_a_receiver_started_is_too_old_for_it() {
    ReceivedPulse before = sent(ann, heartbeat("vm-a", "1"));
    time.pass(Duration.ofSeconds(10));
    PulseCheck restarted = new PulseCheck(FLEET, key -> Optional.ofNullable(known.get(key)), time);
    time.pass(Duration.ofSeconds(3));
    ReceivedPulse replayed = takenAt(before, time.wall());
    assertThat(restarted.prove(replayed)).contains(PulseRejection.STALE);
    assertThat(restarted.prove(sent(ann, heartbeat("vm-a", "1")))).isEmpty();
    assertThat(check.prove(replayed)).as("who was there knows what it has had").isEmpty();
  }

  @Test
  void a_vm_speaks_for_itself_alone() {
    assertThat(check.prove(sent(ann, heartbeat("vm-b", "2"))))
        .contains(PulseRejection.WRONG_SENDER);
    assertThat(check.prove(sent(ann, heartbeat("vm-a", "2"))))
        .contains(PulseRejection.WRONG_SENDER);
    assertThat(check.prove(sent(ann, new Pulse.Goodbye("vm-b", "boot-2"))))
        .contains(PulseRejection.WRONG_SENDER);
    assertThat(check.prove(sent(ann, new Pulse.DrainAnswer("d", "vm-b", true, 0))))
        .contains(PulseRejection.WRONG_SENDER);
    assertThat(check.prove(sent(ann, new Pulse.SeatsWanted("vm-b", 9, Optional.empty()))))
        .contains(PulseRejection.WRONG_SENDER);
  }

  @Test
  void a_vm_says_nothing_that_a_console_says() {
    List<Pulse> words =
        List.of(
            new Pulse.DrainRequest("d", "vm-b", Optional.empty(), true),
            new Pulse.DrainCancelled("d", "vm-b"),
            new Pulse.Canary("me", 1),
            new Pulse.Policy("me", 1, Map.of(), "k", "s"),
            new Pulse.KeysWanted("me", List.of()),
            new Pulse.RosterChanged("me", new Roster(9, List.of())));
    for (Pulse word : words) {
      assertThat(check.prove(sent(ann, word))).contains(PulseRejection.WRONG_SENDER);
      assertThat(check.prove(sent(console, word))).isEmpty();
    }
  }

  @Test
  void a_console_says_nothing_that_a_vm_says() {
    assertThat(check.prove(sent(console, heartbeat("vm-a", "1"))))
        .contains(PulseRejection.WRONG_SENDER);
  }

  @Test
  void a_signature_is_good_for_its_sender_fleet_number_and_text_alone() {
    ReceivedPulse beat = sent(ann, heartbeat("vm-a", "1"));
    PulseSignature good = beat.signature().orElseThrow();
    assertThat(check.prove(signed(beat, keyed(good, BOB.publicKey().id()))))
        .contains(PulseRejection.WRONG_SENDER);
    PulseSignature other =
        new PulseSignature(
            good.key(), good.session(), good.number() + 1, good.at(), good.signature());
    assertThat(check.prove(signed(beat, other))).contains(PulseRejection.FORGED);
    ReceivedPulse changed =
        new ReceivedPulse(beat.pulse(), beat.body() + " ", beat.signature(), beat.published());
    assertThat(check.prove(changed)).contains(PulseRejection.FORGED);
    PulseSigner elsewhere = new PulseSigner(TextSigner.ofVm(ANN), "class-b", "boot-1", time);
    assertThat(check.prove(sent(elsewhere, heartbeat("vm-a", "1"))))
        .contains(PulseRejection.FORGED);
    // What was refused does not count as heard.
    assertThat(check.prove(beat)).isEmpty();
  }

  @Test
  void a_vm_cannot_sign_as_a_console_even_with_a_key_that_is_known_as_one() {
    PulseSigner asVm = signer(TextSigner.ofVm(CONSOLE), "s");
    assertThat(check.prove(sent(asVm, new Pulse.DrainCancelled("d", "vm-b"))))
        .contains(PulseRejection.FORGED);
  }

  @Test
  void the_unsigned_and_the_unknown_are_refused() {
    ReceivedPulse beat = sent(ann, heartbeat("vm-a", "1"));
    ReceivedPulse bare =
        new ReceivedPulse(beat.pulse(), beat.body(), Optional.empty(), beat.published());
    assertThat(check.prove(bare)).contains(PulseRejection.UNSIGNED);
    PulseSigner stranger = signer(TextSigner.ofVm(Ed25519KeyPair.generate()), "s");
    assertThat(check.prove(sent(stranger, heartbeat("vm-a", "1"))))
        .contains(PulseRejection.UNKNOWN_KEY);
  }

  @Test
  void an_announcement_is_signed_by_the_key_that_it_shows() {
    Ed25519KeyPair fresh = Ed25519KeyPair.generate();
    PulseSigner own = signer(TextSigner.ofVm(fresh), "s");
    Pulse shown = new Pulse.Announcement("vm-c", "3", "b", fresh.publicKey().x(), "token");
    assertThat(check.prove(sent(own, shown))).isEmpty();
    assertThat(check.prove(sent(ann, shown))).contains(PulseRejection.UNKNOWN_KEY);
  }

  @Test
  void a_sender_with_a_wrong_clock_is_believed_once_its_own_message_came_back() {
    time.wall = time.wall.plus(Duration.ofMinutes(3));
    ReceivedPulse first = sent(ann, heartbeat("vm-a", "1"));
    ReceivedPulse taken = takenAt(first, first.published().minus(Duration.ofMinutes(3)));
    assertThat(check.prove(taken)).contains(PulseRejection.STALE);
    ann.heard(taken.signature().orElseThrow(), taken.published());
    ReceivedPulse second = sent(ann, heartbeat("vm-a", "1"));
    assertThat(check.prove(takenAt(second, taken.published()))).isEmpty();
  }

  @Test
  void an_own_message_that_somebody_repeats_does_not_set_the_clock() {
    ReceivedPulse first = sent(ann, heartbeat("vm-a", "1"));
    PulseSignature signature = first.signature().orElseThrow();
    ann.heard(signature, first.published());
    ann.heard(signature, first.published().plus(Duration.ofHours(1)));
    assertThat(ann.clock().now()).isEqualTo(time.wall);
  }

  private PulseSigner signer(TextSigner by, String session) {
    return new PulseSigner(by, FLEET, session, time);
  }

  private static TextSigner ofConsole(Ed25519KeyPair pair) {
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

  private ReceivedPulse sent(PulseSigner by, Pulse pulse) {
    String body = PulseCodec.encode(pulse);
    // As it comes over the wire.
    Optional<PulseSignature> signature = PulseSignature.of(by.sign(body).attributes());
    return new ReceivedPulse(PulseCodec.decode(body).orElseThrow(), body, signature, time.wall);
  }

  private static ReceivedPulse takenAt(ReceivedPulse pulse, Instant published) {
    return new ReceivedPulse(pulse.pulse(), pulse.body(), pulse.signature(), published);
  }

  private static ReceivedPulse signed(ReceivedPulse pulse, PulseSignature signature) {
    return new ReceivedPulse(
        pulse.pulse(), pulse.body(), Optional.of(signature), pulse.published());
  }

  private static PulseSignature keyed(PulseSignature one, String key) {
    return new PulseSignature(key, one.session(), one.number(), one.at(), one.signature());
  }

  private static Pulse.Heartbeat heartbeat(String vm, String id) {
    return new Pulse.Heartbeat(
        vm, id, "boot", 1, "http://x/", 0, 50, 0, true, false, List.of(), List.of(), 0);
  }

  private static final class Clock implements Ticker {
    private Instant wall = Instant.parse("2026-03-01T10:00:00Z");

    private long nanos;

    void pass(Duration span) {
      nanos += span.toNanos();
      wall = wall.plus(span);
    }

    @Override
    public long nanos() {
      return nanos;
    }

    @Override
    public Instant wall() {
      return wall;
    }
  }
}
