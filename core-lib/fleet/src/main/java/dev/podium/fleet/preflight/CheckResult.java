package dev.podium.fleet.preflight;

import dev.podium.fleet.preflight.check.CheckName;
import dev.podium.fleet.preflight.check.CheckState;
import dev.podium.fleet.preflight.check.Remedy;
import java.time.Duration;
import java.util.Optional;

/// A check that was made.
///
/// @param took how long the cloud needed to answer
/// @param found what was found, one sentence without a full stop
/// @param remedy what helps, where it is not well
public record CheckResult(
    CheckName name, CheckState state, Duration took, String found, Optional<Remedy> remedy) {}
