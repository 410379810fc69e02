package dev.podium.desktop.shell;

import dev.podium.desktop.control.failure.FailureText;
import dev.podium.desktop.fx.UiExecutor;
import dev.podium.desktop.system.BrowserOpener;
import dev.podium.fleet.Fleet;
import dev.podium.fleet.model.FleetVm;
import dev.podium.wire.model.PodiumException;
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
  private final Consumer<String> clipboard;
  private final Consumer<FailureText> failures;

  /// @param problem why no browser was started; none if one was
  private record Tried(URI chat, Optional<PodiumException> problem) {}

  ChatLinks(
      Fleet fleet,
      String operator,
      UiExecutor executor,
      BrowserOpener browser,
      Consumer<String> clipboard,
      Consumer<FailureText> failures) {
    this.fleet = fleet;
    this.operator = operator;
    this.executor = executor;
    this.browser = browser;
    this.clipboard = clipboard;
    this.failures = failures;
  }

  /// Opens the VM's chat as the operator, who needs an invite like everybody else. Where no browser
  /// can be started, the link is copied.
  ///
  /// @param say tells the person that it worked
  void open(FleetVm vm, Consumer<String> say) {
    executor.call(
        () -> tryBrowser(fleet.invite(operator, ROOM, Optional.of(vm.name()), VALIDITY).url()),
        tried ->
            tried
                .problem()
                .ifPresentOrElse(
                    why -> copyInstead(vm, tried.chat(), why),
                    () -> say.accept("The chat of " + vm.name() + " opens in your browser.")),
        failure -> failures.accept(FailureText.of(failure)));
  }

  private Tried tryBrowser(URI chat) {
    try {
      browser.open(chat);
      return new Tried(chat, Optional.empty());
    } catch (PodiumException noBrowser) {
      return new Tried(chat, Optional.of(noBrowser));
    }
  }

  private void copyInstead(FleetVm vm, URI chat, PodiumException why) {
    clipboard.accept(chat.toString());
    FailureText text = FailureText.of(why);
    failures.accept(
        new FailureText(
            text.sentence(),
            "The link to the chat of "
                + vm.name()
                + " is copied: paste it into a browser’s address bar, here or on another computer.",
            text.code(),
            text.details()));
  }

  /// The addresses of the VMs' chats, one a line; empty if none has one yet.
  static String addresses(List<FleetVm> vms) {
    return vms.stream()
        .flatMap(vm -> vm.vm().chatUrl().stream())
        .map(URI::toString)
        .collect(Collectors.joining("\n"));
  }
}
