/// A topic's messages in the order of their publication, and the memory that all of them may take.
@NullMarked
package dev.podium.localcloud.state.messaging.log;

import org.jspecify.annotations.NullMarked;
