/// The first screen: two doors, Google and this computer.
///
/// The window knows the cloud only through [dev.podium.desktop.signin.SignInPort]; what is behind a
/// door is built when somebody goes through it.
@NullMarked
package dev.podium.desktop.signin;

import org.jspecify.annotations.NullMarked;
