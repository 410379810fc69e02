/// The words of the product: what a VM, its health and the people on it are. Records and sealed
/// types that need the JDK and the words of `wire` alone.
@NullMarked
package dev.podium.fleet.model;

import org.jspecify.annotations.NullMarked;
