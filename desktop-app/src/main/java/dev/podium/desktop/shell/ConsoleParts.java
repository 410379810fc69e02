package dev.podium.desktop.shell;

import dev.podium.desktop.profile.ProfilePort;
import dev.podium.desktop.settings.WindowMemoryFile;
import dev.podium.desktop.setup.SetupPort;
import dev.podium.desktop.signin.SignInPort;
import dev.podium.desktop.system.BrowserOpener;
import dev.podium.wire.cloud.Ticker;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;

/// What the window is built from.
///
/// @param signIn the two doors
/// @param memory where the window keeps its size and looks
/// @param browser opens chats
/// @param clipboard takes links; called on the window's thread
/// @param saveTarget asks for a file to export to; called on the window's thread; empty if the
///   person changed their mind
/// @param projects where profiles are kept and projects set up
/// @param clientFile asks for the file of an OAuth client; called on the window's thread; empty if
///   the person changed their mind
/// @param ticker the clocks
public record ConsoleParts(
    SignInPort signIn,
    WindowMemoryFile memory,
    BrowserOpener browser,
    Consumer<String> clipboard,
    Supplier<Optional<Path>> saveTarget,
    Projects projects,
    Supplier<Optional<Path>> clientFile,
    Ticker ticker) {
  /// Profiles, and how one is made.
  public record Projects(ProfilePort profiles, SetupPort setup) {}
}
