/// What every feature of the window shares: the one crossing to JavaFX's thread, errors as a person
/// reads them, the health badge, the words for ages and money.
///
/// The rule: state flows core → [dev.podium.desktop.fx.EventBridge] → view model → view, and
/// commands flow back view → view model → core. A view model never sees a control, a view never
/// sees a core service, and only `EventBridge` hops between threads.
@NullMarked
package dev.podium.desktop.fx;

import org.jspecify.annotations.NullMarked;
