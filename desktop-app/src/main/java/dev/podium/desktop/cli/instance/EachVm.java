package dev.podium.desktop.cli.instance;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.podium.desktop.cli.client.ApiClient;
import dev.podium.desktop.cli.fleet.FleetCommand;
import dev.podium.desktop.cli.fleet.FleetCommand.Form;
import dev.podium.desktop.cli.text.FailureSentence;
import dev.podium.desktop.cli.text.JsonText;
import dev.podium.wire.model.PodiumException;
import dev.podium.wire.text.DurationText;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/// Does the same to several VMs, each for itself: one that fails does not keep the others.
///
/// What came of each is the API's operation, with its `status`: `DONE`, `FAILED` with an `error`,
/// or `RUNNING` where nobody waited for its end.
///
/// @param noWait whether the end of the request is enough, without the end of the VM
record EachVm(FleetCommand command, ApiClient api, boolean noWait) {
  // The cloud deletes in about a minute; a drain waits for the people on the VM.
  private static final Duration PATIENCE = Duration.ofMinutes(10);
  private static final Duration LOOK_AGAIN = Duration.ofMillis(300);

  private static final String STATUS = "status";
  private static final String RUNNING = "RUNNING";
  private static final String FAILED = "FAILED";

  /// @param action asks for it; returns the API's answer, with the operation
  /// @param done the end of the sentence about a VM that went well
  /// @return the exit code
  int run(List<String> names, Function<String, JsonNode> action, String done) {
    List<ObjectNode> begun = new ArrayList<>();
    List<ObjectNode> ended = new ArrayList<>();
    for (String name : names) {
      ObjectNode operation = asked(name, action);
      (status(operation).equals(FAILED) ? ended : begun).add(operation);
    }
    ended.forEach(operation -> tell(operation, done));
    for (ObjectNode operation : begun) {
      ObjectNode end = noWait ? operation : end(operation);
      ended.add(end);
      tell(end, done);
    }
    if (command.form() == Form.JSON) {
      ObjectNode answer = JsonNodeFactory.instance.objectNode();
      ended.forEach(answer.putArray("operations")::add);
      command.print(JsonText.pretty(answer));
    }
    return ended.stream().anyMatch(operation -> status(operation).equals(FAILED)) ? 1 : 0;
  }

  private static ObjectNode asked(String name, Function<String, JsonNode> action) {
    ObjectNode begun = JsonNodeFactory.instance.objectNode();
    begun.put("instance", name).put(STATUS, RUNNING);
    try {
      return action.apply(name).path("operation") instanceof ObjectNode operation
          ? operation
          : begun;
    } catch (PodiumException failure) {
      return failed(begun, failure);
    }
  }

  private void tell(ObjectNode operation, String done) {
    String name = name(operation);
    String status = status(operation);
    if (status.equals(FAILED)) {
      JsonNode error = operation.path("error");
      command.complain(
          FailureSentence.of(error.path("detail").asText(), error.path("remedy").asText()));
    }
    switch (command.form()) {
      case TABLE, CSV, SECRET -> {
        if (!status.equals(FAILED)) {
          command.print(name + " " + (status.equals(RUNNING) ? "was asked" : done));
        }
      }
      case JSONL -> command.print(operation.toString());
      case JSON -> {
        // All of them are one document, at the end.
      }
    }
  }

  private ObjectNode end(ObjectNode operation) {
    long end = System.nanoTime() + PATIENCE.toNanos();
    try {
      ObjectNode now = operation;
      while (status(now).equals(RUNNING)) {
        if (System.nanoTime() > end) {
          return failed(
              now,
              new PodiumException.Unavailable(
                  name(now) + " is still there after " + DurationText.inMinutes(PATIENCE),
                  "",
                  "Look at 'podium activity' for the cause.",
                  null));
        }
        Thread.sleep(LOOK_AGAIN);
        now = look(now);
      }
      return now;
    } catch (PodiumException failure) {
      return failed(operation, failure);
    } catch (InterruptedException interrupt) {
      Thread.currentThread().interrupt();
      return failed(
          operation,
          new PodiumException.Unavailable(
              "The command was interrupted", "", "Run it again.", interrupt));
    }
  }

  /// The name alone would not tell that the work failed, nor that another VM has the name by now.
  private ObjectNode look(ObjectNode operation) {
    Optional<JsonNode> found = api.find("v1/operations/" + operation.path("id").asText("none"));
    if (found.isPresent() && found.get() instanceof ObjectNode now) {
      return now;
    }
    // The server was started again since, and has forgotten what it was asked.
    boolean there = api.find(FleetCommand.path(name(operation))).isPresent();
    return there ? operation : operation.deepCopy().put(STATUS, "DONE");
  }

  private static ObjectNode failed(ObjectNode operation, PodiumException failure) {
    ObjectNode failed = operation.deepCopy().put(STATUS, FAILED);
    failed
        .putObject("error")
        .put("code", failure.code())
        .put("detail", failure.sentence())
        .put("remedy", failure.remedy());
    return failed;
  }

  private static String name(ObjectNode operation) {
    return operation.path("instance").asText();
  }

  private static String status(ObjectNode operation) {
    return operation.path(STATUS).asText();
  }
}
