package dev.podium.fleet.model;

/// Somebody in a room of the chat, as a VM's last heartbeat says.
///
/// @param id the same wherever they come in with one invite, or with one name and one device
/// @param name as the others see it
/// @param room where they are
public record Person(String id, String name, String room) {}
