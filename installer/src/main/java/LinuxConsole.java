import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/// The console's packages for Linux, all of one tree: .deb, .rpm and a tar.gz that runs where it is
/// unpacked. Nothing is made while they are installed, so nothing is left when they are removed.
class LinuxConsole {
  private final Path installer;
  private final Path target;
  private final String version;

  LinuxConsole(Path installer, Path target, String version) {
    this.installer = installer;
    this.target = target;
    this.version = version;
  }

  /// @param home the program with its runtime
  void packages(Path home) throws IOException, InterruptedException {
    Path root = Folders.fresh(target.resolve("console-root"));
    Folders.copy(home, root.resolve("opt/podium"));
    Folders.removed(root.resolve("opt/podium/share"));
    share(home, root.resolve("usr"));
    Path program = root.resolve("usr/bin/podium");
    Files.createDirectories(program.getParent());
    Files.createSymbolicLink(program, Path.of("/opt/podium/bin/podium"));
    if (Platform.has("rpmbuild")) {
      rpm(root);
    } else {
      System.out.println("No .rpm is made, because rpmbuild is not installed.");
    }
    if (Platform.has("dpkg-deb")) {
      new DebianPackage(installer, target, version, false).console(root);
    } else {
      System.out.println("No .deb is made, because dpkg-deb is not installed.");
    }
    tarball(home);
  }

  private void tarball(Path home) throws IOException, InterruptedException {
    share(home, home);
    Folders.copy(installer.resolve("../LICENSE").normalize(), home.resolve("LICENSE"));
    Folders.stamp(home);
    String name = "podium-" + version + "-linux-" + Platform.processor() + ".tar.gz";
    // Sorted, of one owner and one time, so that the same files are the same archive.
    Tool.run(
        home.getParent(),
        Map.of("GZIP", "-9n"),
        List.of(
            "tar",
            "--sort=name",
            "--owner=0",
            "--group=0",
            "--numeric-owner",
            "-czf",
            target.resolve(name).toString(),
            "podium"));
    Budget.report(installer.resolve("budget"), "podium.tar.gz", target.resolve(name), home);
  }

  /// What desktops and shells look for below `/usr/share`.
  private void share(Path home, Path usr) throws IOException, InterruptedException {
    Path share = usr.resolve("share");
    Path linux = installer.resolve("linux");
    Path icons = share.resolve("icons/hicolor");
    Folders.copy(linux.resolve("podium.desktop"), share.resolve("applications/podium.desktop"));
    Folders.copy(
        linux.resolve("dev.podium.console.metainfo.xml"),
        share.resolve("metainfo/dev.podium.console.metainfo.xml"));
    Folders.copy(installer.resolve("icon/podium.png"), icons.resolve("512x512/apps/podium.png"));
    Folders.copy(installer.resolve("icon/podium.svg"), icons.resolve("scalable/apps/podium.svg"));
    Path man = share.resolve("man/man1/podium.1");
    if (Files.exists(home.resolve("share/man/man1/podium.1"))) {
      if (!usr.equals(home)) {
        Folders.copy(home.resolve("share/man/man1/podium.1"), man);
      }
      if (!usr.equals(home)) {
        Tool.run("gzip", "-9nf", man.toString());
      }
    }
    Folders.copy(
        linux.resolve("podium.service"), share.resolve("doc/podium/examples/podium.service"));
    completions(home, share);
  }

  private static void completions(Path home, Path share) throws IOException, InterruptedException {
    Folders.write(share.resolve("bash-completion/completions/podium"), completion(home, "bash"));
    Folders.write(share.resolve("fish/vendor_completions.d/podium.fish"), completion(home, "fish"));
    Folders.write(
        share.resolve("zsh/vendor-completions/_podium"),
        "#compdef podium\nautoload -U +X bashcompinit && bashcompinit\n"
            + "source /usr/share/bash-completion/completions/podium\n");
  }

  private static String completion(Path home, String shell)
      throws IOException, InterruptedException {
    return Tool.run(home.resolve("bin/podium").toString(), "completion", shell);
  }

  private void rpm(Path root) throws IOException, InterruptedException {
    Path top = Folders.fresh(target.resolve("rpm"));
    String machine = Platform.processor().equals("arm64") ? "aarch64" : "x86_64";
    Path spec = top.resolve("podium.spec");
    Files.writeString(
        spec,
        Files.readString(installer.resolve("linux/rpm/podium.spec"))
            .replace("VERSION", version)
            .replace("ROOT", root.toString()));
    Tool.run(
        top,
        Map.of("SOURCE_DATE_EPOCH", Long.toString(Folders.TIME.getEpochSecond())),
        List.of(
            "rpmbuild",
            "-bb",
            "--quiet",
            "--target",
            machine,
            "--define",
            "_topdir " + top,
            "--define",
            "_rpmdir " + target,
            "--define",
            "_rpmfilename podium-" + version + "-1." + machine + ".rpm",
            "--define",
            "_binary_payload w6T0.xzdio",
            spec.toString()));
    Budget.report(
        installer.resolve("budget"),
        "podium.rpm",
        target.resolve("podium-" + version + "-1." + machine + ".rpm"),
        root);
  }
}
