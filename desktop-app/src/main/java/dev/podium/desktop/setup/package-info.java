/// A Google Cloud project is set up by clicks: the OAuth client, the sign-in, the project, and the
/// check that all is there.
///
/// The one rule: nothing is saved before the last step, and whoever goes back leaves nothing.
@NullMarked
package dev.podium.desktop.setup;

import org.jspecify.annotations.NullMarked;
