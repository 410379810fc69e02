package dev.podium.desktop.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.podium.desktop.cli.text.ResultWriter;
import dev.podium.desktop.program.Programs;
import dev.podium.desktop.program.RunningServers;
import dev.podium.desktop.program.SavedProfiles;
import dev.podium.desktop.program.Shutdown;
import dev.podium.fleet.acceptance.AcceptanceReport;
import dev.podium.fleet.acceptance.AcceptanceStep;
import dev.podium.fleet.config.PodiumFolders;
import dev.podium.fleet.image.desk.ImageDesk;
import dev.podium.fleet.preflight.Preflight;
import dev.podium.wire.model.PodiumException;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CommandsTest {
  @TempDir private Path folder;

  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();
  private final List<Programs.ServeRequest> served = new ArrayList<>();
  private Shutdown shutdown = new Shutdown();
  private Optional<Programs.Identity> operator = Optional.empty();

  @ParameterizedTest
  @ValueSource(
      strings = {
        "frobnicate",
        "serve --port 70000",
        "login --port 70000",
        "login --adc --no-browser",
        "login --adc --preflight",
        "instances list --profile p --api http://127.0.0.1:1/ --api-key-file F",
        "serve --local --profile p",
        "serve --limits none",
        "serve --local --cloud http://127.0.0.1:1/",
        "serve --cloud http://example.org/",
        "local-cloud --machines qemu",
        "local-cloud --disk-image disk.raw",
        "local-cloud --time-scale 0",
        "local-cloud --tempo slow",
        "local-cloud --faults no/such/file",
        "local-cloud fault",
        "local-cloud fault set",
        "local-cloud fault set --error-503 often",
        "local-cloud fault show --cloud nowhere",
        "local-cloud fault cut",
        "instances",
        "instances destroy",
        "instances hold",
        "instances hold vm-1 --lift --minutes 5",
        "instances list -o xml",
        "policy",
        "doctor --clean",
        "activity --level loud",
        "instances list --api http://127.0.0.1:1/",
        "instances list --api ftp://127.0.0.1:1/ --api-key-file F",
        "instances list --api 127.0.0.1:x --api-key-file F",
        "instances list --api http:// --api-key-file F",
        "invite Ann --hours soon",
        "invite"
      })
  void wrong_usage_is_one_line_on_stderr_and_exit_code_2(String line) {
    assertThat(run(line)).isEqualTo(2);
    assertThat(err.toString().strip()).startsWith("podium: ").contains("--help").hasLineCount(1);
    assertThat(out.toString()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "instances list",
        "instances create",
        "policy show",
        "policy set --maximum 5",
        "activity --follow",
        "invite Ann",
        "doctor --leaks",
        "whoami"
      })
  void where_there_is_no_fleet_it_says_what_to_do_and_fails(String line) {
    assertThat(run(line)).isEqualTo(1);
    assertThat(err.toString().strip()).contains("podium login").hasLineCount(1);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "local-cloud fault show",
        "local-cloud fault clear",
        "local-cloud fault cut vm-1",
        "local-cloud fault revoke"
      })
  void where_there_is_no_local_cloud_it_says_how_to_start_one_and_fails(String line) {
    assertThat(run(line)).isEqualTo(1);
    assertThat(err.toString().strip()).contains("podium local-cloud").hasLineCount(1);
  }

  @Test
  void a_failure_is_its_sentence_and_what_to_do() {
    assertThat(run("serve --local --port 8080 --limits STANDARD")).isEqualTo(1);
    assertThat(err.toString())
        .isEqualTo("podium: The port is taken: by another. Choose another.\n");
    assertThat(served.getFirst().limits()).contains(Programs.Limits.STANDARD);
    assertThat(served.getFirst().local()).isTrue();
  }

  @Test
  void every_command_explains_itself() {
    for (String command :
        List.of(
            "",
            "serve",
            "local-cloud",
            "local-cloud fault",
            "local-cloud fault set",
            "local-cloud fault cut",
            "instances",
            "instances create",
            "policy show",
            "policy set",
            "activity",
            "invite",
            "revoke",
            "people",
            "people list",
            "people remove",
            "keys",
            "keys list",
            "keys create",
            "keys revoke",
            "login",
            "doctor",
            "version")) {
      assertThat(run((command + " --help").strip())).isZero();
    }
    assertThat(out.toString()).contains("--json-ready", "--machine-type", "--room");
  }

  @Test
  void a_server_is_there_to_be_stopped_and_a_command_with_a_fleet_of_its_own_is_not() {
    run("serve --local");
    assertThat(shutdown.serving()).isFalse();
    shutdown.add("the fleet", () -> {});
    assertThat(shutdown.serving()).isTrue();

    shutdown = new Shutdown();
    operator =
        Optional.of(new Programs.Identity("ann@example.org", "project-1", "p", "by browser", true));
    run("instances list");
    shutdown.add("the fleet", () -> {});
    assertThat(served).hasSize(2);
    assertThat(shutdown.serving()).isFalse();
  }

  @Test
  void a_profile_and_default_credentials_can_be_named_with_every_command_that_signs_in() {
    operator =
        Optional.of(new Programs.Identity("bot@example.org", "project-1", "p", "a key", false));
    for (String command :
        List.of(
            "instances list",
            "instances describe vm-1",
            "policy show",
            "activity",
            "invite Ann",
            "people list",
            "keys list",
            "doctor --leaks")) {
      served.clear();
      run(command + " --profile p --adc");
      assertThat(served).as(command).hasSize(1);
      assertThat(served.getFirst().profile()).as(command).contains("p");
      assertThat(served.getFirst().defaultCredentials()).as(command).isTrue();
    }
    for (String command : List.of("login", "whoami", "serve")) {
      out.getBuffer().setLength(0);
      run(command + " --help");
      assertThat(out.toString()).as(command).contains("--profile", "--adc");
    }
    out.getBuffer().setLength(0);
    assertThat(run("whoami")).isZero();
    assertThat(out.toString()).contains("bot@example.org", "project-1", "(a key)");
  }

  @Test
  void what_could_not_be_written_makes_a_command_fail() {
    PrintWriter full =
        new PrintWriter(
            new OutputStream() {
              @Override
              public void write(int octet) throws IOException {
                throw new IOException("No space left on device");
              }
            },
            true,
            StandardCharsets.UTF_8);
    full.println("done");
    PrintWriter told = new PrintWriter(err, true);
    assertThat(Commands.printed(0, full, told)).isEqualTo(1);
    assertThat(err.toString().strip()).startsWith("podium: Not all could be").hasLineCount(1);
    assertThat(Commands.printed(0, new PrintWriter(out), told)).isZero();
  }

  @Test
  void the_version_and_help_are_asked_for_in_the_usual_ways_too() {
    assertThat(run("--version")).isZero();
    assertThat(out.toString()).startsWith("podium ").contains(" on Java ");
    assertThat(run("help instances")).isZero();
    assertThat(out.toString()).contains("Usage: podium instances");
    assertThat(run("help nothing")).isEqualTo(2);
  }

  @Test
  void who_mistypes_a_command_or_an_option_is_told_the_nearest() {
    assertThat(run("instnaces list")).isEqualTo(2);
    assertThat(err.toString()).contains("Did you mean 'instances'?").hasLineCount(1);
    assertThat(run("instances create --conut 2")).isEqualTo(2);
    assertThat(err.toString()).contains("Did you mean '--count'?");
  }

  @Test
  void no_vms_and_no_hours_are_wrong_usage() {
    assertThat(run("instances create --count 0")).isEqualTo(2);
    assertThat(run("people remove Ann --hours 25")).isEqualTo(2);
    assertThat(err.toString()).contains("--count 0", "--hours 25").hasLineCount(2);
  }

  @Test
  void whoever_stops_reading_needs_no_sentence_about_it() {
    PrintWriter closed =
        ResultWriter.of(
            new OutputStream() {
              @Override
              public void write(int octet) throws IOException {
                throw new IOException("Broken pipe");
              }
            });
    closed.println("a line that nobody reads");

    assertThat(Commands.printed(0, closed, new PrintWriter(err, true))).isEqualTo(141);
    assertThat(err.toString()).isEmpty();
  }

  private int run(String line) {
    return Commands.tree(
            new Nothing(), shutdown, new PrintWriter(out, true), new PrintWriter(err, true))
        .execute(line.split(" "));
  }

  /// Programs that all fail, or know nobody.
  private final class Nothing implements Programs {
    @Override
    public boolean console(Shutdown shutdown) {
      return true;
    }

    @Override
    public Served serve(ServeRequest request, Shutdown shutdown) {
      served.add(request);
      throw new PodiumException.Unavailable(
          "The port is taken", "by another", "Choose another.", null);
    }

    @Override
    public CloudAddresses localCloud(LocalCloudRequest request, Shutdown shutdown) {
      throw new AssertionError("not reached by wrong usage");
    }

    @Override
    public String login(LoginRequest request, Consumer<String> tell) {
      throw new AssertionError("not asked for");
    }

    @Override
    public Optional<String> logout(Optional<String> profile) {
      return Optional.empty();
    }

    @Override
    public Optional<Identity> whoami(Optional<String> profile, boolean defaultCredentials) {
      return operator;
    }

    @Override
    public List<Finding> doctor() {
      return List.of();
    }

    @Override
    public AcceptanceReport acceptance(
        AcceptanceRequest request, Consumer<AcceptanceStep> told, Shutdown shutdown) {
      throw new AssertionError("not asked for");
    }

    @Override
    public ImageDesk images(ImageRequest request, Shutdown shutdown) {
      throw new UnsupportedOperationException();
    }

    @Override
    public String cleanAcceptance(PreflightRequest where, Shutdown shutdown) {
      throw new AssertionError("not asked for");
    }

    @Override
    public Preflight preflight(PreflightRequest request) {
      throw new AssertionError("not asked for");
    }

    @Override
    public SavedProfiles profiles() {
      return new SavedProfiles(
          new PodiumFolders(folder, folder, folder), Optional.empty(), err::append);
    }

    @Override
    public RunningServers running() {
      return new RunningServers(folder);
    }

    @Override
    public RunningServers runningClouds() {
      return new RunningServers(folder.resolve("clouds"));
    }
  }
}
