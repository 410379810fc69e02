/// Invites: a name, a room and how long, and out come a link and its QR code.
@NullMarked
package dev.podium.desktop.invite;

import org.jspecify.annotations.NullMarked;
