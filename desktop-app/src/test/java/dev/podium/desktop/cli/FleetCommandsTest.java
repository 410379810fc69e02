package dev.podium.desktop.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.sun.net.httpserver.HttpServer;
import dev.podium.desktop.cli.text.JsonText;
import dev.podium.desktop.cli.text.ResultWriter;
import dev.podium.desktop.program.Programs;
import dev.podium.desktop.program.Shutdown;
import dev.podium.desktop.testing.ScriptedFleet;
import dev.podium.fleet.api.ApiOptions;
import dev.podium.fleet.api.ApiServer;
import dev.podium.fleet.api.key.ApiKeys;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.Writer;
import java.lang.reflect.Proxy;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(30)
class FleetCommandsTest {
  @TempDir private Path folder;

  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();
  private final Map<String, Deque<Answer>> answers = new HashMap<>();
  private HttpServer server;
  private String base = "";
  private Path keyFile;

  private record Answer(int status, String type, String body) {}

  @BeforeEach
  void open() throws IOException {
    keyFile = Files.writeString(folder.resolve("key"), "podium_key\n");
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    base = "http://127.0.0.1:" + server.getAddress().getPort() + "/";
    server.createContext(
        "/",
        exchange -> {
          String asked = exchange.getRequestMethod() + " " + exchange.getRequestURI().getPath();
          Answer answer = next(asked);
          byte[] body = answer.body().getBytes(StandardCharsets.UTF_8);
          exchange.getResponseHeaders().add("content-type", answer.type());
          exchange.sendResponseHeaders(answer.status(), body.length);
          exchange.getResponseBody().write(body);
          exchange.close();
        });
    server.start();
  }

  @AfterEach
  void close() {
    server.stop(0);
  }

  /// The last answer to a call is given again and again.
  private synchronized Answer next(String asked) {
    Deque<Answer> left = answers.getOrDefault(asked, new ArrayDeque<>());
    Answer none = new Answer(404, "application/json", "{\"detail\":\"There is none.\"}");
    return left.size() > 1 ? left.removeFirst() : left.isEmpty() ? none : left.getFirst();
  }

  private synchronized void answer(String asked, int status, String body) {
    answers
        .computeIfAbsent(asked, _ -> new ArrayDeque<>())
        .addLast(new Answer(status, "application/json", body));
  }

  private int run(String line) {
    return run(line, out);
  }

  private static PrintWriter printer(Writer to) {
    return to instanceof PrintWriter printer ? printer : new PrintWriter(to, true);
  }

  private int run(String line, Writer to) {
    Programs none =
        (Programs)
            Proxy.newProxyInstance(
                Programs.class.getClassLoader(),
                new Class<?>[] {Programs.class},
                (_, method, _) -> {
                  throw new AssertionError(method + " is not needed with an address");
                });
    String address = " --api " + base + " --api-key-file " + keyFile;
    return Commands.tree(none, new Shutdown(), printer(to), new PrintWriter(err, true))
        .execute((line + address).split(" "));
  }

  @Test
  void an_invite_is_good_for_the_hours_that_were_named() {
    ApiKeys keys = ApiKeys.open(folder.resolve("keys.json"));
    keyFile = folder.resolve("api-key");
    keys.issueTo(keyFile);
    try (ApiServer api =
        new ApiServer(new ScriptedFleet(), keys, ApiOptions.loopback(0), Instant::now)) {
      base = api.start().toString();
      assertThat(run("invite Ann --hours 2 -o json")).isZero();
      assertThat(JsonText.read(out.toString()).path("expires").asText())
          .isEqualTo("2026-05-04T11:00:00Z");
      assertThat(run("invite Ann --hours 13")).isEqualTo(1);
      assertThat(err.toString()).contains("a whole number from 1 to 12");
    }
  }

  @Test
  void an_address_may_lack_its_scheme_and_its_slash() {
    answer("GET /v1/instances", 200, "{\"instances\":[]}");
    base = base.substring(0, base.length() - 1);
    assertThat(run("instances list")).isZero();
    base = base.substring("http://".length());
    assertThat(run("instances list")).isZero();
  }

