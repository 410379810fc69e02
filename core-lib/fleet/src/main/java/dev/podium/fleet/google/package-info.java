/// The adapters to Google Compute Engine and Google Cloud Pub/Sub: the only package that knows
/// Google's classes. The local cloud speaks the same protocols, so these same classes serve it.
///
/// What the libraries leave to us is done here. *Compute:* an error's reason, which the library
/// drops and only the JSON body holds; the polling of operations, because one failed poll ends the
/// library's own; the repetition of changes under one request id; an operation that failed without
/// an HTTP status, which the library takes for success. *Pub/Sub:* resuming an ordering key after a
/// failed publication; one connection and a handful of threads, because every VM runs it.
///
/// [GoogleMessageBus] touches no class of the compute client: the agent has none.
@NullMarked
package dev.podium.fleet.google;

import org.jspecify.annotations.NullMarked;
