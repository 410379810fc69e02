package dev.podium.fleet.simulation;

import dev.podium.fleet.cloud.HealthProbe;
import dev.podium.fleet.health.FleetWatch;
import dev.podium.fleet.health.Rulebook;
import dev.podium.fleet.health.ending.EndRules;
import dev.podium.fleet.health.ending.LastLook.Answer;
import dev.podium.fleet.health.ending.LastLook.Ask;
import dev.podium.fleet.health.record.Claim;
import dev.podium.fleet.health.record.HealthLimits;
import dev.podium.fleet.health.record.VmRecord;
import dev.podium.fleet.health.rules.HealthRules;
import dev.podium.fleet.health.sight.ObserverRules;
import dev.podium.fleet.model.Vm;
import dev.podium.fleet.model.VmName;
import dev.podium.fleet.scaler.Scaler;
import dev.podium.wire.chat.Pulse;
import dev.podium.wire.cloud.ClockReading;
import dev.podium.wire.model.Labels;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;

/// Consoles that break one rule each.
final class Mutations {
  private Mutations() {}

  /// It never doubts itself, whatever it notices.
  static final class NoDoubt extends Mutation {
    @Override
    Rulebook rulebook(HealthLimits limits) {
      Rulebook right = super.rulebook(limits);
      ObserverRules sure =
          new ObserverRules(limits) {
            @Override
            public Step tick(State before, Noticed noticed, ClockReading now) {
              return super.tick(before, new Noticed(0, false, 0, noticed.expected()), now);
            }
          };
      return new Rulebook(right.health(), sure, right.ends());
    }
  }

  /// It does not notice that its computer slept.
  static final class NoSleep extends Mutation {
    @Override
    Rulebook rulebook(HealthLimits limits) {
      Rulebook right = super.rulebook(limits);
      ObserverRules restless =
          new ObserverRules(limits) {
            @Override
            public Step tick(State before, Noticed noticed, ClockReading now) {
              ClockReading sooner =
                  new ClockReading(
                      now.nanos() - limits.watching().tick().toNanos(),
                      now.wall().minus(limits.watching().tick()));
              State awake = new State(before.score(), sooner, before.calmSince(), before.settled());
              return super.tick(awake, noticed, now);
            }
          };
      return new Rulebook(right.health(), restless, right.ends());
    }
  }

  /// It ends VMs for their health as fast as it finds them.
  static final class NoThrottle extends Mutation {
    @Override
    Rulebook rulebook(HealthLimits limits) {
      HealthLimits.Ends ends = limits.ends();
      return withEnds(
          super.rulebook(limits),
          limits,
          new HealthLimits.Ends(
              Duration.ZERO,
              Duration.ZERO,
              1,
              ends.breakerCount(),
              ends.breakerShare(),
              ends.claim()));
    }
  }

  /// It goes on although most of the fleet is in trouble.
  static final class NoBreaker extends Mutation {
    @Override
    Rulebook rulebook(HealthLimits limits) {
      HealthLimits.Ends ends = limits.ends();
      return withEnds(
          super.rulebook(limits),
          limits,
          new HealthLimits.Ends(
              ends.every(), ends.window(), ends.share(), 10_000, 1, ends.claim()));
    }
  }

  /// One failed probe and one late heartbeat are enough.
  static final class OnePoll extends Mutation {
    @Override
    Rulebook rulebook(HealthLimits limits) {
      Rulebook right = super.rulebook(limits);
      HealthLimits.Silence silence = limits.silence();
      return new Rulebook(
          new HealthRules(
              with(
                  limits,
                  new HealthLimits.Silence(
                      silence.late(),
                      silence.suspect(),
                      silence.suspect(),
                      1,
                      silence.suspect(),
                      silence.signsToReturn(),
                      silence.boot(),
                      silence.broken(),
                      silence.stopped()),
                  limits.ends())),
          right.observer(),
          right.ends());
    }
  }

  /// A drain counts as accepted before the VM has said so.
  static final class NoFence extends Mutation {
    @Override
    Pulse heard(Pulse pulse, FleetWatch watch) {
      if (pulse instanceof Pulse.Heartbeat beat) {
        Optional<VmRecord.Drain> asked =
            watch.record(beat.vmId()).flatMap(VmRecord::drain).filter(drain -> !drain.accepted());
        if (asked.isPresent()) {
          return new Pulse.DrainAnswer(asked.get().id(), beat.vm(), true, beat.participants());
        }
      }
      return pulse;
    }
  }

