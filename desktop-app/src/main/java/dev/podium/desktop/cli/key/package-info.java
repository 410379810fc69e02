/// `podium keys`: the keys with which programs may use the REST API.
///
/// The one rule: a secret goes to stdout once, when it is made, and is never an argument.
@NullMarked
package dev.podium.desktop.cli.key;

import org.jspecify.annotations.NullMarked;
