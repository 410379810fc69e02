/// What a pre-flight asks of a project: the port to the cloud, and the facts in its answers.
///
/// The one rule: facts as the cloud tells them, without any judgement.
@NullMarked
package dev.podium.fleet.preflight.fact;

import org.jspecify.annotations.NullMarked;
