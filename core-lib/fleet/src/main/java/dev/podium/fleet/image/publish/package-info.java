/// How an image comes into its family: made outside of it, booted once as a VM of its own, and
/// moved only when that VM was seen to serve. Whatever fails before leaves the family as it was and
/// nothing of its own.
@NullMarked
package dev.podium.fleet.image.publish;

import org.jspecify.annotations.NullMarked;
