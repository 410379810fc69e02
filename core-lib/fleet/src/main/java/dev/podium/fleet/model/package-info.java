/// The words of the product: what a VM, its health and the people on it are. Records and sealed
/// types, the JDK only.
@NullMarked
package dev.podium.fleet.model;

import org.jspecify.annotations.NullMarked;
