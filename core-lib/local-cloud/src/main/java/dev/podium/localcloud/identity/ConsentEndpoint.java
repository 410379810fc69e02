package dev.podium.localcloud.identity;

import com.linecorp.armeria.common.HttpResponse;
import com.linecorp.armeria.common.QueryParams;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/// The authorization endpoint: shows the consent page, and takes the person's answer.
final class ConsentEndpoint {
  private static final Pattern EMAIL =
      Pattern.compile("[A-Za-z0-9._%+\\-]{1,64}@[A-Za-z0-9\\-]+(\\.[A-Za-z0-9\\-]+)+");

  private final Consents consents;
  private final SigningKey key;

  ConsentEndpoint(Consents consents, SigningKey key) {
    this.consents = consents;
    this.key = key;
  }

  HttpResponse show(QueryParams query) {
    try {
      AuthorizationRequest request = AuthorizationRequest.parse(query);
      // Ready by the time the person has read the page.
      Thread.startVirtualThread(key::prepare);
      return Replies.page(200, ConsentPage.ask(request, consents.show(request), ""));
    } catch (OAuthException refused) {
      return Replies.page(refused.status(), ConsentPage.error(refused));
    }
  }

  HttpResponse answer(QueryParams form) {
    String ticket = form.get("ticket", "");
    Optional<AuthorizationRequest> shown = consents.shown(ticket);
    if (shown.isEmpty()) {
      OAuthException stale =
          OAuthException.invalidRequest("This page was answered already, or is too old.");
      return Replies.page(400, ConsentPage.error(stale));
    }
    AuthorizationRequest request = shown.get();
    if (!form.get("decision", "").equals("allow")) {
      consents.answered(ticket);
      return Replies.redirect(request.answer("error", "access_denied"));
    }
    String account = form.get("account", "");
    String email = (account.equals("other") ? form.get("email", "") : account).trim();
    if (!EMAIL.matcher(email).matches()) {
      String problem = "Enter a whole e-mail address, such as name@example.org.";
      return Replies.page(400, ConsentPage.ask(request, ticket, problem));
    }
    consents.answered(ticket);
    String code = consents.grant(request, email.toLowerCase(Locale.ROOT));
    return Replies.redirect(request.answer("code", code));
  }
}
