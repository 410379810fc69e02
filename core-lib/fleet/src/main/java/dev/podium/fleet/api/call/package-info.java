/// What each route of the API does: it reads a request, asks the fleet, and writes an answer.
@NullMarked
package dev.podium.fleet.api.call;

import org.jspecify.annotations.NullMarked;
