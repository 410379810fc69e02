package dev.podium.localcloud.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.podium.localcloud.LocalCloud;
import dev.podium.localcloud.LocalCloudOptions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/// Sends again, in the same order, what gcloud, Google's Java and Node clients and curl were seen
/// to send. Every answer is held against the schema of its method.
class ComputeReplayTest {

  private final AnswerJudge judge = AnswerJudge.compute();
  private final ReplayMemory memory = new ReplayMemory();
  private final List<String> faults = new ArrayList<>();
  private final Map<String, Integer> answered = new TreeMap<>();

  @Test
  void every_captured_request_gets_an_answer_of_its_methods_shape() {
    try (LocalCloud cloud =
        LocalCloud.start(LocalCloudOptions.defaults().withProject("demo-project"))) {
      Wire wire = new Wire(cloud.compute());
      CapturedRequest.load("compute-requests.jsonl.gz").stream()
          .flatMap(captured -> memory.translate(captured).stream())
          .forEach(request -> replay(wire, request));
    }
    assertThat(faults).isEmpty();
    assertThat(answered.keySet())
        .as("methods that the recording exercises")
        .contains(
            "compute.instances.insert",
            "compute.instances.aggregatedList",
            "compute.instances.setLabels",
            "compute.instanceTemplates.insert",
            "compute.instanceTemplates.aggregatedList",
            "compute.zoneOperations.wait",
            "compute.images.list");
  }

  private void replay(Wire wire, CapturedRequest request) {
    if (!request.verb().equals("GET") && !request.path().contains("/operations/")) {
      memory.beforeChange();
    }
    Answer answer = wire.send(request.verb(), request.target(), request.headers(), request.body());
    if (request.path().startsWith("/batch/")) {
      replayBatch(request, answer);
    } else {
      examine(request.toString(), request, request.path(), answer);
    }
  }

  private void replayBatch(CapturedRequest request, Answer answer) {
    List<Multipart.Part> asked =
        Multipart.parts(request.headers().getOrDefault("content-type", ""), request.body());
    if (answer.status() != 200) {
      faults.add(request + ": the batch itself failed: " + answer);
      return;
    }
    List<Multipart.Part> given = Multipart.parts(answer.header("content-type"), answer.text());
    for (Multipart.Part part : asked) {
      String id = part.id().replace("<", "<response-");
      Optional<Multipart.Part> reply = given.stream().filter(g -> g.id().equals(id)).findFirst();
      String[] line = part.firstLine().split(" ", 3);
      CapturedRequest inner =
          new CapturedRequest(request.number(), line[0], line[1], Map.of(), part.body(), 200);
      if (reply.isEmpty() || !reply.get().type().startsWith("application/http")) {
        faults.add(inner + ": the batch holds no answer with Content-ID " + id);
      } else {
        examine("batch " + inner, inner, inner.path(), reply.get().answer());
      }
    }
  }

  private void examine(String what, CapturedRequest request, String path, Answer answer) {
    String verb = request.headers().getOrDefault("X-HTTP-Method-Override", request.verb());
    judge.faults(verb, path, answer).forEach(fault -> faults.add(what + ": " + fault));
    if (!statusExplained(request, path, answer.status())) {
      faults.add(what + ": once answered " + request.status() + ", here " + answer);
    }
    judge.method(verb, path).ifPresent(method -> answered.merge(method.id(), 1, Integer::sum));
    memory.learn(verb, path, request.body(), answer);
  }

  /// Whether the status is the recorded one, or differs for a reason that the requests so far tell.
  private boolean statusExplained(CapturedRequest request, String path, int status) {
    if (status == request.status() || request.faultInjected()) {
      return status < 500 || status == request.status();
    }
    if (request.verb().equals("POST") && path.endsWith("/instances")) {
      return insertExplained(path, request.body(), status);
    }
    if (path.endsWith("/setScheduling") && request.body().contains("maxRunDuration")) {
      // It also let the run limit of an instance that runs be changed.
      return status == 400;
    }
    if (request.status() == 404) {
      // The recording server knew fewer methods than Google, and called those not found.
      return status == 200 || status == 501;
    }
    // It also kept instances, or made them, where this one had nothing or a refusal; it knew every
    // project; and it gave guest attributes of a VM that has none, which Google does not.
    return status == 404
        && (memory.missing(path)
            || path.contains("/projects/demo/")
            || path.endsWith("/getGuestAttributes"));
  }

  /// The recording server was restarted between runs, so a name that was free there may be taken
  /// here; and it took bodies without a disk, which Google refuses.
  private boolean insertExplained(String path, String body, int status) {
    String name = ReplayMemory.created(path, body);
    return switch (status) {
      case 200 -> !memory.stands(name);
      case 400 -> !body.contains("\"disks\"");
      case 409 -> memory.stands(name) || memory.leaves(name);
      default -> false;
    };
  }
}
