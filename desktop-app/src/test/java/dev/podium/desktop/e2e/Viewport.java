package dev.podium.desktop.e2e;

import java.util.List;

/// The size and the colours in which somebody sees the page.
///
/// @param width in CSS pixels, as `height`
/// @param theme `light` or `dark`
record Viewport(int width, int height, String theme) {
  private static final List<Viewport> ALL =
      List.of(
          new Viewport(320, 640, "light"),
          new Viewport(390, 844, "dark"),
          new Viewport(1280, 800, "light"),
          new Viewport(1280, 800, "dark"));

  /// Notes what keeps somebody out of the page as it is shown now, at any size and in either theme.
  ///
  /// @param state that the page is in, in words
  static void check(ChatPage page, String state, List<String> found) {
    for (Viewport viewport : ALL) {
      page.look(viewport.width(), viewport.height(), viewport.theme());
      page.violations().forEach(violation -> found.add(state + ", " + viewport + ": " + violation));
      if (page.run("return document.documentElement.scrollWidth > innerWidth").equals(true)) {
        found.add(state + ", " + viewport + ": wider than the screen");
      }
    }
  }
}
