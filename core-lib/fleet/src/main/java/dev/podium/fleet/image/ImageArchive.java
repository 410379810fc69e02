package dev.podium.fleet.image;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.podium.wire.model.PodiumException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.GZIPInputStream;

/// A disk in a file, as `podium image build` makes it: `podium-vm-VERSION-ARCH.tar.gz`, with a
/// description of the same name that ends in `.json` beside it.
///
/// @param version of the agent in it
/// @param architecture `X86_64` or `ARM64`
/// @param guestFeatures what its system can do, in Compute Engine's names
public record ImageArchive(
    PartedFile file, String version, String architecture, List<String> guestFeatures) {
  /// What Debian's cloud kernel can do.
  public static final List<String> USUAL_FEATURES =
      List.of("UEFI_COMPATIBLE", "GVNIC", "VIRTIO_SCSI_MULTIQUEUE");

  private static final Pattern NAME =
      Pattern.compile("podium-vm-(.+)-(amd64|x86_64|arm64|aarch64)\\.tar\\.gz");
  private static final String WHAT = "The image cannot be published";

  public ImageArchive {
    guestFeatures = List.copyOf(guestFeatures);
  }

  /// Reads a file and what stands beside it. Blocks for about a second.
  ///
  /// @throws PodiumException.Invalid if it is no such archive, or other bytes than its description
  ///   names
  /// @throws PodiumException.NotFound if there is no such file
  public static ImageArchive open(Path file) {
    if (!Files.isRegularFile(file)) {
      throw new PodiumException.NotFound(
          WHAT,
          "there is no file '" + file + "'",
          "Name the podium-vm-VERSION-ARCH.tar.gz that came with the release, or make one with"
              + " 'podium image build'.",
          null);
    }
    requireArchive(file);
    JsonNode beside = beside(file);
    Matcher named = NAME.matcher(file.getFileName().toString());
    boolean plain = named.matches();
    String version = beside.path("version").asText(plain ? named.group(1) : "");
    String machine = beside.path("architecture").asText(plain ? named.group(2) : "");
    if (version.isEmpty() || machine.isEmpty()) {
      throw refused(
          "'"
              + file.getFileName()
              + "' says neither its version nor for which processors it is, and no .json beside it"
              + " does",
          "Keep the file's own name, podium-vm-VERSION-ARCH.tar.gz, or put its .json beside it.");
    }
    List<String> features = new ArrayList<>();
    beside.path("guestOsFeatures").forEach(feature -> features.add(feature.asText()));
    PartedFile read = PartedFile.open(file);
    String told = beside.path("sha256").asText(read.sha256());
    if (!told.equalsIgnoreCase(read.sha256())) {
      throw refused(
          "'" + file.getFileName() + "' is damaged: its checksum is not the one in its .json",
          "Download or build it again.");
    }
    return new ImageArchive(
        read, version, architecture(machine), features.isEmpty() ? USUAL_FEATURES : features);
  }

  /// Compute Engine's word for the processors that somebody named.
  ///
  /// @param machine such as `amd64`
  public static String architecture(String machine) {
    return switch (machine.toLowerCase(Locale.ROOT)) {
      case "arm64", "aarch64" -> "ARM64";
      default -> "X86_64";
    };
  }

  private static JsonNode beside(Path file) {
    Path json =
        file.resolveSibling(
            file.getFileName().toString().replaceFirst("\\.tar\\.gz$", "") + ".json");
    try {
      return new ObjectMapper().readTree(Files.isRegularFile(json) ? Files.readString(json) : "{}");
    } catch (IOException garbled) {
      throw refused(
          "'" + json.getFileName() + "' beside it cannot be read",
          "Download it again, or take it away.");
    }
  }

  /// What the cloud would refuse minutes later.
  private static void requireArchive(Path file) {
    try (InputStream packed = Files.newInputStream(file);
        InputStream tar = new GZIPInputStream(packed)) {
      if (new String(tar.readNBytes(9), java.nio.charset.StandardCharsets.ISO_8859_1)
          .equals("disk.raw\0")) {
        return;
      }
    } catch (IOException noArchive) {
      // Told below, like any other file.
    }
    throw refused(
        "'" + file.getFileName() + "' is no archive of a disk",
        "Name a podium-vm-VERSION-ARCH.tar.gz, in which the disk is called disk.raw.");
  }

  private static PodiumException refused(String why, String remedy) {
    return new PodiumException.Invalid(WHAT, why, remedy);
  }
}
