package dev.podium.localcloud.state.resource;

import dev.podium.localcloud.state.Identifiers;
import dev.podium.localcloud.state.Refusal;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.function.UnaryOperator;

/// The images of the own project and of the public ones. Any thread may call.
public final class Images {
  /// The family of the image that runs the agent.
  public static final String AGENT_FAMILY = "podium-agent";

  private static final String X86 = "X86_64";
  private static final String ARM = "ARM64";
  private static final long BUILT_IN_BYTES = 2_500_000_000L;
  private static final Instant BUILT = Instant.parse("2026-09-01T08:00:00Z");

  private final ConcurrentSkipListMap<String, Image> byPath = new ConcurrentSkipListMap<>();
  private final Identifiers identifiers;

  public Images(String project, Identifiers identifiers) {
    this.identifiers = identifiers;
    add(builtIn(project, "podium-agent-v1", AGENT_FAMILY, "Podium's agent", X86, identifiers));
    for (String release : List.of("11-bullseye", "12-bookworm", "13-trixie")) {
      String number = "debian-" + release.substring(0, 2);
      String name = "debian-" + release;
      for (String arm : List.of("", "-arm64")) {
        add(
            builtIn(
                "debian-cloud",
                name + arm + "-v20260901",
                number + arm,
                "Debian GNU/Linux",
                arm.isEmpty() ? X86 : ARM,
                identifiers));
      }
    }
    for (String kind : List.of("amd64", "arm64")) {
      add(
          builtIn(
              "ubuntu-os-cloud",
              "ubuntu-2404-noble-" + kind + "-v20260901",
              "ubuntu-2404-lts-" + kind,
              "Ubuntu 24.04 LTS",
              kind.equals("arm64") ? ARM : X86,
              identifiers));
    }
    add(
        builtIn(
            "cos-cloud",
            "cos-121-18867-90-1",
            "cos-121-lts",
            "Container-Optimized OS",
            X86,
            identifiers));
  }

  private static Image builtIn(
      String project,
      String name,
      String family,
      String description,
      String architecture,
      Identifiers identifiers) {
    return new Image(
        project,
        name,
        identifiers.next(),
        BUILT,
        Optional.of(family),
        description,
        10,
        BUILT_IN_BYTES,
        architecture,
        family.equals(AGENT_FAMILY),
        Map.of(),
        List.of("UEFI_COMPATIBLE", "VIRTIO_SCSI_MULTIQUEUE", "GVNIC"),
        Map.of(),
        true,
        Optional.empty());
  }

  private void add(Image image) {
    byPath.put(image.path(), image);
  }

  /// The id of another image.
  public long nextId() {
    return identifiers.next();
  }

  /// @throws Refusal if there is one of that name
  public void insert(Image image) {
    if (byPath.putIfAbsent(image.path(), image) != null) {
      throw Refusal.alreadyExists(image.path());
    }
  }

  public void remove(Image image) {
    byPath.remove(image.path());
  }

  /// Changes one, if it is there; another of its name is another image.
  public void change(Image known, UnaryOperator<Image> changing) {
    byPath.computeIfPresent(
        known.path(), (_, now) -> now.id() == known.id() ? changing.apply(now) : now);
  }

  /// All of one project, by name; empty for a project that is not known.
  public List<Image> of(String project) {
    return byPath.values().stream().filter(image -> image.project().equals(project)).toList();
  }

  /// One by its name.
  public Optional<Image> find(String project, String name) {
    return Optional.ofNullable(byPath.get("projects/" + project + "/global/images/" + name));
  }

  /// The newest of a family, among those that are whole and that nobody advises against.
  public Optional<Image> newestOf(String project, String family) {
    return of(project).stream()
        .filter(image -> image.ready() && image.deprecation().isEmpty())
        .filter(image -> image.family().filter(family::equals).isPresent())
        .max(Comparator.comparing(Image::created));
  }
}
