package dev.podium.desktop.cli.server;

import dev.podium.desktop.cli.text.JsonText;
import dev.podium.desktop.program.ParentWatch;
import dev.podium.desktop.program.Programs;
import dev.podium.desktop.program.Programs.CloudAddresses;
import dev.podium.desktop.program.Programs.ServeRequest;
import dev.podium.desktop.program.Programs.Served;
import dev.podium.desktop.program.Shutdown;
import java.io.PrintWriter;
import picocli.CommandLine.Model.CommandSpec;

/// Serves until somebody stops it, and says first where and how to talk to it.
final class Server {
  private final Programs programs;
  private final Shutdown shutdown;
  private final PrintWriter out;

  Server(Programs programs, Shutdown shutdown, CommandSpec spec) {
    this.programs = programs;
    this.shutdown = shutdown;
    this.out = spec.commandLine().getOut();
  }

  /// @param jsonReady whether stdout carries one JSON line, for a script, or words for a person
  /// @return the exit code
  int run(ServeRequest request, boolean jsonReady) {
    shutdown.serve();
    Served served = programs.serve(request, shutdown);
    shutdown.add("The note that this server runs", programs.running().announce(served));
    if (jsonReady) {
      out.println(JsonText.line(ServeReady.of(served)));
    } else {
      greet(served);
    }
    out.flush();
    ParentWatch.ofThisProcess().await();
    return 0;
  }

  private void greet(Served served) {
    // What curl is given as an argument would show in the list of processes.
    String authorized =
        "(printf 'Authorization: Bearer '; cat '" + served.apiKeyFile() + "') | curl -H @- ";
    out.println(served.api() + "  is Podium's API, profile " + served.profile() + ".");
    out.println("Its key is in " + served.apiKeyFile());
    out.println();
    out.println("Try, in another terminal:");
    out.println("  podium instances create --count 3");
    out.println("  podium invite Ann");
    out.println("  " + authorized + served.api() + "v1/instances");
    out.println("  " + served.api() + "openapi.json describes the API.");
    out.println("Ctrl-C stops it.");
  }

  /// The line that `--json-ready` prints.
  private record ServeReady(String api, String apiKeyFile, CloudAddresses cloud) {
    static ServeReady of(Served served) {
      return new ServeReady(
          served.api().toString(), served.apiKeyFile().toString(), served.cloud());
    }
  }
}
