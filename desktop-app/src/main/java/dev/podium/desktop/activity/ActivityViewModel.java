package dev.podium.desktop.activity;

import dev.podium.desktop.control.failure.FailureText;
import dev.podium.desktop.fx.FleetBatch;
import dev.podium.desktop.fx.UiExecutor;
import dev.podium.fleet.event.ActivityExport;
import dev.podium.fleet.event.EventStream;
import dev.podium.fleet.event.FleetEvent.Activity;
import dev.podium.fleet.event.FleetEvent.Level;
import dev.podium.fleet.model.VmName;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;
import javafx.beans.property.ObjectProperty;
import javafx.beans.property.ReadOnlyStringProperty;
import javafx.beans.property.ReadOnlyStringWrapper;
import javafx.beans.property.SimpleObjectProperty;
import javafx.beans.property.SimpleStringProperty;
import javafx.beans.property.StringProperty;
import javafx.collections.FXCollections;
import javafx.collections.ObservableList;
import javafx.collections.transformation.FilteredList;

/// The activity list, newest first. Belongs to the window's thread.
public final class ActivityViewModel {
  private final UiExecutor executor;
  private final Consumer<FailureText> failures;
  private final ObservableList<Activity> all = FXCollections.observableArrayList();
  private final FilteredList<Activity> shown = new FilteredList<>(all);
  private final StringProperty search = new SimpleStringProperty("");
  private final ObjectProperty<Level> least = new SimpleObjectProperty<>(Level.INFO);
  private final ReadOnlyStringWrapper emptiness = new ReadOnlyStringWrapper("");
  private final ObjectProperty<ActorFilter> who = new SimpleObjectProperty<>(ActorFilter.ANYBODY);

  /// @param failures told when an export failed
  public ActivityViewModel(UiExecutor executor, Consumer<FailureText> failures) {
    this.executor = executor;
    this.failures = failures;
    search.subscribe(this::applyFilter);
    least.subscribe(this::applyFilter);
    who.subscribe(this::applyFilter);
    sayWhyEmpty();
  }

  private void applyFilter() {
    String text = search.get().strip().toLowerCase(Locale.ROOT);
    Level level = least.get();
    ActorFilter actor = who.get();
    shown.setPredicate(activity ->
        activity.level().compareTo(level) >= 0
            && actor.accepts(activity.actor())
            && mentions(activity, text));
    sayWhyEmpty();
  }

  private void sayWhyEmpty() {
    if (!shown.isEmpty()) {
      emptiness.set("");
    } else if (all.isEmpty()) {
      emptiness.set(
          "Nothing has happened yet. Whatever you or Podium does will be told here, with its"
              + " reason.");
    } else {
      emptiness.set("Nothing that happened matches what you chose above.");
    }
  }

  private static boolean mentions(Activity activity, String text) {
    String name = activity.vm().map(VmName::value).orElse("");
    return text.isEmpty()
        || activity.sentence().toLowerCase(Locale.ROOT).contains(text)
        || name.contains(text)
        || activity.actor().name().toLowerCase(Locale.ROOT).contains(text);
  }

  /// Takes in what happened.
  public void accept(FleetBatch batch) {
    if (batch.activities().isEmpty()) {
      return;
    }
    all.addAll(0, batch.activities().reversed());
    if (all.size() > EventStream.ACTIVITIES_KEPT) {
      all.remove(EventStream.ACTIVITIES_KEPT, all.size());
    }
    sayWhyEmpty();
  }

  /// Writes what the filter lets through, oldest first: CSV where the file's name ends in `.csv`,
  /// else one JSON object a line.
  ///
  /// @param done told when it is written
  public void export(Path file, Runnable done) {
    List<Activity> lines = new ArrayList<>(shown).reversed();
    executor.call(
        () ->
            Files.write(
                file,
                file.toString().toLowerCase(Locale.ROOT).endsWith(".csv")
                    ? ActivityExport.csv(lines)
                    : ActivityExport.jsonLines(lines)),
        written -> done.run(),
        why -> failures.accept(notWritten(file, why)));
  }

  private static FailureText notWritten(Path file, Throwable why) {
    FailureText found = FailureText.of(why);
    return why instanceof IOException
        ? new FailureText(
            "The activities were not written to " + file.getFileName() + ": " + why.getMessage(),
            "Choose another folder, or make room on the disk.",
            "file_not_written",
            found.details())
        : found;
  }

  /// What the filter lets through, newest first.
  public ObservableList<Activity> activities() {
    return shown;
  }

  /// Why the list is empty, in a sentence: nothing has happened, or nothing matches; empty if
  /// something is listed.
  public ReadOnlyStringProperty emptiness() {
    return emptiness.getReadOnlyProperty();
  }

  /// Words that must occur.
  public StringProperty search() {
    return search;
  }

  /// Who must have acted.
  public ObjectProperty<ActorFilter> who() {
    return who;
  }

  /// How much an activity must matter to be shown.
  public ObjectProperty<Level> least() {
    return least;
  }
}
