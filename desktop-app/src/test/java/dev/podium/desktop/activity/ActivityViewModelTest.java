package dev.podium.desktop.activity;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.podium.desktop.control.failure.FailureText;
import dev.podium.desktop.fx.FleetBatch;
import dev.podium.desktop.testing.SameThread;
import dev.podium.desktop.testing.Vms;
import dev.podium.fleet.event.EventStream;
import dev.podium.fleet.event.FleetEvent.Activity;
import dev.podium.fleet.event.FleetEvent.Actor;
import dev.podium.fleet.event.FleetEvent.Level;
import dev.podium.fleet.model.Evidence;
import dev.podium.fleet.model.VmName;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ActivityViewModelTest {
  private final List<FailureText> failures = new ArrayList<>();
  private final ActivityViewModel model = new ActivityViewModel(new SameThread(), failures::add);

  @Test
  void the_newest_is_first_and_old_ones_make_room() {
    happened(IntStream.range(0, EventStream.ACTIVITIES_KEPT).mapToObj(i -> "old " + i).toList());
    happened(List.of("first", "second"));

    assertThat(model.activities()).hasSize(EventStream.ACTIVITIES_KEPT);
    assertThat(model.activities()).extracting(Activity::sentence).startsWith("second", "first");
  }

  @Test
  void level_and_words_filter_together() {
    model.accept(
        batch(
            List.of(
                activity(Level.INFO, "class-a-1 is healthy"),
                activity(Level.WARNING, "class-a-1 is suspect"),
                activity(Level.FAILURE, "the project has no quota"))));
    model.least().set(Level.WARNING);
    model.search().set("SUSPECT");
    assertThat(model.activities())
        .extracting(Activity::sentence)
        .containsExactly("class-a-1 is suspect");
  }

  @Test
  void an_empty_list_says_whether_nothing_happened_or_nothing_matches() {
    assertThat(model.emptiness().get()).startsWith("Nothing has happened yet");

    model.search().set("suspect");
    happened(List.of("class-a-1 is healthy"));
    assertThat(model.emptiness().get()).contains("matches");

    model.search().set("");
    assertThat(model.emptiness().get()).isEmpty();
  }

  @Test
  void what_one_of_them_did_is_shown_alone() {
    happened(List.of("class-a-1 is healthy"));
    model.who().set(new ActorFilter(Optional.of(Actor.SCALER)));
    assertThat(model.activities()).isEmpty();
    model.who().set(new ActorFilter(Optional.of(Actor.MONITOR)));
    assertThat(model.activities()).hasSize(1);
    model.who().set(ActorFilter.ANYBODY);
    assertThat(model.activities()).hasSize(1);
  }

  @Test
  void the_export_has_one_object_a_line_oldest_first(@TempDir Path folder) throws IOException {
    happened(List.of("first", "second \"quoted\"\nand broken"));
    Path file = folder.resolve("activity.jsonl");
    List<String> told = new ArrayList<>();

    model.export(file, () -> told.add("done"));

    assertThat(told).hasSize(1);
    List<String> lines = Files.readAllLines(file);
    assertThat(lines).hasSize(2);
    JsonNode second = new ObjectMapper().readTree(lines.get(1));
    assertThat(second.path("sentence").asText()).isEqualTo("second \"quoted\"\nand broken");
    assertThat(second.path("actor").asText()).isEqualTo("MONITOR");
    assertThat(second.path("instance").asText()).isEqualTo("class-a-1");
    assertThat(second.path("evidence").path(0).path("channel").asText()).isEqualTo("PROBE");
  }

  @Test
  void the_export_is_csv_where_the_name_says_so(@TempDir Path folder) throws IOException {
    happened(List.of("no room in a, b", "said \"so\""));
    Path file = folder.resolve("activity.CSV");

    model.export(file, () -> {});

    assertThat(Files.readAllLines(file))
        .containsExactly(
            "at,actor,level,instance,sentence,evidence",
            Vms.START + ",MONITOR,INFO,class-a-1,\"no room in a, b\",probe: answered in 3 ms",
            Vms.START + ",MONITOR,INFO,class-a-1,\"said \"\"so\"\"\",probe: answered in 3 ms");
  }

  @Test
  void an_export_to_nowhere_is_told(@TempDir Path folder) {
    happened(List.of("first"));
    model.export(folder.resolve("missing").resolve("file"), () -> {});
    assertThat(failures)
        .singleElement()
        .extracting(FailureText::code)
        .isEqualTo("file_not_written");
  }

  private void happened(List<String> sentences) {
    model.accept(
        batch(sentences.stream().map(sentence -> activity(Level.INFO, sentence)).toList()));
  }

  private static Activity activity(Level level, String sentence) {
    return new Activity(
        Vms.START,
        Actor.MONITOR,
        level,
        Optional.of(new VmName("class-a-1")),
        sentence,
        List.of(new Evidence(Evidence.Channel.PROBE, Vms.START, "answered in 3 ms")));
  }

  private static FleetBatch batch(List<Activity> activities) {
    return new FleetBatch(List.of(), Set.of(), activities, Optional.empty());
  }
}