  @Test
  void what_another_program_answers_is_one_line_on_stderr() throws IOException {
    answer("GET /v1/instances", 200, "<html>Welcome</html>");
    answer("GET /v1/events", 200, "{}");
    assertThat(run("instances list")).isEqualTo(1);
    assertThat(err.toString().strip()).contains("answered what is not JSON").hasLineCount(1);
    assertThat(run("activity -f")).isEqualTo(1);
    assertThat(err.toString().strip()).contains("no stream of events").hasLineCount(2);
    Files.writeString(keyFile, "two\nlines\n");
    assertThat(run("instances list")).isEqualTo(1);
    assertThat(err.toString().strip()).contains("holds no key of Podium's").hasLineCount(3);
  }

  @Test
  void an_address_at_which_nobody_listens_is_named() {
    server.stop(0);
    assertThat(run("instances list")).isEqualTo(1);
    assertThat(err.toString()).contains(base + " does not answer: nobody listens there.");
  }

  private static final String VM = "{\"name\":\"vm-1\",\"evidence\":[{\"channel\":\"COMPUTE\"}]}";

  private static String operation(String status, String more) {
    return "{\"id\":\"op-1\",\"instance\":\"vm-1\",\"status\":\"" + status + "\"" + more + "}";
  }

  private void accept(String asked) {
    answer(asked, 202, "{\"operation\":" + operation("RUNNING", "") + "}");
    answer("GET /v1/instances/vm-1", 200, VM);
  }

  @Test
  void a_destruction_that_failed_after_it_was_accepted_is_told_with_its_cause() {
    accept("DELETE /v1/instances/vm-1");
    String error = ",\"error\":{\"detail\":\"The disk is stuck.\",\"remedy\":\"Try again.\"}";
    answer("GET /v1/operations/op-1", 200, operation("RUNNING", ""));
    answer("GET /v1/operations/op-1", 200, operation("FAILED", error));
    assertThat(run("instances destroy vm-1")).isEqualTo(1);
    assertThat(err.toString()).isEqualTo("podium: The disk is stuck. Try again.\n");
    assertThat(out.toString()).isEmpty();
  }

  @Test
  void a_destruction_is_done_although_another_vm_has_the_name_by_now() {
    accept("DELETE /v1/instances/vm-1");
    answer("GET /v1/operations/op-1", 200, operation("DONE", ""));
    assertThat(run("instances destroy vm-1")).isZero();
    assertThat(out.toString()).isEqualTo("vm-1 is destroyed\n");
  }

  @Test
  void a_drain_ends_with_its_vm_where_the_server_has_forgotten_it() {
    accept("POST /v1/instances/vm-1:drain");
    answer("GET /v1/instances/vm-1", 404, "{\"detail\":\"There is none.\"}");
    assertThat(run("instances drain vm-1")).isZero();
    assertThat(out.toString()).isEqualTo("vm-1 is drained and gone\n");
  }

  @Test
  void what_became_of_several_vms_is_one_document_or_a_line_each() {
    accept("DELETE /v1/instances/vm-1");
    answer("GET /v1/operations/op-1", 200, operation("DONE", ""));
    assertThat(run("instances destroy none vm-1 -o json")).isEqualTo(1);
    JsonNode operations = JsonText.read(out.toString()).path("operations");
    assertThat(operations.findValuesAsText("instance")).containsExactly("none", "vm-1");
    assertThat(operations.findValuesAsText("status")).containsExactly("FAILED", "DONE");
    out.getBuffer().setLength(0);
    assertThat(run("instances destroy none vm-1 -o jsonl")).isEqualTo(1);
    assertThat(out.toString().lines().map(line -> JsonText.read(line).path("status").asText()))
        .containsExactly("FAILED", "DONE");
  }

  @Test
  void an_object_a_line_is_a_vm_a_line() {
    answer("GET /v1/instances", 200, "{\"instances\":[]}");
    answer("GET /v1/instances/vm-1", 200, VM);
    assertThat(run("instances list -o jsonl")).isZero();
    assertThat(out.toString()).isEmpty();
    assertThat(run("instances describe vm-1 -o jsonl")).isZero();
    assertThat(out.toString()).isEqualTo(VM + "\n");
  }

