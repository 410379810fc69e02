package dev.podium.wire.model;

import java.util.Arrays;
import java.util.Optional;

/// Why a VM is not let in to Pub/Sub, where only a person can mend it. A VM's agent says the code
/// in its `GET /healthz`, and a console makes the sentence of it. So the sentence has room for what
/// the person must type, and no VM decides what that is.
public enum AccessProblem {
  /// The service account has not the rights that an agent needs.
  ROLE_MISSING("role_missing"),

  /// The VM was made with access scopes that leave Pub/Sub out.
  SCOPE_MISSING("scope_missing"),

  /// The project has the API switched off.
  API_OFF("api_off"),

  /// Nobody pays for the project.
  BILLING_OFF("billing_off"),

  /// The VM has no service account, or it was disabled or deleted.
  NO_ACCOUNT("no_account");

  private final String code;

  AccessProblem(String code) {
    this.code = code;
  }

  /// Stable, for programs: lower-case letters and underscores.
  public String code() {
    return code;
  }

  /// The problem with that code; empty if there is none.
  public static Optional<AccessProblem> of(String code) {
    return Arrays.stream(values()).filter(one -> one.code.equals(code)).findFirst();
  }
}
