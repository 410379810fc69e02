/// The metadata server that every machine finds beside it: who it is, what its creator told it, and
/// tokens of its service account.
///
/// The rules are those that Google's clients probe for. Every request carries `Metadata-Flavor:
/// Google`, which a web page cannot send by accident, and every answer gives it back. A directory
/// lists its entries, and `recursive=true` gives it whole as JSON. Every answer has an `ETag`, and
/// `wait_for_change=true` holds the answer back until it would have another one.
///
/// Here each machine has its server on a port of its own, because all of them share one loopback.
@NullMarked
package dev.podium.localcloud.metadata;

import org.jspecify.annotations.NullMarked;
