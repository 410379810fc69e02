package dev.podium.wire.chat;

/// The metadata items through which a console configures an agent (`instance/attributes/…`).
public final class AgentMetadata {
  /// The fleet's name. Required.
  public static final String FLEET = "podium-fleet";

  /// How many people the VM has room for, 1 to 10,000; default 50.
  public static final String SEATS = "podium-seats";

  /// Where the agent serves; default 8080. On the local cloud every VM has another.
  public static final String PORT = "podium-port";

  /// The public keys that invites are checked with: a JSON Web Key Set of Ed25519 keys. Followed
  /// while the agent runs.
  public static final String INVITE_KEYS = "podium-invite-keys";

  /// Present on a VM whose maker publishes a roster: the agent believes only what is signed, and
  /// sends people only where the roster says. Without it a VM was made by a release without
  /// signatures, and its agent goes by heartbeats until it hears a roster.
  public static final String IDENTITY = "podium-identity";

  /// The value of [#IDENTITY]: the kind of the VMs' keys.
  public static final String IDENTITY_KIND = "ed25519";

  /// The ids of invites that were taken back, with spaces, commas or new lines between them.
  /// Followed while the agent runs: who is in by one of them is put out.
  public static final String REVOKED_INVITES = "podium-revoked-invites";

  /// A class's access code: `salt:hash`, both base64url without padding, hash = SHA-256(salt,
  /// code). Absent or empty: no codes. Followed while the agent runs: when it is another, who is in
  /// by a code is asked for it again within seconds.
  public static final String ACCESS_CODE = "podium-access-code";

  /// With which revision of the fleet's policy the access code was set, for consoles: one whose
  /// policy is older leaves the code as it is. Agents do not read it.
  public static final String ACCESS_CODE_REVISION = "podium-access-code-revision";

  /// Seconds between heartbeats, 1 to 5 (more counts as 5); default 5.
  public static final String HEARTBEAT_SECONDS = "podium-heartbeat-seconds";

  /// Where Pub/Sub is for a VM that a local cloud emulates: `169.254.2.2:PORT`, the computer that
  /// emulates it. An agent ignores every other one: what it says there goes over no network.
  public static final String PUBSUB = "podium-pubsub";

  /// Which Podium made the VM, for people who read metadata.
  public static final String VERSION = "podium-version";

  private AgentMetadata() {}
}