  /// Whichever agent of a VM answers, it takes it for the one that it last heard.
  static final class AnyAgent extends Mutation {
    private final Map<String, String> boots = new HashMap<>();

    @Override
    Pulse heard(Pulse pulse, FleetWatch watch) {
      if (pulse instanceof Pulse.Heartbeat beat) {
        boots.put(beat.vmId(), beat.bootId());
      }
      return pulse;
    }

    @Override
    HealthProbe.Result probed(HealthProbe.Result result, Vm vm) {
      return result instanceof HealthProbe.Result.Answered answer
          ? new HealthProbe.Result.Answered(
              answer.ok(),
              boots.getOrDefault(vm.id(), answer.bootId()),
              answer.status(),
              answer.participants(),
              answer.idleSeconds())
          : result;
    }
  }

  /// An open socket counts as use.
  static final class SocketsAreUse extends Mutation {
    @Override
    Pulse heard(Pulse pulse, FleetWatch watch) {
      return pulse instanceof Pulse.Heartbeat beat && beat.participants() > 0
          ? new Pulse.Heartbeat(
              beat.vm(),
              beat.vmId(),
              beat.bootId(),
              beat.sequence(),
              beat.url(),
              beat.participants(),
              beat.seats(),
              0,
              beat.ready(),
              beat.draining(),
              beat.selfCheck(),
              beat.members(),
              0)
          : pulse;
    }
  }

  /// It deletes by what it believes, without a last look: it answers itself, as if it had asked.
  static final class NoLastLook extends Mutation {
    private Map<String, String> claimed = Map.of();

    @Override
    Optional<Answer> answer(Ask ask, Vm vm, SimConsole console) {
      return switch (ask) {
        case Ask.Read _ ->
            Optional.of(
                new Answer.Found(
                    Optional.of(claimed.isEmpty() ? vm : SimCloud.with(vm, vm.state(), claimed))));
        case Ask.Probe _ ->
            Optional.of(new Answer.Probed(new HealthProbe.Result.Silent("unasked")));
        case Ask.Consent _ -> Optional.of(new Answer.Objected(Optional.empty()));
        case Ask.Label label -> {
          claimed = label.labels();
          yield Optional.of(new Answer.Labelled(SimCloud.START));
        }
        case Ask.Survey _ -> Optional.of(new Answer.Surveyed(List.of()));
        case Ask.Deletions _ -> Optional.of(new Answer.Deleted(List.of()));
        case Ask.Delete _, Ask.Over _ -> {
          claimed = Map.of();
          yield Optional.empty();
        }
      };
    }
  }

  /// What was ended before it began, or while it slept, it never knew.
  static final class NoHistory extends Mutation {
    @Override
    Optional<Answer> answer(Ask ask, Vm vm, SimConsole console) {
      return ask instanceof Ask.Deletions
          ? Optional.of(new Answer.Deleted(List.of()))
          : Optional.empty();
    }
  }

  /// It sees no other console's claim, and sets its own over it.
  static final class ClaimIgnored extends Mutation {
    @Override
    boolean checksFingerprints() {
      return false;
    }

    @Override
    Vm read(Vm vm, SimConsole console) {
      boolean foreign =
          Claim.on(vm).filter(claim -> !claim.console().equals(console.name)).isPresent();
      if (!foreign) {
        return vm;
      }
      Map<String, String> labels = new HashMap<>(vm.labels());
      labels.remove(Labels.CLAIM);
      return SimCloud.with(vm, vm.state(), labels);
    }
  }

  /// Each console names its VMs as it likes.
  static final class RandomNames extends Mutation {
    @Override
    VmName name(Scaler.Creation creation, Random random) {
      return new VmName("vm-" + random.nextInt(1_000_000));
    }
  }

  private static Rulebook withEnds(Rulebook right, HealthLimits limits, HealthLimits.Ends ends) {
    return new Rulebook(
        right.health(), right.observer(), new EndRules(with(limits, limits.silence(), ends)));
  }

  private static HealthLimits with(
      HealthLimits limits, HealthLimits.Silence silence, HealthLimits.Ends ends) {
    return new HealthLimits(limits.watching(), silence, limits.use(), limits.observer(), ends);
  }
}
