/// Cloud Storage over HTTP: its JSON API below `/storage/v1/`, uploads below `/upload/`, downloads
/// below `/download/`, and objects as `/bucket/name`, as browsers read them.
///
/// Bodies are never held whole in memory: an object may be a disk's image.
@NullMarked
package dev.podium.localcloud.storage;

import org.jspecify.annotations.NullMarked;
