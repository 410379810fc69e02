package dev.podium.wire.model;

/// The labels, on instances and on what belongs to them, through which consoles recognise what is
/// theirs and agree with each other.
public final class Labels {
  /// What all of them begin with; nobody else may set such a label.
  public static final String PREFIX = "podium-";

  /// The fleet it belongs to. What does not carry it is invisible to the monitor and is never
  /// touched.
  public static final String FLEET = "podium-fleet";

  /// Who created it: an e-mail address in which every character that labels refuse is an
  /// underscore.
  public static final String OWNER = "podium-owner";

  /// `true` if Podium must not end it on its own.
  public static final String PIN = "podium-pin";

  /// Until when an operator wants it kept, in seconds since 1970: as a pin, but it ends by itself.
  public static final String HOLD = "podium-hold";

  /// Which console is about to destroy it, set by fingerprint so that only one wins.
  public static final String CLAIM = "podium-claim";

  /// The scaler's slot that it fills.
  public static final String SLOT = "podium-slot";

  /// On a disk and on a subscription: the name of the VM that it is for.
  public static final String VM = "podium-vm";

  /// On a subscription: the cloud's number for that VM.
  public static final String VM_ID = "podium-vm-id";

  /// On a subscription: when it was made, in seconds since 1970.
  public static final String CREATED = "podium-created";

  /// On a disk image: `candidate` until a VM of it was seen to serve, then `published`.
  public static final String IMAGE = "podium-image";

  /// On a disk image: the version of the agent in it.
  public static final String VERSION = "podium-version";

  /// On a VM and its disk: the id of the console that created it.
  public static final String CONSOLE = "podium-console";

  private Labels() {}

  /// The value in the form that labels take: lower-case letters, digits, `_` and `-`, at most 63
  /// characters.
  public static String value(String text) {
    String lower = text.toLowerCase(java.util.Locale.ROOT).replaceAll("[^a-z0-9_-]", "_");
    return lower.length() <= 63 ? lower : lower.substring(0, 63);
  }
}
