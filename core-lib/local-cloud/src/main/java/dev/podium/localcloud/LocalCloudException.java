package dev.podium.localcloud;

/// The local cloud cannot start; its message says why and what to do, in a sentence for people.
public final class LocalCloudException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  LocalCloudException(String sentence) {
    super(sentence);
  }

  LocalCloudException(String sentence, Throwable cause) {
    super(sentence, cause);
  }
}
