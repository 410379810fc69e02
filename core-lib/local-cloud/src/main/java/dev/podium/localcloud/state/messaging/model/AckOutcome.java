package dev.podium.localcloud.state.messaging.model;

import java.util.List;

/// What became of a request that names several deliveries. Those not named here were done.
///
/// @param malformed not the id of any delivery, ever
/// @param stale once good, but acknowledged, expired or delivered again since
/// @param exactlyOnce whether the subscription's owner must be told of the stale ones
public record AckOutcome(List<String> malformed, List<String> stale, boolean exactlyOnce) {}
