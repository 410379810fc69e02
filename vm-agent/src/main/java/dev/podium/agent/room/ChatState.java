package dev.podium.agent.room;

import dev.podium.agent.people.Attendance;
import dev.podium.agent.people.Connection;
import dev.podium.agent.people.DrainDoor;
import dev.podium.agent.people.JoinResult;
import dev.podium.agent.people.Occupancy;
import dev.podium.agent.people.Peers;
import dev.podium.agent.people.PresentMember;
import dev.podium.agent.people.Removals;
import dev.podium.agent.people.Seat;
import dev.podium.agent.people.UseClock;
import dev.podium.wire.chat.ChatMessage;
import dev.podium.wire.chat.Pulse;
import dev.podium.wire.cloud.Ticker;
import dev.podium.wire.identity.Roster;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// All that one VM knows of the chat. Belongs to the chat loop.
public final class ChatState {
  /// People who are here, but whose last act is older, do not stop a drain: they are moved, and
  /// lose nothing. A console that asks says what its policy has in the place of this.
  public static final Duration FORGOTTEN = Duration.ofMinutes(10);

  private final String instance;
  private final int seats;
  private final RoomMessage.Encoder encoder;
  private final ChatListener listener;
  private final Occupancy occupancy = new Occupancy();
  private final DrainDoor drainDoor = new DrainDoor();
  private final UseClock use;
  private final Peers peers;
  private final Removals removals;
  private final NameKeys nameKeys = new NameKeys();
  private final Rooms rooms = new Rooms(occupancy::isEmpty, Rooms.MOST_BYTES);
  private long skipped;
  private int turns;

  public ChatState(
      String instance,
      int seats,
      Ticker ticker,
      RoomMessage.Encoder encoder,
      ChatListener listener) {
    this.instance = instance;
    this.seats = seats;
    this.encoder = encoder;
    this.listener = listener;
    this.use = new UseClock(ticker);
    this.peers = new Peers(ticker);
    this.removals = new Removals(ticker);
  }

  public String instance() {
    return instance;
  }

  public int seats() {
    return seats;
  }

  public UseClock use() {
    return use;
  }

  public Peers peers() {
    return peers;
  }

  /// Whom a host put out.
  public Removals removals() {
    return removals;
  }

  public boolean draining() {
    return drainDoor.draining();
  }

  public int freeSeats() {
    return Math.max(0, seats - occupancy.people());
  }

  /// The people on this VM as they are now, for other threads to keep.
  public Attendance attendance() {
    return new Attendance(
        occupancy.people(), use.idleSeconds(), drainDoor.draining(), occupancy.all());
  }

  public Room room(String name) {
    return rooms.get(name);
  }

  /// Whether the room's history leads on from that message without a gap.
  ///
  /// @param after a message's id
  public boolean leadsOn(String room, String after) {
    return rooms.find(room).filter(known -> known.leadsOn(after)).isPresent();
  }

  /// About what the rooms' histories take of the heap, all together.
  public long historyBytes() {
    return rooms.bytes();
  }

  /// How many rooms this VM knows.
  public int rooms() {
    return rooms.size();
  }

  /// The rooms of the fleet that people can go to, at most fifty.
  public List<ListedRoom> listedRooms() {
    return new RoomList(occupancy, peers, rooms).listed();
  }

  /// Lets somebody in, if there is room.
  ///
  /// @param personId who, as the invite says
  /// @param returning whether the person was in this room a moment ago, here or on another VM. Then
  ///   a full VM takes them too, up to twice its seats.
  /// @param before the seat that this connection has already, and leaves if it gets another
  public JoinResult join(
      String personId,
      String name,
      String room,
      boolean returning,
      Connection connection,
      Optional<Seat> before) {
    if (drainDoor.draining()) {
      return new JoinResult.Draining();
    }
    int limit = returning ? 2 * seats : seats;
    if (!occupancy.has(personId) && occupancy.people() >= limit) {
      return new JoinResult.Full();
    }
    if (occupancy.isEmpty(room) && occupancy.rooms() >= Rooms.MOST) {
      return new JoinResult.TooManyRooms();
    }
    use.touch();
    // Before the new one is counted, or the page would be one too many of its own person.
    before.ifPresent(this::leave);
    Seat seat = new Seat(personId, nameFor(personId, name, room), room, connection);
    boolean isNew = occupancy.nameIn(room, personId).isEmpty();
    Optional<Seat> replaced = occupancy.add(seat);
    replaced.ifPresent(old -> {
      leave(old);
      old.connection().replaced();
    });
    if (isNew) {
      listener.membersChanged(room);
      listener.occupancyChanged();
    }
    return new JoinResult.Joined(seat);
  }

