package dev.podium.desktop.testing;

import dev.podium.desktop.profile.ProfilePort;
import dev.podium.desktop.setup.SetupPort;
import dev.podium.fleet.config.CloudProfile;
import dev.podium.wire.model.PodiumException;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;

/// Profiles in memory, and a Google that says what the test wants.
public final class ScriptedSetup implements SetupPort, ProfilePort {
  private final Map<String, CloudProfile> profiles = new TreeMap<>();
  private final List<CompletableFuture<String>> signIns = new CopyOnWriteArrayList<>();
  private final List<String> done = new CopyOnWriteArrayList<>();
  private volatile List<Project> projects = List.of();
  private volatile Optional<String> current = Optional.empty();
  private volatile Optional<PodiumException> refusal = Optional.empty();

  /// A profile that is there from the start.
  public ScriptedSetup with(CloudProfile profile) {
    profiles.put(profile.name(), profile);
    current = Optional.of(profile.name());
    return this;
  }

  /// The projects that the account sees.
  public ScriptedSetup seeing(Project... seen) {
    projects = List.of(seen);
    return this;
  }

  /// The list of projects is refused.
  public void refuseList(PodiumException why) {
    refusal = Optional.of(why);
  }

  /// Sign-ins that wait; the test completes them.
  public List<CompletableFuture<String>> signIns() {
    return signIns;
  }

  /// What was done, in order.
  public List<String> done() {
    return done;
  }

  @Override
  public Optional<CloudProfile> knownClient() {
    return list().stream()
        .filter(profile -> profile.oauthClientId().isPresent())
        .findFirst()
        .map(profile -> profile.withName("google"));
  }

  @Override
  public synchronized Set<String> profileNames() {
    return Set.copyOf(profiles.keySet());
  }

  @Override
  public String read(Path file) {
    return "{\"installed\": {\"client_id\": \"" + file.getFileName() + "\"}}";
  }

  @Override
  public CloudProfile withClient(String json) {
    if (!json.contains("installed")) {
      throw new PodiumException.Invalid(
          "This OAuth client cannot be used", "it is not JSON", "Download its JSON.");
    }
    return CloudProfile.google(
        "google", "project-id", "podium", Optional.of("client-1"), Optional.of("secret-1"));
  }

  @Override
  public SignIn signIn(CloudProfile profile) {
    CompletableFuture<String> who = new CompletableFuture<>();
    signIns.add(who);
    return new SignIn(
        URI.create(
            "https://accounts.google.com/o/oauth2/v2/auth?response_type=code&client_id=4711"
                + ".apps.googleusercontent.com&redirect_uri=http%3A%2F%2F127.0.0.1%3A39125%2F"),
        who,
        () -> {
          done.add("cancelled");
          who.cancel(false);
        });
  }

  @Override
  public List<Project> projects() {
    refusal.ifPresent(why -> {
      throw why;
    });
    return projects;
  }

  @Override
  public synchronized void finish(CloudProfile profile) {
    done.add("finished " + profile.name() + " " + profile.project());
    save(profile);
    use(profile);
  }

  @Override
  public void giveUp() {
    done.add("given up");
  }

  @Override
  public synchronized List<CloudProfile> list() {
    return new ArrayList<>(profiles.values());
  }

  @Override
  public Optional<String> current() {
    return current;
  }

  @Override
  public synchronized void save(CloudProfile profile) {
    profiles.put(profile.name(), profile);
  }

  @Override
  public void use(CloudProfile profile) {
    current = Optional.of(profile.name());
  }

  @Override
  public synchronized void delete(CloudProfile profile) {
    profiles.remove(profile.name());
    current = current.filter(name -> !name.equals(profile.name()));
  }
}
