/// What agents and consoles say to each other over Pub/Sub.
///
/// Two topics a fleet. The *chat* topic has every message of every room. The room is the ordering
/// key, and messages are kept for a day, so that a new VM can rebuild the rooms' history. The
/// *pulse* topic has heartbeats, drains and their answers, canaries, the fleet's configured policy
/// and requests for seats; nobody replays it.
///
/// Each message is one JSON object whose `t` names its type. Unknown members are ignored and a
/// message of an unknown type is skipped, so that agents of two releases can share a fleet.
@NullMarked
package dev.podium.wire.chat;

import org.jspecify.annotations.NullMarked;
