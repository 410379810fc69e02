package dev.podium.wire.google;

/// The APIs of Google Cloud that Podium uses. Each is switched on for a project by its service.
public enum CloudApi {
  COMPUTE("Compute Engine", "compute.googleapis.com"),
  PUBSUB("Cloud Pub/Sub", "pubsub.googleapis.com"),
  RESOURCE_MANAGER("Cloud Resource Manager", "cloudresourcemanager.googleapis.com"),
  SERVICE_USAGE("Service Usage", "serviceusage.googleapis.com"),
  BILLING("Cloud Billing", "cloudbilling.googleapis.com"),
  IAM("Identity and Access Management (IAM)", "iam.googleapis.com");

  private final String title;
  private final String service;

  CloudApi(String title, String service) {
    this.title = title;
    this.service = service;
  }

  /// How Google calls it, without the word API.
  public String title() {
    return title;
  }

  /// The service's name, which is also its host.
  public String service() {
    return service;
  }
}