  public void leave(Seat seat) {
    if (occupancy.remove(seat)) {
      listener.membersChanged(seat.room());
      listener.occupancyChanged();
    }
  }

  /// Takes a message from the subscription; shows it if it is new.
  ///
  /// @param published by the cloud's clock
  public void received(String id, Instant published, ChatMessage message) {
    rooms
        .receive(message.room(), new Room.Delivery(id, published, message), encoder)
        .ifPresent(shown -> listener.said(message.room(), shown));
  }

  /// The chat's topic was deleted and made again. What was acknowledged on the first one and has
  /// not come will not come. So each room begins anew, and who is here is told of the gap.
  public void topicReplaced() {
    rooms.beginAnew();
    occupancy.roomNames().forEach(listener::historyLost);
  }

  /// A room where somebody is on this VM, each in its turn.
  public Optional<String> roomInTurn() {
    return occupancy.roomInTurn(turns++);
  }

  /// Something came from the subscription that no VM of this release says.
  public void skipped() {
    skipped++;
  }

  /// How often that was.
  public long skippedMessages() {
    return skipped;
  }

  /// A heartbeat that nobody proved, which counts only while there is no roster.
  public void heard(Pulse.Heartbeat beat) {
    if (!beat.vm().equals(instance) && peers.heard(beat)) {
      listener.peersChanged();
    }
  }

  /// A heartbeat that was proved.
  ///
  /// @param atNanos when it came, a moment ago, by the [Ticker]
  public void heard(Pulse.Heartbeat beat, long atNanos) {
    if (!beat.vm().equals(instance) && peers.heard(beat, atNanos)) {
      listener.peersChanged();
    }
  }

  /// Goes by that roster from now on: no other VM is a place, at no other address.
  public void follow(Roster roster) {
    if (peers.follow(roster)) {
      listener.peersChanged();
    }
  }

  public void gone(Pulse.Goodbye goodbye) {
    if (!goodbye.vm().equals(instance) && peers.gone(goodbye)) {
      listener.peersChanged();
    }
  }

  /// Forgets VMs that have fallen silent; to be called every second or so.
  public void expirePeers() {
    if (peers.expire()) {
      listener.peersChanged();
    }
  }

  /// Everybody in the room, here and on the other VMs; each once.
  public List<PresentMember> members(String room) {
    Map<String, PresentMember> byId = new LinkedHashMap<>();
    for (Pulse.Member member : occupancy.in(room)) {
      byId.put(member.id(), new PresentMember(member.id(), member.name(), instance));
    }
    peers.in(room).forEach(member -> byId.putIfAbsent(member.id(), member));
    return new ArrayList<>(byId.values());
  }

  /// Decides a drain: refused while somebody uses the VM, unless the operator insists.
  public Pulse.DrainAnswer drain(Pulse.DrainRequest request) {
    boolean present = occupancy.people() > 0;
    Duration window = request.useWindow().orElse(FORGOTTEN);
    boolean used = use.held() || (present && use.idleSeconds() < window.toSeconds());
    Pulse.DrainAnswer answer = drainDoor.answer(request, occupancy.people(), used);
    if (answer.accepted()) {
      listener.drainChanged(true);
    }
    return answer;
  }

  public void drainCancelled(Pulse.DrainCancelled cancelled) {
    if (drainDoor.cancel(cancelled.id())) {
      listener.drainChanged(false);
    }
  }

  private String nameFor(String personId, String name, String room) {
    return occupancy
        .nameIn(room, personId)
        .orElseGet(() -> {
          Set<String> taken = new HashSet<>();
          for (PresentMember member : members(room)) {
            if (!member.id().equals(personId)) {
              taken.addAll(nameKeys.of(member.name()));
            }
          }
          Set<String> vms = new HashSet<>(nameKeys.of(instance));
          peers.living().forEach(peer -> vms.addAll(nameKeys.of(peer.vm())));
          return DisplayNames.unique(DisplayNames.person(name), taken, vms, nameKeys);
        });
  }
}
