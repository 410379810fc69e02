/// Cloud Storage's truth: buckets, the objects in them and uploads that are under way.
///
/// The JDK only. Bytes lie in files of a temporary folder, everything else in memory. Names,
/// generations and preconditions are Google's; there are no older versions of an object.
@NullMarked
package dev.podium.localcloud.state.storage;

import org.jspecify.annotations.NullMarked;
