package dev.podium.localcloud.conformance.pubsub;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/// Marks a point of the contract without which Podium's agents do not work, so that it must hold at
/// every endpoint, Google's emulator included.
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.METHOD)
@interface AgentsNeedIt {}
