/// The people page: who is in the fleet's rooms, and putting somebody out.
///
/// The one rule: nobody is put out without a question that names them.
@NullMarked
package dev.podium.desktop.people;

import org.jspecify.annotations.NullMarked;
