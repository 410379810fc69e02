/// Who is on this VM, through which connections, and when somebody last did something here. Belongs
/// to the chat loop.
@NullMarked
package dev.podium.agent.people;

import org.jspecify.annotations.NullMarked;
