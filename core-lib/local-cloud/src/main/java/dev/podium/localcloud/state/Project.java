package dev.podium.localcloud.state;

import java.time.Instant;

/// The one project of the cloud.
///
/// @param id as people write it, such as `podium-local`
/// @param number as the metadata server and service accounts write it
/// @param created when the cloud was started
public record Project(String id, long number, Instant created) {
  public static Project named(String id, Instant created) {
    // Twelve digits that follow from the name, so that a restarted cloud has the same accounts.
    return new Project(id, 100_000_000_000L + Integer.toUnsignedLong(id.hashCode()), created);
  }

  /// The account that machines run as unless told otherwise.
  public String defaultServiceAccount() {
    return number + "-compute@developer.gserviceaccount.com";
  }

  /// The full path of something in the project.
  public String path(String below) {
    return "projects/" + id + "/" + below;
  }
}
