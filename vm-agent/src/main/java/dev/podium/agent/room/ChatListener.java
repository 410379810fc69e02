package dev.podium.agent.room;

/// Those who look at the chat: told, on the chat loop, of what changed.
public interface ChatListener {
  void said(String room, RoomMessage message);

  /// The room's history has a gap at its end: whoever is here has to come back and be told.
  void historyLost(String room);

  /// Somebody came to the room or left it, here or on another VM.
  void membersChanged(String room);

  /// The other VMs changed: any room's members may have too.
  void peersChanged();

  /// The number of people on this VM changed, or whether it takes any.
  void occupancyChanged();

  /// People have to go elsewhere, if `draining`; else they may stay after all.
  void drainChanged(boolean draining);
}