  @Test
  void a_line_of_the_serial_console_that_two_reads_share_stays_one_line() {
    String path = "GET /v1/instances/vm-1/serial";
    answer(path, 200, "{\"contents\":\"boot\\nlog\",\"next\":8}");
    answer(path, 200, "{\"contents\":\"in: \\n\",\"next\":13}");
    answer(path, 500, "{\"detail\":\"It is over.\"}");
    assertThat(run("instances serial vm-1 -f")).isEqualTo(1);
    assertThat(out.toString()).isEqualTo("boot\nlogin: \n");
  }

  @Test
  void a_spreadsheet_has_each_number_in_a_column_of_its_own() {
    answer(
        "GET /v1/instances",
        200,
        "{\"instances\":[{\"name\":\"vm-1\",\"participants\":3,\"seats\":50,\"ageSeconds\":42,"
            + "\"idleSeconds\":null}],\"nextPageToken\":\"\"}");
    assertThat(run("instances list -o csv")).isZero();
    assertThat(out.toString().lines())
        .containsExactly(
            "name,zone,status,health,people,seats,age,idle,chat,reason", "vm-1,,,,3,50,42,,,");
  }

  @Test
  void many_vms_that_failed_for_one_reason_are_one_line() {
    StringBuilder failures = new StringBuilder();
    for (int i = 1; i <= 10; i++) {
      failures
          .append(i == 1 ? "" : ",")
          .append(
              "{\"name\":\"vm-%d\",\"message\":\"vm-%d: quota CPUS is used up\"}".formatted(i, i));
    }
    failures.append(",{\"name\":\"vm-11\",\"message\":\"the zone is full\"}");
    answer("POST /v1/instances", 200, "{\"instances\":[],\"failures\":[" + failures + "]}");
    assertThat(run("instances create --count 11")).isEqualTo(1);
    assertThat(err.toString().lines())
        .containsExactly(
            "podium: 10 failed (vm-1, vm-2, vm-3, …): vm-1: quota CPUS is used up.",
            "podium: the zone is full.");
  }

  @Test
  void a_refusal_is_told_in_the_words_of_the_command() {
    answer(
        "POST /v1/instances",
        400,
        "{\"detail\":\"The member 'runLimitSeconds' must be a whole number.\","
            + "\"remedy\":\"Correct the request; /openapi.json describes it.\"}");
    assertThat(run("instances create")).isEqualTo(1);
    assertThat(err.toString())
        .isEqualTo("podium: --hours must be a whole number. See the command's --help.\n");
  }

  @Test
  void a_name_that_two_people_have_puts_out_neither() {
    answer(
        "GET /v1/people",
        200,
        "{\"people\":[{\"id\":\"p-1\",\"name\":\"Ann\"},{\"id\":\"p-2\",\"name\":\"ann\"}]}");
    assertThat(run("people remove Ann")).isEqualTo(1);
    assertThat(err.toString()).contains("p-1, p-2").hasLineCount(1);
  }

  @Test
  void a_command_that_follows_ends_when_nobody_reads_it_any_more() {
    answer("GET /v1/instances/vm-1/serial", 200, "{\"contents\":\"more\\n\",\"next\":5}");
    ByteArrayOutputStream read = new ByteArrayOutputStream();
    Writer closed =
        ResultWriter.of(
            new OutputStream() {
              @Override
              public void write(int octet) throws IOException {
                if (read.toString(StandardCharsets.UTF_8).endsWith("\n")) {
                  throw new IOException("Broken pipe");
                }
                read.write(octet);
              }
            });
    assertThat(run("instances serial vm-1 --follow", closed)).isEqualTo(ResultWriter.READER_GONE);
    assertThat(read.toString(StandardCharsets.UTF_8)).isEqualTo("more\n");
    assertThat(err.toString()).isEmpty();
  }
}
