/// The pulse topic, signed: how a pulse is sent, and when a receiver believes one.
///
/// A pulse's JSON is as [dev.podium.wire.chat.PulseCodec] writes it. Beside it, as attributes of
/// the Pub/Sub message, stand who signed it, when, and a number that no other of the sender's
/// messages has. A release without signatures ignores the attributes, so both share a fleet.
///
/// What is unsigned, of an unknown key, of another sender's name, old or repeated is dropped and
/// counted ([dev.podium.wire.pulse.PulseCheck]).
@NullMarked
package dev.podium.wire.pulse;

import org.jspecify.annotations.NullMarked;
