package dev.podium.fleet.health;

import dev.podium.fleet.cloud.ComputeCloud;
import dev.podium.fleet.cloud.HealthProbe;
import dev.podium.fleet.cloud.VmList;
import dev.podium.fleet.health.ending.LastLook;
import dev.podium.fleet.health.ending.LastLook.Outcome;
import dev.podium.fleet.health.ending.VmEnding;
import dev.podium.fleet.health.record.HealthAction.End;
import dev.podium.fleet.health.sight.PulsePublisher;
import dev.podium.fleet.model.Vm;
import dev.podium.wire.chat.Pulse;
import dev.podium.wire.model.PodiumException;
import java.net.URI;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The watch's requests to the cloud, to VMs and to the bus, each on a virtual thread. What comes
/// of one goes into the inbox.
///
/// @param probeTimeout how long a probe may take
/// @param inbox of the watch that asks
record NetworkEffects(
    ComputeCloud cloud,
    String fleet,
    HealthProbe healthProbe,
    Duration probeTimeout,
    PulsePublisher publisher,
    VmEnding ending,
    WatchInbox inbox)
    implements Effects {
  private static final Logger LOG = LoggerFactory.getLogger(NetworkEffects.class);

  /// How long the watch may take to answer: it never waits for a network.
  private static final Duration ANSWER = Duration.ofMillis(1_500);

  @Override
  public void probe(Vm vm) {
    Optional<URI> url = vm.chatUrl();
    background(
        () -> {
          HealthProbe.Result result =
              url.isEmpty()
                  ? new HealthProbe.Result.Silent("it has no address")
                  : healthProbe.probe(url.get(), probeTimeout);
          inbox.tell((watch, now) -> watch.probed(vm.id(), result, now));
        },
        why ->
            inbox.tell(
                (watch, now) -> watch.probed(vm.id(), new HealthProbe.Result.Silent(why), now)));
  }

  @Override
  public void send(Pulse pulse) {
    // The rules send it again, and a canary that is lost is what the doubt is made of.
    publisher.send(pulse);
  }

  @Override
  public void list() {
    attempt(
        () -> {
          VmList vms = cloud.list(fleet);
          inbox.tell((watch, now) -> watch.listed(vms, now));
        },
        failure -> {
          String why =
              PodiumException.in(failure)
                  .map(PodiumException::inFull)
                  .orElseGet(() -> words(failure) + ".");
          LOG.warn("Compute Engine's list could not be read: {}", why);
          inbox.tell((watch, _) -> watch.listFailed(why));
        });
  }

  @Override
  public void confirmMissing(Vm vm) {
    background(
        () -> {
          Optional<Vm> read = cloud.get(vm.zone(), vm.name());
          inbox.tell((watch, now) -> watch.reread(vm, read, now));
        },
        _ -> inbox.tell((watch, _) -> watch.rereadFailed()));
  }

  @Override
  public void end(Vm vm, End end, String reason) {
    background(
        () ->
            outcome(
                vm,
                reason,
                ending.end(
                    vm,
                    end,
                    result -> inbox.tell((watch, now) -> watch.probed(vm.id(), result, now)),
                    consent -> objection(consent, end))),
        why -> inbox.tell((watch, now) -> watch.endRefused(vm.id(), why, now)));
  }

  private void outcome(Vm vm, String reason, Outcome outcome) {
    switch (outcome) {
      case Outcome.Missing _ -> inbox.tell((watch, now) -> watch.missing(vm.id(), now));
      case Outcome.Refused(String why) ->
          inbox.tell((watch, now) -> watch.endRefused(vm.id(), why, now));
      case Outcome.Failed(PodiumException failure) ->
          inbox.tell((watch, now) -> watch.endRefused(vm.id(), failure.sentence(), now));
      case Outcome.Unsure(PodiumException failure) ->
          inbox.tell((watch, now) -> watch.endUnsure(vm.id(), failure.sentence(), now));
      case Outcome.Accepted(ComputeCloud.Started deletion) -> {
        inbox.tell((watch, now) -> watch.endAccepted(vm.id(), reason, now));
        var _ =
            deletion
                .done()
                .whenComplete((_, failure) -> {
                  if (failure == null) {
                    inbox.tell((watch, now) -> watch.missing(vm.id(), now));
                  } else {
                    ending.failed(vm);
                    inbox.tell((watch, now) -> watch.endFailed(vm.id(), words(failure), now));
                  }
                });
      }
    }
  }

  private Optional<String> objection(LastLook.Ask.Consent consent, End end) {
    try {
      return inbox
          .ask((watch, now) -> watch.objection(consent, end, now))
          .get(ANSWER.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
      return Optional.of("Podium is being closed");
    } catch (ExecutionException | TimeoutException _) {
      return Optional.of("the monitor did not answer in time");
    }
  }

  private static void background(Runnable work, Consumer<String> failed) {
    attempt(work, failure -> failed.accept(words(failure)));
  }

  private static void attempt(Runnable work, Consumer<RuntimeException> failed) {
    Thread.ofVirtual()
        .start(() -> {
          try {
            work.run();
          } catch (RuntimeException e) {
            // Whatever went wrong is a finding for the rules; the watch waits for an answer.
            failed.accept(e);
          }
        });
  }

  private static String words(Throwable failure) {
    Throwable cause = failure;
    while (!(cause instanceof PodiumException) && cause.getCause() != null) {
      cause = cause.getCause();
    }
    return String.valueOf(cause.getMessage());
  }
}
