package dev.podium.fleet.model;

import dev.podium.fleet.model.offer.VmResources;
import dev.podium.wire.model.Labels;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/// An instance as Compute Engine describes it.
///
/// @param id the cloud's own number for it; another VM of the same name has another
/// @param zone short name, such as `us-central1-a`
/// @param machineType short name, such as `e2-small`
/// @param image short name of the image or family that its disk was made from; empty if the cloud
///   does not say
/// @param created by the cloud's clock
/// @param labelFingerprint what a change of labels must name, so that a lost race is noticed
/// @param address the external address, else the internal one; none while the VM has none
/// @param chatPort where the agent serves on that address
/// @param seats how many people it was made to have room for
/// @param signs whether a release made it whose VMs sign what they say; see [#outdated]
/// @param runLimit how long the cloud itself lets it run before it deletes it
/// @param resources what it has beside its machine
public record Vm(
    String id,
    VmName name,
    String zone,
    String machineType,
    String image,
    VmState state,
    Instant created,
    Map<String, String> labels,
    String labelFingerprint,
    Optional<String> address,
    int chatPort,
    int seats,
    boolean signs,
    boolean spot,
    Optional<Duration> runLimit,
    VmResources resources) {
  private static final Pattern EPOCH_SECONDS = Pattern.compile("[0-9]{1,11}");
  private static final DateTimeFormatter UTC =
      DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm 'UTC'", Locale.ROOT).withZone(ZoneOffset.UTC);

  public Vm {
    labels = Map.copyOf(labels);
  }

  /// One of whose resources nothing is known.
  public Vm(
      String id,
      VmName name,
      String zone,
      String machineType,
      String image,
      VmState state,
      Instant created,
      Map<String, String> labels,
      String labelFingerprint,
      Optional<String> address,
      int chatPort,
      int seats,
      boolean signs,
      boolean spot,
      Optional<Duration> runLimit) {
    this(
        id,
        name,
        zone,
        machineType,
        image,
        state,
        created,
        labels,
        labelFingerprint,
        address,
        chatPort,
        seats,
        signs,
        spot,
        runLimit,
        VmResources.UNKNOWN);
  }

  /// The page that participants open; none while the VM has no address.
  public Optional<URI> chatUrl() {
    return address.map(host -> URI.create("http://" + host + ":" + chatPort + "/"));
  }

  /// How long the cloud itself lets it run yet, whatever the consoles do; negative if it is
  /// overdue, none without a run limit.
  ///
  /// @param now by the cloud's clock
  public Optional<Duration> left(Instant now) {
    return runLimit.map(limit -> Duration.between(now, created.plus(limit)));
  }

  /// Whether a release made it whose VMs did not sign what they say. Such a VM is judged as ever,
  /// nobody is sent there, and it is replaced when it is empty.
  public boolean outdated() {
    return !signs;
  }

  /// The same, found never to sign what it says.
  public Vm unsigned() {
    return new Vm(
        id,
        name,
        zone,
        machineType,
        image,
        state,
        created,
        labels,
        labelFingerprint,
        address,
        chatPort,
        seats,
        false,
        spot,
        runLimit,
        resources);
  }

  /// Who created it, from its label; empty if nobody is named.
  public String owner() {
    return labels.getOrDefault(Labels.OWNER, "");
  }

  /// The fleet that it belongs to; empty if it belongs to none.
  public String fleet() {
    return labels.getOrDefault(Labels.FLEET, "");
  }

  /// Whether an operator asked that Podium never ends it on its own.
  public boolean pinned() {
    return "true".equals(labels.get(Labels.PIN));
  }

  /// Until when an operator holds it, also if that is over; none if nobody does.
  public Optional<Instant> heldUntil() {
    String seconds = labels.getOrDefault(Labels.HOLD, "");
    return EPOCH_SECONDS.matcher(seconds).matches()
        ? Optional.of(Instant.ofEpochSecond(Long.parseLong(seconds)))
        : Optional.empty();
  }

  /// Why Podium must not end it on its own, as the end of a sentence: `it is pinned`; empty if
  /// nothing keeps it. A hold counts as use, until its end.
  ///
  /// @param now by the wall clock: a hold ends at a time of day, wherever the consoles are
  public Optional<String> keptBy(Instant now) {
    if (pinned()) {
      return Optional.of("it is pinned");
    }
    return heldUntil().filter(now::isBefore).map(end -> "it is held until " + UTC.format(end));
  }
}
