/// What a protocol server and the messaging state say to each other: settings, views, messages,
/// outcomes and filters.
@NullMarked
package dev.podium.localcloud.state.messaging.model;

import org.jspecify.annotations.NullMarked;
