package dev.podium.localcloud.machine.qemu;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/// Where the programs are that an emulated machine takes.
///
/// @param system emulates a computer with x86-64 processors
/// @param image makes disks
/// @param socat carries the guest's connections to its metadata server; QEMU starts one for each
record QemuPrograms(Path system, Path image, Path socat) {
  private static final String SYSTEM = "qemu-system-x86_64";
  private static final String IMAGE = "qemu-img";
  private static final String SOCAT = "socat";

  /// Finds them in the folders of the search path.
  ///
  /// @param path as in the variable `PATH`
  /// @param system the operating system's name, as Java tells it
  /// @throws IllegalStateException if one is missing; the sentence says what to install
  static QemuPrograms find(String path, String system) {
    List<String> missing = new ArrayList<>();
    Path emulator = find(path, SYSTEM, missing);
    Path image = find(path, IMAGE, missing);
    Path socat = find(path, SOCAT, missing);
    if (!missing.isEmpty()) {
      throw new IllegalStateException(
          "The local cloud cannot run VMs in QEMU, because "
              + String.join(" and ", missing)
              + (missing.size() == 1 ? " is" : " are")
              + " not installed: "
              + remedy(system.toLowerCase(Locale.ROOT)));
    }
    return new QemuPrograms(emulator, image, socat);
  }

  private static Path find(String path, String program, List<String> missing) {
    Optional<Path> found = Optional.empty();
    for (String folder : path.split(Pattern.quote(File.pathSeparator), -1)) {
      Path file = Path.of(folder.isEmpty() ? "." : folder, program);
      if (found.isEmpty() && Files.isExecutable(file) && Files.isRegularFile(file)) {
        found = Optional.of(file.toAbsolutePath());
      }
    }
    if (found.isEmpty()) {
      missing.add(program);
    }
    return found.orElse(Path.of(program));
  }

  private static String remedy(String system) {
    if (system.startsWith("mac")) {
      return "brew install qemu socat.";
    }
    return system.startsWith("windows")
        ? "this takes Linux or macOS; leave --machines qemu out here."
        : "apt-get install qemu-system-x86 qemu-utils socat.";
  }
}
