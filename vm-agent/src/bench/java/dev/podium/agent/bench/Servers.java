package dev.podium.agent.bench;

import dev.podium.agent.EchoAgent;
import dev.podium.bench.Figure;
import dev.podium.bench.NodePeers;
import dev.podium.bench.Program;
import dev.podium.bench.Race;
import dev.podium.fleet.invite.InviteIssuer;
import dev.podium.fleet.invite.InviteKeys;
import dev.podium.wire.invite.Audience;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// The servers of a race, each a process on the first processor; this program's own threads are put
/// on the second.
final class Servers {
  private static final Path JVM_OPTIONS = Path.of("src", "main", "jvm", "jvm.options");

  private final InviteKeys keys;
  private final InviteIssuer issuer;
  private int address = 1;

  /// What a race does with one server.
  @FunctionalInterface
  interface Round {
    Map<Figure, Double> measure(Server server) throws Exception;
  }

  /// @param servers for their invites
  /// @param again starts another of its kind
  record Server(Servers servers, Program program, Dialect dialect, int port, Again again)
      implements AutoCloseable {
    /// Starts a server.
    @FunctionalInterface
    interface Again {
      Server start() throws IOException;
    }

    /// Another process of the same kind.
    Server another() throws IOException {
      return again.start();
    }

    @Override
    public void close() {
      program.close();
    }

    /// People who are in, spread over so many rooms.
    Crowd crowd(int people, int rooms) throws InterruptedException {
      return new Crowd(
              dialect, port, people, rooms, person -> servers.token(this, person), servers.next())
          .gather();
    }
  }

  Servers() throws IOException, InterruptedException {
    Path folder = Files.createTempDirectory("podium-bench");
    keys = InviteKeys.open(folder.resolve("keys"), InstantSource.system());
    issuer = new InviteIssuer(keys, InstantSource.system());
    String self = Long.toString(ProcessHandle.current().pid());
    if (Files.isExecutable(Path.of("/usr/bin/taskset"))) {
      new ProcessBuilder("taskset", "-acp", "1", self)
          .redirectOutput(ProcessBuilder.Redirect.DISCARD)
          .start()
          .waitFor();
    }
  }

  /// Enters the agent, then socket.io and ws.
  void enter(Race race, Round round) throws IOException, InterruptedException {
    Server agent = agent();
    race.enter("Podium's agent", () -> round.measure(agent));
    switch (NodePeers.install()) {
      case NodePeers.Found.Installed(Path folder) -> {
        Server socketIo = node(folder, "socket.io", Dialect.SOCKET_IO);
        Server ws = node(folder, "ws", Dialect.WS);
        race.enter("socket.io", () -> round.measure(socketIo));
        race.enter("ws", () -> round.measure(ws));
      }
      case NodePeers.Found.Missing(String why) -> race.leaveOut("socket.io and ws", why);
    }
  }

  /// As it is packaged, with its own bounds of memory.
  Server agent() throws IOException {
    List<String> command = new ArrayList<>(Program.java("@" + JVM_OPTIONS));
    command.add(EchoAgent.class.getName());
    command.add(keys.publicKeys());
    return start(command, Path.of("."), Dialect.PODIUM);
  }

  private Server node(Path folder, String kind, Dialect dialect) throws IOException {
    return start(List.of("node", "peers.mjs", kind), folder, dialect);
  }

  private Server start(List<String> command, Path folder, Dialect dialect) throws IOException {
    Program program = Program.start(Program.pinned(0, command), folder, Map.of());
    String line = program.line(text -> text.startsWith("port "));
    return new Server(
        this,
        program,
        dialect,
        Integer.parseInt(line.substring(5)),
        () -> start(command, folder, dialect));
  }

  private String token(Server server, int person) {
    return server.dialect() == Dialect.PODIUM
        ? issuer
            .issue(
                "P" + person,
                "lobby",
                new Audience.WholeFleet(EchoAgent.FLEET),
                Duration.ofHours(12))
            .token()
        : "";
  }

  /// The next loopback address to come from.
  private int next() {
    address = address % 250 + 1;
    return address;
  }
}
