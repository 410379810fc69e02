package dev.podium.desktop.profile;

import dev.podium.desktop.control.failure.FailureText;
import dev.podium.desktop.fx.UiExecutor;
import dev.podium.fleet.config.CloudProfile;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.collections.FXCollections;
import javafx.collections.ObservableList;
import org.jspecify.annotations.Nullable;

/// The profiles of this user: chosen, changed, made and deleted. Belongs to the window's thread.
public final class ProfilesViewModel {
  private final ProfilePort port;
  private final UiExecutor executor;
  private final ObservableList<CloudProfile> profiles = FXCollections.observableArrayList();
  private final ReadOnlyObjectWrapper<Optional<String>> current =
      new ReadOnlyObjectWrapper<>(Optional.empty());
  private final ReadOnlyObjectWrapper<Optional<CloudProfile>> chosen =
      new ReadOnlyObjectWrapper<>(Optional.empty());
  private final ReadOnlyObjectWrapper<@Nullable FailureText> refusal =
      new ReadOnlyObjectWrapper<>();
  private final ReadOnlyObjectWrapper<String> note = new ReadOnlyObjectWrapper<>("");
  private final ProfileFormViewModel form = new ProfileFormViewModel();

  public ProfilesViewModel(ProfilePort port, UiExecutor executor) {
    this.port = port;
    this.executor = executor;
  }

  private record Read(List<CloudProfile> profiles, Optional<String> current) {}

  /// Reads them anew, and shows the one that counts.
  public void load() {
    read(Optional.empty(), "");
  }

  private void read(Optional<String> show, String said) {
    call(
        () -> new Read(port.list(), port.current()),
        read -> {
          profiles.setAll(read.profiles());
          current.set(read.current());
          note.set(said);
          Optional<String> wanted = show.or(read::current);
          choose(
              profiles.stream()
                  .filter(one -> Optional.of(one.name()).equals(wanted))
                  .findFirst()
                  .or(() -> profiles.stream().findFirst()));
        });
  }

  private <T> void call(Callable<T> work, Consumer<T> done) {
    executor.call(
        work,
        result -> {
          refusal.set(null);
          done.accept(result);
        },
        failure -> refusal.set(FailureText.of(failure)));
  }

  /// Shows one of them in the form; none begins a new one.
  public void choose(Optional<CloudProfile> profile) {
    refusal.set(null);
    profile.ifPresentOrElse(form::show, () -> form.begin(template(), names()));
    chosen.set(profile);
  }

  // The OAuth client is the company's, so a second project begins with that of the first.
  private CloudProfile template() {
    CloudProfile fresh =
        CloudProfile.google(freeName(), "project-id", "podium", Optional.empty(), Optional.empty());
    return profiles.stream()
        .flatMap(one ->
            one.oauthClientId().stream().map(id -> fresh.withClient(id, one.oauthClientSecret())))
        .findFirst()
        .orElse(fresh);
  }

  private String freeName() {
    Set<String> names = names();
    if (!names.contains("google")) {
      return "google";
    }
    int number = 2;
    while (names.contains("google-" + number)) {
      number++;
    }
    return "google-" + number;
  }

  private Set<String> names() {
    return profiles.stream().map(CloudProfile::name).collect(Collectors.toUnmodifiableSet());
  }

  /// Saves what the form says, if nothing is wrong with it.
  public void save() {
    if (!form.complete()) {
      return;
    }
    CloudProfile written = form.profile();
    call(
        () -> {
          port.save(written);
          return written;
        },
        saved ->
            read(
                Optional.of(saved.name()),
                "Saved. VMs made after the next sign-in follow it; those that run stay as they are."));
  }

  /// Makes the one that is shown the one that counts.
  public void use() {
    chosen
        .get()
        .ifPresent(profile ->
            call(
                () -> {
                  port.use(profile);
                  return profile;
                },
                used ->
                    read(
                        Optional.of(used.name()),
                        "“" + used.name() + "” is used at the next sign-in.")));
  }

  /// Forgets the one that is shown.
  public void delete() {
    chosen
        .get()
        .ifPresent(profile ->
            call(
                () -> {
                  port.delete(profile);
                  return profile;
                },
                gone ->
                    read(
                        Optional.empty(),
                        "“" + gone.name() + "” is forgotten. Nothing in the cloud changed.")));
  }

  /// All of them, by name.
  public ObservableList<CloudProfile> profiles() {
    return profiles;
  }

  /// The name of the one that counts.
  public ReadOnlyObjectProperty<Optional<String>> current() {
    return current.getReadOnlyProperty();
  }

  /// The one in the form; none while a new one is made.
  public ReadOnlyObjectProperty<Optional<CloudProfile>> chosen() {
    return chosen.getReadOnlyProperty();
  }

  /// What is typed.
  public ProfileFormViewModel form() {
    return form;
  }

  /// What came of the last command, in a sentence; empty before the first.
  public ReadOnlyObjectProperty<String> note() {
    return note.getReadOnlyProperty();
  }

  /// Why the last command was refused; null if it was not.
  public ReadOnlyObjectProperty<@Nullable FailureText> refusal() {
    return refusal.getReadOnlyProperty();
  }
}
