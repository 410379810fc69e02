/// The heart of the window: the live table of VMs, its search, its selection.
///
/// One immutable [dev.podium.fleet.model.FleetVm] per row in one property that all columns share;
/// batches replace it; nothing re-sorts by itself more than once a second. The selection is kept by
/// the instance's id, never by the row's number.
@NullMarked
package dev.podium.desktop.fleet;

import org.jspecify.annotations.NullMarked;
