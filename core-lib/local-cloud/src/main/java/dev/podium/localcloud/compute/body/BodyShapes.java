package dev.podium.localcloud.compute.body;

import static dev.podium.localcloud.compute.body.Shape.Scalar.FLAG;
import static dev.podium.localcloud.compute.body.Shape.Scalar.TEXT;
import static dev.podium.localcloud.compute.body.Shape.Scalar.WHOLE;

import dev.podium.localcloud.compute.body.Shape.ListOf;
import dev.podium.localcloud.compute.body.Shape.MapOf;
import dev.podium.localcloud.compute.body.Shape.Members;
import java.util.Map;

/// The shapes of the bodies that are understood here. Source: Compute Engine's discovery document.
public final class BodyShapes {
  static final Shape LABELS = new MapOf(TEXT);
  public static final Shape TAGS = open(Map.of("fingerprint", TEXT, "items", new ListOf(TEXT)));
  static final Shape METADATA =
      open(
          Map.of(
              "fingerprint", TEXT, "items", new ListOf(open(Map.of("key", TEXT, "value", TEXT)))));

  private static final Shape DURATION = new Members(Map.of("seconds", WHOLE, "nanos", WHOLE), true);

  /// Closed, because a misspelt limit is no limit.
  static final Shape SCHEDULING =
      new Members(
          Map.ofEntries(
              Map.entry("automaticRestart", FLAG),
              Map.entry("availabilityDomain", WHOLE),
              Map.entry("exposeHostTopology", FLAG),
              Map.entry(
                  "gracefulShutdown",
                  new Members(Map.of("enabled", FLAG, "maxDuration", DURATION), true)),
              Map.entry("hostErrorTimeoutSeconds", WHOLE),
              Map.entry("instanceTerminationAction", TEXT),
              Map.entry("localSsdRecoveryTimeout", DURATION),
              Map.entry("locationHint", TEXT),
              Map.entry("maxRunDuration", DURATION),
              Map.entry("minNodeCpus", WHOLE),
              Map.entry("nodeAffinities", new ListOf(open(Map.of()))),
              Map.entry("onHostMaintenance", TEXT),
              Map.entry("onInstanceStopAction", open(Map.of())),
              Map.entry("preemptible", FLAG),
              Map.entry("preemptionNoticeDuration", DURATION),
              Map.entry("provisioningModel", TEXT),
              Map.entry("skipGuestOsShutdown", FLAG),
              Map.entry("terminationTime", TEXT)),
          true);

  private static final Shape DISK =
      open(
          Map.of(
              "autoDelete",
              FLAG,
              "boot",
              FLAG,
              "deviceName",
              TEXT,
              "mode",
              TEXT,
              "source",
              TEXT,
              "initializeParams",
              open(
                  Map.of(
                      "diskName",
                      TEXT,
                      "diskSizeGb",
                      WHOLE,
                      "diskType",
                      TEXT,
                      "labels",
                      LABELS,
                      "sourceImage",
                      TEXT))));

  /// An instance, and the properties of a template, which are an instance without a name.
  public static final Shape INSTANCE =
      open(
          Map.ofEntries(
              Map.entry("name", TEXT),
              Map.entry("description", TEXT),
              Map.entry("machineType", TEXT),
              Map.entry("canIpForward", FLAG),
              Map.entry("deletionProtection", FLAG),
              Map.entry("labels", LABELS),
              Map.entry("metadata", METADATA),
              Map.entry("tags", TAGS),
              Map.entry("scheduling", SCHEDULING),
              Map.entry("disks", new ListOf(DISK)),
              Map.entry(
                  "networkInterfaces",
                  new ListOf(
                      open(Map.of("network", TEXT, "accessConfigs", new ListOf(open(Map.of())))))),
              Map.entry(
                  "serviceAccounts",
                  new ListOf(open(Map.of("email", TEXT, "scopes", new ListOf(TEXT)))))));

  /// An instance template.
  public static final Shape TEMPLATE =
      open(Map.of("name", TEXT, "description", TEXT, "properties", INSTANCE));

  /// An image.
  public static final Shape IMAGE =
      open(
          Map.of(
              "name",
              TEXT,
              "family",
              TEXT,
              "description",
              TEXT,
              "architecture",
              TEXT,
              "diskSizeGb",
              WHOLE,
              "labels",
              LABELS,
              "rawDisk",
              open(Map.of("source", TEXT)),
              "guestOsFeatures",
              new ListOf(open(Map.of("type", TEXT))),
              "sourceDisk",
              TEXT,
              "sourceImage",
              TEXT));

  private BodyShapes() {}

  private static Shape open(Map<String, Shape> known) {
    return new Members(known, false);
  }
}
