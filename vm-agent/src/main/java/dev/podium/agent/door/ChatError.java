package dev.podium.agent.door;

/// The codes of the page protocol's `error` frame.
public enum ChatError {
  BAD_TOKEN("bad_token"),
  BAD_CODE("bad_code"),
  BAD_FRAME("bad_frame"),
  TOO_LONG("too_long"),
  TOO_FAST("too_fast"),
  FULL("full"),
  DRAINING("draining"),
  UNAVAILABLE("unavailable");

  private final String code;

  ChatError(String code) {
    this.code = code;
  }

  public String code() {
    return code;
  }
}
