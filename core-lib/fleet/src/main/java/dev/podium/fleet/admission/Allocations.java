package dev.podium.fleet.admission;

import dev.podium.fleet.Fleet.Allocation;
import dev.podium.fleet.Fleet.Invitation;
import dev.podium.fleet.directory.ActivityLog;
import dev.podium.fleet.directory.Background;
import dev.podium.fleet.invite.InviteIssuer;
import dev.podium.fleet.model.VmName;
import dev.podium.wire.model.PodiumException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/// Hands out seats to people whom another program sends: a seat, and a link to its VM's chat.
public record Allocations(Seats seats, Invitations invitations, ActivityLog activityLog) {
  private static final Duration VALIDITY = Duration.ofHours(8);

  /// @return fails as [Seats#take] does, or if no link can be given; whoever cancels it waits no
  ///   more
  /// @throws PodiumException.Invalid if no VM has such a room; no seat is taken then
  public CompletableFuture<Allocation> allocate(String room) {
    InviteIssuer.room(room);
    return seats.take().thenApplyAsync(seat -> allocation(seat, room), Background.THREADS);
  }

  private Allocation allocation(Seats.Seat seat, String room) {
    VmName name = seat.vm().name();
    Invitation invitation = invitations.invite("Guest", room, Optional.of(name), VALIDITY);
    activityLog.info(name, "a seat was handed out for the room '" + room + "'");
    return new Allocation(invitation.url(), name, seat.created(), seat.zonesTried());
  }
}
