/// A checker in the style of Jepsen. Writers and readers speak the page's protocol to agents that
/// run as processes on the local cloud. Meanwhile a [dev.podium.agent.checker.Nemesis] kills,
/// freezes, drains and cuts off, all from one printed seed. Then the
/// [dev.podium.agent.checker.Judge], which knows nothing of either, looks at what each reader was
/// shown.
///
/// `CheckerTest` runs a short one with every build; `./mvnw -Pchecker verify -Dmessages=1000000` as
/// long a one as wanted.
@NullMarked
package dev.podium.agent.checker;

import org.jspecify.annotations.NullMarked;
