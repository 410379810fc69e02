/// How the project is set up, over the protocols of Resource Manager, Service Usage, Cloud Billing
/// and IAM: as much of each as a client reads before it uses a project, and the few changes that
/// set one up.
///
/// All are served on the port of Compute Engine, as on Google's one front. A refusal is in Google's
/// words; so is what each says of a project or an account that is not there.
@NullMarked
package dev.podium.localcloud.administration;

import org.jspecify.annotations.NullMarked;
