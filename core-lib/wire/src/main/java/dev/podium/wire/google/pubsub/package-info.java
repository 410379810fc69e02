/// The adapter to Google Cloud Pub/Sub. Every VM runs it: one connection, a handful of threads, and
/// no class of the compute client.
@NullMarked
package dev.podium.wire.google.pubsub;

import org.jspecify.annotations.NullMarked;
