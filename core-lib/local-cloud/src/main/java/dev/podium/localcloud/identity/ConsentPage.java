package dev.podium.localcloud.identity;

import java.util.List;
import java.util.Map;

/// The page on which a person says who they are and whether the app may act for them. It is
/// complete in itself and works without script.
final class ConsentPage {
  private static final List<String> PEOPLE =
      List.of("operator@podium.local", "viewer@podium.local");

  private static final String API = "https://www.googleapis.com/auth/";
  private static final Map<String, String> SCOPES =
      Map.of(
          "openid",
          "Know who you are",
          "email",
          "See your e-mail address",
          "profile",
          "See your name",
          API + "userinfo.email",
          "See your e-mail address",
          API + "userinfo.profile",
          "See your name",
          API + "cloud-platform",
          "See and change everything in your cloud projects",
          API + "compute",
          "See, create and delete your virtual machines",
          API + "compute.readonly",
          "See your virtual machines",
          API + "pubsub",
          "Send and receive messages between your machines");

  private ConsentPage() {}

  /// @param ticket goes back with the answer
  /// @param problem what was wrong with the last answer; may be empty
  static String ask(AuthorizationRequest request, String ticket, String problem) {
    return frame(
        "Sign in",
        """
        <h1>Sign in to continue</h1>
        <p class="app">An app on this computer asks for access to the local cloud.<br>
        <small>%s</small></p>
        <form method="post" action="/o/oauth2/v2/auth">
        <input type="hidden" name="ticket" value="%s">
        <fieldset><legend>Who are you?</legend>%s</fieldset>
        <h2>The app may then</h2>
        <ul>%s</ul>
        %s
        <div class="buttons">
        <button name="decision" value="deny" class="quiet">Deny</button>
        <button name="decision" value="allow">Allow</button>
        </div>
        </form>
        """
            .formatted(
                escape(request.clientId()),
                escape(ticket),
                people(request.loginHint()),
                scopes(request.scopes()),
                problem.isEmpty() ? "" : "<p class=\"problem\">" + escape(problem) + "</p>"));
  }

  static String error(OAuthException error) {
    return frame(
        "Access blocked",
        """
        <h1>Access blocked</h1>
        <p>The app sent a request that cannot be answered. Go back to the app and try again; if it
        happens again, tell its maker.</p>
        <p class="problem">Error %d: %s<br><small>%s</small></p>
        """
            .formatted(error.status(), escape(error.code()), escape(error.description())));
  }

  private static String people(String hint) {
    boolean known = hint.isEmpty() || PEOPLE.contains(hint);
    StringBuilder choices = new StringBuilder();
    for (String person : PEOPLE) {
      boolean chosen = hint.isEmpty() ? person.equals(PEOPLE.getFirst()) : person.equals(hint);
      choices.append(choice(person, person, chosen));
    }
    choices.append(choice("other", "Someone else", !known));
    return choices
        + """
        <input type="email" name="email" class="other" value="%s" maxlength="254"
        placeholder="name@example.org" autocomplete="email" aria-label="E-mail address">
        """
            .formatted(known ? "" : escape(hint));
  }

  private static String choice(String value, String label, boolean chosen) {
    return """
    <label><input type="radio" name="account" value="%s"%s> %s</label>
    """
        .formatted(escape(value), chosen ? " checked" : "", escape(label));
  }

  private static String scopes(List<String> scopes) {
    StringBuilder items = new StringBuilder();
    scopes.stream()
        .map(scope -> SCOPES.getOrDefault(scope, scope))
        .distinct()
        .forEach(scope -> items.append("<li>").append(escape(scope)).append("</li>\n"));
    return items.toString();
  }

  private static String frame(String title, String content) {
    return """
    <!doctype html>
    <html lang="en"><head><meta charset="utf-8">
    <meta name="viewport" content="width=device-width, initial-scale=1">
    <title>%s · Podium local cloud</title>
    <style>
    :root { color-scheme: light dark; --back: #eef1f5; --card: #fff; --text: #1b2330;
      --soft: #5a6575; --line: #d5dbe3; --main: #1f5fd0; --onmain: #fff; --bad: #a3261b; }
    @media (prefers-color-scheme: dark) { :root { --back: #11151b; --card: #1b212a;
      --text: #e8ecf2; --soft: #a0abba; --line: #37414f; --main: #7fb0ff; --onmain: #0d1a30;
      --bad: #ff9d91; } }
    * { box-sizing: border-box; }
    body { margin: 0; min-height: 100vh; display: grid; place-items: center; padding: 1rem;
      background: var(--back); color: var(--text); font: 16px/1.5 system-ui, sans-serif; }
    main { width: 100%%; max-width: 27rem; background: var(--card); padding: 1.75rem;
      border: 1px solid var(--line); border-radius: 14px; }
    .brand { margin: 0 0 1.25rem; color: var(--soft); font-weight: 600; }
    h1 { font-size: 1.45rem; line-height: 1.25; margin: 0 0 .5rem; }
    h2 { font-size: 1rem; margin: 1.25rem 0 .25rem; }
    small, .note { color: var(--soft); overflow-wrap: anywhere; }
    ul { margin: 0; padding-left: 1.2rem; }
    li { overflow-wrap: anywhere; }
    fieldset { border: 1px solid var(--line); border-radius: 10px; padding: .25rem .9rem .6rem;
      margin: 1rem 0; min-width: 0; }
    legend { padding: 0 .35rem; font-weight: 600; }
    label { display: flex; gap: .6rem; align-items: center; padding: .5rem 0; cursor: pointer;
      overflow-wrap: anywhere; }
    input[type=radio] { width: 1.15rem; height: 1.15rem; accent-color: var(--main); }
    .other { display: none; width: 100%%; padding: .6rem .7rem; font: inherit;
      color: inherit; background: transparent; border: 1px solid var(--line);
      border-radius: 8px; }
    fieldset:has([value=other]:checked) .other { display: block; }
    .problem { color: var(--bad); overflow-wrap: anywhere; }
    .buttons { display: flex; gap: .75rem; justify-content: flex-end; margin-top: 1.5rem; }
    button { font: inherit; font-weight: 600; padding: .6rem 1.4rem; border-radius: 999px;
      border: 1px solid var(--main); background: var(--main); color: var(--onmain);
      cursor: pointer; }
    button.quiet { background: transparent; color: var(--main); }
    :focus-visible { outline: 3px solid var(--main); outline-offset: 2px; }
    .note { font-size: .85rem; margin: 1.5rem 0 0; }
    @media (max-width: 26rem) { main { padding: 1.25rem; }
      .buttons { flex-direction: column-reverse; } }
    </style></head>
    <body><main>
    <p class="brand">Podium · local cloud</p>
    %s
    <p class="note">This page comes from Podium's local cloud on your own computer. It needs no
    password, and nothing is sent to Google.</p>
    </main></body></html>
    """
        .formatted(title, content);
  }

  static String escape(String text) {
    return text.replace("&", "&amp;")
        .replace("<", "&lt;")
        .replace(">", "&gt;")
        .replace("\"", "&quot;")
        .replace("'", "&#39;");
  }
}
