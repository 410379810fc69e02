/// What agents and consoles say to each other over Pub/Sub.
///
/// Two topics a fleet. On the *chat* topic, ordering key = room: every message of every room, kept
/// for a day so that a new VM can rebuild the rooms' history. On the *pulse* topic: heartbeats,
/// drains and their answers, canaries; nobody replays it. Each message is one JSON object whose `t`
/// names its type; unknown members are ignored, a message of an unknown type is skipped, so that
/// agents of two releases can share a fleet.
@NullMarked
package dev.podium.wire.chat;

import org.jspecify.annotations.NullMarked;
