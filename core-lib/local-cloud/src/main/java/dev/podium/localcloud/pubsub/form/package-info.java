/// The wire's forms of Pub/Sub's resources, times, names and refusals, and the state's.
@NullMarked
package dev.podium.localcloud.pubsub.form;

import org.jspecify.annotations.NullMarked;
