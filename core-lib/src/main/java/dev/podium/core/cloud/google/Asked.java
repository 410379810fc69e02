package dev.podium.core.cloud.google;

/// What was asked of the cloud, for the sentence that is said where it fails.
///
/// @param what what has failed then: `VM 'a-1' was not created in us-central1-a`
/// @param endpoint where the question went
record Asked(String what, String project, String endpoint) {}
