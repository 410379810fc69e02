/// How the cloud itself makes an image: a VM of Debian's fetches the agent's package from Cloud
/// Storage, installs it, empties itself and turns itself off. It needs no way out.
@NullMarked
package dev.podium.fleet.image.bake;

import org.jspecify.annotations.NullMarked;
