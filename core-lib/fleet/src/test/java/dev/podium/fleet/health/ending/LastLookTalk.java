package dev.podium.fleet.health.ending;

import dev.podium.fleet.cloud.ComputeCloud;
import dev.podium.fleet.cloud.HealthProbe;
import dev.podium.fleet.health.ending.LastLook.Answer;
import dev.podium.fleet.health.ending.LastLook.Ask;
import dev.podium.fleet.health.ending.LastLook.Outcome;
import dev.podium.fleet.health.record.HealthAction.End;
import dev.podium.fleet.health.record.HealthLimits;
import dev.podium.fleet.model.Vm;
import dev.podium.fleet.model.VmState;
import dev.podium.fleet.testing.HealthTable;
import dev.podium.fleet.testing.ManualTicker;
import dev.podium.fleet.testing.VmBuilder;
import dev.podium.wire.cloud.ClockReading;
import dev.podium.wire.model.Labels;
import dev.podium.wire.model.PodiumException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;

/// The conversation of one [LastLook] with a world that agrees to the end, until the test changes
/// it. The console is `me` and this is its first look.
final class LastLookTalk {
  static final UUID REQUEST = new UUID(1, 2);
  static final HealthProbe.Result SILENT = new HealthProbe.Result.Silent("refused");
  static final ComputeCloud.Started STARTED =
      new ComputeCloud.Started("operation-1", new CompletableFuture<>());

  final ManualTicker ticker = new ManualTicker();
  Vm vm;
  HealthProbe.Result probe = SILENT;
  Optional<String> objection = Optional.empty();
  List<ComputeCloud.PastDeletion> deletions = List.of();

  /// By which the cloud tells its moments; no clock of this console knows it.
  Instant cloudTime = Instant.parse("2031-01-01T00:00:00Z");

  private final List<Ask> asked = new ArrayList<>();
  private final LastLook look;

  LastLookTalk(End end) {
    this(
        end,
        HealthTable.machine(
            end == End.DELETE_STOPPED ? VmState.TERMINATED : VmState.RUNNING,
            Map.of(Labels.OWNER, "ada")));
  }

  LastLookTalk(End end, Vm vm) {
    this.vm = vm;
    look = new LastLook(LastLook.Plan.of(vm, end, "f", "me", 1, REQUEST, HealthLimits.standard()));
    asked.add(look.start());
  }

  /// What the cloud says if somebody changed the labels first.
  static PodiumException conflict() {
    return new PodiumException.Conflict("It was not done", "412", "", null);
  }

  /// The same machine with these labels only.
  static Vm labelled(Vm vm, Map<String, String> labels) {
    return VmBuilder.like(vm).labels(labels).build();
  }

  /// Another machine that is like this one.
  static Vm numbered(Vm vm, String id) {
    return VmBuilder.like(vm).id(id).name("vm-" + id).build();
  }

  /// What is asked now.
  Ask ask() {
    return asked.getLast();
  }

  /// What was asked from the start, by its kind.
  List<Class<?>> questions() {
    return asked.stream().<Class<?>>map(Ask::getClass).toList();
  }

  LastLookTalk hears(Answer answer) {
    asked.add(look.next(answer, ClockReading.of(ticker)));
    return this;
  }

  LastLookTalk fails(PodiumException failure) {
    return hears(new Answer.Failed(failure));
  }

  /// The world answers what is asked.
  LastLookTalk goesOn() {
    return hears(
        switch (ask()) {
          case Ask.Read _ -> new Answer.Found(Optional.of(vm));
          case Ask.Probe _ -> new Answer.Probed(probe);
          case Ask.Consent _ -> new Answer.Objected(objection);
          case Ask.Label(Vm of, Map<String, String> labels) -> label(of, labels);
          case Ask.Survey _ -> new Answer.Surveyed(List.of(vm));
          case Ask.Deletions _ -> new Answer.Deleted(deletions);
          case Ask.Delete _ -> new Answer.Deleting(STARTED);
          case Ask.Over _ -> throw new IllegalStateException("Nothing more is asked: " + asked);
        });
  }

  private Answer label(Vm of, Map<String, String> labels) {
    if (!of.equals(vm)) {
      return new Answer.Failed(conflict());
    }
    vm = labelled(vm, labels);
    return new Answer.Labelled(cloudTime);
  }

  /// Goes on until such a thing is asked; at once if it is asked now.
  LastLookTalk until(Class<? extends Ask> question) {
    while (!question.isInstance(ask())) {
      goesOn();
    }
    return this;
  }

  /// Goes on until the claim is on the VM.
  LastLookTalk claimed() {
    return until(Ask.Label.class).goesOn();
  }

  /// Goes on to the end.
  Outcome outcome() {
    until(Ask.Over.class);
    return ((Ask.Over) ask()).outcome();
  }
}
