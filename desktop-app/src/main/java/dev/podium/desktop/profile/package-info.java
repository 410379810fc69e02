/// The projects that this user works with: a form for what a profile says, and the list of them.
///
/// The one rule: what is wrong is told by [dev.podium.fleet.config.ProfileDraft] alone, so that the
/// window refuses what the command line refuses.
@NullMarked
package dev.podium.desktop.profile;

import org.jspecify.annotations.NullMarked;
