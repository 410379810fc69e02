/// What every part of the Compute API shares: a request and its response, the routes, the links
/// between resources, and how JSON is read and written.
@NullMarked
package dev.podium.localcloud.compute.request;

import org.jspecify.annotations.NullMarked;
