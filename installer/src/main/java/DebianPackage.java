import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/// Builds .deb files out of trees of files, with what Debian's policy asks for beside them.
class DebianPackage {
  private final Path installer;
  private final Path target;
  private final String version;

  private final List<String> compression;

  /// @param bare whether to be quick rather than small
  DebianPackage(Path installer, Path target, String version, boolean bare) {
    this.installer = installer;
    this.target = target;
    this.version = version;
    this.compression = bare ? List.of("-Zgzip", "-z1") : List.of("-Zxz", "-z6");
  }

  /// The agent's, whose files and control files are in the root already.
  void agent(Path root) throws IOException, InterruptedException {
    Path home = root.resolve("opt/podium-agent");
    documents(root, "podium-agent");
    modes(root);
    build(root, "podium-agent", home);
  }

  /// The console's, whose files are in the root already.
  void console(Path root) throws IOException, InterruptedException {
    documents(root, "podium");
    Folders.copy(installer.resolve("linux/deb/control"), root.resolve("DEBIAN/control"));
    modes(root);
    build(root, "podium", root.resolve("opt/podium"));
  }

  private void build(Path root, String name, Path home) throws IOException, InterruptedException {
    Budget.check(installer.resolve("budget"), name, root);
    Path control = root.resolve("DEBIAN/control");
    Files.writeString(
        control,
        Files.readString(control)
            .replace("VERSION", version)
            .replace("ARCHITECTURE", Platform.processor())
            .replace("SIZE", Long.toString(Folders.size(root) / 1024)));
    sums(root);
    Folders.stamp(root);
    Path deb = target.resolve(name + "_" + version + "_" + Platform.processor() + ".deb");
    List<String> command = new ArrayList<>(List.of("dpkg-deb", "--build", "--root-owner-group"));
    command.addAll(compression);
    command.addAll(List.of(root.toString(), deb.toString()));
    Tool.run(
        root, Map.of("SOURCE_DATE_EPOCH", Long.toString(Folders.TIME.getEpochSecond())), command);
    Budget.report(installer.resolve("budget"), name, deb, home);
  }

  /// Copyright, changelog, and why it is in /opt.
  private void documents(Path root, String name) throws IOException, InterruptedException {
    Path documents = root.resolve("usr/share/doc").resolve(name);
    Files.createDirectories(documents);
    Folders.copy(installer.resolve("linux/deb/copyright"), documents.resolve("copyright"));
    String date =
        DateTimeFormatter.ofPattern("EEE, dd MMM yyyy HH:mm:ss Z", Locale.ROOT)
            .format(Folders.TIME.atZone(ZoneOffset.UTC));
    Path changelog = documents.resolve("changelog");
    Files.writeString(
        changelog,
        name
            + " ("
            + version
            + ") stable; urgency=medium\n\n  * See https://github.com/podium-dev/podium/releases.\n\n"
            + " -- Podium <maintainers@podium.dev>  "
            + date
            + "\n");
    Tool.run("gzip", "-9nf", changelog.toString());
    Folders.copy(
        installer.resolve("linux/deb/lintian-overrides." + name),
        root.resolve("usr/share/lintian/overrides").resolve(name));
  }

  private static void sums(Path root) throws IOException, InterruptedException {
    Tool.run(
        root,
        Map.of(),
        List.of(
            "sh",
            "-c",
            "find . -type f ! -path './DEBIAN/*' -printf '%P\\0' | LC_ALL=C sort -z | xargs -0 md5sum > DEBIAN/md5sums"));
  }

  /// Whatever the umask and the checkout were: readable by all, writable by root, programs
  /// executable.
  private static void modes(Path root) throws IOException, InterruptedException {
    Tool.run("chmod", "-R", "u=rwX,go=rX", root.toString());
    Tool.run(
        root,
        Map.of(),
        List.of(
            "sh",
            "-c",
            "find . -path '*/lib/*' -type f '(' -name '*.so' -o -name '*.jar' -o -name '*.aot' ')'"
                + " -exec chmod 644 '{}' +; if ls DEBIAN/p* >/dev/null 2>&1; then chmod 755 DEBIAN/p*; fi"));
  }
}
