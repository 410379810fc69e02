package dev.podium.fleet.image.publish;

/// What a machine's serial console says, for the end of a sentence.
public final class SerialWords {
  private static final int LONGEST = 160;

  private SerialWords() {}

  /// Its last line, without what would break ours.
  public static String last(String serial) {
    return serial
        .lines()
        .map(line -> line.replaceAll("\\x1b\\[[0-9;?]*[A-Za-z]|\\p{Cntrl}", "").strip())
        .filter(line -> !line.isEmpty())
        .reduce((_, last) -> last)
        .map(last -> "; its serial console ends with '" + cut(last) + "'")
        .orElse("; its serial console is empty");
  }

  private static String cut(String line) {
    return line.length() <= LONGEST ? line : line.substring(0, LONGEST) + "…";
  }
}
