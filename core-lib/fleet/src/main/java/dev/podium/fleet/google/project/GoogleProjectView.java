package dev.podium.fleet.google.project;

import dev.podium.fleet.config.CloudProfile;
import dev.podium.fleet.preflight.fact.PlannedVm;
import dev.podium.fleet.preflight.fact.ProjectView;
import dev.podium.wire.cloud.AccessTokens;
import dev.podium.wire.google.CloudApi;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;

/// A project of Google Cloud, or of the local cloud, as the pre-flight sees it. Nothing is asked of
/// the network before the first call.
public final class GoogleProjectView implements ProjectView {
  private final CloudProfile profile;
  private final AccessTokens tokens;
  private final SignIn signIn;
  private final JsonCalls calls;
  private final AdministrationFacts administration;
  private final ComputeFacts compute;
  private final MessageTrial messages;

  /// @param signIn whose tokens they are, and by what
  public GoogleProjectView(CloudProfile profile, AccessTokens tokens, SignIn signIn) {
    this(profile, tokens, signIn, InstantSource.system());
  }

  /// @param clock this computer's
  GoogleProjectView(CloudProfile profile, AccessTokens tokens, SignIn signIn, InstantSource clock) {
    this.profile = profile;
    this.tokens = tokens;
    this.signIn = signIn;
    this.calls = new JsonCalls(profile, tokens);
    this.administration = new AdministrationFacts(profile.project(), calls);
    this.compute = new ComputeFacts(profile.project(), calls, clock);
    this.messages = new MessageTrial(profile, tokens, calls, clock);
  }

  @Override
  public SignIn signIn() {
    // Whoever is signed in on paper only, is told here.
    var _ = tokens.token();
    return signIn;
  }

  @Override
  public Project project() {
    return administration.project();
  }

  @Override
  public boolean billed() {
    return administration.billed();
  }

  @Override
  public Set<CloudApi> switchedOff(Collection<CloudApi> apis) {
    return administration.switchedOff(apis);
  }

  @Override
  public Set<String> held(Collection<String> permissions) {
    return administration.held(permissions);
  }

  @Override
  public Set<String> heldOn(String account, Collection<String> permissions) {
    return administration.heldOn(account, permissions);
  }

  @Override
  public Policy policy(String constraint) {
    return administration.policy(constraint);
  }

  @Override
  public Optional<Image> image(String reference) {
    return compute.image(reference);
  }

  @Override
  public Optional<Network> network(String name) {
    return compute.network(name);
  }

  @Override
  public boolean hasSubnet(String path) {
    return compute.hasSubnet(path);
  }

  @Override
  public List<FirewallRule> firewalls() {
    return compute.firewalls();
  }

  @Override
  public String defaultAccount() {
    return compute.defaultAccount();
  }

  @Override
  public Optional<Account> account(String email) {
    return administration.account(email, "Service account " + email + " cannot be read");
  }

  @Override
  public Set<String> permissionsOf(String account) {
    return administration.permissionsOf(account);
  }

  @Override
  public Set<String> zones() {
    return compute.zones();
  }

  @Override
  public Optional<Machine> machine(String zone, String machineType) {
    return compute.machine(zone, machineType);
  }

  @Override
  public List<Quota> quotas(String region) {
    return compute.quotas(region);
  }

  @Override
  public Duration clockAhead() {
    return compute.clockAhead();
  }

  @Override
  public void reachPubsub() {
    messages.reach();
  }

  @Override
  public Duration sendMessage() {
    return messages.send();
  }

  @Override
  public OptionalDouble hourlyCost(PlannedVm vm) {
    return profile.local() ? OptionalDouble.of(0) : compute.hourlyCost(vm);
  }

  @Override
  public void switchOn(Collection<CloudApi> apis) {
    administration.switchOn(apis);
  }

  @Override
  public void openPort(String name, String network, int port, List<String> tags) {
    compute.openPort(name, network, port, tags);
  }

  @Override
  public void grantVmRole(String account) {
    administration.grantVmRole(account);
  }

  @Override
  public void close() {
    calls.close();
  }
}
