/// Resources beside instances: disks, images, networks and firewall rules.
@NullMarked
package dev.podium.localcloud.state.resource;

import org.jspecify.annotations.NullMarked;
