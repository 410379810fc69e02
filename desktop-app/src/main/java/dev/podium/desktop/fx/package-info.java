/// The one crossing from the fleet's threads to JavaFX's, which every feature of the window uses.
///
/// The rule: state flows core → [dev.podium.desktop.fx.EventBridge] → view model → view, and
/// commands flow back view → view model → core. A view model never sees a control, a view never
/// sees a core service, and only `EventBridge` hops between threads.
@NullMarked
package dev.podium.desktop.fx;

import org.jspecify.annotations.NullMarked;
