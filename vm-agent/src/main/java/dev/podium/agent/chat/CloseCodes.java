package dev.podium.agent.chat;

/// Why a WebSocket was closed: RFC 6455's codes, and the page protocol's own from 4000 on.
public final class CloseCodes {
  static final int NORMAL = 1000;
  public static final int GOING_AWAY = 1001;
  static final int POLICY = 1008;
  static final int TOO_BIG = 1009;
  static final int TRY_AGAIN_LATER = 1013;
  static final int NOT_ADMITTED = 4001;
  static final int TOO_SLOW = 4008;
  static final int REPLACED = 4009;
  static final int DRAINING = 4010;

  private static final int PROTOCOL_ERROR = 1002;

  /// A close frame that gives no code, as the decoder tells it.
  private static final int NONE = -1;

  private CloseCodes() {}

  /// The code that answers a page's close frame: its own, or 1002 where nobody may send that (RFC
  /// 6455, section 7.4). The decoder has refused the reserved ones already.
  ///
  /// @return -1 for an answer without a code
  static int answerTo(int code) {
    return code == NONE || code < 5_000 ? code : PROTOCOL_ERROR;
  }
}
