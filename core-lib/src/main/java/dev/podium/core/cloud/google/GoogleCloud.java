package dev.podium.core.cloud.google;

import dev.podium.core.auth.AccessTokens;
import dev.podium.core.cloud.ComputeCloud;
import dev.podium.core.cloud.Leftovers;
import dev.podium.core.cloud.MessageBus;
import dev.podium.core.config.CloudProfile;

/// Opens the cloud of a profile for a console. Nothing is asked of the network yet.
public final class GoogleCloud {
  private GoogleCloud() {}

  /// Compute Engine, or the local cloud's; with list prices unless it is local.
  public static ComputeCloud compute(CloudProfile profile, AccessTokens tokens) {
    return new GoogleComputeCloud(profile, tokens, RetryPolicy.standard());
  }

  /// What a fleet has in Compute Engine and in Pub/Sub beside its VMs.
  public static Leftovers leftovers(CloudProfile profile, AccessTokens tokens) {
    return new GoogleLeftovers(profile, tokens, RetryPolicy.standard());
  }

  /// Pub/Sub, or the local cloud's.
  public static MessageBus bus(CloudProfile profile, AccessTokens tokens) {
    return GoogleMessageBus.forConsole(pubsub(profile), tokens);
  }

  static PubsubEndpoint pubsub(CloudProfile profile) {
    return PubsubEndpoint.of(profile.project(), profile.pubsubEndpoint(), profile.local());
  }
}
