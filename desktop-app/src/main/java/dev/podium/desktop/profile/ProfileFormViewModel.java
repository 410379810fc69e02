package dev.podium.desktop.profile;

import dev.podium.fleet.config.CloudProfile;
import dev.podium.fleet.config.ProfileDraft;
import dev.podium.fleet.config.ProfileMember;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import javafx.beans.property.ReadOnlyBooleanProperty;
import javafx.beans.property.ReadOnlyBooleanWrapper;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.beans.property.SimpleStringProperty;
import javafx.beans.property.StringProperty;

/// What is typed into the form of a profile, and what is wrong with it. Belongs to the window's
/// thread.
public final class ProfileFormViewModel {
  private final Map<ProfileMember, StringProperty> texts = new EnumMap<>(ProfileMember.class);
  private final ReadOnlyObjectWrapper<Map<ProfileMember, String>> faults =
      new ReadOnlyObjectWrapper<>(Map.of());
  private final ReadOnlyBooleanWrapper changed = new ReadOnlyBooleanWrapper();
  private Set<ProfileMember> untouched = Set.of();
  private Set<String> taken = Set.of();
  private ProfileDraft start;
  private CloudProfile base = blank();

  public ProfileFormViewModel() {
    start = ProfileDraft.of(base);
    for (ProfileMember member : ProfileMember.values()) {
      StringProperty text = new SimpleStringProperty(start.text(member));
      texts.put(member, text);
      text.subscribe((before, now) -> typed(member));
    }
  }

  private static CloudProfile blank() {
    return CloudProfile.google(
        "google", "project-id", "podium", Optional.empty(), Optional.empty());
  }

  /// Shows a profile to be changed.
  public void show(CloudProfile profile) {
    show(profile, ProfileDraft.of(profile), Set.of(), Set.of());
  }

  /// Begins a new one, whose project is yet to be named.
  ///
  /// @param template what it begins with
  /// @param names of other profiles, which it cannot have
  public void begin(CloudProfile template, Set<String> names) {
    ProfileDraft draft = ProfileDraft.of(template).with(Map.of(ProfileMember.PROJECT, ""));
    show(template, draft, Set.of(ProfileMember.PROJECT), names);
  }

  private void show(
      CloudProfile profile, ProfileDraft draft, Set<ProfileMember> unasked, Set<String> names) {
    base = profile;
    start = draft;
    taken = Set.copyOf(names);
    texts.forEach((member, text) -> text.set(draft.text(member)));
    untouched = unasked;
    check();
  }

  private void typed(ProfileMember member) {
    if (untouched.contains(member)) {
      untouched = Set.of();
    }
    check();
  }

  private void check() {
    ProfileDraft draft = draft();
    Map<ProfileMember, String> wrong = new HashMap<>(draft.faults());
    if (taken.contains(draft.text(ProfileMember.NAME).strip())) {
      wrong.put(ProfileMember.NAME, "There is a profile of that name. Choose another.");
    }
    // An empty field that nobody has come to yet is no mistake of theirs.
    wrong.keySet().removeAll(untouched);
    faults.set(Map.copyOf(wrong));
    changed.set(!draft.equals(start));
  }

  private ProfileDraft draft() {
    Map<ProfileMember, String> written = new EnumMap<>(ProfileMember.class);
    texts.forEach((member, text) -> written.put(member, text.get() == null ? "" : text.get()));
    return new ProfileDraft(written);
  }

  /// Whether it stands for a profile.
  public boolean complete() {
    return faults.get().isEmpty() && draft().faults().isEmpty();
  }

  /// The profile that a form without faults stands for.
  ///
  /// @throws dev.podium.wire.model.PodiumException.Invalid if there is a fault
  public CloudProfile profile() {
    return draft().toProfile(base);
  }

  /// What was typed for the member.
  public StringProperty text(ProfileMember member) {
    return texts.computeIfAbsent(member, _ -> new SimpleStringProperty(""));
  }

  /// What is wrong, by member; empty if nothing is.
  public ReadOnlyObjectProperty<Map<ProfileMember, String>> faults() {
    return faults.getReadOnlyProperty();
  }

  /// Whether something differs from what was shown first.
  public ReadOnlyBooleanProperty changed() {
    return changed.getReadOnlyProperty();
  }

  /// How many of the company settings differ from Google's defaults.
  public int companySettings() {
    ProfileDraft usual = ProfileDraft.of(blank());
    ProfileDraft draft = draft();
    return (int)
        ProfileFields.COMPANY.stream()
            .filter(field -> !draft.text(field.member()).strip().equals(usual.text(field.member())))
            .count();
  }
}
