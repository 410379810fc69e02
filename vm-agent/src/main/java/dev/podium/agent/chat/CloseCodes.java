package dev.podium.agent.chat;

/// Why a WebSocket was closed: RFC 6455's codes, and the page protocol's own from 4000 on.
public final class CloseCodes {
  static final int NORMAL = 1000;
  public static final int GOING_AWAY = 1001;
  static final int POLICY = 1008;
  static final int TRY_AGAIN_LATER = 1013;
  static final int NOT_ADMITTED = 4001;
  static final int TOO_SLOW = 4008;
  static final int REPLACED = 4009;
  static final int DRAINING = 4010;

  private CloseCodes() {}
}
