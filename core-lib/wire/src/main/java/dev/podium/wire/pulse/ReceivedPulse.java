package dev.podium.wire.pulse;

import dev.podium.wire.chat.Pulse;
import java.time.Instant;
import java.util.Optional;

/// A pulse as it came: nothing in it is believed yet.
///
/// @param body the JSON that was signed
/// @param signature empty where there is none: of a release without signatures, or of anybody
/// @param published when the cloud took it, by the cloud's clock
public record ReceivedPulse(
    Pulse pulse, String body, Optional<PulseSignature> signature, Instant published) {}
