package dev.podium.wire.model;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Why something did not work, in words for the person who asked for it. Wrapped once, at the
/// boundary where the failure came in; logged once, where it is finally caught.
///
/// Its message is one sentence: what failed, and why. [#remedy] says what the person can do.
/// [#code] is stable, for scripts and for a report.
public abstract sealed class PodiumException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final String code;
  private final String remedy;

  private PodiumException(
      String code, String what, String why, String remedy, @Nullable Throwable cause) {
    super(why.isEmpty() ? what : what + ": " + why, cause);
    this.code = code;
    this.remedy = remedy;
  }

  /// What a failure really was, if it or a cause of it says so.
  public static Optional<PodiumException> in(Throwable failure) {
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      if (cause instanceof PodiumException known) {
        return Optional.of(known);
      }
    }
    return Optional.empty();
  }

  /// A stable word for the kind of failure: lower-case letters and underscores.
  public String code() {
    return code;
  }

  /// What the person can do, one sentence or more; never empty.
  public String remedy() {
    return remedy;
  }

  /// Why a VM is not let in, where this is that and only a person can mend it.
  public Optional<AccessProblem> accessProblem() {
    return Optional.empty();
  }

  /// What failed and why, one sentence.
  public String sentence() {
    return String.valueOf(getMessage());
  }

  /// What failed, why, and what the person can do: two sentences or more.
  public String inFull() {
    return sentence() + ". " + remedy;
  }

  /// What was asked for is not in the form it must have. Nothing was done.
  public static final class Invalid extends PodiumException {
    private static final long serialVersionUID = 1L;

    public Invalid(String what, String why, String remedy) {
      super("invalid", what, why, remedy, null);
    }
  }

  /// The thing named does not exist, or does not any more.
  public static final class NotFound extends PodiumException {
    private static final long serialVersionUID = 1L;

    public NotFound(String what, String why, String remedy, @Nullable Throwable cause) {
      super("not_found", what, why, remedy, cause);
    }
  }

  /// A thing of that name exists already.
  public static final class AlreadyExists extends PodiumException {
    private static final long serialVersionUID = 1L;

    public AlreadyExists(String what, String why, String remedy, @Nullable Throwable cause) {
      super("already_exists", what, why, remedy, cause);
    }
  }

  /// The zone has no machines of this kind left; another zone may.
  public static final class NoCapacity extends PodiumException {
    private static final long serialVersionUID = 1L;

    public NoCapacity(String what, String why, String remedy, @Nullable Throwable cause) {
      super("no_capacity", what, why, remedy, cause);
    }
  }

  /// The organisation allows no machine in this place; another zone may do.
  public static final class PlaceForbidden extends PodiumException {
    private static final long serialVersionUID = 1L;

    public PlaceForbidden(String what, String why, String remedy, @Nullable Throwable cause) {
      super("place_forbidden", what, why, remedy, cause);
    }
  }

  /// The project's quota is used up.
  public static final class QuotaExceeded extends PodiumException {
    private static final long serialVersionUID = 1L;

    public QuotaExceeded(String what, String why, String remedy, @Nullable Throwable cause) {
      super("quota_exceeded", what, why, remedy, cause);
    }
  }

  /// The operator, or the VM, has not the right to do this.
  public static final class NotPermitted extends PodiumException {
    private static final long serialVersionUID = 1L;

    private final AccessProblem problem;

    public NotPermitted(String what, String why, String remedy, @Nullable Throwable cause) {
      this(what, why, remedy, AccessProblem.ROLE_MISSING, cause);
    }

    /// @param problem what kind of right is missing
    public NotPermitted(
        String what, String why, String remedy, AccessProblem problem, @Nullable Throwable cause) {
      super("not_permitted", what, why, remedy, cause);
      this.problem = problem;
    }

    @Override
    public Optional<AccessProblem> accessProblem() {
      return Optional.of(problem);
    }
  }

  /// Nobody is signed in, or the sign-in has ended.
  public static final class NotSignedIn extends PodiumException {
    private static final long serialVersionUID = 1L;

    public NotSignedIn(String what, String why, String remedy, @Nullable Throwable cause) {
      super("not_signed_in", what, why, remedy, cause);
    }

    @Override
    public Optional<AccessProblem> accessProblem() {
      return Optional.of(AccessProblem.NO_ACCOUNT);
    }
  }

  /// People are on the VM.
  public static final class InUse extends PodiumException {
    private static final long serialVersionUID = 1L;

    public InUse(String what, String why, String remedy) {
      super("in_use", what, why, remedy, null);
    }
  }

  /// Somebody else changed the thing first. Read it again, then decide again.
  public static final class Conflict extends PodiumException {
    private static final long serialVersionUID = 1L;

    public Conflict(String what, String why, String remedy, @Nullable Throwable cause) {
      super("conflict", what, why, remedy, cause);
    }
  }

  /// The cloud asks for fewer requests a minute.
  public static final class RateLimited extends PodiumException {
    private static final long serialVersionUID = 1L;

    public RateLimited(String what, String why, String remedy, @Nullable Throwable cause) {
      super("rate_limited", what, why, remedy, cause);
    }
  }

  /// The other side did not answer, or not now; the same request may work later.
  public static final class Unavailable extends PodiumException {
    private static final long serialVersionUID = 1L;

    public Unavailable(String what, String why, String remedy, @Nullable Throwable cause) {
      super("unavailable", what, why, remedy, cause);
    }
  }

  /// Anything else that the cloud answered; its own words are the reason.
  public static final class CloudFailed extends PodiumException {
    private static final long serialVersionUID = 1L;

    public CloudFailed(String what, String why, String remedy, @Nullable Throwable cause) {
      super("cloud_failed", what, why, remedy, cause);
    }
  }
}
