/// Who may do what in the project: its service accounts, roles and the policy that gives them, and
/// which APIs are on.
///
/// The one rule: every server of the cloud asks [Access] and decides nothing by itself.
@NullMarked
package dev.podium.localcloud.state.project;

import org.jspecify.annotations.NullMarked;
