package dev.podium.desktop;

import dev.podium.desktop.profile.ProfilePort;
import dev.podium.desktop.program.open.OperatorSessions;
import dev.podium.desktop.program.open.ProjectSetup;
import dev.podium.desktop.setup.SetupPort;
import dev.podium.fleet.auth.OperatorSignIn.Attempt;
import dev.podium.fleet.config.CloudProfile;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;

/// What the window's setup and its list of profiles do on this computer and at Google.
final class ConsoleSetup implements SetupPort, ProfilePort {
  private final OperatorSessions operators;
  private final ProjectSetup setup;

  ConsoleSetup(OperatorSessions operators, ProjectSetup setup) {
    this.operators = operators;
    this.setup = setup;
  }

  @Override
  public Optional<CloudProfile> knownClient() {
    return setup.knownClient();
  }

  @Override
  public Set<String> profileNames() {
    return setup.names();
  }

  @Override
  public String read(Path file) {
    return setup.read(file);
  }

  @Override
  public CloudProfile withClient(String json) {
    return setup.withClient(json);
  }

  @Override
  public SignIn signIn(CloudProfile profile) {
    CompletableFuture<String> who = new CompletableFuture<>();
    Attempt attempt = setup.signIn(profile, who);
    return new SignIn(attempt.page(), who, attempt::cancel);
  }

  @Override
  public List<Project> projects() {
    return setup.projects().stream().map(found -> new Project(found.id(), found.name())).toList();
  }

  @Override
  public void finish(CloudProfile profile) {
    setup.finish(profile);
  }

  @Override
  public void giveUp() {
    setup.giveUp();
  }

  @Override
  public List<CloudProfile> list() {
    return operators.profiles().list();
  }

  @Override
  public Optional<String> current() {
    return operators.profiles().current().map(CloudProfile::name);
  }

  @Override
  public void save(CloudProfile profile) {
    operators.profiles().save(profile);
  }

  @Override
  public void use(CloudProfile profile) {
    operators.profiles().use(profile);
  }

  @Override
  public void delete(CloudProfile profile) {
    var _ = operators.signOut(Optional.of(profile.name()));
    operators.profiles().remove(profile.name());
  }
}
