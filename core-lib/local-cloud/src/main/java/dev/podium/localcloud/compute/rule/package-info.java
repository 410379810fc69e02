/// What a VM must keep to before it is made: the caller's rights, the organisation's policies, the
/// project's network and accounts.
///
/// The one rule: each refusal is in Google's own words, as people reported them.
@NullMarked
package dev.podium.localcloud.compute.rule;

import org.jspecify.annotations.NullMarked;
