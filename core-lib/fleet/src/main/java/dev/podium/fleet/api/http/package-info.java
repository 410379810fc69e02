/// What every route shares: the request's JSON, the answer, and problems as RFC 9457 wants them.
@NullMarked
package dev.podium.fleet.api.http;

import org.jspecify.annotations.NullMarked;
