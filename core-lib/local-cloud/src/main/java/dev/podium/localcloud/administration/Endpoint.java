package dev.podium.localcloud.administration;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// A method of one of the APIs.
///
/// @param verb of HTTP
/// @param path with a group for each of its parts
/// @param api whose it is
/// @param permission that the caller needs on the project; empty for none
/// @param action answers it
record Endpoint(String verb, Pattern path, Api api, String permission, Action action) {
  /// The APIs, by Google's titles and service names.
  enum Api {
    RESOURCE_MANAGER("Cloud Resource Manager", "cloudresourcemanager.googleapis.com"),
    SERVICE_USAGE("Service Usage", "serviceusage.googleapis.com"),
    BILLING("Cloud Billing", "cloudbilling.googleapis.com"),
    IAM("Identity and Access Management (IAM)", "iam.googleapis.com");

    private final String title;
    private final String service;

    Api(String title, String service) {
      this.title = title;
      this.service = service;
    }

    String title() {
      return title;
    }

    String service() {
      return service;
    }
  }

  /// What a method does.
  @FunctionalInterface
  interface Action {
    /// @param path whose groups are the path's parts
    /// @throws dev.podium.localcloud.state.Refusal if it is refused
    Object answer(Matcher path, AdministrationCall call);
  }

  static Endpoint of(String verb, String path, Api api, String permission, Action action) {
    return new Endpoint(verb, Pattern.compile(path), api, permission, action);
  }
}
