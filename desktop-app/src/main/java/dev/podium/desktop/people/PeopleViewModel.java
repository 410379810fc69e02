package dev.podium.desktop.people;

import dev.podium.desktop.control.NaturalOrder;
import dev.podium.desktop.control.failure.FailureText;
import dev.podium.desktop.fx.UiExecutor;
import dev.podium.fleet.Fleet;
import dev.podium.fleet.model.PresentPerson;
import dev.podium.wire.model.PodiumException;
import dev.podium.wire.text.CountText;
import java.text.Normalizer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.beans.property.SimpleStringProperty;
import javafx.beans.property.StringProperty;
import javafx.collections.FXCollections;
import javafx.collections.ObservableList;
import javafx.collections.transformation.FilteredList;
import org.jspecify.annotations.Nullable;

/// Who is in the chat. Belongs to the window's thread.
public final class PeopleViewModel {
  /// For how long a person can be refused, in hours; no invite is good for longer than the last but
  /// one.
  public static final List<Integer> HOURS = List.of(1, 2, 4, 8, 12, 24);

  private static final int USUAL_HOURS = 12;
  private static final Comparator<PresentPerson> BY_NAME =
      Comparator.comparing(PeopleViewModel::asRead, NaturalOrder::compare)
          .thenComparing(PresentPerson::key);

  private final Fleet fleet;
  private final UiExecutor executor;
  private final Consumer<FailureText> failures;
  private final Consumer<String> notice;
  private final ObservableList<PresentPerson> all = FXCollections.observableArrayList();
  private final FilteredList<PresentPerson> people = new FilteredList<>(all);
  private final StringProperty search = new SimpleStringProperty("");
  private final ReadOnlyObjectWrapper<@Nullable Question> question = new ReadOnlyObjectWrapper<>();
  private boolean shown;

  /// Whether these people shall be put out.
  ///
  /// @param people at least one, each once
  public record Question(List<PresentPerson> people) {
    public Question {
      people = List.copyOf(people);
    }

    /// Their name, or how many they are.
    public String inWords() {
      return people.size() == 1 ? people.getFirst().name() : CountText.people(people.size());
    }

    /// What becomes of them.
    public String consequence() {
      return CountText.choose(people.size(), "The person is", "They are")
          + " put out on every VM within seconds, and refused with the same invite. Who came by the"
          + " access code is refused by the same name on the same device: change the code to keep"
          + " them out.";
    }
  }

  /// @param failures told of who could not be put out
  /// @param notice tells the person that something worked
  public PeopleViewModel(
      Fleet fleet, UiExecutor executor, Consumer<FailureText> failures, Consumer<String> notice) {
    this.fleet = fleet;
    this.executor = executor;
    this.failures = failures;
    this.notice = notice;
    search.subscribe(text -> people.setPredicate(person -> matches(person, text)));
  }

  // Ç stands where C does, as on a list of names.
  private static String asRead(PresentPerson person) {
    return Normalizer.normalize(person.name(), Normalizer.Form.NFD)
        .replaceAll("\\p{M}", "")
        .toLowerCase(Locale.ROOT);
  }

  private static boolean matches(PresentPerson person, String text) {
    String wanted = text.strip().toLowerCase(Locale.ROOT);
    return (person.name() + " " + person.rooms() + " " + person.instances())
        .toLowerCase(Locale.ROOT)
        .contains(wanted);
  }

  /// Shows who is there as long as somebody looks. Thousands of people are not gathered for a page
  /// that nobody sees.
  public void look(boolean now) {
    shown = now;
    tick();
  }

  /// Looks again; called once a second.
  public void tick() {
    if (!shown) {
      return;
    }
    List<PresentPerson> present =
        PresentPerson.on(fleet.list()).values().stream().sorted(BY_NAME).toList();
    if (!present.equals(all)) {
      all.setAll(present);
    }
  }

  /// Asks whether these shall be put out; does nothing for nobody.
  public void ask(Collection<PresentPerson> chosen) {
    Map<String, PresentPerson> each = new LinkedHashMap<>();
    chosen.forEach(person -> each.putIfAbsent(person.id(), person));
    if (!each.isEmpty()) {
      question.set(new Question(new ArrayList<>(each.values())));
    }
  }

  /// Closes the question without doing anything.
  public void dismiss() {
    question.set(null);
  }

  /// Puts them out.
  ///
  /// @param hours for how long they are refused
  public void confirm(int hours) {
    Question asked = question.get();
    question.set(null);
    if (asked == null) {
      return;
    }
    executor.call(
        () -> putOut(asked, Duration.ofHours(hours)),
        done -> {
          notice.accept(
              done.inWords()
                  + CountText.choose(done.people().size(), " is", " are")
                  + " put out, and refused for "
                  + CountText.of(hours, "hour")
                  + ".");
          tick();
        },
        failure -> failures.accept(FailureText.of(failure)));
  }

  /// One who left in the meantime keeps none of the others in.
  private Question putOut(Question asked, Duration span) {
    Optional<PodiumException> failed = Optional.empty();
    for (PresentPerson person : asked.people()) {
      try {
        fleet.removePerson(person.id(), span);
      } catch (PodiumException failure) {
        failed = Optional.of(failure);
      }
    }
    if (failed.isPresent()) {
      throw failed.get();
    }
    return asked;
  }

  /// Hours that are chosen unless the person chooses others: those of the longest invite.
  public int usualHours() {
    return USUAL_HOURS;
  }

  /// Those that the search lets through, by name.
  public ObservableList<PresentPerson> people() {
    return people;
  }

  /// How many are there, shown or not.
  public int total() {
    return all.size();
  }

  /// What is typed into the search field.
  public StringProperty search() {
    return search;
  }

  /// What is being asked; null while nothing is.
  public ReadOnlyObjectProperty<@Nullable Question> question() {
    return question.getReadOnlyProperty();
  }
}
