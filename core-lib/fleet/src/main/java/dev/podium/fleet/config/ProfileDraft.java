package dev.podium.fleet.config;

import dev.podium.wire.model.PodiumException;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/// A profile as somebody wrote it, each member a text that may be wrong. The window's form and the
/// command line come through here, so that they refuse the same with the same words.
///
/// @param texts by member; an empty one, or one that is missing, stands for Google's default
public record ProfileDraft(Map<ProfileMember, String> texts) {
  private static final String YES = "yes";
  private static final String NO = "no";

  public ProfileDraft {
    texts = Map.copyOf(texts);
  }

  /// The profile in writing.
  public static ProfileDraft of(CloudProfile profile) {
    MachineSettings machines = profile.machines();
    VmDefaults defaults = profile.defaults();
    Map<ProfileMember, String> texts = new EnumMap<>(ProfileMember.class);
    texts.put(ProfileMember.NAME, profile.name());
    texts.put(ProfileMember.PROJECT, profile.project());
    texts.put(ProfileMember.FLEET, profile.fleet());
    texts.put(ProfileMember.NETWORK, machines.network().orElse(""));
    texts.put(ProfileMember.SUBNET, machines.subnet().orElse(""));
    texts.put(ProfileMember.EXTERNAL_ADDRESS, machines.externalAddress() ? YES : NO);
    texts.put(ProfileMember.SERVICE_ACCOUNT, machines.serviceAccount().orElse(""));
    texts.put(ProfileMember.SCOPES, String.join(" ", machines.scopes()));
    texts.put(ProfileMember.TAGS, String.join(" ", machines.tags()));
    texts.put(ProfileMember.SECURE_BOOT, machines.secureBoot() ? YES : NO);
    texts.put(ProfileMember.REGION, defaults.region().orElse(""));
    texts.put(ProfileMember.ZONES, String.join(", ", defaults.zones()));
    texts.put(ProfileMember.IMAGE, defaults.image().orElse(""));
    texts.put(ProfileMember.DISK_TYPE, defaults.diskType().orElse(""));
    texts.put(ProfileMember.PORT, defaults.port().map(String::valueOf).orElse(""));
    return new ProfileDraft(texts);
  }

  /// This draft with other texts for some members.
  public ProfileDraft with(Map<ProfileMember, String> changes) {
    Map<ProfileMember, String> all = new EnumMap<>(ProfileMember.class);
    all.putAll(texts);
    all.putAll(changes);
    return new ProfileDraft(all);
  }

  /// What was written for the member.
  public String text(ProfileMember member) {
    return texts.getOrDefault(member, "");
  }

  /// What is wrong, by member, in a sentence each; empty if nothing is.
  public Map<ProfileMember, String> faults() {
    Map<ProfileMember, String> faults = new EnumMap<>(ProfileMember.class);
    read(blank())
        .refused()
        .forEach((member, why) -> faults.put(member, why.sentence() + ". " + why.remedy()));
    return faults;
  }

  /// The profile that a draft without faults stands for.
  ///
  /// @param base where its endpoints and its OAuth client come from
  /// @throws PodiumException.Invalid if there is a fault, naming the first
  public CloudProfile toProfile(CloudProfile base) {
    Reading reading = read(base.with(MachineSettings.usual()).with(VmDefaults.none()));
    for (PodiumException.Invalid first : reading.refused().values()) {
      throw first;
    }
    return reading.profile();
  }

  private static CloudProfile blank() {
    return CloudProfile.google("draft", "draft-1", "draft", Optional.empty(), Optional.empty());
  }

  private record Reading(
      CloudProfile profile, Map<ProfileMember, PodiumException.Invalid> refused) {}

  /// Each member for itself, so that a fault of one hides none of the others.
  private Reading read(CloudProfile start) {
    CloudProfile profile = start;
    Map<ProfileMember, PodiumException.Invalid> refused = new EnumMap<>(ProfileMember.class);
    for (ProfileMember member : ProfileMember.values()) {
      try {
        profile = applied(profile, member, text(member).strip());
      } catch (PodiumException.Invalid why) {
        refused.put(member, why);
      }
    }
    return new Reading(profile, refused);
  }

  private static CloudProfile applied(CloudProfile profile, ProfileMember member, String text) {
    return switch (member) {
      case NAME -> profile.withName(text);
      case PROJECT -> profile.withProject(text);
      case FLEET -> profile.withFleet(text);
      case NETWORK, SUBNET, EXTERNAL_ADDRESS, SERVICE_ACCOUNT, SCOPES, TAGS, SECURE_BOOT ->
          profile.with(applied(profile.machines(), member, text));
      case REGION, ZONES, IMAGE, DISK_TYPE, PORT ->
          profile.with(applied(profile.defaults(), member, text));
    };
  }

  private static MachineSettings applied(MachineSettings old, ProfileMember member, String text) {
    List<String> scopes = text.isEmpty() ? MachineSettings.usual().scopes() : names(text);
    return new MachineSettings(
        member == ProfileMember.NETWORK ? said(text) : old.network(),
        member == ProfileMember.SUBNET ? said(text) : old.subnet(),
        member == ProfileMember.EXTERNAL_ADDRESS ? truth(text, true) : old.externalAddress(),
        member == ProfileMember.SERVICE_ACCOUNT ? said(text) : old.serviceAccount(),
        member == ProfileMember.SCOPES ? scopes : old.scopes(),
        member == ProfileMember.TAGS ? names(text) : old.tags(),
        member == ProfileMember.SECURE_BOOT ? truth(text, false) : old.secureBoot());
  }

  private static VmDefaults applied(VmDefaults old, ProfileMember member, String text) {
    return new VmDefaults(
        member == ProfileMember.REGION ? said(text) : old.region(),
        member == ProfileMember.ZONES ? names(text) : old.zones(),
        member == ProfileMember.IMAGE ? said(text) : old.image(),
        member == ProfileMember.DISK_TYPE ? said(text) : old.diskType(),
        member == ProfileMember.PORT ? said(text).map(ProfileDraft::port) : old.port());
  }

  private static Optional<String> said(String text) {
    return Optional.of(text).filter(value -> !value.isEmpty());
  }

  private static List<String> names(String text) {
    return Stream.of(text.split("[,\\s]+")).filter(name -> !name.isEmpty()).toList();
  }

  private static boolean truth(String text, boolean usual) {
    return switch (text) {
      case YES -> true;
      case NO -> false;
      case "" -> usual;
      default ->
          throw new PodiumException.Invalid(
              "'" + text + "' is not yes or no", "only these are understood", "Enter yes or no.");
    };
  }

  private static int port(String text) {
    try {
      return Integer.parseInt(text);
    } catch (NumberFormatException noNumber) {
      throw ProfileForm.refused("port", text, "8080");
    }
  }
}
