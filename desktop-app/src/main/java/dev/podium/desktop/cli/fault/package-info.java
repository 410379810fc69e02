/// `podium local-cloud fault`: what goes wrong in a local cloud.
@NullMarked
package dev.podium.desktop.cli.fault;

import org.jspecify.annotations.NullMarked;
