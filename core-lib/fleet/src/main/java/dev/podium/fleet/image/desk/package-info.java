/// What commands and the window do with images. It puts the parts together, and nothing else does.
@NullMarked
package dev.podium.fleet.image.desk;

import org.jspecify.annotations.NullMarked;
