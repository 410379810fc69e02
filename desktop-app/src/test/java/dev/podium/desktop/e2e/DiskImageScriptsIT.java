package dev.podium.desktop.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// The scripts that make the VM's disk image, as far as they can be tried without making one.
@EnabledOnOs(OS.LINUX)
class DiskImageScriptsIT {
  private static final Path INSTALLER = Path.of("..", "installer").toAbsolutePath().normalize();
  private static final Path IMAGE = INSTALLER.resolve("image");

  @TempDir Path folder;

  private record Ended(int code, String said) {}

  private static Ended run(Object... command) throws IOException, InterruptedException {
    List<String> words = new ArrayList<>();
    for (Object word : command) {
      words.add(word.toString());
    }
    Process process = new ProcessBuilder(words).redirectErrorStream(true).start();
    process.getOutputStream().close();
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    return new Ended(process.waitFor(), said);
  }

  @ParameterizedTest
  @CsvSource({"build", "check", "customize", "ports"})
  void a_script_is_well_formed_and_may_be_started(String script) throws Exception {
    Ended parsed = run("bash", "-n", IMAGE.resolve(script));
    assertThat(parsed.said()).isEmpty();
    assertThat(IMAGE.resolve(script)).isExecutable();
  }

  @Test
  void wrong_usage_is_one_sentence() throws Exception {
    assertThat(run(IMAGE.resolve("build")).said().strip()).startsWith("Name the agent's package");
    assertThat(run(IMAGE.resolve("build"), folder, folder.resolve("out")).said().strip())
        .startsWith("There is no package of the agent:")
        .hasLineCount(1);
    assertThat(run(IMAGE.resolve("build"), "--frobnicate").said().strip())
        .startsWith("There is no option --frobnicate")
        .hasLineCount(1);
    Ended help = run(IMAGE.resolve("build"), "--help");
    assertThat(help.code()).isZero();
    assertThat(help.said()).contains("--suite NAME", "SOURCE_DATE_EPOCH");
  }

  /// A root with nothing in it that should not be there.
  private Path root() throws IOException {
    Path root = Files.createDirectories(folder.resolve("root"));
    write(root, "etc/machine-id", "");
    write(root, "etc/shadow", "root:!*:20787::::::\ndaemon:*:20787::::::\n");
    write(root, "etc/systemd/system/multi-user.target.wants/podium-agent.service", "");
    write(root, "usr/bin/true", "");
    for (String empty : List.of("root", "home", "var", "srv", "opt/podium-agent/lib")) {
      Files.createDirectories(root.resolve(empty));
    }
    return root;
  }

  private static void write(Path root, String file, String text) throws IOException {
    Files.createDirectories(root.resolve(file).getParent());
    Files.writeString(root.resolve(file), text);
  }

  private Ended check(Path root) throws Exception {
    Path archive = folder.resolve("root.tar");
    assertThat(run("tar", "-C", root, "-cf", archive, ".").code()).isZero();
    return run(IMAGE.resolve("check"), archive, IMAGE.resolve("units.bookworm"));
  }

  @Test
  void an_image_with_nothing_odd_in_it_passes_and_its_units_are_listed() throws Exception {
    Ended ended = check(root());

    assertThat(ended.code()).as(ended.said()).isZero();
    assertThat(ended.said()).contains("Units that start: 1\n  podium-agent.service");
  }

  @Test
  void whatever_somebody_could_come_in_by_is_named_and_makes_no_image() throws Exception {
    Path root = root();
    write(root, "etc/shadow", "root:$6$salt$hash:20787::::::\n");
    write(root, "etc/machine-id", "0123456789abcdef0123456789abcdef\n");
    write(root, "etc/ssh/ssh_host_ed25519_key", "key");
    write(root, "etc/some.conf", "-----BEGIN PRIVATE KEY-----\n");
    write(root, "root/.ssh/authorized_keys", "ssh-ed25519 AAAA");
    write(root, "var/log/build.log", "names of the build's machine");
    write(root, "etc/systemd/system/multi-user.target.wants/ssh.service", "");
    write(root, "usr/bin/become", "");
    assertThat(run("chmod", "4755", root.resolve("usr/bin/become")).code()).isZero();

    Ended ended = check(root);

    assertThat(ended.code()).isNotZero();
    for (String odd :
        List.of(
            "ssh.service",
            "./usr/bin/become",
            "root",
            "./etc/machine-id",
            "./etc/ssh/ssh_host_ed25519_key",
            "./etc/some.conf",
            "./root/.ssh/authorized_keys",
            "./var/log/build.log")) {
      assertThat(ended.said()).containsPattern("not expected in an image: .*\\Q" + odd + "\\E\n");
    }
  }

  @Test
  void the_agents_unit_has_no_more_rights_than_it_needs() throws Exception {
    assumeThat(Path.of("/usr/bin/systemd-analyze")).as("systemd judges its own units").exists();
    Ended ended =
        run(
            "systemd-analyze",
            "security",
            "--no-pager",
            "--offline=true",
            "--threshold=20",
            INSTALLER.resolve("agent/linux/lib/systemd/system/podium-agent.service"));

    assertThat(ended.code()).as(ended.said()).isZero();
  }

  @Test
  void the_metadata_servers_tokens_are_for_root_and_the_agent_alone() throws IOException {
    String unit =
        Files.readString(INSTALLER.resolve("agent/linux/lib/systemd/system/podium-agent.service"));
    assertThat(unit).contains("\nUser=podium-agent\n");
    assertThat(Files.readString(IMAGE.resolve("root/etc/nftables.conf")))
        .contains("meta skuid { \"root\", \"podium-agent\" } accept")
        .contains("ip daddr 169.254.169.254 tcp dport 80")
        .contains("ip6 daddr fd20:ce::254 tcp dport 80");
    assertThat(
            Files.readString(INSTALLER.resolve("agent/linux/usr/lib/sysusers.d/podium-agent.conf")))
        .contains("\nu podium-agent ");
  }
}
