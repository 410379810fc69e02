package dev.podium.desktop.shell;

import dev.podium.desktop.control.failure.FailureText;
import dev.podium.desktop.fx.UiExecutor;
import dev.podium.desktop.system.BrowserOpener;
import dev.podium.fleet.Fleet;
import dev.podium.fleet.model.FleetVm;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/// Opens and copies the chats of VMs. Belongs to the window's thread.
final class ChatLinks {
  private static final String ROOM = "lobby";

  // The longest that the service gives: an operator's tab should outlive the class.
  private static final Duration VALIDITY = Duration.ofHours(12);

  private final Fleet fleet;
  private final String operator;
  private final UiExecutor executor;
  private final BrowserOpener browser;
  private final Consumer<FailureText> failures;

  ChatLinks(
      Fleet fleet,
      String operator,
      UiExecutor executor,
      BrowserOpener browser,
      Consumer<FailureText> failures) {
    this.fleet = fleet;
    this.operator = operator;
    this.executor = executor;
    this.browser = browser;
    this.failures = failures;
  }

  /// Opens the VM's chat as the operator, who needs an invite like everybody else.
  void open(FleetVm vm) {
    executor.call(
        () -> {
          URI chat = fleet.invite(operator, ROOM, Optional.of(vm.name()), VALIDITY).url();
          browser.open(chat);
          return chat;
        },
        opened -> {},
        failure -> failures.accept(FailureText.of(failure)));
  }

  /// The addresses of the VMs' chats, one a line; empty if none has one yet.
  static String addresses(List<FleetVm> vms) {
    return vms.stream()
        .flatMap(vm -> vm.vm().chatUrl().stream())
        .map(URI::toString)
        .collect(Collectors.joining("\n"));
  }
}
