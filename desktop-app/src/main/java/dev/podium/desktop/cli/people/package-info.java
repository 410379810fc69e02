/// `podium people`: who is in the chat. Its one rule is that nobody is put out by a name that two
/// people have.
@NullMarked
package dev.podium.desktop.cli.people;

import org.jspecify.annotations.NullMarked;
