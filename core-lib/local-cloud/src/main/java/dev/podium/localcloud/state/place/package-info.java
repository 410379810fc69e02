/// Regions, zones, machine types and disk types: what Compute Engine offers, and where.
///
/// The one rule: the facts stand in `catalog.txt` with their date and source, and nowhere else.
@NullMarked
package dev.podium.localcloud.state.place;

import org.jspecify.annotations.NullMarked;
