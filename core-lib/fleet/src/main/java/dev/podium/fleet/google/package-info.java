/// A console's connections to Google: [GoogleCloud] opens them, and [GoogleLeftovers] finds and
/// deletes what VMs left behind, disks and subscriptions. This package and `google.compute` alone
/// know Google's classes in this module.
///
/// The adapter to Pub/Sub is [dev.podium.wire.google.pubsub.GoogleMessageBus], because every VM
/// needs it, too. The local cloud speaks the same protocols, so these same classes serve it.
@NullMarked
package dev.podium.fleet.google;

import org.jspecify.annotations.NullMarked;
