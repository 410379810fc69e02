/// The adapter to Google Compute Engine, or to the local cloud that speaks its protocol.
///
/// What the library leaves to us is done here:
///
/// - An error's reason, which the library drops and only the JSON body holds.
/// - The polling of operations, because one failed poll ends the library's own.
/// - The repetition of changes under one request id.
/// - An operation that failed without an HTTP status, which the library takes for success.
@NullMarked
package dev.podium.fleet.google.compute;

import org.jspecify.annotations.NullMarked;
