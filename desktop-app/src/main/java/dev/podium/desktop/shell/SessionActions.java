package dev.podium.desktop.shell;

import dev.podium.desktop.control.Action;
import dev.podium.desktop.control.Overlay;
import dev.podium.desktop.create.CreateCard;
import dev.podium.desktop.ending.EndKind;
import dev.podium.desktop.invite.InviteCard;
import dev.podium.fleet.model.FleetVm;
import java.util.List;
import java.util.function.Consumer;
import javafx.beans.binding.Bindings;
import javafx.beans.binding.BooleanBinding;
import javafx.beans.property.SimpleBooleanProperty;
import javafx.beans.value.ObservableBooleanValue;
import javafx.scene.input.KeyCombination;
import org.kordamp.ikonli.Ikon;
import org.kordamp.ikonli.feather.Feather;

/// Everything that can be done with the fleet, once, for toolbar, menus and keyboard alike.
final class SessionActions {
  private final SessionModels models;
  private final Consumer<String> clipboard;
  private final ToastArea toasts;

  final Action create;
  final Action destroy;
  final Action drain;
  final Action pin;
  final Action hold;
  final Action openChat;
  final Action copyLink;
  final Action invite;

  SessionActions(
      SessionModels models, Overlay overlay, ToastArea toasts, Consumer<String> clipboard) {
    this.models = models;
    this.clipboard = clipboard;
    this.toasts = toasts;
    ObservableBooleanValue always = new SimpleBooleanProperty(true);
    BooleanBinding some = selection(vms -> !vms.isEmpty());
    BooleanBinding chat =
        selection(vms -> vms.size() == 1 && vms.getFirst().vm().chatUrl().isPresent());
    BooleanBinding address =
        selection(vms -> vms.stream().anyMatch(vm -> vm.vm().chatUrl().isPresent()));
    create =
        action(
            "New VMs…",
            "Make one VM or many.",
            Feather.PLUS,
            "Shortcut+N",
            always,
            () -> CreateCard.open(models.newCreate(), overlay, this::copyCode));
    destroy =
        action(
            "Destroy",
            "Delete the selected VMs and their disks, after asking.",
            Feather.TRASH_2,
            "Delete",
            some,
            () -> models.ending().ask(EndKind.DESTROY, models.fleet().selected().get()));
    drain =
        action(
            "Drain",
            "Let nobody new in, move people on, then delete, after asking.",
            Feather.LOG_OUT,
            "Shortcut+D",
            some,
            () -> models.ending().ask(EndKind.DRAIN, models.fleet().selected().get()));
    pin =
        action(
            "Pin",
            "Never end the selected VMs automatically; once more lifts it.",
            Feather.ANCHOR,
            "Shortcut+P",
            some,
            models.fleet()::togglePinOfSelected);
    hold =
        action(
            "Hold 1 h",
            "Do not end the selected VMs automatically for an hour; once more lifts it.",
            Feather.CLOCK,
            "Shortcut+K",
            some,
            models.fleet()::toggleHoldOfSelected);
    openChat =
        action(
            "Open chat",
            "Open the VM’s chat in your browser.",
            Feather.MESSAGE_CIRCLE,
            "Shortcut+O",
            chat,
            () -> openChat(models.fleet().selected().get().getFirst()));
    copyLink =
        action(
            "Copy link",
            "Copy the addresses of the selected VMs’ chats.",
            Feather.LINK,
            "Shortcut+L",
            address,
            this::copyLinks);
    invite =
        action(
            "Invite…",
            "Make a link for a participant, with its QR code.",
            Feather.USER_PLUS,
            "Shortcut+I",
            always,
            () -> InviteCard.open(models.newInvite(), this::copyInvite, overlay));
  }

  private BooleanBinding selection(java.util.function.Predicate<List<FleetVm>> condition) {
    return Bindings.createBooleanBinding(
        () -> condition.test(models.fleet().selected().get()), models.fleet().selected());
  }

  private static Action action(
      String name,
      String explanation,
      Ikon icon,
      String keys,
      ObservableBooleanValue enabled,
      Runnable work) {
    return new Action(name, explanation, icon, KeyCombination.keyCombination(keys), enabled, work);
  }

  private void copyLinks() {
    clipboard.accept(ChatLinks.addresses(models.fleet().selected().get()));
    toasts.say("Copied. People need an invite to get in: use “Invite…”.");
  }

  private void copyInvite(String link) {
    clipboard.accept(link);
    toasts.say("The link is copied.");
  }

  private void copyCode(String code) {
    clipboard.accept(code);
    toasts.say("The code is copied.");
  }

  /// Copies an id or an address, and says so.
  void copyText(String text) {
    clipboard.accept(text);
    toasts.say("Copied.");
  }

  /// Opens the VM's chat, and says so.
  void openChat(FleetVm vm) {
    models.links().open(vm, toasts::say);
  }

  /// What the toolbar and the menu offer besides [#create], in groups.
  List<List<Action>> groups() {
    return List.of(List.of(openChat, copyLink, invite), List.of(drain, hold, pin, destroy));
  }

  /// Whether it acts on the selected VMs.
  boolean needsVms(Action action) {
    return !action.equals(create) && !action.equals(invite);
  }

  /// All of them, for the keyboard.
  List<Action> all() {
    return List.of(create, openChat, copyLink, invite, drain, hold, pin, destroy);
  }
}
