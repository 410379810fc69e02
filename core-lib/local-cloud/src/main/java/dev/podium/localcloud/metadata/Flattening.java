package dev.podium.localcloud.metadata;

/// Writes a tree as lines: path, blank, value.
final class Flattening {
  private Flattening() {}

  static String lines(Entry entry) {
    StringBuilder lines = new StringBuilder();
    add(lines, "", entry);
    return lines.toString();
  }

  private static void add(StringBuilder lines, String path, Entry entry) {
    switch (entry) {
      case Entry.Value value -> lines.append(path).append(' ').append(value.text()).append('\n');
      case Entry.Directory directory ->
          directory.entries().forEach((name, below) -> add(lines, join(path, name), below));
      case Entry.Numbered numbered -> {
        for (int i = 0; i < numbered.entries().size(); i++) {
          add(lines, join(path, String.valueOf(i)), numbered.entries().get(i));
        }
      }
    }
  }

  private static String join(String path, String name) {
    return path.isEmpty() ? name : path + "/" + name;
  }
}
