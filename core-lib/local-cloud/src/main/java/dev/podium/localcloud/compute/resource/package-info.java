/// The methods of Compute Engine's API, one class for each kind of resource.
@NullMarked
package dev.podium.localcloud.compute.resource;

import org.jspecify.annotations.NullMarked;
