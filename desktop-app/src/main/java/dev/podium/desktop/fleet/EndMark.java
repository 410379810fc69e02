package dev.podium.desktop.fleet;

/// Somebody asked for a VM's end and can still take that back.
///
/// @param words what is to happen: `To be drained in a few seconds; Ctrl+Z takes it back`
/// @param destroyed whether it is deleted at once; a VM that is drained serves its people until
///   they have moved on
public record EndMark(String words, boolean destroyed) {}
