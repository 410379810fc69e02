package dev.podium.fleet.google;

import dev.podium.fleet.cloud.ComputeCloud;
import dev.podium.fleet.cloud.IdentityTokens;
import dev.podium.fleet.cloud.Leftovers;
import dev.podium.fleet.config.CloudProfile;
import dev.podium.fleet.google.compute.GoogleComputeCloud;
import dev.podium.fleet.google.image.GoogleImages;
import dev.podium.fleet.google.image.GoogleObjects;
import dev.podium.fleet.image.ImageCloud;
import dev.podium.fleet.image.ObjectStore;
import dev.podium.wire.cloud.AccessTokens;
import dev.podium.wire.cloud.CloudTicker;
import dev.podium.wire.cloud.MessageBus;
import dev.podium.wire.cloud.Ticker;
import dev.podium.wire.google.RetryPolicy;
import dev.podium.wire.google.pubsub.GoogleMessageBus;
import dev.podium.wire.google.pubsub.PubsubEndpoint;
import java.util.Optional;

/// Opens the cloud of a profile for a console. Nothing is asked of the network yet.
public final class GoogleCloud {
  private GoogleCloud() {}

  /// Compute Engine, or the local cloud's; with list prices unless it is local.
  ///
  /// @param ticker learns the cloud's clock from every answer
  public static ComputeCloud compute(
      CloudProfile profile, AccessTokens tokens, CloudTicker ticker) {
    return new GoogleComputeCloud(profile, tokens, RetryPolicy.standard(), ticker);
  }

  /// The same for whoever compares nothing with the cloud's clock.
  public static ComputeCloud compute(CloudProfile profile, AccessTokens tokens) {
    return compute(profile, tokens, new CloudTicker(Ticker.system()));
  }

  /// What a fleet has in Compute Engine and in Pub/Sub beside its VMs.
  public static Leftovers leftovers(CloudProfile profile, AccessTokens tokens) {
    return new GoogleLeftovers(profile, tokens, RetryPolicy.standard());
  }

  /// Pub/Sub, or the local cloud's.
  public static MessageBus bus(CloudProfile profile, AccessTokens tokens) {
    return GoogleMessageBus.forConsole(pubsub(profile), tokens);
  }

  /// Identity tokens of the project's VMs, or the local cloud's.
  public static IdentityTokens identityTokens(CloudProfile profile) {
    return new GoogleIdentityTokens(profile, Ticker.system());
  }

  /// The project's images.
  public static ImageCloud images(CloudProfile profile, AccessTokens tokens) {
    return new GoogleImages(profile, tokens, RetryPolicy.standard());
  }

  /// The bucket that archives of images pass through.
  ///
  /// @param bucket that somebody chose; none: the project's own
  public static ObjectStore objects(
      CloudProfile profile, AccessTokens tokens, Optional<String> bucket) {
    return new GoogleObjects(profile, tokens, bucket);
  }

  static PubsubEndpoint pubsub(CloudProfile profile) {
    return PubsubEndpoint.of(profile.project(), profile.pubsubEndpoint(), profile.local());
  }
}
