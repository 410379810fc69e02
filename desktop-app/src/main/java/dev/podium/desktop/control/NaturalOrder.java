package dev.podium.desktop.control;

/// Texts in the order that people expect: runs of digits count as numbers, so `vm-2` comes before
/// `vm-10`.
public final class NaturalOrder {
  private NaturalOrder() {}

  /// Whether the one comes before the other, as comparators say it.
  public static int compare(String a, String b) {
    int i = 0;
    int j = 0;
    while (i < a.length() && j < b.length()) {
      char left = a.charAt(i);
      char right = b.charAt(j);
      if (isDigit(left) && isDigit(right)) {
        int endOfLeft = endOfDigits(a, i);
        int endOfRight = endOfDigits(b, j);
        int order = compareNumbers(a, i, endOfLeft, b, j, endOfRight);
        if (order != 0) {
          return order;
        }
        i = endOfLeft;
        j = endOfRight;
      } else {
        if (left != right) {
          return Character.compare(left, right);
        }
        i++;
        j++;
      }
    }
    return Integer.compare(a.length() - i, b.length() - j);
  }

  // By length without leading zeros, then digit by digit: no number is too long for this.
  private static int compareNumbers(String a, int from, int end, String b, int start, int stop) {
    int i = from;
    while (i < end - 1 && a.charAt(i) == '0') {
      i++;
    }
    int j = start;
    while (j < stop - 1 && b.charAt(j) == '0') {
      j++;
    }
    if (end - i != stop - j) {
      return Integer.compare(end - i, stop - j);
    }
    for (; i < end; i++, j++) {
      if (a.charAt(i) != b.charAt(j)) {
        return Character.compare(a.charAt(i), b.charAt(j));
      }
    }
    return 0;
  }

  private static int endOfDigits(String text, int from) {
    int end = from;
    while (end < text.length() && isDigit(text.charAt(end))) {
      end++;
    }
    return end;
  }

  private static boolean isDigit(char c) {
    return c >= '0' && c <= '9';
  }
}
