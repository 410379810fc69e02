package dev.podium.fleet.image.bake;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/// The startup script, run below a folder that stands for the VM's disk, with programs that stand
/// for the VM's own.
@DisabledOnOs({OS.WINDOWS, OS.MAC})
class BakeScriptTest {
  private static final List<String> OWN =
      List.of(
          "etc/ssh/ssh_host_ed25519_key",
          "root/.ssh/authorized_keys",
          "home/ann/.ssh/authorized_keys",
          "root/.bash_history",
          "var/log/journal/abc/system.journal",
          "var/lib/apt/lists/mirror.example_main",
          "var/cache/apt/archives/a.deb",
          "var/lib/private/podium-agent/key",
          "var/lib/google/instance",
          "var/lib/dbus/machine-id",
          "var/lib/systemd/random-seed",
          "var/tmp/left",
          "tmp/left");

  @TempDir private Path folder;
  private Path root;
  private Path programs;

  @BeforeEach
  void prepare() throws Exception {
    root = Files.createDirectories(folder.resolve("root"));
    programs = Files.createDirectories(folder.resolve("bin"));
    for (String file : OWN) {
      write(file, "ours");
    }
    write("etc/machine-id", "0123456789abcdef0123456789abcdef\n");
    write("dev/ttyS0", "");
    write("served/package", "a package");
    String sum =
        HexFormat.of()
            .formatHex(
                MessageDigest.getInstance("SHA-256")
                    .digest("a package".getBytes(StandardCharsets.UTF_8)));
    program(
        "curl",
        """
        for last; do :; done
        case $last in
          */podium-bake-package) echo https://storage.googleapis.com/b/o.deb ;;
          */podium-bake-sha256) echo %s ;;
          */token) echo '{"access_token":"t-1","expires_in":3599,"token_type":"Bearer"}' ;;
          *)
            case "$*" in *"Bearer t-1"*) ;; *) exit 22 ;; esac
            while [ "$1" != -o ]; do shift; done
            cp "$PODIUM_BAKE_ROOT/served/package" "$2"
            ;;
        esac
        """
            .formatted(sum));
    program("dpkg", "cat \"$2\" >\"$PODIUM_BAKE_ROOT/installed\"");
    program("systemctl", "echo \"$1 $2\" >>\"$PODIUM_BAKE_ROOT/units\"");
    program("poweroff", "echo off >\"$PODIUM_BAKE_ROOT/off\"");
  }

  private void write(String file, String text) throws IOException {
    Path path = root.resolve(file);
    Files.createDirectories(path.getParent());
    Files.writeString(path, text);
  }

  private void program(String name, String body) throws IOException {
    Path file = Files.writeString(programs.resolve(name), "#!/bin/sh\n" + body + "\n");
    assertThat(file.toFile().setExecutable(true)).isTrue();
  }

  private String run(String... arguments) throws Exception {
    Path script = Files.writeString(folder.resolve("startup.sh"), BakeScript.text());
    List<String> command =
        Stream.concat(Stream.of("sh"), Stream.concat(Stream.of(arguments), Stream.of(script + "")))
            .toList();
    ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
    builder.environment().put("PODIUM_BAKE_ROOT", root.toString());
    builder.environment().put("PODIUM_BAKE_PAUSE", "0");
    builder.environment().put("PATH", programs + ":" + System.getenv("PATH"));
    Process process = builder.start();
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
    return said;
  }

  @Test
  void a_shell_understands_it() throws Exception {
    assertThat(run("-n")).isEmpty();
  }

  @Test
  void it_installs_the_package_keeps_nothing_of_the_vms_own_and_turns_it_off() throws Exception {
    String said = run();
    assertThat(BakeScript.isDone(said)).as(said).isTrue();
    assertThat(BakeScript.failure(said)).isEmpty();
    assertThat(root.resolve("installed")).hasContent("a package");
    assertThat(Files.readString(root.resolve("units")))
        .isEqualTo("enable podium-agent.service\nstop podium-agent.service\n");
    assertThat(root.resolve("off")).exists();
    for (String file : OWN) {
      assertThat(root.resolve(file)).as(file).doesNotExist();
    }
    assertThat(root.resolve("etc/machine-id")).exists().isEmptyFile();
    assertThat(root.resolve("dev/ttyS0")).content().contains("podium-bake: done");
  }

  @Test
  void a_package_that_is_damaged_or_does_not_install_is_told_and_the_vm_turns_off()
      throws Exception {
    write("served/package", "another");
    assertThat(BakeScript.failure(run())).hasValue("the package arrived damaged");
    assertThat(root.resolve("off")).exists();
    assertThat(root.resolve("installed")).doesNotExist();

    write("served/package", "a package");
    program("dpkg", "exit 1");
    assertThat(BakeScript.failure(run())).hasValue("dpkg did not install the package");
  }

  @Test
  void a_right_that_comes_late_is_waited_for_and_one_that_never_comes_is_told() throws Exception {
    program("curl.real", Files.readString(programs.resolve("curl")));
    program(
        "curl",
        """
        echo x >>"$PODIUM_BAKE_ROOT/asked"
        case "$*" in
          *Bearer*) [ "$(grep -c x "$PODIUM_BAKE_ROOT/asked")" -gt 8 ] || exit 22 ;;
        esac
        exec curl.real "$@"
        """);
    assertThat(BakeScript.isDone(run())).isTrue();

    program("curl", "case \"$*\" in *Bearer*) exit 22 ;; *) exec curl.real \"$@\" ;; esac");
    assertThat(BakeScript.failure(run()).orElseThrow()).contains("Private Google Access");
  }
}
