/// `podium profile`: the Google Cloud projects that this user works with, and how each wants its
/// VMs to be made.
///
/// The one rule: nothing here asks the cloud; what a profile says is checked when it is used.
@NullMarked
package dev.podium.desktop.cli.profile;

import org.jspecify.annotations.NullMarked;
