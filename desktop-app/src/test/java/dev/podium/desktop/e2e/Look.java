package dev.podium.desktop.e2e;

import java.util.List;

/// How somebody looks at the page.
///
/// @param width in CSS pixels, as `height`
/// @param theme `light` or `dark`
record Look(int width, int height, String theme) {
  private static final List<Look> ALL =
      List.of(
          new Look(320, 640, "light"),
          new Look(390, 844, "dark"),
          new Look(1280, 800, "light"),
          new Look(1280, 800, "dark"));

  /// Notes what keeps somebody out of the page as it is shown now, at any size and in either theme.
  ///
  /// @param state that the page is in, in words
  static void check(ChatPage page, String state, List<String> found) {
    for (Look look : ALL) {
      page.look(look.width(), look.height(), look.theme());
      page.violations().forEach(violation -> found.add(state + ", " + look + ": " + violation));
      if (page.run("return document.documentElement.scrollWidth > innerWidth").equals(true)) {
        found.add(state + ", " + look + ": wider than the screen");
      }
    }
  }
}
