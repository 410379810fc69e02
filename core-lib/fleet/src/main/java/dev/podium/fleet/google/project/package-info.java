/// A project as the pre-flight sees it: Resource Manager, Service Usage, Billing, IAM, Compute
/// Engine and Pub/Sub, or the local cloud's.
///
/// The one rule: plain REST and JSON, for a few reads do not pay for six more clients.
@NullMarked
package dev.podium.fleet.google.project;

import org.jspecify.annotations.NullMarked;
