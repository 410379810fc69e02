package dev.podium.fleet.model.offer;

/// What a VM has beside its machine: as whom it acts, and what else of it costs money.
///
/// @param project in which it is; empty if the cloud does not say
/// @param serviceAccount the e-mail address; empty if it has none
/// @param externalAddress whether it has an external IPv4 address, or will have
/// @param diskType of its boot disk, short name; empty if that is not known
/// @param diskSizeGb of its boot disk; 0 if it has none, or none is known of
public record VmResources(
    String project,
    String serviceAccount,
    boolean externalAddress,
    String diskType,
    long diskSizeGb) {
  /// Of a VM of which nothing more is known.
  public static final VmResources UNKNOWN = new VmResources("", "", false, "", 0);
}
