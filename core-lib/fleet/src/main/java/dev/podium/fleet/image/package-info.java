/// Disk images of a project: what they are, and the ports to where they and their archives are. An
/// image of a family is used from the moment it is in the family, so it is made outside of it.
@NullMarked
package dev.podium.fleet.image;

import org.jspecify.annotations.NullMarked;
