import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// The system and the processor that this JVM runs on; packages are made for these alone.
class Platform {
  private static final Pattern SYSTEM = Pattern.compile("(?i)(linux|osx|macos|windows|darwin)");
  private static final Pattern PROCESSOR =
      Pattern.compile("(?i)(x86_64|amd64|aarch_?64|arm64|ppcle_64|s390_64|riscv64)");
  private static final Pattern LIBRARY = Pattern.compile(".*\\.(so|dll|dylib|jnilib)");

  private Platform() {}

  /// `linux`, `macos` or `windows`.
  static String system() {
    return system(System.getProperty("os.name"));
  }

  /// As Debian calls it: `amd64` or `arm64`.
  static String processor() {
    return processor(System.getProperty("os.arch"));
  }

  /// Whether a file is a native library.
  static boolean isLibrary(String name) {
    return LIBRARY.matcher(name).matches();
  }

  /// Whether a library's name, or that of a jar of libraries, names another system or processor.
  static boolean isForeign(String name) {
    Matcher system = SYSTEM.matcher(name);
    if (system.find() && !system(system.group()).equals(system())) {
      return true;
    }
    if (name.endsWith(".dll") || name.endsWith(".dylib") || name.endsWith(".jnilib")) {
      String of = name.endsWith(".dll") ? "windows" : "macos";
      if (!of.equals(system())) {
        return true;
      }
    }
    Matcher processor = PROCESSOR.matcher(name);
    return processor.find() && !processor(processor.group()).equals(processor());
  }

  /// Whether a program is on the path.
  static boolean has(String program) {
    for (String folder : System.getenv("PATH").split(java.io.File.pathSeparator)) {
      if (Files.isExecutable(Path.of(folder, program))) {
        return true;
      }
    }
    return false;
  }

  private static String system(String name) {
    String small = name.toLowerCase(Locale.ROOT);
    return small.startsWith("win")
        ? "windows"
        : small.startsWith("mac") || small.equals("osx") || small.equals("darwin")
            ? "macos"
            : "linux";
  }

  private static String processor(String name) {
    return switch (name.toLowerCase(Locale.ROOT)) {
      case "x86_64", "amd64" -> "amd64";
      case "aarch64", "aarch_64", "arm64" -> "arm64";
      default -> name;
    };
  }
}
