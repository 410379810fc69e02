package dev.podium.fleet.google.project;

import dev.podium.fleet.config.CloudProfile;
import dev.podium.wire.google.CloudApi;
import dev.podium.wire.google.pubsub.PubsubEndpoint;
import java.net.URI;

/// Where each API of a profile's cloud is. The local cloud serves all but Pub/Sub at one address.
///
/// @param profile whose cloud it is
record ApiAddresses(CloudProfile profile) {
  /// @param path below the API's base, with its version: `v3/projects/P`
  URI of(CloudApi api, String path) {
    return URI.create(base(api) + path);
  }

  private String base(CloudApi api) {
    String google = "https://" + api.service() + "/";
    return switch (api) {
      case COMPUTE -> profile.computeEndpoint().map(base -> base + "/").orElse(google);
      case PUBSUB ->
          profile.pubsubEndpoint().map(address -> scheme() + "://" + address + "/").orElse(google);
      case RESOURCE_MANAGER, SERVICE_USAGE, BILLING, IAM ->
          profile.identity().map(URI::toString).orElse(google);
    };
  }

  private String scheme() {
    return PubsubEndpoint.of(profile.project(), profile.pubsubEndpoint(), profile.local())
            .plaintext()
        ? "http"
        : "https";
  }
}
