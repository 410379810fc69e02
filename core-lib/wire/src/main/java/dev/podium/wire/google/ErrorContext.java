package dev.podium.wire.google;

/// What a request to the cloud was about, for the sentence that is said where it fails.
///
/// @param what what has failed then: `VM 'a-1' was not created in us-central1-a`
/// @param endpoint where the question went
public record ErrorContext(String what, String project, String endpoint) {}
