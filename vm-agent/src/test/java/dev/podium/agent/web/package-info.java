/// Tests of what the agent serves.
@NullMarked
package dev.podium.agent.web;

import org.jspecify.annotations.NullMarked;
