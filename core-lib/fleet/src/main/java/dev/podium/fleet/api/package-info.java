/// The fleet as a REST API, for scripts and other programs. It does what the window does, through
/// the same [dev.podium.fleet.Fleet].
///
/// Every request passes the [RequestAuthorizer] first:
///
/// - The host must be one that this server is known by, so that a web page cannot reach it through
///   a name of its own.
/// - The origin, where a browser names one, must be the server itself.
/// - The bearer key must be known, and its scope must suffice.
///
/// Then a handler of `call` or `instance` reads and answers JSON. Every error is a problem document
/// of RFC 9457 with a stable `code`. The contract is `openapi.json`, which the tests hold against
/// the routes.
@NullMarked
package dev.podium.fleet.api;

import org.jspecify.annotations.NullMarked;
