package dev.podium.fleet.auth;

/// What the browser shows when it comes back. Self-contained: no script, nothing from elsewhere.
final class SignInPages {
  private SignInPages() {}

  static String done(String email) {
    return page(
        "✓", "You are signed in", "as " + escaped(email), "Close this tab and go back to Podium.");
  }

  static String denied() {
    return page(
        "✕",
        "Nobody was signed in",
        "Podium was not allowed in.",
        "Go back to Podium to try again.");
  }

  static String failed(String sentence) {
    return page(
        "✕", "Signing in did not work", escaped(sentence), "Go back to Podium to try again.");
  }

  static String stale() {
    return page(
        "?",
        "This page is not for the sign-in that waits",
        "It belongs to an earlier one, or was made by somebody else.",
        "Close it and use the page that Podium opened last.");
  }

  private static String page(String sign, String title, String text, String next) {
    return """
    <!doctype html>
    <html lang="en"><head><meta charset="utf-8"><title>Podium – %2$s</title>
    <meta name="viewport" content="width=device-width">
    <style>
    :root{color-scheme:light dark;font:16px/1.5 system-ui,sans-serif}
    body{margin:0;min-height:100vh;display:grid;place-items:center;background:Canvas;color:CanvasText}
    main{max-width:26rem;padding:2rem;text-align:center}
    .sign{font-size:3rem;line-height:1;color:#3b82f6}
    h1{font-size:1.4rem;margin:1rem 0 .25rem}
    p{margin:.25rem 0}.next{opacity:.7;margin-top:1.5rem}
    </style></head><body><main>
    <div class="sign" aria-hidden="true">%1$s</div>
    <h1>%2$s</h1><p>%3$s</p><p class="next">%4$s</p>
    </main></body></html>
    """
        .formatted(sign, title, text, next);
  }

  private static String escaped(String text) {
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
  }
}
