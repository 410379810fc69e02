package dev.podium.fleet.identity;

import static org.assertj.core.api.Assertions.assertThat;

import dev.podium.fleet.event.EventStream;
import dev.podium.fleet.event.FleetEvent;
import dev.podium.fleet.invite.InviteDesk;
import dev.podium.fleet.model.FleetVm;
import dev.podium.fleet.model.Health;
import dev.podium.fleet.model.Participants;
import dev.podium.fleet.model.Verdict;
import dev.podium.fleet.model.Vm;
import dev.podium.fleet.testing.MemoryTokens;
import dev.podium.fleet.testing.VmBuilder;
import dev.podium.wire.chat.Pulse;
import dev.podium.wire.chat.PulseCodec;
import dev.podium.wire.cloud.Ticker;
import dev.podium.wire.identity.Ed25519KeyPair;
import dev.podium.wire.identity.Roster;
import dev.podium.wire.identity.TextSigner;
import dev.podium.wire.identity.TokenAudience;
import dev.podium.wire.pulse.PulseRejection;
import dev.podium.wire.pulse.PulseSignature;
import dev.podium.wire.pulse.PulseSigner;
import dev.podium.wire.pulse.ReceivedPulse;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PulseIntakeTest {
  private static final String FLEET = "class-a";

  private final Time time = new Time();
  private final EventStream events = new EventStream();
  private final List<Pulse> sent = new ArrayList<>();
  private final List<Pulse> believed = new ArrayList<>();
  private final List<String> enrolled = new ArrayList<>();
  private final List<String> unsigned = new ArrayList<>();
  private final Deque<Due> due = new ArrayDeque<>();
  private final Agent ann = new Agent("vm-a", "1");
  private final Agent bob = new Agent("vm-b", "2");

  @TempDir private Path folder;

  private InviteDesk desk;
  private InviteDesk otherDesk;
  private PulseIntake intake;

  private record Due(long nanos, Runnable task) {}

  @BeforeEach
  void open() {
    desk = InviteDesk.open(folder.resolve("own"), time::wall);
    otherDesk = InviteDesk.open(folder.resolve("other"), time::wall);
    intake = intake(desk);
  }

  private PulseIntake intake(InviteDesk own) {
    PulseSigner signer = new PulseSigner(own, FLEET, "console-1", time);
    PulseIntake made =
        new PulseIntake(
            FLEET,
            "console-1",
            new EnrolledKeys(own),
            MemoryTokens.INSTANCE,
            signer.clock(),
            time,
            (after, task) -> due.add(new Due(time.nanos + after.toNanos(), task)),
            Runnable::run,
            () -> desk.learn(otherDesk.publicKeys()),
            events,
            sent::add);
    made.start(
        new PulseIntake.Listener() {
          @Override
          public void believed(ReceivedPulse pulse) {
            believed.add(pulse.pulse());
          }

          @Override
          public void enrolled(String vmId) {
            enrolled.add(vmId);
          }

          @Override
          public void neverSigns(String vmId) {
            unsigned.add(vmId);
          }
        });
    return made;
  }

  @AfterEach
  void close() {
    intake.close();
  }

  @Test
  void a_vm_that_showed_its_key_is_heard_by_its_signature_alone() {
    list(ann.vm);
    enrol(ann);
    assertThat(enrolled).containsExactly("1");
    intake.take(ann.signed(ann.heartbeat()));
    assertThat(believed).hasSize(1);
    intake.take(ann.bare(ann.heartbeat()));
    intake.take(bob.signed(ann.heartbeat()));
    assertThat(believed).hasSize(1);
    assertThat(intake.rejected(PulseRejection.UNSIGNED)).isEqualTo(1);
    assertThat(intake.rejected(PulseRejection.UNKNOWN_KEY)).isEqualTo(1);
    assertThat(intake.dropped()).containsEntry("unsigned", 1L).containsEntry("stale", 0L);
  }

  @Test
  void a_replayed_heartbeat_is_dropped() {
    list(ann.vm);
    enrol(ann);
    ReceivedPulse beat = ann.signed(ann.heartbeat());
    intake.take(beat);
    intake.take(beat);
    assertThat(believed).hasSize(1);
    assertThat(intake.rejected(PulseRejection.REPEATED)).isEqualTo(1);
  }

  /// In front of a class: the one who runs the fleet has VMs of the release before.
  @Test
  void a_vm_whose_key_nobody_knows_is_judged_as_before_and_is_on_no_roster() {
    list(ann.vm);
    intake.take(ann.bare(ann.heartbeat()));
    assertThat(believed).hasSize(1);
    intake.take(ann.signed(ann.heartbeat()));
    assertThat(believed).hasSize(2);
    pass(Duration.ofMinutes(1));
    assertThat(sent).noneMatch(Pulse.RosterChanged.class::isInstance);
  }

  @Test
  void nothing_is_believed_of_a_vm_that_compute_engine_does_not_list() {
    intake.take(ann.bare(ann.heartbeat()));
    intake.take(ann.bare(new Pulse.SeatsWanted("vm-a", 9_999, Optional.empty())));
    intake.take(ann.bare(new Pulse.DrainAnswer("d", "vm-a", true, 0)));
    assertThat(believed).isEmpty();
    assertThat(intake.rejected(PulseRejection.UNSIGNED)).isEqualTo(3);
  }

  /// It wants seats under as many names as it likes, each with a key that it made up.
  @Test
  void what_an_invented_vm_signs_is_not_believed_and_it_is_not_asked_for_its_key() {
    list(ann.vm);
    intake.take(bob.signed(new Pulse.SeatsWanted("vm-b", 9_999, Optional.empty())));
    intake.take(bob.signed(new Pulse.DrainAnswer("d", "vm-b", true, 0)));
    intake.take(bob.signed(new Pulse.Goodbye("vm-b", "boot")));
    intake.take(bob.signed(bob.heartbeat()));
    pass(Duration.ofSeconds(1));
    assertThat(believed).as("one that boots is heard before it is listed").hasSize(1);
    assertThat(intake.rejected(PulseRejection.UNKNOWN_KEY)).isEqualTo(3);
    assertThat(sent).noneMatch(Pulse.KeysWanted.class::isInstance);
  }

  @Test
  void before_the_key_of_a_vm_that_signs_is_known_its_word_is_a_sign_of_life_only() {
    list(ann.vm);
    Pulse.Heartbeat forged =
        new Pulse.Heartbeat(
            "vm-a", "1", "boot", 1, "", 0, 50, 99_999, true, true, List.of("disk"), List.of(), 0);
    intake.take(ann.bare(forged));
    intake.take(bob.signed(forged));
    intake.take(ann.bare(new Pulse.DrainAnswer("d", "vm-a", true, 0)));
    intake.take(bob.signed(new Pulse.SeatsWanted("vm-a", 9_999, Optional.empty())));
    Pulse.Heartbeat inUse =
        new Pulse.Heartbeat(
            "vm-a", "1", "boot", 1, "", 0, 50, 0, true, false, List.of(), List.of(), 0);
    assertThat(believed).containsExactly(inUse, inUse);
  }

  @Test
  void a_vm_that_was_made_to_sign_and_never_does_is_told_of_after_the_boot_limit() {
    list(ann.vm);
    intake.take(ann.bare(ann.heartbeat()));
    pass(Duration.ofMinutes(9));
    intake.take(ann.bare(ann.heartbeat()));
    assertThat(unsigned).isEmpty();
    pass(Duration.ofMinutes(2));
    intake.take(ann.bare(ann.heartbeat()));
    assertThat(unsigned).containsExactly("1");
  }

  @Test
  void a_vm_that_shows_any_signature_is_not_made_one_of_those_by_a_forger() {
    list(ann.vm);
    intake.take(ann.bare(ann.heartbeat()));
    intake.take(ann.signed(ann.heartbeat()));
    pass(Duration.ofMinutes(30));
    intake.take(ann.bare(ann.heartbeat()));
    enrol(ann);
    intake.take(ann.bare(ann.heartbeat()));
    assertThat(unsigned).isEmpty();
  }

  @Test
  void a_vm_of_the_release_before_is_heard_as_ever() {
    list(VmBuilder.like(ann.vm).outdated().build());
    Pulse answer = new Pulse.DrainAnswer("d", "vm-a", true, 0);
    Pulse.Heartbeat beat =
        new Pulse.Heartbeat(
            "vm-a", "1", "boot", 1, "", 0, 50, 99, true, true, List.of(), List.of(), 0);
    intake.take(ann.bare(beat));
    intake.take(ann.bare(answer));
    assertThat(believed).containsExactly(beat, answer);
  }

  @Test
  void a_forged_heartbeat_of_an_older_roster_makes_nobody_say_it_again() {
    list(ann.vm);
    enrol(ann);
    pass(Duration.ofSeconds(1));
    for (int i = 0; i < 20; i++) {
      intake.take(ann.bare(ann.heartbeat(0)));
      intake.take(bob.signed(ann.heartbeat(0)));
      pass(Duration.ofSeconds(5));
    }
    assertThat(rosters()).hasSize(1);
  }

  /// A stolen VM may say for ever that it has no roster.
  @Test
  void what_a_vm_does_not_heed_is_said_ever_more_rarely() {
    list(ann.vm);
    enrol(ann);
    pass(Duration.ofSeconds(1));
    for (int i = 0; i < 720; i++) {
      intake.take(ann.signed(ann.heartbeat(0)));
      pass(Duration.ofSeconds(5));
    }
    assertThat(rosters()).hasSizeBetween(50, 70);
  }

  /// Compute Engine does not answer one of them, for ten minutes.
  @Test
  void consoles_that_see_different_fleets_contradict_each_other_ever_more_rarely() {
    list(ann.vm);
    enrol(ann);
    desk.learn(otherDesk.publicKeys());
    pass(Duration.ofSeconds(1));
    PulseSigner other = new PulseSigner(otherDesk, FLEET, "console-2", time);
    for (int i = 0; i < 600; i++) {
      long revision = time.wall().toEpochMilli() + 1;
      intake.take(signed(other, changed(new Roster(revision, List.of(bob.entry())))));
      pass(Duration.ofSeconds(1));
    }
    assertThat(rosters()).hasSizeBetween(12, 25);
    list(bob.vm);
    enrol(bob);
    pass(Duration.ofSeconds(1));
    assertThat(roster().entries()).as("what it learns itself it says at once").hasSize(2);
  }

  @Test
  void an_invented_vm_comes_on_no_roster_whatever_it_shows() {
    list(ann.vm);
    enrol(ann);
    enrol(bob);
    pass(Duration.ofSeconds(30));
    assertThat(roster().entries()).extracting(Roster.Entry::vm).containsExactly("vm-a");
  }

  @Test
  void a_vm_that_shows_its_key_before_it_is_listed_is_enrolled_when_it_is() {
    enrol(ann);
    assertThat(enrolled).isEmpty();
    list(ann.vm);
    assertThat(enrolled).containsExactly("1");
  }

  @Test
  void a_token_of_another_vm_key_or_fleet_enrols_nobody() {
    list(ann.vm);
    list(bob.vm);
    String key = bob.pair.publicKey().id();
    String good = TokenAudience.of(FLEET, key);
    List<String> tokens =
        List.of(
            // The stolen VM's own token, shown as another VM.
            MemoryTokens.of("2", "vm-b", "us-central1-a", good),
            MemoryTokens.of("1", "vm-b", "us-central1-a", good),
            MemoryTokens.of("1", "vm-a", "europe-west1-b", good),
            MemoryTokens.of("1", "vm-a", "us-central1-a", TokenAudience.of("class-b", key)),
            MemoryTokens.of(
                "1", "vm-a", "us-central1-a", TokenAudience.of(FLEET, ann.pair.publicKey().id())),
            "none");
    for (String token : tokens) {
      Pulse shown = new Pulse.Announcement("vm-a", "1", "boot", bob.pair.publicKey().x(), token);
      intake.take(bob.signed(shown));
    }
    assertThat(enrolled).isEmpty();
  }

  @Test
  void an_announcement_that_another_key_signed_enrols_nobody() {
    list(ann.vm);
    intake.take(bob.signed(ann.announcement()));
    assertThat(enrolled).isEmpty();
  }

  @Test
  void the_roster_has_the_addresses_of_compute_engine_and_not_those_of_heartbeats() {
    list(ann.vm);
    enrol(ann);
    intake.take(ann.signed(ann.heartbeat()));
    pass(Duration.ofSeconds(1));
    assertThat(roster().entries())
        .containsExactly(
            new Roster.Entry(
                "vm-a",
                "1",
                ann.vm.chatUrl().orElseThrow().toString(),
                ann.pair.publicKey().x(),
                50));
  }

  @Test
  void the_roster_changes_with_membership_only() {
    list(ann.vm);
    enrol(ann);
    pass(Duration.ofSeconds(1));
    long first = roster().revision();
    for (int i = 0; i < 10; i++) {
      intake.take(ann.signed(ann.heartbeat(first)));
      pass(Duration.ofSeconds(5));
    }
    assertThat(rosters()).hasSize(1);
    list(bob.vm);
    enrol(bob);
    pass(Duration.ofSeconds(1));
    assertThat(roster().revision()).isGreaterThan(first);
    assertThat(roster().entries()).hasSize(2);
    events.publish(new FleetEvent.VmGone(bob.vm.name(), "2", "ended"));
    pass(Duration.ofSeconds(1));
    assertThat(roster().entries()).hasSize(1);
    assertThat(rosters()).hasSize(3);
  }

  @Test
  void a_vm_that_goes_by_an_older_roster_is_told_again() {
    list(ann.vm);
    enrol(ann);
    pass(Duration.ofSeconds(1));
    Roster first = roster();
    for (int i = 0; i < 5; i++) {
      intake.take(ann.signed(ann.heartbeat(0)));
    }
    pass(Duration.ofSeconds(4));
    assertThat(rosters()).containsExactly(first, first);
  }

  @Test
  void a_console_that_starts_waits_for_the_keys_before_it_says_who_belongs() {
    list(ann.vm);
    list(bob.vm);
    enrol(ann);
    pass(Duration.ofSeconds(5));
    assertThat(rosters()).isEmpty();
    pass(Duration.ofSeconds(6));
    assertThat(roster().entries()).extracting(Roster.Entry::vm).containsExactly("vm-a");
  }

  @Test
  void vms_whose_keys_are_not_known_are_asked_once_and_together() {
    list(ann.vm);
    list(bob.vm);
    for (int i = 0; i < 3; i++) {
      intake.take(ann.signed(ann.heartbeat()));
      intake.take(bob.signed(bob.heartbeat()));
    }
    pass(Duration.ofSeconds(1));
    assertThat(sent).containsExactly(new Pulse.KeysWanted("console-1", List.of("vm-a", "vm-b")));
    pass(Duration.ofSeconds(10));
    intake.take(ann.signed(ann.heartbeat()));
    pass(Duration.ofSeconds(1));
    assertThat(sent).contains(new Pulse.KeysWanted("console-1", List.of("vm-a")));
  }

  @Test
  void an_agent_that_was_started_anew_is_asked_for_its_new_key() {
    list(ann.vm);
    enrol(ann);
    pass(Duration.ofSeconds(1));
    Agent anew = new Agent("vm-a", "1");
    Pulse first = anew.heartbeat();
    intake.take(anew.signed(first));
    assertThat(believed).isEmpty();
    pass(Duration.ofSeconds(1));
    assertThat(sent).contains(new Pulse.KeysWanted("console-1", List.of("vm-a")));
    enrol(anew);
    Pulse second = anew.heartbeat();
    intake.take(anew.signed(second));
    intake.take(ann.signed(ann.heartbeat()));
    assertThat(believed).containsExactly(first, second);
  }

  /// A console that slept hears what waited in any order.
  @Test
  void what_an_agent_says_before_its_new_key_is_known_counts_once_it_is() {
    list(ann.vm);
    enrol(ann);
    Agent anew = new Agent("vm-a", "1");
    Pulse.Heartbeat beat = anew.heartbeat();
    intake.take(anew.signed(beat));
    assertThat(believed).isEmpty();
    enrol(anew);
    assertThat(believed).containsExactly(beat);
  }

  @Test
  void another_consoles_roster_brings_the_keys_that_it_checked() {
    list(ann.vm);
    desk.learn(otherDesk.publicKeys());
    intake.take(otherConsole(new Roster(time.wall().toEpochMilli(), List.of(ann.entry()))));
    assertThat(enrolled).containsExactly("1");
    intake.take(ann.bare(ann.heartbeat()));
    assertThat(believed).isEmpty();
    // It says the same, so there is nothing to add.
    pass(Duration.ofSeconds(30));
    assertThat(rosters()).isEmpty();
  }

  @Test
  void a_roster_of_a_stranger_or_of_a_vm_is_not_believed() {
    list(ann.vm);
    Roster forged = new Roster(time.wall().toEpochMilli(), List.of(ann.entry()));
    InviteDesk stranger = InviteDesk.open(folder.resolve("stranger"), time::wall);
    intake.take(signed(new PulseSigner(stranger, FLEET, "x", time), changed(forged)));
    list(bob.vm);
    enrol(bob);
    intake.take(bob.signed(changed(forged)));
    assertThat(enrolled).containsExactly("2");
  }

  @Test
  void a_vm_that_only_another_consoles_roster_names_stays_off_this_ones() {
    list(ann.vm);
    enrol(ann);
    desk.learn(otherDesk.publicKeys());
    pass(Duration.ofSeconds(1));
    long revision = roster().revision();
    intake.take(otherConsole(new Roster(revision + 5, List.of(ann.entry(), bob.entry()))));
    pass(Duration.ofSeconds(1));
    assertThat(roster().entries()).containsExactly(ann.entry());
    assertThat(roster().revision()).isGreaterThan(revision + 5);
  }

  @Test
  void a_canary_counts_only_if_a_console_signed_it() {
    Pulse canary = new Pulse.Canary("console-1", 1);
    intake.take(ann.bare(canary));
    list(ann.vm);
    enrol(ann);
    intake.take(ann.signed(canary));
    assertThat(believed).isEmpty();
    intake.take(signed(new PulseSigner(desk, FLEET, "console-1", time), canary));
    assertThat(believed).containsExactly(canary);
  }

  private void list(Vm vm) {
    events.publish(
        new FleetEvent.VmChanged(
            new FleetVm(
                vm,
                new Verdict(Health.STARTING, "made", time.wall(), List.of()),
                new Participants(0, 50),
                Optional.empty(),
                Optional.empty(),
                0)));
  }

  private void enrol(Agent agent) {
    intake.take(agent.signed(agent.announcement()));
  }

  private void pass(Duration span) {
    long end = time.nanos + span.toNanos();
    while (true) {
      Optional<Due> next =
          due.stream()
              .filter(one -> one.nanos <= end)
              .min((a, b) -> Long.compare(a.nanos, b.nanos));
      if (next.isEmpty()) {
        time.to(end);
        return;
      }
      due.remove(next.get());
      time.to(Math.max(time.nanos, next.get().nanos));
      next.get().task.run();
    }
  }

  private List<Roster> rosters() {
    return sent.stream()
        .filter(Pulse.RosterChanged.class::isInstance)
        .map(pulse -> ((Pulse.RosterChanged) pulse).roster())
        .toList();
  }

  private Roster roster() {
    return rosters().getLast();
  }

  private ReceivedPulse otherConsole(Roster roster) {
    return signed(new PulseSigner(otherDesk, FLEET, "console-2", time), changed(roster));
  }

  private static Pulse changed(Roster roster) {
    return new Pulse.RosterChanged("console-2", roster);
  }

  private ReceivedPulse signed(PulseSigner by, Pulse pulse) {
    String body = PulseCodec.encode(pulse);
    PulseSignature signature = by.sign(body);
    return new ReceivedPulse(pulse, body, Optional.of(signature), time.wall());
  }

  private final class Agent {
    private final Vm vm;
    private final Ed25519KeyPair pair = Ed25519KeyPair.generate();
    private final PulseSigner signer = new PulseSigner(TextSigner.ofVm(pair), FLEET, "boot", time);
    private long sequence;

    Agent(String name, String id) {
      vm = VmBuilder.vm(id, name).zone("us-central1-a").build();
    }

    Roster.Entry entry() {
      return new Roster.Entry(
          vm.name().value(), vm.id(), vm.chatUrl().orElseThrow().toString(), x(), 50);
    }

    private String x() {
      return pair.publicKey().x();
    }

    Pulse announcement() {
      String audience = TokenAudience.of(FLEET, pair.publicKey().id());
      String token = MemoryTokens.of(vm.id(), vm.name().value(), vm.zone(), audience);
      return new Pulse.Announcement(vm.name().value(), vm.id(), "boot", x(), token);
    }

    Pulse.Heartbeat heartbeat() {
      return heartbeat(Long.MAX_VALUE);
    }

    Pulse.Heartbeat heartbeat(long roster) {
      return new Pulse.Heartbeat(
          vm.name().value(),
          vm.id(),
          "boot",
          sequence++,
          "http://198.51.100.66/",
          0,
          50,
          0,
          true,
          false,
          List.of(),
          List.of(),
          roster);
    }

    ReceivedPulse signed(Pulse pulse) {
      return PulseIntakeTest.this.signed(signer, pulse);
    }

    ReceivedPulse bare(Pulse pulse) {
      return new ReceivedPulse(pulse, PulseCodec.encode(pulse), Optional.empty(), time.wall());
    }
  }

  private static final class Time implements Ticker {
    private static final Instant START = Instant.parse("2026-03-01T10:00:00Z");
    private long nanos;

    void to(long then) {
      nanos = then;
    }

    @Override
    public long nanos() {
      return nanos;
    }

    @Override
    public Instant wall() {
      return START.plusNanos(nanos);
    }
  }
}
