package dev.podium.agent.room;

/// A room that people can go to.
///
/// @param people how many are in it, on all VMs
/// @param last the id of its newest message: another one than a page has seen is news to its
///   reader. Empty if there is none
public record ListedRoom(String name, int people, String last) {}
