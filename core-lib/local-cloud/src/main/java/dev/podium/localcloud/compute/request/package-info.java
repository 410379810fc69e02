/// What every part of the Compute API shares: requests and responses, routes, links between
/// resources, and the reading and writing of JSON.
@NullMarked
package dev.podium.localcloud.compute.request;

import org.jspecify.annotations.NullMarked;
