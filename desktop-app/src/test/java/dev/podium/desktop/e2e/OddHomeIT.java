package dev.podium.desktop.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/// A home with spaces, an apostrophe, ë and CJK, under locales that have tripped programs.
@DisabledOnOs(OS.WINDOWS)
class OddHomeIT {
  private static final ObjectMapper JSON = new ObjectMapper();

  @TempDir private Path folder;

  /// Sends bytes, because the locale of the tests themselves may know ASCII alone.
  private Process start(Map<String, String> locale, String java, String... arguments)
      throws IOException {
    List<String> command =
        new ArrayList<>(
            List.of(
                "sh",
                "-c",
                "home=$(printf '%s/Zo\\303\\253 \\346\\235\\261 o'\"'\"'x' \"$1\"); shift;"
                    + " mkdir -p \"$home\"; export HOME=\"$home\" XDG_CONFIG_HOME=\"$home/c\""
                    + " XDG_STATE_HOME=\"$home/s\" XDG_DATA_HOME=\"$home/d\"; exec \"$@\"",
                "sh",
                folder.toString(),
                Path.of("target/podium/bin/podium").toAbsolutePath().toString()));
    command.addAll(List.of(arguments));
    ProcessBuilder builder = new ProcessBuilder(command);
    Map<String, String> environment = builder.environment();
    List.of("PODIUM_HOME", "LC_ALL", "LC_CTYPE", "LANG", "DISPLAY", "WAYLAND_DISPLAY")
        .forEach(environment::remove);
    environment.putAll(locale);
    environment.put("PODIUM_JAVA_OPTS", java + " -XX:TieredStopAtLevel=1 -XX:+UseSerialGC");
    return builder.redirectError(folder.resolve("stderr.log").toFile()).start();
  }

  private String told() throws IOException {
    return Files.readString(folder.resolve("stderr.log"), StandardCharsets.ISO_8859_1);
  }

  @Test
  void commands_run_under_the_c_locale() throws Exception {
    for (Map<String, String> locale :
        List.of(
            Map.of("LC_ALL", "C"),
            Map.of("LC_ALL", "POSIX"),
            Map.of("LANG", "xx_XX.UTF-8"),
            Map.<String, String>of())) {
      Process command = start(locale, "", "instances", "--help");
      String output = new String(command.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      assertThat(command.waitFor()).as(told()).isZero();
      assertThat(output).as(locale.toString()).contains("create");
      assertThat(told()).doesNotContain("Exception");
    }
  }

  @Test
  void a_server_and_its_vms_and_commands_run_in_turkish() throws Exception {
    Map<String, String> locale = Map.of("LC_ALL", "C.UTF-8");
    String turkish = "-Duser.language=tr -Duser.country=TR";
    Process server = start(locale, turkish, "serve", "--local", "--json-ready");
    try (BufferedReader output =
        new BufferedReader(
            new InputStreamReader(server.getInputStream(), StandardCharsets.UTF_8))) {
      JsonNode ready = JSON.readTree(String.valueOf(output.readLine()));
      assertThat(ready.path("apiKeyFile").asText()).contains("Zoë 東 o'x");
      assertThat(run(turkish, "instances", "create", "--prefix", "isik")).contains("isik-1");
      assertThat(run(turkish, "instances", "list")).contains("isik-1");
      assertThat(run(turkish, "invite", "İpek")).contains("#t=");
      assertThat(run(turkish, "policy", "set", "--spare", "1")).isNotNull();
    } finally {
      server.destroy();
      assertThat(server.waitFor(20, TimeUnit.SECONDS)).isTrue();
    }
  }

  private String run(String java, String... arguments) throws Exception {
    Process command = start(Map.of("LC_ALL", "C.UTF-8"), java, arguments);
    String output = new String(command.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(command.waitFor()).as(told()).isZero();
    return output;
  }
}
