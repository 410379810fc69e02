/// Access tokens and identity tokens that the local cloud gives out.
@NullMarked
package dev.podium.localcloud.state.token;

import org.jspecify.annotations.NullMarked;
